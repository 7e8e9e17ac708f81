"""Analyses of the catalog, which are made of short forecasts, from files as their centres publish them, through the real
pipeline: a backfill, then an update. What the archives must hold is worked out with numpy."""

import datetime

import numpy as np

from hrrr_files import HRRR, HRRR_HOST, assert_hrrr, publish_hrrr
from small_archive import (FEW_OF_COARSE, FEW_OF_GLOBE, GLOBE, ONE_DEGREE, ConusMap, SmallArchive, assert_same, fine, hours,
                           noaa_file, rounded)


def test_gfs_analysis(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    texture = grid.texture
    host = "s3://noaa-gfs-bdp-pds"
    archive = SmallArchive(
        tmp_path, "noaa-gfs-analysis", ["temperature_2m", "maximum_temperature_2m", "precipitation_surface"],
        grid=grid, lengths={"time": (4, 8)})
    start = datetime.datetime(2021, 5, 1)

    def rain_until(init, lead):  # since the forecast's start, which is a reset
        return sum(texture([1, int(init.timestamp()) // 3600, hour]) for hour in range(1, lead + 1))

    def publish(init, lead):
        path = archive.path(f"{host}/gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f{lead:03d}")
        valid = init + hours(lead)
        fields = [(lead, "TMP", "2 m above ground", (103, 2), None, 200 + texture([2, valid.day, valid.hour, lead]))]
        if lead:
            fields += [(lead, "TMAX", "2 m above ground", (103, 2), (0, "max"), 200 + texture([3, valid.day, valid.hour])),
                       (lead, "APCP", "surface", (1, None), (0, "acc"), rain_until(init, lead))]
        noaa_file(path, init, fields, grid, "grid_complex_spatial_differencing")

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


def test_hrrr_analysis(tmp_path, size):
    grid = size.of(ConusMap())
    archive = SmallArchive(
        tmp_path, "noaa-hrrr-analysis", HRRR, grid=grid, lengths={"time": (3, 3)})
    start = datetime.datetime(2014, 10, 1)
    for hour in range(-1, 5):
        publish_hrrr(archive, start + hours(hour), range(2))
    archive.firn("backfill", "--end", "2014-10-01T05:00Z", hosts=[HRRR_HOST])
    publish_hrrr(archive, start + hours(5), range(2))
    archive.firn("update", "--until", "2014-10-01T06:00Z", hosts=[HRRR_HOST])

    found = archive.open()
    assert found.sizes["time"] == 5  # the newest is left to the next update; 3 begins a region, whose rates need 2
    for at in range(5):
        assert_hrrr(found.isel(time=at), grid, start + hours(at), 0, rates=at > 0)


def test_gefs_analysis(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    coarse = size.of(ONE_DEGREE, FEW_OF_COARSE)
    now, past = "s3://noaa-gefs-pds", "s3://noaa-gefs-retrospective"
    archive = SmallArchive(
        tmp_path, "noaa-gefs-analysis", ["temperature_2m", "precipitation_surface", "categorical_snow_surface"],
        append={"dimension": "time", "start": "2019-12-31T18:00:00Z", "every": "3h", "coordinate_chunk": 100},
        grid=grid, lengths={"time": (4, 4)})
    start = datetime.datetime(2019, 12, 31, 18)

    def values(kind, valid, of):
        return of.texture([kind, valid.day, valid.hour])

    def rain(init, lead, of):  # since the last multiple of six hours, in steps of three
        begin = (lead - 1) // 6 * 6
        return sum(values(2, init + hours(hour), of) for hour in range(begin + 3, lead + 1, 3))

    def fields(init, lead, of):
        valid, begin = init + hours(lead), (lead - 1) // 6 * 6
        return {"tmp_2m": (lead, "TMP", "2 m above ground", (103, 2), None, 200 + values(1, valid, of)),
                "apcp_sfc": (lead, "APCP", "surface", (1, None), (begin, "acc"), rain(init, lead, of) if lead else None),
                "csnow_sfc": (lead, "CSNOW", "surface", (1, None), (begin, "ave"), values(3, valid, of) // 500)}

    # The reforecast: a file for each variable with all lead times, on the fine grid.
    for init in (datetime.datetime(2019, 12, 30), datetime.datetime(2019, 12, 31)):
        for name in ("tmp_2m", "apcp_sfc", "csnow_sfc"):
            path = archive.path(f"{past}/GEFSv12/reforecast/2019/{init:%Y%m%d%H}/c00/Days:1-10/{name}_{init:%Y%m%d%H}_c00.grib2")
            noaa_file(path, init, [fields(init, lead, grid)[name] for lead in range(3, 25, 3)], grid, member=0)
    # Version 11: one degree, a value every six hours.
    for init, leads in ((0, (0, 6)), (6, (0, 6)), (12, (0,))):
        init = datetime.datetime(2020, 1, 1, init)
        for lead in leads:
            path = archive.path(f"{now}/gefs.{init:%Y%m%d}/{init:%H}/pgrb2a/gec00.t{init:%H}z.pgrb2af{lead:02d}")
            noaa_file(path, init, [each for each in fields(init, lead, coarse).values() if lead or each[1] == "TMP"],
                      coarse, member=0)
    archive.firn("backfill", "--end", "2020-01-01T15:00Z", hosts=[now, past])

    def temperature(time):
        is_fine = time < datetime.datetime(2020, 1, 1)
        celsius = (200 + values(1, time, grid if is_fine else coarse) - 273.15).astype(np.float32).astype(float)
        return celsius if is_fine else fine(celsius, grid).astype(np.float32).astype(float)

    def rate(time):  # over six hours on the coarse grid
        if time <= datetime.datetime(2020, 1, 1):
            return values(2, time, grid) / 10800
        total = fine(rain(time - hours(6), 6, coarse).astype(np.float32).astype(float), grid).astype(np.float32).astype(float)
        return (total / 21600).astype(np.float32).astype(float)

    found = archive.open()
    times = [start + hours(3 * at) for at in range(found.sizes["time"])]
    assert times[-1] == datetime.datetime(2020, 1, 1, 9)  # a gap, filled between 6 and 12
    for at, time in enumerate(times):
        between = time > datetime.datetime(2020, 1, 1) and time.hour % 6
        near = (time - hours(3), time + hours(3)) if between else (time,)
        assert_same(found.temperature_2m[at], rounded(np.float32(np.mean([temperature(each) for each in near], 0)), 7))
        if at == 0:
            assert np.isnan(found.precipitation_surface[at]).all()
        else:
            assert_same(found.precipitation_surface[at], rounded(np.float32(np.mean([rate(each) for each in near], 0)), 7))
        if between:
            assert np.isnan(found.categorical_snow_surface[at]).all()  # flags are not interpolated
        elif time <= datetime.datetime(2020, 1, 1):
            assert_same(found.categorical_snow_surface[at], values(3, time, grid) // 500)
