"""Datasets of the catalog, from files as their centres publish them, through the real pipeline: a backfill, then an
update. What the archives must hold is worked out with numpy."""

import datetime

import h5py
import netCDF4
import numpy as np

from small_archive import COLUMNS, ROWS, SmallArchive, ecmwf_file, hours, message, noaa_file, rounded, texture

GRID = {"latitude": {"first": 90.0, "last": -90.0, "count": ROWS},
        "longitude": {"first": -180.0, "last": 157.5, "count": COLUMNS}}
CHUNK, SHARD = {"latitude": 4, "longitude": 5}, {"latitude": 8, "longitude": 10}


def assert_same(found, expected):
    np.testing.assert_array_equal(np.asarray(found), np.asarray(expected, np.float32))


def test_gfs_analysis(tmp_path):
    host = "s3://noaa-gfs-bdp-pds"
    archive = SmallArchive(
        tmp_path, "noaa-gfs-analysis", ["temperature_2m", "maximum_temperature_2m", "precipitation_surface"],
        dimensions=GRID, chunks={"time": 4, **CHUNK}, shards={"time": 8, **SHARD})
    start = datetime.datetime(2021, 5, 1)

    def rain_until(init, lead):  # since the forecast's start, which is a reset
        return sum(texture([1, int(init.timestamp()) // 3600, hour]) for hour in range(1, lead + 1))

    def publish(init, lead):
        path = archive.path(f"{host}/gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f{lead:03d}")
        valid = init + hours(lead)
        fields = [("TMP", "2 m above ground", (103, 2), None, 200 + texture([2, valid.day, valid.hour, lead]))]
        if lead:
            fields += [("TMAX", "2 m above ground", (103, 2), (0, "max"), 200 + texture([3, valid.day, valid.hour])),
                       ("APCP", "surface", (1, None), (0, "acc"), rain_until(init, lead))]
        noaa_file(path, init, lead, fields)

    def publish_forecast(init):
        for lead in range(7):
            publish(init, lead)

    publish_forecast(start - hours(6))
    publish_forecast(start)
    archive.firn("backfill", "--end", "2021-05-01T07:00Z", hosts=[host])
    before = archive.open()
    assert before.sizes["time"] == 6  # 00 to 06 were there; the last is left to the next update

    publish_forecast(start + hours(6))
    report = archive.firn("update", "--until", "2021-05-01T13:00Z", hosts=[host])
    found = archive.open()
    assert found.sizes["time"] == 12, report
    for at in range(12):
        valid = start + hours(at)
        init = start + hours(at // 6 * 6)
        assert_same(found.temperature_2m[at],
                    rounded((200 + texture([2, valid.day, valid.hour, at % 6]) - 273.15).astype(np.float32), 7))
        assert_same(found.maximum_temperature_2m[at],
                    rounded((200 + texture([3, valid.day, valid.hour]) - 273.15).astype(np.float32), 7))
        lead = at % 6 or 6
        init = valid - hours(lead)
        rate = (rain_until(init, lead) - rain_until(init, lead - 1)) / 3600
        assert_same(found.precipitation_surface[at], np.full_like(rate, np.nan) if at == 0 else rounded(rate, 7))


def test_aifs_ensemble(tmp_path):
    host = "https://storage.googleapis.com/ecmwf-open-data"
    other = "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"
    leads = {"hours": [{"from": 0, "to": 12, "every": 6}]}
    archive = SmallArchive(
        tmp_path, "ecmwf-aifs-ens-forecast", ["temperature_2m", "precipitation_surface", "geopotential_height_500hpa"],
        dimensions={"lead_time": leads, "ensemble_member": {"members": 3}, **GRID},
        chunks={"init_time": 1, "lead_time": 3, "ensemble_member": 3, **CHUNK},
        shards={"init_time": 1, "lead_time": 3, "ensemble_member": 3, **SHARD})
    start = datetime.datetime(2025, 7, 2)

    def rain_until(init, lead, member):  # millimetres since the start
        return sum(texture([1, init.hour, hour, member]) for hour in range(6, lead + 1, 6))

    def values(kind, init, lead, member):
        return 200 + texture([kind, init.hour, lead, member])

    def publish(init, place=host):
        for lead in (0, 6, 12):
            for group, members in (("cf", [0]), ("pf", [1, 2])):
                fields = []
                for member in members:
                    number = {"number": str(member)} if member else {}
                    line = {"type": group, **number}
                    fields += [
                        (line | {"param": "2t", "levtype": "sfc"}, message(
                            (0, 0, 0), values(2, init, lead, member), init, lead, (103, 2), None, "ecmf", member)),
                        (line | {"param": "tp", "levtype": "sfc"}, message(
                            (0, 1, 52), rain_until(init, lead, member) + np.zeros((ROWS, COLUMNS)), init, lead,
                            (1, None), (0, 1), "ecmf", member)),
                        (line | {"param": "z", "levtype": "pl", "levelist": "500"}, message(
                            (0, 3, 4), values(3, init, lead, member), init, lead, (100, 50000), None, "ecmf", member))]
                name = f"{init:%Y%m%d}/{init:%H}z/aifs-ens/0p25/enfo/{init:%Y%m%d%H}0000-{lead}h-enfo-{group}.grib2"
                ecmwf_file(archive.path(f"{place}/{name}"), init, lead, fields)

    publish(start)
    archive.firn("backfill", "--end", "2025-07-02T06:00Z", hosts=[host, other])
    publish(start + hours(6), other)  # the first place does not have it
    archive.firn("update", "--until", "2025-07-02T12:00Z", hosts=[host, other])

    found = archive.open()
    assert found.sizes["init_time"] == 2
    for at, init in enumerate((start, start + hours(6))):
        assert (found.ingested_forecast_length[at] == np.timedelta64(12, "h")).all()
        for number, lead in enumerate((0, 6, 12)):
            for member in range(3):
                place = {"init_time": at, "lead_time": number, "ensemble_member": member}
                assert_same(found.temperature_2m.isel(place),
                            rounded((values(2, init, lead, member) - 273.15).astype(np.float32), 7))
                height = values(3, init, lead, member).astype(np.float32) * np.float32(1 / 9.80665)
                assert_same(found.geopotential_height_500hpa.isel(place), rounded(height, 11))
                rain = (np.full((ROWS, COLUMNS), np.nan) if lead == 0 else
                        (rain_until(init, lead, member) - rain_until(init, lead - 6, member)) / 21600)
                assert_same(found.precipitation_surface.isel(place), rounded(rain, 7))


def test_swann(tmp_path):
    host = "https://climate.arizona.edu/data"
    archive = SmallArchive(
        tmp_path, "u-arizona-swann-analysis", ["snow_water_equivalent", "snow_depth"],
        dimensions=GRID, chunks={"time": 2, **CHUNK}, shards={"time": 4, **SHARD})
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
            file.createDimension("lat", ROWS)
            file.createDimension("lon", COLUMNS)
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


def test_imerg(tmp_path):
    archive_host, producer = "https://data.gesdisc.earthdata.nasa.gov/data", "https://jsimpsonhttps.pps.eosdis.nasa.gov"
    archive = SmallArchive(
        tmp_path, "nasa-imerg-analysis-late", ["precipitation_surface", "precipitation_quality_index_surface"],
        dimensions=GRID, chunks={"time": 2, **CHUNK}, shards={"time": 4, **SHARD})
    start = datetime.datetime(1998, 1, 1)

    def value(kind, at):
        values = texture([kind, at]) / 16
        values[2, 4:9] = -9999.9
        return values.astype(np.float32)

    def publish(at, revision):
        time = start + at * hours(0.5)
        end = time + datetime.timedelta(minutes=29, seconds=59)
        name = (f"3B-HHR-L.MS.MRG.3IMERG.{time:%Y%m%d}-S{time:%H%M%S}-E{end:%H%M%S}."
                f"{time.hour * 60 + time.minute:04d}.{revision}.HDF5")
        with h5py.File(archive.path(f"{archive_host}/GPM_L3/GPM_3IMERGHHL.07/{time:%Y}/{time:%j}/{name}"), "w") as file:
            for variable, kind in (("precipitation", 1), ("precipitationQualityIndex", 2)):
                # time, longitude, latitude from the south
                file.create_dataset(f"Grid/{variable}", data=value(kind, at)[::-1].T[None], chunks=(1, 8, 9),
                                    compression="gzip", shuffle=True)

    for at in range(3):
        publish(at, "V07B")
    archive.firn("backfill", "--end", "1998-01-01T01:30Z", hosts=[archive_host, producer])
    publish(3, "V07C")  # the other revision
    archive.firn("update", "--until", "1998-01-01T02:00Z", hosts=[archive_host, producer])

    found = archive.open()
    assert found.sizes["time"] == 4
    for at in range(4):
        rain = value(1, at)
        rain = np.where(rain == np.float32(-9999.9), np.float32(np.nan), rain)
        assert_same(found.precipitation_surface[at], rounded(rain * np.float32(1 / 3600), 7))
        quality = value(2, at)
        quality = np.where(quality == np.float32(-9999.9), np.float32(np.nan), quality)
        assert_same(found.precipitation_quality_index_surface[at], rounded(quality, 7))


def test_ndvi(tmp_path):
    host = "s3://noaa-cdr-ndvi-pds"
    archive = SmallArchive(
        tmp_path, "noaa-ndvi-cdr-analysis", ["ndvi_raw", "ndvi_usable", "qa"],
        dimensions=GRID, chunks={"time": 2, **CHUNK}, shards={"time": 4, **SHARD},
        append={"dimension": "time", "start": "2013-12-30T00:00:00Z", "every": "1d", "coordinate_chunk": 100})
    start = datetime.datetime(2013, 12, 30)

    def value(day):
        values = texture([1, day]).astype(np.int16) * 10
        values[0, :4] = -9999
        flags = np.random.default_rng([2, day]).integers(0, 1 << 13, (ROWS, COLUMNS)).astype(np.int16)
        flags[:, ::3] = 0b1000000  # what both sensors take for good, or nearly
        flags[:, 1::3] = 0
        flags[5, :3] = -32767
        return values, flags

    def publish(day, made):
        time = start + day * hours(24)
        name = f"data/{time:%Y}/Land_v005_AVH13C1_NOAA-07_{time:%Y%m%d}_c{made}.nc"
        with netCDF4.Dataset(archive.path(f"{host}/{name}"), "w") as file:
            for dimension, length in (("time", 1), ("latitude", ROWS), ("longitude", COLUMNS)):
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


def test_smap(tmp_path):
    host = "https://data.nsidc.earthdatacloud.nasa.gov"
    archive = SmallArchive(
        tmp_path, "nasa-smap-level3-36km-v9", ["soil_moisture_am", "soil_moisture_pm"],
        chunks={"time": 2, "y": 136, "x": 138}, shards={"time": 4, "y": 408, "x": 966})
    start = datetime.datetime(2015, 4, 1)

    def value(kind, day):
        values = (np.random.default_rng([kind, day]).integers(0, 800, (406, 964)) / 1000).astype(np.float32)
        values[7, 9:30] = -9999
        return values

    def publish(day, revision):
        time = start + day * hours(24)
        folder = f"nsidc-cumulus-prod-protected/SMAP/SPL3SMP/009/{time:%Y/%m}"
        with h5py.File(archive.path(f"{host}/{folder}/SMAP_L3_SM_P_{time:%Y%m%d}_R19240_{revision}.h5"), "w") as file:
            file["Soil_Moisture_Retrieval_Data_AM/soil_moisture"] = value(1, day)
            file["Soil_Moisture_Retrieval_Data_PM/soil_moisture_pm"] = value(2, day)

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
