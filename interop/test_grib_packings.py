"""Fields that ecCodes packed in every way it can have the values ecCodes reads.

Each test writes one file of many messages, and compares it in one go. Before that it asks every message how it is packed,
for ecCodes leaves a field as it is, or constant, where it cannot pack it as it was asked.
"""

import pytest

import grib_made
import grib_compare

import eccodes
import numpy as np

COLUMNS, ROWS = 53, 41
SOME_BITS = (1, 2, 7, 8, 12, 16, 17, 24, 25, 32)
ALL_BITS = tuple(range(1, 33))
JPEG_BITS = 28  # Firn refuses more


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
PACKINGS = {
    "grid_simple": {},
    "grid_complex": {},
    "grid_complex_spatial_differencing": {"orderOfSpatialDifferencing": (1, 2)},
    "grid_jpeg": {},
    "grid_png": {},
    "grid_ccsds": {},
    "grid_simple_log_preprocessing": {},
}
NEEDS_POSITIVE = ("grid_simple_log_preprocessing",)


def packed(values, packing, bits, **keys):
    """The message, or None where ecCodes cannot pack these values so."""
    handle = grib_made.field(values.reshape(-1), COLUMNS, ROWS)
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


def compared(messages, tmp_path):
    """Asserts that all are equal, and returns what Firn lists of them."""
    assert messages
    file = tmp_path / "packed.grib2"
    file.write_bytes(b"".join(messages))
    verdicts = list(grib_compare.compare([file], tmp_path))
    assert [str(verdict) for verdict in verdicts if verdict.kind != grib_compare.Kind.EQUAL] == []
    assert len(verdicts) == len(messages)


def key(message, *names):
    handle = eccodes.codes_new_from_message(message)
    try:
        return [eccodes.codes_get(handle, name) for name in names]
    finally:
        eccodes.codes_release(handle)
