"""Fields that ecCodes packed in every way it can have the values ecCodes reads.

Each test writes one file of many messages and compares it in one go. Before that it asks every message how it is
packed: ecCodes leaves out what it cannot do, without a word.
"""

import itertools

import grib_made  # first, for it imports PROJ before ecCodes

import eccodes
import numpy as np
import pytest

import grib_compare

COLUMNS, ROWS = 53, 41
SOME_BITS = (1, 2, 7, 8, 12, 16, 17, 24, 25, 32)
ALL_BITS = tuple(range(1, 33))
ECCODES_JPEG_BITS, FIRN_JPEG_BITS = 31, 28
COMPLEX_BITS = 23
TEMPLATES = {
    "grid_simple": 0,
    "grid_complex": 2,
    "grid_complex_spatial_differencing": 3,
    "grid_ieee": 4,
    "grid_jpeg": 40,
    "grid_png": 41,
    "grid_ccsds": 42,
    "grid_simple_log_preprocessing": 61,
}
AS_ASKED = ("grid_simple", "grid_jpeg", "grid_png", "grid_ccsds", "grid_simple_log_preprocessing")
MSB, PREPROCESS, THREE_OCTETS = 4, 8, 2


def fields():
    """By name, values in rows of COLUMNS."""
    noise = np.random.default_rng(5)
    y, x = np.mgrid[:ROWS, :COLUMNS]
    smooth = 280 + 15 * np.sin(x / 9) * np.cos(y / 7)
    rain = np.where(noise.random(x.shape) < 0.8, 0, noise.gamma(0.5, 4, x.shape))
    extremes = noise.standard_normal(x.shape)
    extremes[3, 4], extremes[20, 20] = 3e20, -7e19
    return {
        "smooth": smooth,
        "noisy": smooth + noise.standard_normal(x.shape) * 20,
        "zeros": rain,
        "extremes": extremes,
        "tiny": noise.standard_normal(x.shape) * 1e-12,
        "steps": np.round(smooth / 5) * 5,
    }


def with_holes(values):
    y, x = np.mgrid[:ROWS, :COLUMNS]
    holes = ((x * 7 + y * 3) % 11 == 0) | ((x > 30) & (y > 25))
    return np.where(holes, np.nan, values)


FIELDS = fields()


def packed(values, packing, bits, **keys):
    """The message, or None where ecCodes cannot pack these values so."""
    handle = grib_made.field(grib_made.ramp(values.size), COLUMNS, ROWS)
    try:
        eccodes.codes_set(handle, "packingType", packing)
        for key, value in keys.items():
            eccodes.codes_set(handle, key, value)
        if bits is not None:
            eccodes.codes_set(handle, "bitsPerValue", bits)
        grib_made.set_values(handle, values.reshape(-1))
        return eccodes.codes_get_message(handle)
    except eccodes.CodesInternalError:
        return None
    finally:
        eccodes.codes_release(handle)


def packing_of(message, *keys):
    handle = eccodes.codes_new_from_message(message)
    try:
        return tuple(eccodes.codes_get(handle, key) for key in ("dataRepresentationTemplateNumber", *keys))
    finally:
        eccodes.codes_release(handle)


def verdicts(messages, tmp_path):
    file = tmp_path / "packed.grib2"
    file.write_bytes(b"".join(messages))
    return list(grib_compare.compare([file], tmp_path))


def assert_all_equal(messages, tmp_path):
    found = verdicts(messages, tmp_path)
    assert [str(verdict) for verdict in found if verdict.kind != grib_compare.Kind.EQUAL] == []
    assert len(found) == len(messages)


def at_every_width(packing, widths):
    """Packed messages by the width that was asked for."""
    by_width = {}
    for width, values, change in itertools.product(widths, FIELDS.values(), (np.copy, with_holes)):
        if packing == "grid_jpeg" and width > FIRN_JPEG_BITS:
            continue
        message = packed(change(values), packing, width)
        if message is not None:
            by_width.setdefault(width, []).append(message)
    return by_width


def assert_packed_as_asked(packing, by_width, widths):
    assert {width for width in widths if packing != "grid_jpeg" or width <= FIRN_JPEG_BITS} == set(by_width)
    for width, messages in by_width.items():
        found = {packing_of(message, "bitsPerValue") for message in messages}
        assert {template for template, _ in found} == {TEMPLATES[packing]}
        if packing in AS_ASKED:
            assert {bits for _, bits in found} == {width}
        elif width == max(by_width):  # bits of a group's reference: fewer than of the values
            assert max(bits for _, bits in found) >= COMPLEX_BITS


PACKINGS_WITH_WIDTHS = sorted(set(TEMPLATES) - {"grid_ieee"})


@pytest.mark.parametrize("packing", PACKINGS_WITH_WIDTHS)
@pytest.mark.parametrize("widths", [SOME_BITS, pytest.param(ALL_BITS, marks=pytest.mark.long)], ids=["some", "all"])
def test_every_width(packing, widths, tmp_path):
    by_width = at_every_width(packing, widths)

    assert_packed_as_asked(packing, by_width, widths)
    assert_all_equal(list(itertools.chain(*by_width.values())), tmp_path)


@pytest.mark.parametrize("order", [1, 2])
def test_spatial_differencing_of_either_order(order, tmp_path):
    messages = [
        packed(change(values), "grid_complex_spatial_differencing", bits, orderOfSpatialDifferencing=order)
        for values in FIELDS.values()
        for change in (np.copy, with_holes)
        for bits in (3, 8, 12, 16, 24)
    ]

    assert {packing_of(message, "orderOfSpatialDifferencing") for message in messages} == {(3, order)}
    assert_all_equal(messages, tmp_path)


@pytest.mark.parametrize("precision", [1, 2])
def test_ieee_numbers(precision, tmp_path):
    messages = [
        packed(change(values), "grid_ieee", None, precision=precision)
        for values in FIELDS.values()
        for change in (np.copy, with_holes)
    ]

    assert {packing_of(message, "precision") for message in messages} == {(4, precision)}
    assert_all_equal(messages, tmp_path)


def test_ccsds_options(tmp_path):
    messages = {
        (flags, block, interval): packed(
            values, "grid_ccsds", bits, ccsdsFlags=flags, ccsdsBlockSize=block, ccsdsRsi=interval
        )
        for flags in (0, MSB, PREPROCESS, MSB | PREPROCESS, THREE_OCTETS | PREPROCESS, THREE_OCTETS | MSB | PREPROCESS)
        for block in (8, 16, 32, 64)
        for interval, bits in ((1, 24), (2, 9), (128, 16), (4095, 12))
        for values in (FIELDS["zeros"],)
    }

    for options, message in messages.items():
        assert packing_of(message, "ccsdsFlags", "ccsdsBlockSize", "ccsdsRsi") == (42, *options)
    assert_all_equal(list(messages.values()), tmp_path)


@pytest.mark.parametrize("packing", PACKINGS_WITH_WIDTHS)
def test_decimal_scale_factors(packing, tmp_path):
    messages = [
        packed(change(FIELDS["noisy" if packing != "grid_png" else "steps"]), packing, bits, decimalScaleFactor=factor)
        for factor in (-3, -1, 1, 2, 6)
        for bits in (10, 16)
        for change in (np.copy, with_holes)
    ]

    assert_all_equal(messages, tmp_path)


@pytest.mark.parametrize("packing", sorted(TEMPLATES))
def test_constant_fields(packing, tmp_path):
    changes = [np.copy, with_holes]
    if packing != "grid_simple_log_preprocessing":  # ecCodes dies of a field without values
        changes.append(lambda values: values * np.nan)
    messages = [
        packed(change(np.full((ROWS, COLUMNS), value)), packing, 16)
        for value in (0.0, 3.5, -273.15, 1e12)
        for change in changes
    ]

    messages = [message for message in messages if message is not None]
    assert len(messages) >= 4
    assert_all_equal(messages, tmp_path)


def test_images_of_more_bits_than_the_library_holds_are_refused_by_name(tmp_path):
    messages = [
        packed(FIELDS["noisy"], "grid_jpeg", bits) for bits in range(FIRN_JPEG_BITS + 1, ECCODES_JPEG_BITS + 1)
    ]

    for verdict in verdicts(messages, tmp_path):
        assert verdict.kind == grib_compare.Kind.BY_DESIGN
        assert verdict.detail.startswith("Unsupported JPEG 2000")


def test_second_order_packing_is_refused_by_name(tmp_path):
    (verdict,) = verdicts([packed(FIELDS["steps"], "grid_second_order", 8)], tmp_path)

    assert verdict.kind == grib_compare.Kind.BY_DESIGN
    assert verdict.detail.startswith("Unsupported data template 5.50002 (second order packing) in ")
