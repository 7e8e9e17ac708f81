"""ecCodes reads what GribWriter writes: the same values as firn, and those that went in.

Reads io/target/grib-writer, which the JUnit test GribWriterFilesTest fills.
"""

import os
import pathlib

import numpy as np
import pytest

import eccodes_fields
import firn_cli

WRITTEN = pathlib.Path(__file__).resolve().parent.parent / "io" / "target" / "grib-writer"
FILES = sorted(WRITTEN.glob("*.grib2"))


def test_files_are_there():
    if not FILES and os.environ.get("CI") != "true":
        pytest.skip(f"{WRITTEN} is empty: run the tests of io first")
    assert FILES


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_eccodes_reads_what_firn_reads(path):
    (theirs,) = [field.values() for field in eccodes_fields.fields(path)]

    ours = firn_cli.raw_values(path, 0)

    np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_eccodes_reads_what_went_in(path):
    went_in = np.fromfile(path.with_suffix(".f32"), "<f4").astype("f8")
    packing = firn_cli.listing(path)[0]["packing"]
    step = 2.0 ** packing["binaryScale"] * 10.0 ** -packing["decimalScale"]
    (came_out,) = [field.values().astype("f8") for field in eccodes_fields.fields(path)]

    np.testing.assert_array_equal(np.isnan(came_out), np.isnan(went_in))
    present = ~np.isnan(went_in)
    rounding = np.spacing(np.abs(went_in[present]).astype("f4")).max()
    assert np.abs(came_out - went_in)[present].max() <= step / 2 + rounding


@pytest.mark.parametrize("template", [0, 1, 2, 8, 11, 12])
def test_products_have_the_identity_that_went_in(template):
    if not FILES:
        pytest.skip("no files")
    path = WRITTEN / f"product_{template}.grib2"

    for field in eccodes_fields.fields(path):
        assert field["productDefinitionTemplateNumber"] == template
        assert (field["discipline"], field["parameterCategory"], field["parameterNumber"]) == (0, 1, 8)
        assert field.surface("First") == (103, 0.25)
        assert field.surface("Second") == (100, 85000)
        if template in (8, 11, 12):
            assert field.forecast_seconds() == 6 * 3600
            assert field.interval_end_seconds() == 12 * 3600
            assert field["typeOfStatisticalProcessing"] == 1
            assert field["lengthOfTimeRange"] == 6
        if template in (1, 11):
            assert (field["typeOfEnsembleForecast"], field["perturbationNumber"]) == (3, 7)
            assert field["numberOfForecastsInEnsemble"] == 30
        if template in (2, 12):
            assert field["derivedForecast"] == (0 if template == 2 else 4)
        if template == 0:
            assert field.forecast_seconds() == 90 * 60
