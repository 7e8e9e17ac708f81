"""Every grid of the sample files has the coordinates ecCodes gives it, where ecCodes knows them, and PROJ.

Needs FIRN_SAMPLES and, unless ./firn exists, FIRN.

Where ecCodes differs, and why it is not followed:

- Latitude/longitude: it adds the increment of section 3, which is rounded to microdegrees, again and again;
  firn divides the way from the first to the last point. Allowed: half a microdegree for each step.
- Rotated grids: as above; and it rounds coordinates to single precision, up to 8 microdegrees.
- Space view: it lists the points in the opposite order of scanning mode 192, which begins in the south-east.
- Polar stereographic on an ellipsoid, transverse Mercator, Albers: it gives none. PROJ does.
"""

import subprocess

import eccodes
import numpy as np
import pyproj
import pytest

import eccodes_fields
import firn_command
from test_grib_values import sample_files, whole_messages

MICRODEGREE = 1e-6
SINGLE_PRECISION = 16e-6
MICROMETRE = 1e-6
LAT_LON, ROTATED, SPACE_VIEW = 0, 1, 90
GRIDS = 3


def coordinates(path, index):
    command = [firn_command.FIRN, "grib", "coordinates", str(path), str(index), "--raw"]
    both = np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f8")
    return np.split(both, 2)


def eccodes_coordinates(field):
    """In firn's order; None where ecCodes does not know them."""
    try:
        stored = [eccodes.codes_get_array(field.handle, key) for key in ("latitudes", "longitudes")]
    except eccodes.CodesInternalError:
        return None
    if field["gridDefinitionTemplateNumber"] == SPACE_VIEW:
        return [values[::-1] for values in stored]
    if field.has("jPointsAreConsecutive") and field["jPointsAreConsecutive"]:
        return [values.reshape(field["Ni"], field["Nj"]).T.reshape(-1) for values in stored]
    return stored


def tolerance(field):
    template = field["gridDefinitionTemplateNumber"]
    if template not in (LAT_LON, ROTATED):
        return MICRODEGREE
    steps = [eccodes.codes_get_long(field.handle, key) for key in ("Ni", "Nj")]
    increments = MICRODEGREE * max(steps)
    return increments if template == LAT_LON else 8 * increments + SINGLE_PRECISION


def assert_same_places(ours, theirs, within):
    np.testing.assert_allclose(ours[0], theirs[0], rtol=0, atol=within)
    between_poles = np.abs(theirs[0]) < 90 - MICRODEGREE
    apart = np.abs((ours[1] - theirs[1] + 180) % 360 - 180)
    assert apart[between_poles].max(initial=0) <= within


def assert_projected_by_proj(ours, wkt):
    """The points are evenly spaced on PROJ's map."""
    crs = pyproj.CRS.from_wkt(wkt)
    assert crs.is_projected
    x, y = pyproj.Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True).transform(ours[1], ours[0])
    back = pyproj.Transformer.from_crs(crs, crs.geodetic_crs, always_xy=True).transform(x, y)
    assert_same_places(ours, back[::-1], MICRODEGREE / 1000)
    return x, y


def spread(values):
    """How far values lie apart; nothing does not."""
    return np.ptp(values) if values.size else 0


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_places_are_those_of_eccodes_and_proj(path, tmp_path):
    whole = whole_messages(path, tmp_path)
    seen = set()
    for row, field in zip(firn_command.listing(whole), eccodes_fields.fields(whole)):
        grid = row.get("grid")
        if grid is None or str(grid) in seen or len(seen) >= GRIDS or "wkt" not in grid:
            continue
        seen.add(str(grid))
        ours = coordinates(whole, row["index"])
        theirs = eccodes_coordinates(field)
        wrong_increments = "wrong_increment" in path.name
        if theirs is not None and not wrong_increments:
            assert_same_places(ours, theirs, tolerance(field))
        if grid["wkt"].startswith("PROJCRS"):
            x, y = assert_projected_by_proj(ours, grid["wkt"])
            along = np.diff(np.asarray(x).reshape(grid["rows"], grid["columns"]), axis=1)
            up = np.diff(np.asarray(y).reshape(grid["rows"], grid["columns"]), axis=0)
            circumference = 2 * np.pi * 6.4e6
            assert spread(along[np.abs(along) < circumference / 2]) < 10 * MICROMETRE
            assert spread(up) < 10 * MICROMETRE


NAMES = {"typeOfLevel": "typeOfLevel", "dataDate": "dataDate", "packingType": "packingType", "shortName": "shortName"}


@pytest.mark.parametrize("folder", ["noaa-gfs", "noaa-gefs", "noaa-hrrr", "eccc", "metoffice"])
def test_fields_are_named_as_grib_ls_names_them(folder, samples, tmp_path):
    compared = 0
    for path in sample_files():
        if folder not in path.parts:
            continue
        whole = whole_messages(path, tmp_path)
        for row, field in zip(firn_command.listing(whole), eccodes_fields.fields(whole)):
            for ours, key in NAMES.items():
                theirs = eccodes.codes_get_string(field.handle, key)
                if theirs != "unknown":
                    assert row.get(ours) == theirs, f"{path.name} field {row['index']}"
                    compared += 1
    assert compared > 0
