"""Observations of the catalog, from files as their centres publish them, through the real pipeline: a backfill, then an
update. What the archives must hold is worked out with numpy."""

import datetime
import gzip

import h5py
import netCDF4
import numpy as np
import pytest

from small_archive import (CONUS, IMERG, NDVI, SWANN, EaseMap, SmallArchive, assert_same, hours, message, rounded)


def test_swann(tmp_path, size):
    grid = size.of(SWANN)
    texture = grid.texture
    host = "https://climate.arizona.edu/data"
    archive = SmallArchive(
        tmp_path, "u-arizona-swann-analysis", ["snow_water_equivalent", "snow_depth"],
        grid=grid, lengths={"time": (2, 4)})
    start = datetime.datetime(1981, 10, 1)

    def value(name, day, status):
        values = texture([len(name), day, len(status)])
        values[0, :3] = -999
        return values

    def publish(day, status):
        time = start + day * hours(24)
        year = time.year + (time.month >= 10)
        name = f"UA_SWE/DailyData_4km/WY{year}/UA_SWE_Depth_4km_v1_{time:%Y%m%d}_{status}.nc"
        with netCDF4.Dataset(archive.path(f"{host}/{name}"), "w") as file:
            file.createDimension("lat", grid.rows)
            file.createDimension("lon", grid.columns)
            for variable in ("SWE", "DEPTH"):
                file.createVariable(variable, "f4", ("lat", "lon"), zlib=True)[:] = value(variable, day, status)

    for day in range(3):
        publish(day, "early")
    publish(1, "stable")
    archive.firn("backfill", "--end", "1981-10-04T00:00Z", hosts=[host])
    publish(2, "provisional")  # in the place of the earlier file
    publish(3, "early")
    archive.firn("update", "--until", "1981-10-05T00:00Z", hosts=[host])

    found = archive.open()
    assert found.sizes["time"] == 4
    for day, status in enumerate(("early", "stable", "provisional", "early")):
        for variable, name in (("SWE", "snow_water_equivalent"), ("DEPTH", "snow_depth")):
            expected = value(variable, day, status)
            assert_same(found[name][day], rounded(np.where(expected == -999, np.nan, expected).astype(np.float32), 8))


@pytest.mark.parametrize("run", ["early", "late"])
def test_imerg(run, tmp_path, size):
    grid = size.of(IMERG)
    texture = grid.texture
    archive_host, producer = "https://data.gesdisc.earthdata.nasa.gov/data", "https://jsimpsonhttps.pps.eosdis.nasa.gov"
    archive = SmallArchive(
        tmp_path, f"nasa-imerg-analysis-{run}", ["precipitation_surface", "precipitation_quality_index_surface"],
        grid=grid, lengths={"time": (2, 4)})
    start = datetime.datetime(1998, 1, 1)

    def value(kind, at):
        values = texture([kind, at]) / 16
        values[2, 4:9] = -9999.9
        return values.astype(np.float32)

    def publish(at, revision, unit="mm/hr"):
        time = start + at * hours(0.5)
        end = time + datetime.timedelta(minutes=29, seconds=59)
        name = (f"3B-HHR-{run[0].upper()}.MS.MRG.3IMERG.{time:%Y%m%d}-S{time:%H%M%S}-E{end:%H%M%S}."
                f"{time.hour * 60 + time.minute:04d}.{revision}.HDF5")
        with h5py.File(archive.path(f"{archive_host}/GPM_L3/GPM_3IMERGHH{run[0].upper()}.07/{time:%Y}/{time:%j}/{name}"), "w") as file:
            for variable, kind in (("precipitation", 1), ("precipitationQualityIndex", 2)):
                # time, longitude, latitude from the south
                stored = file.create_dataset(f"Grid/{variable}", data=value(kind, at)[::-1].T[None], chunks=(1, 8, 9),
                                             compression="gzip", shuffle=True)
                if kind == 1:
                    stored.attrs["units"] = unit

    for at in range(3):
        publish(at, "V07B")
    archive.firn("backfill", "--end", "1998-01-01T01:30Z", hosts=[archive_host, producer])
    publish(3, "V07C")  # the other revision
    publish(4, "V07B", unit="mm/day")
    report = archive.firn("update", "--until", "1998-01-01T02:30Z", hosts=[archive_host, producer])

    aside, = report["missing"]
    assert (aside["status"], aside["variables"]) == ("quarantined", ["precipitation_surface"])
    assert aside["detail"].endswith("/Grid/precipitation has units [mm/day], expected mm/hr")
    found = archive.open()
    assert found.sizes["time"] == 5 and np.isnan(found.precipitation_surface[4]).all()
    for at in range(4):
        rain = value(1, at)
        rain = np.where(rain == np.float32(-9999.9), np.float32(np.nan), rain)
        assert_same(found.precipitation_surface[at], rounded(rain * np.float32(1 / 3600), 7))
        quality = value(2, at)
        quality = np.where(quality == np.float32(-9999.9), np.float32(np.nan), quality)
        assert_same(found.precipitation_quality_index_surface[at], rounded(quality, 7))


def test_ndvi(tmp_path, size):
    grid = size.of(NDVI)
    texture = grid.texture
    host = "s3://noaa-cdr-ndvi-pds"
    archive = SmallArchive(
        tmp_path, "noaa-ndvi-cdr-analysis", ["ndvi_raw", "ndvi_usable", "qa"],
        grid=grid, lengths={"time": (2, 4)},
        append={"dimension": "time", "start": "2013-12-30T00:00:00Z", "every": "1d", "coordinate_chunk": 100})
    start = datetime.datetime(2013, 12, 30)

    def value(day):
        values = texture([1, day]).astype(np.int16) * 10
        values[0, :4] = -9999
        flags = np.random.default_rng([2, day]).integers(0, 1 << 13, (grid.rows, grid.columns)).astype(np.int16)
        flags[:, ::3] = 0b1000000  # what both sensors take for good, or nearly
        flags[:, 1::3] = 0
        flags[5, :3] = -32767
        return values, flags

    def publish(day, made):
        time = start + day * hours(24)
        name = f"data/{time:%Y}/Land_v005_AVH13C1_NOAA-07_{time:%Y%m%d}_c{made}.nc"
        with netCDF4.Dataset(archive.path(f"{host}/{name}"), "w") as file:
            for dimension, length in (("time", 1), ("latitude", grid.rows), ("longitude", grid.columns)):
                file.createDimension(dimension, length)
            for variable, values, fill in zip(("NDVI", "QA"), value(day if made > 20170000 else 99), (-9999, -32767)):
                stored = file.createVariable(variable, "i2", ("time", "latitude", "longitude"), zlib=True, fill_value=fill)
                stored.scale_factor = 0.0001
                stored.set_auto_maskandscale(False)
                stored[:] = values[None]

    for day in (0, 1, 2):
        publish(day, 20170610041337)
    publish(1, 20160101000000)  # an earlier version that is still there
    archive.firn("backfill", "--end", "2014-01-02T00:00Z", hosts=[host])
    publish(4, 20170610041337)  # a day is missing
    archive.firn("update", "--until", "2014-01-04T00:00Z", hosts=[host])

    found = archive.open()
    assert found.sizes["time"] == 5
    raw = archive.open().qa.values if found.qa.dtype == np.int16 else None
    for day in range(5):
        if day == 3:
            assert np.isnan(found.ndvi_raw[day]).all() and np.isnan(found.ndvi_usable[day]).all()
            continue
        values, flags = value(day)
        if raw is not None:
            np.testing.assert_array_equal(raw[day], flags)
        index = np.where(values == -9999, np.float32(np.nan), values.astype(np.float32) * np.float32(0.0001))
        assert_same(found.ndvi_raw[day], rounded(index, 8))
        if day < 2:
            good = (flags & 0b1111100011110 & ~0b11100000) == 0
        else:
            good = (flags & 0b1110110) == 0b1000000
        assert_same(found.ndvi_usable[day], rounded(np.where(good & (flags != -32767), index, np.float32(np.nan)), 8))


def test_smap(tmp_path, size):
    grid = size.of(EaseMap())
    host = "https://data.nsidc.earthdatacloud.nasa.gov"
    archive = SmallArchive(
        tmp_path, "nasa-smap-level3-36km-v9", ["soil_moisture_am", "soil_moisture_pm"],
        grid=grid, lengths={"time": (2, 4)})
    start = datetime.datetime(2015, 4, 1)

    def value(kind, day):
        values = (np.random.default_rng([kind, day]).integers(0, 800, (grid.rows, grid.columns)) / 1000).astype(np.float32)
        values[7, 9:30] = -9999
        return values

    def publish(day, revision):
        time = start + day * hours(24)
        folder = f"nsidc-cumulus-prod-protected/SMAP/SPL3SMP/009/{time:%Y/%m}"
        with h5py.File(archive.path(f"{host}/{folder}/SMAP_L3_SM_P_{time:%Y%m%d}_R19240_{revision}.h5"), "w") as file:
            for kind, path in enumerate(("AM/soil_moisture", "PM/soil_moisture_pm"), 1):
                stored = file.create_dataset(f"Soil_Moisture_Retrieval_Data_{path}", data=value(kind, day))
                stored.attrs["units"] = "cm**3/cm**3"

    publish(0, "001")
    publish(1, "002")
    archive.firn("backfill", "--end", "2015-04-03T00:00Z", hosts=[host])
    publish(2, "005")
    archive.firn("update", "--until", "2015-04-04T00:00Z", hosts=[host])

    found = archive.open()
    assert found.sizes["time"] == 3
    for day in range(3):
        for kind, name in enumerate(("soil_moisture_am", "soil_moisture_pm"), 1):
            moisture = value(kind, day)
            assert_same(found[name][day], rounded(np.where(moisture == -9999, np.float32(np.nan), moisture), 7))


def test_mrms(tmp_path, size):
    grid = size.of(CONUS)
    bucket, ncep = "s3://noaa-mrms-pds", "https://mrms.ncep.noaa.gov"
    iowa = "https://mtarchive.geol.iastate.edu"
    archive = SmallArchive(
        tmp_path, "noaa-mrms-conus-analysis-hourly",
        ["precipitation_surface", "precipitation_pass_2_surface", "categorical_precipitation_type_surface",
         "flash_qpe_ffg_max_surface"],
        append={"dimension": "time", "start": "2021-03-03T19:00:00Z", "every": "1h", "coordinate_chunk": 100},
        grid=grid, lengths={"time": (3, 6)})
    start = datetime.datetime(2021, 3, 3, 19)
    parameters = {"MultiSensor_QPE_01H_Pass2": 37, "MultiSensor_QPE_01H_Pass1": 30, "RadarOnly_QPE_01H": 2, "PrecipFlag": 0}

    def value(product, time):
        # in steps: ecCodes writes no PNG of values that it cannot make smaller
        values = (np.add.outer(np.arange(grid.rows) // 4, np.arange(grid.columns) // 5) + len(product) + time.hour + time.minute) / 10
        values[0, :5] = -999 if product.startswith("FLASH") else -3
        return values

    def publish(product, time):
        number = (209, 12, 29) if product.startswith("FLASH") else (209, 6, parameters[product])
        content = message(number, value(product, time), time, 0, (102, 0), centre=161, grid=grid, packing="grid_png")
        name = f"CONUS/{product}_00.00/{time:%Y%m%d}/MRMS_{product}_00.00_{time:%Y%m%d-%H%M%S}.grib2.gz"
        archive.path(f"{bucket}/{name}").write_bytes(gzip.compress(content))

    for at in range(3):
        publish("PrecipFlag", start + hours(at))
        publish("FLASH_QPE_FFGMAX", start + hours(at))
    publish("MultiSensor_QPE_01H_Pass2", start)
    publish("MultiSensor_QPE_01H_Pass1", start + hours(1))
    stand_in = datetime.datetime(2021, 3, 3, 20, 46)  # of 21 UTC, which has no file
    publish("RadarOnly_QPE_01H", stand_in)
    hosts = [bucket, ncep, iowa]
    archive.firn("backfill", "--end", "2021-03-03T22:00Z", hosts=hosts)

    def rain(product, time):
        values = value(product, time)
        return rounded(np.where(values < 0, np.nan, values.astype(np.float32).astype(float) / 3600), 7)

    found = archive.open()
    assert found.sizes["time"] == 3
    assert np.isnan(found.precipitation_surface[0]).all()  # a rate needs a step before
    assert_same(found.precipitation_surface[1], rain("MultiSensor_QPE_01H_Pass1", start + hours(1)))
    assert_same(found.precipitation_surface[2], rain("RadarOnly_QPE_01H", stand_in))
    assert np.isnan(found.precipitation_pass_2_surface[1:]).all()

    publish("MultiSensor_QPE_01H_Pass2", start + hours(1))  # takes the place of the first pass
    publish("MultiSensor_QPE_01H_Pass2", start + hours(3))
    archive.firn("update", "--until", "2021-03-03T23:00Z", hosts=hosts)
    found = archive.open()
    assert found.sizes["time"] == 4
    for at in (1, 3):
        expected = rain("MultiSensor_QPE_01H_Pass2", start + hours(at))
        assert_same(found.precipitation_surface[at], expected)
        assert_same(found.precipitation_pass_2_surface[at], expected)
    for at in range(3):
        assert_same(found.categorical_precipitation_type_surface[at], value("PrecipFlag", start + hours(at)))
        flash = value("FLASH_QPE_FFGMAX", start + hours(at))
        assert_same(found.flash_qpe_ffg_max_surface[at], rounded(np.where(flash == -999, np.nan, flash), 7))


@pytest.mark.long
def test_mrms_in_its_true_shard(tmp_path):
    """27 days of hours in a shard, 64 GB of values a variable; three hours are there. In a heap of 2 GB, of which
    buffers may take 64 MB: less than one field."""
    bucket = "s3://noaa-mrms-pds"
    grid = CONUS
    archive = SmallArchive(
        tmp_path, "noaa-mrms-conus-analysis-hourly", ["categorical_precipitation_type_surface"], grid, {},
        append={"dimension": "time", "start": "2021-03-03T19:00:00Z", "every": "1h", "coordinate_chunk": 100})
    start = datetime.datetime(2021, 3, 3, 19)

    def value(at):
        return np.add.outer(np.arange(3500) // 70, np.arange(7000) // 90) % 97 + float(at)

    for at in range(3):
        time = start + hours(at)
        content = message((209, 6, 0), value(at), time, 0, (102, 0), centre=161, grid=grid, packing="grid_png")
        name = f"CONUS/PrecipFlag_00.00/{time:%Y%m%d}/MRMS_PrecipFlag_00.00_{time:%Y%m%d-%H%M%S}.grib2.gz"
        archive.path(f"{bucket}/{name}").write_bytes(gzip.compress(content, 1))
    archive.firn("backfill", "--end", "2021-03-03T22:00Z", "--memory", "64m",
                 hosts=[bucket, "https://mrms.ncep.noaa.gov"])
    found = archive.open()
    assert found.sizes == {"time": 3, "latitude": 3500, "longitude": 7000}
    for at in range(3):
        assert_same(found.categorical_precipitation_type_surface[at], value(at))
