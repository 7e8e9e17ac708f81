"""Every grid, in every scanning mode and on every earth, has ecCodes' values, and coordinates that ecCodes or PROJ gives.

The messages are made with ecCodes. What Firn says of a map as WKT puts the points evenly on PROJ's map, and
fields of sample files have the names grib_ls gives them.
"""

import grib_made  # first, for it imports PROJ before ecCodes

import eccodes
import numpy as np
import pyproj
import pytest

import check_grib
import eccodes_fields
import firn_cli
import grib_compare
import grib_differences
from grib_compare import Kind

EARTHS = (0, 2, 4, 5, 6, 8, 9)
SCANNING_MODES = range(0, 256, 16)
MICROMETRE = 1e-6
CIRCUMFERENCE = 2 * np.pi * 6.4e6
NAMES = ("typeOfLevel", "dataDate", "packingType", "shortName")


def verdicts(messages, tmp_path):
    file = tmp_path / "made.grib2"
    file.write_bytes(b"".join(messages))
    found = list(grib_compare.compare([file], tmp_path))
    assert len(found) == len(messages)
    return found


@pytest.mark.parametrize("name", sorted(grib_made.GRIDS))
def test_grids_in_every_scanning_mode(name, tmp_path):
    messages = [grib_made.on_grid(name, mode, earth) for mode in SCANNING_MODES for earth in EARTHS]

    for verdict in verdicts(messages, tmp_path):
        assert verdict.kind == Kind.EQUAL, str(verdict)
        assert verdict.detail in ("", "coordinates by PROJ", "coordinates by PROJ, not ecCodes")


def test_missing_points_in_every_scanning_mode(tmp_path):
    holes = np.where(np.arange(grib_made.COLUMNS * grib_made.ROWS) % 3 == 0, np.nan, grib_made.ramp())
    messages = [
        grib_made.on_grid(name, mode, values=holes) for mode in SCANNING_MODES for name in ("lat_lon", "lambert", "gaussian")
    ]

    assert {verdict.kind for verdict in verdicts(messages, tmp_path)} == {Kind.EQUAL}


SAMPLES_OF_ECCODES = {
    "reduced_gg_pl_32_grib2": Kind.EQUAL,
    "reduced_gg_sfc_jpeg_grib2": Kind.EQUAL,
    "reduced_ll_sfc_grib2": Kind.EQUAL,
    "reduced_rotated_gg_pl_32_grib2": Kind.EQUAL,
    "regular_gg_pl_grib2": Kind.EQUAL,
    "rotated_gg_pl_grib2": Kind.EQUAL,
    "rotated_ll_pl_grib2": Kind.EQUAL,
    "polar_stereographic_pl_grib2": Kind.EQUAL,
    "ccsds_grib2": Kind.EQUAL,
    "sh_ml_grib2": Kind.BY_DESIGN,
    "lambert_bf_grib2": Kind.BY_DESIGN,
}


def test_samples_that_come_with_eccodes(tmp_path):
    messages = [grib_made.message(eccodes.codes_grib_new_from_samples(name)) for name in SAMPLES_OF_ECCODES]

    found = verdicts(messages, tmp_path)

    assert [verdict.kind for verdict in found] == list(SAMPLES_OF_ECCODES.values()), list(map(str, found))


def test_products_levels_and_times(tmp_path):
    messages = [
        grib_made.with_keys(productDefinitionTemplateNumber=template, indicatorOfUnitOfTimeRange=unit, forecastTime=time)
        for template in (0, 1, 8, 11)
        for unit in (0, 1, 2, 10, 11, 12, 13)
        for time in (0, 5, -7, 1000)
    ]
    messages += [grib_made.with_keys(productDefinitionTemplateNumber=number) for number in (2, 3, 5, 6, 9, 10, 12, 15, 40, 48, 60, 61, 91)]
    messages += [
        grib_made.with_keys(
            typeOfFirstFixedSurface=kind, scaleFactorOfFirstFixedSurface=factor, scaledValueOfFirstFixedSurface=value
        )
        for kind in (1, 100, 103, 105, 106, 109, 117, 160, 200)
        for factor, value in ((0, 0), (2, 5), (-2, 7))
    ]
    messages += [grib_made.with_keys(centre=centre, localTablesVersion=1, parameterCategory=192) for centre in (7, 34, 54, 74, 78, 98)]

    for verdict in verdicts(messages, tmp_path):
        assert verdict.kind == Kind.EQUAL, str(verdict)


def test_messages_among_other_bytes(tmp_path):
    one = grib_made.on_grid("lat_lon", 0)
    edition1 = grib_made.message(eccodes.codes_grib_new_from_samples("GRIB1"))
    file = tmp_path / "mixed"
    file.write_bytes(b"TTAA00 KWBC 231200\r\r\n" + one + b"\0" * 77 + edition1 + b"GRIB of old" + one + b"7777" + one[:100])

    found = list(grib_compare.compare([file], tmp_path))

    assert [verdict.kind for verdict in found] == [Kind.EQUAL, Kind.EDITION_1, Kind.EQUAL, Kind.CORRUPT]


def test_differences_are_found():
    one = grib_made.on_grid("lat_lon", 0)
    values = grib_made.ramp().astype("<f4")

    for changed, found in (
        (values * np.float32(1.001), "values: 35 of 35"),
        (np.where(np.arange(35) == 3, np.float32(np.nan), values), "missing points: 1 of 35"),
        (np.nextafter(values, np.float32(np.inf)), "values: 35 of 35"),
        (values[:-1], "values: 34, ecCodes 35"),
    ):
        steps, differences = grib_differences.values(changed, values)
        assert steps == "" and differences[0].startswith(found)
    many = np.ones(20_000, "<f4")
    off = many.copy()
    off[7] = np.nextafter(np.float32(1), np.float32(2))
    assert grib_differences.values(off, many) == ("1 of 20000 points one float32 step off", [])
    (field,) = [(f.real("latitudeOfFirstGridPointInDegrees"), grib_differences.eccodes_coordinates(f)) for f in eccodes_fields.fields_of(one)]
    moved = [field[1][0] + 1e-5, field[1][1]]
    assert grib_differences.apart(moved, field[1]) == pytest.approx(1e-5)


def spread(values):
    """How far values lie apart; nothing does not."""
    return np.ptp(values) if values.size else 0


def test_wkt_puts_points_evenly_on_the_map(tmp_path):
    messages = [grib_made.on_grid(name, 64, earth) for name in sorted(grib_made.GRIDS) for earth in EARTHS]
    file = tmp_path / "made.grib2"
    file.write_bytes(b"".join(messages))
    maps = 0
    for line in firn_cli.exported([file], tmp_path, "--coordinates"):
        grid = line["grid"]
        if not grid["wkt"].startswith("PROJCRS"):
            continue
        maps += 1
        crs = pyproj.CRS.from_wkt(grid["wkt"])
        seen = np.isfinite(line["places"][0])
        to_map = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
        x, y = (np.where(seen, axis, np.nan) for axis in to_map.transform(*line["places"][::-1]))
        along = np.diff(x.reshape(grid["rows"], grid["columns"]), axis=1)
        up = np.diff(y.reshape(grid["rows"], grid["columns"]), axis=0)
        assert spread(along[np.abs(along) < CIRCUMFERENCE / 2]) < 10 * MICROMETRE
        assert spread(up[np.isfinite(up)]) < 10 * MICROMETRE
    assert maps == 10 * len(EARTHS)


@pytest.mark.parametrize("folder", ["noaa-gfs", "noaa-gefs", "noaa-hrrr", "eccc", "metoffice"])
def test_fields_are_named_as_grib_ls_names_them(folder, samples, tmp_path):
    compared = 0
    for file in sorted((samples / "grib2" / folder).iterdir()):
        if not file.is_file() or not check_grib.has_messages(file):
            continue
        for row, field in zip(whole_rows(file, tmp_path), eccodes_fields.fields(file)):
            for name in NAMES:
                theirs = eccodes.codes_get_string(field.handle, name)
                if theirs != "unknown":
                    assert row.get(name) == theirs, f"{file.name} field {row['index']}"
                    compared += 1
    assert compared > 0


def whole_rows(file, tmp_path):
    """What is listed of the messages that are whole."""
    rows = []
    for line in firn_cli.exported([file], tmp_path):
        if "values" in line:
            line["values"].unlink()
        if "index" in line:
            rows.append(line)
    return rows
