"""Every field of the sample files that firn reads has the values and identity ecCodes gives it.

Needs FIRN_SAMPLES (a folder with grib2/noaa-gfs and others) and, unless ./firn exists, FIRN.
"""

import gzip
import lzma
import os
import pathlib
import shutil

import numpy as np
import pytest

import eccodes_fields
import firn_command

SAMPLES = os.environ.get("FIRN_SAMPLES")
ALL_FIELDS = ("noaa-gfs", "noaa-gefs")
FIELDS_OF_OTHERS = 6
NOT_GRIB2 = (".idx", ".index", ".csv", ".zip", ".md", ".txt")
NO_TRUTH = ("reference-decodes", "invalid")


def sample_files():
    if SAMPLES is None:
        return []
    root = pathlib.Path(SAMPLES) / "grib2"
    return [
        path
        for path in sorted(root.rglob("*"))
        if path.is_file()
        and path.suffix not in NOT_GRIB2
        and not set(NO_TRUTH) & set(path.relative_to(root).parts)
    ]


def test_samples_are_there():
    if SAMPLES is None:
        if os.environ.get("CI") == "true":
            pytest.fail("FIRN_SAMPLES is not set")
        pytest.skip("FIRN_SAMPLES is not set")
    assert sample_files()


def whole_messages(path, tmp_path):
    """The file unpacked and cut where its last message is incomplete."""
    unpacked = tmp_path / path.stem
    opener = {".xz": lzma.open, ".gz": gzip.open}.get(path.suffix, open)
    with opener(path, "rb") as source, open(unpacked, "wb") as target:
        shutil.copyfileobj(source, target)
    data = unpacked.read_bytes()
    end = start = 0
    while (start := data.find(b"GRIB", end)) >= 0:
        two = data[start + 7] == 2
        length = data[start + 8 : start + 16] if two else data[start + 4 : start + 7]
        end = start + int.from_bytes(length, "big")
        if end > len(data):
            unpacked.write_bytes(data[:start])
            break
    return unpacked


def surface(entry):
    return None if entry is None else (entry["type"], entry.get("value"))


def assert_same_surface(ours, theirs):
    assert (ours is None) == (theirs is None)
    if ours is not None:
        assert ours[0] == theirs[0]
        assert ours[1] == pytest.approx(theirs[1]) if theirs[1] is not None else ours[1] is None


def assert_same_identity(ours, theirs):
    assert ours["discipline"] == theirs["discipline"]
    assert ours["category"] == theirs["parameterCategory"]
    assert ours["number"] == theirs["parameterNumber"]
    assert ours["referenceTime"] == theirs.reference_time().strftime("%Y-%m-%dT%H:%M:%SZ")
    if "level" in ours:
        assert_same_surface(surface(ours["level"]["first"]), theirs.surface("First"))
        assert_same_surface(surface(ours["level"].get("second")), theirs.surface("Second"))
        forecast = theirs.forecast_seconds()
        if "interval" in ours:
            assert ours["interval"]["process"] == theirs["typeOfStatisticalProcessing"]
            assert ours["interval"]["endSeconds"] == theirs.interval_end_seconds()
            assert ours["leadTimeSeconds"] == theirs.interval_end_seconds()
            assert forecast in (None, ours["interval"]["startSeconds"])
        elif "leadTimeSeconds" in ours:
            assert forecast in (None, ours["leadTimeSeconds"])
        else:
            assert any("interval" in problem for problem in ours["problems"])
        if "member" in ours:
            assert ours["member"]["number"] == theirs["perturbationNumber"]
        if "derivedForecast" in ours:
            assert ours["derivedForecast"] == theirs["derivedForecast"]


def assert_same_grid(grid, theirs):
    if grid["rows"] == 1:  # points in a row: reduced and unstructured grids have no columns
        assert grid["columns"] == theirs["numberOfDataPoints"]
    else:
        assert (grid["rows"], grid["columns"]) == (theirs["Nj"], theirs["Ni"])
    for ours, key in (
        ("firstLatitude", "latitudeOfFirstGridPointInDegrees"),
        ("lastLatitude", "latitudeOfLastGridPointInDegrees"),
        ("firstLongitude", "longitudeOfFirstGridPointInDegrees"),
        ("lastLongitude", "longitudeOfLastGridPointInDegrees"),
    ):
        if ours in grid:
            assert grid[ours] % 360 == pytest.approx(theirs.degrees(key) % 360, abs=1e-9)


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_fields_are_those_of_eccodes(path, tmp_path):
    whole = whole_messages(path, tmp_path)
    rows = firn_command.listing(whole)
    every = any(name in path.parts for name in ALL_FIELDS)
    compared = 0
    count = 0
    for row, theirs in zip(rows, eccodes_fields.fields(whole)):
        count += 1
        if not theirs.has("dataRepresentationTemplateNumber"):
            continue
        assert_same_identity(row, theirs)
        if "grid" in row and "packing" in row and (every or compared < FIELDS_OF_OTHERS):
            compared += 1
            assert_same_grid(row["grid"], theirs)
            ours = np.frombuffer(firn_command.raw_values(whole, row["index"]), "<f4")
            np.testing.assert_array_equal(ours, theirs.values(), err_msg=f"field {row['index']}")
    assert count == len(rows)
