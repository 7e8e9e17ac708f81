"""Real files of the catalog's sources, through the real pipeline, on the archive's whole grid. What the archives must
hold is what ecCodes reads from the files."""

import datetime
import gzip
import lzma
import shutil

import eccodes
import numpy as np
import pytest

from small_archive import CONUS, GLOBE, ConusMap, Grid, SmallArchive, assert_same, hours, rounded

MISSING = 9.999e20


def messages(content):
    """Handles of the whole messages in a file that may end within one; with the place of each."""
    at = 0
    while len(content) - at > 16:
        length = int.from_bytes(content[at + 8:at + 16], "big")
        if at + length > len(content):
            return
        handle = eccodes.codes_new_from_message(content[at:at + length])
        yield handle, at, length
        eccodes.codes_release(handle)
        at += length


def values_of(handle):
    """North first, from west to east beginning at 180 W where they go around the globe; NaN where there is none."""
    eccodes.codes_set(handle, "missingValue", MISSING)
    values = eccodes.codes_get_values(handle).reshape(eccodes.codes_get(handle, "Ny"), eccodes.codes_get(handle, "Nx"))
    values = values[::-1] if eccodes.codes_get(handle, "jScansPositively") else values
    if eccodes.codes_get(handle, "gridType") == "regular_ll":
        columns = values.shape[1]
        first = eccodes.codes_get(handle, "longitudeOfFirstGridPointInDegrees")
        if columns * eccodes.codes_get(handle, "iDirectionIncrementInDegrees") == 360:
            values = np.roll(values, round((first + 180) % 360 / 360 * columns), axis=1)
    return np.where(values == MISSING, np.nan, values)


def forecast(directory, dataset, variables, grid, init, lead):
    members = "ensemble_member" in SmallArchive.shipped(dataset)["dimensions"]
    dimensions = {"lead_time": {"hours": [{"from": lead, "to": lead, "every": 1}]}}
    lengths = {"init_time": (1, 1), "lead_time": (1, 1)} | ({"ensemble_member": (1, 1)} if members else {})
    dimensions |= {"ensemble_member": {"members": 1}} if members else {}
    return SmallArchive(directory, dataset, variables, grid, lengths, dimensions=dimensions,
                        append={"dimension": "init_time", "start": f"{init:%Y-%m-%dT%H:00:00Z}", "every": "6h",
                                "coordinate_chunk": 10})


@pytest.fixture
def gfs_file(samples):
    """The beginning of a file, with its whole inventory."""
    file = samples / "grib2/noaa-gfs/gfs.20260723.t00z.pgrb2.0p25.f000.first1MiB.grib2"
    handle, *_ = next(messages(file.read_bytes()))
    assert eccodes.codes_get(handle, "shortName") == "prmsl"
    return file, file.with_name("gfs.20260723.t00z.pgrb2.0p25.f000.idx"), values_of(handle)


def place_gfs(archive, gfs_file):
    path = archive.path("s3://noaa-gfs-bdp-pds/gfs.20260723/00/atmos/gfs.t00z.pgrb2.0p25.f000")
    shutil.copy(gfs_file[0], path)
    shutil.copy(gfs_file[1], f"{path}.idx")


def test_gfs(gfs_file, tmp_path):
    archive = forecast(tmp_path, "noaa-gfs-forecast", ["pressure_reduced_to_mean_sea_level"], GLOBE,
                       datetime.datetime(2026, 7, 23), 0)
    place_gfs(archive, gfs_file)

    archive.firn("backfill", "--end", "2026-07-23T01:00Z", hosts=["s3://noaa-gfs-bdp-pds", "https://nomads.ncep.noaa.gov"])

    assert_same(archive.open().pressure_reduced_to_mean_sea_level[0, 0], rounded(gfs_file[2], 10))


@pytest.mark.long
def test_gfs_analysis(gfs_file, tmp_path):
    archive = SmallArchive(tmp_path, "noaa-gfs-analysis", ["pressure_reduced_to_mean_sea_level"], GLOBE, {"time": (1, 1)},
                           append={"dimension": "time", "start": "2026-07-23T00:00:00Z", "every": "1h",
                                   "coordinate_chunk": 10}, updates={})
    place_gfs(archive, gfs_file)

    archive.firn("backfill", "--end", "2026-07-23T01:00Z", hosts=["s3://noaa-gfs-bdp-pds", "https://nomads.ncep.noaa.gov"])

    bits = archive.definition["variables"]["pressure_reduced_to_mean_sea_level"]["keep_mantissa_bits"]
    assert_same(archive.open().pressure_reduced_to_mean_sea_level[0], rounded(gfs_file[2], bits))


@pytest.mark.long
@pytest.mark.parametrize("file, variable, line, init, lead", [
    ("hrrr.20260703.dpt2m.f28.grib2", "dew_point_temperature_2m", "DPT:2 m above ground", "2026-07-03T00", 28),
    ("hrrr.t11z.wrfsfcf12.grib2", "composite_reflectivity", "REFC:entire atmosphere", "2023-09-14T11", 12)])
def test_hrrr(file, variable, line, init, lead, samples, tmp_path):
    init = datetime.datetime.fromisoformat(f"{init}:00")
    archive = forecast(tmp_path, "noaa-hrrr-forecast-48-hour", [variable], ConusMap(), init, lead)
    host = "s3://noaa-hrrr-bdp-pds"
    path = archive.path(f"{host}/hrrr.{init:%Y%m%d}/conus/hrrr.t{init:%H}z.wrfsfcf{lead:02d}.grib2")
    shutil.copy(samples / "grib2/noaa-hrrr" / file, path)
    handle, _, length = next(messages(path.read_bytes()))
    path.with_name(path.name + ".idx").write_text(
        f"1:0:d={init:%Y%m%d%H}:{line}:{lead} hour fcst:\n2:{length}:d={init:%Y%m%d%H}:OTHER:surface:{lead} hour fcst:\n")

    archive.firn("backfill", "--end", f"{init + hours(1):%Y-%m-%dT%H:%MZ}", hosts=[host, "https://nomads.ncep.noaa.gov"])

    definition = archive.definition["variables"][variable]
    expected = values_of(handle) - (273.15 if "convert" in definition else 0)
    if "missing_value" in definition:
        expected = np.where(expected == definition["missing_value"], np.nan, expected)
    assert_same(archive.open()[variable][0, 0], rounded(expected, definition["keep_mantissa_bits"]))


@pytest.mark.long
def test_mrms(samples, tmp_path):
    file = samples / "grib2/noaa-mrms/MRMS_PrecipFlag_00.00_20260219-042400.grib2.gz"
    archive = SmallArchive(tmp_path, "noaa-mrms-conus-analysis-hourly", ["categorical_precipitation_type_surface"], CONUS,
                           {"time": (1, 1)}, append={"dimension": "time", "start": "2026-02-19T04:24:00Z", "every": "1h",
                                                     "coordinate_chunk": 10})
    shutil.copy(file, archive.path(f"s3://noaa-mrms-pds/CONUS/PrecipFlag_00.00/20260219/{file.name}"))

    archive.firn("backfill", "--end", "2026-02-19T04:25Z", hosts=["s3://noaa-mrms-pds", "https://mrms.ncep.noaa.gov"])

    handle, *_ = next(messages(gzip.decompress(file.read_bytes())))
    found = archive.open().categorical_precipitation_type_surface
    assert set(np.unique(found)) <= set(found.attrs["flag_values"])
    assert_same(found[0], np.round(values_of(handle), eccodes.codes_get(handle, "decimalScaleFactor")))


@pytest.mark.long
def test_ecmwf(samples, tmp_path):
    """A file of the time when the grid was 0.4 degrees, in an archive of such a grid: in CCSDS packing, from 180 E on."""
    content = lzma.decompress((samples / "grib2/ecmwf/20240101000000-0h-oper-fc.grib2.0-10.xz").read_bytes())
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    init = datetime.datetime(2024, 1, 1)
    archive = forecast(tmp_path, "ecmwf-ifs-ens-forecast-15-day-0-25-degree", ["geopotential_height_925hpa"],
                       Grid(90.0, -180.0, 451, 900, 0.4), init, 0)
    path = archive.path(f"{hosts[0]}/20240101/00z/ifs/0p25/enfo/20240101000000-0h-enfo-ef.grib2")
    path.write_bytes(content)
    lines, expected = [], None
    for handle, at, length in messages(content):
        def get(key):
            return eccodes.codes_get(handle, key, str)

        level = f'"levtype": "pl", "levelist": "{get("level")}"' if get("typeOfLevel") == "isobaricInhPa" else '"levtype": "sfc"'
        lines.append(f'{{"date": "20240101", "time": "0000", "step": "0", "type": "cf", "param": "{get("shortName")}", {level}, '
                     f'"_offset": {at}, "_length": {length}}}\n')
        if (get("shortName"), get("level")) == ("gh", "925"):
            expected = values_of(handle)
    path.with_suffix(".index").write_text("".join(lines))

    archive.firn("backfill", "--end", "2024-01-01T01:00Z", hosts=hosts)

    bits = archive.definition["variables"]["geopotential_height_925hpa"]["keep_mantissa_bits"]
    assert_same(archive.open().geopotential_height_925hpa[0, 0, 0], rounded(expected, bits))
