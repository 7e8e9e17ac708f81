"""Datasets of the catalog, from files as their centres publish them, through the real pipeline: a backfill, then an
update. What the archives must hold is worked out with numpy."""

import bz2
import datetime
import gzip
import os
import subprocess

import h5py
import netCDF4
import numpy as np
import pytest

from firn_cli import FIRN
from small_archive import (COLUMNS, GLOBE, ROWS, ConusMap, Grid, SmallArchive, ecmwf_file, hours, message, noaa_file,
                           rounded, texture)

GRID = GLOBE.axes
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
        fields = [(lead, "TMP", "2 m above ground", (103, 2), None, 200 + texture([2, valid.day, valid.hour, lead]))]
        if lead:
            fields += [(lead, "TMAX", "2 m above ground", (103, 2), (0, "max"), 200 + texture([3, valid.day, valid.hour])),
                       (lead, "APCP", "surface", (1, None), (0, "acc"), rain_until(init, lead))]
        noaa_file(path, init, fields, packing="grid_complex_spatial_differencing")

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


HRRR = ["temperature_2m", "pressure_reduced_to_mean_sea_level", "precipitation_surface",
        "geopotential_height_cloud_ceiling", "snowfall_surface"]
HRRR_HOST = "s3://noaa-hrrr-bdp-pds"
RAIN, SNOW = 1, 2


def of_hour(kind, time):
    """What fell in the hour before."""
    return texture([kind, time.day, time.hour])


def ceiling(time, lead):
    values = texture([4, time.day, time.hour, lead])
    values[3, 2:7] = 9999
    return values


def publish_hrrr(archive, init, leads):
    grid = ConusMap()
    for lead in leads:
        valid = init + hours(lead)
        element = "PRMSL" if init.hour % 2 else "MSLMA"  # renamed over the years
        fields = [
            (lead, "TMP", "2 m above ground", (103, 2), None, 200 + texture([3, valid.day, valid.hour, lead])),
            (lead, element, "mean sea level", (101, None), None, 100000 + texture([5, valid.day, valid.hour, lead])),
            (lead, "HGT", "cloud ceiling", (215, None), None, ceiling(valid, lead))]
        if lead:
            rain = (lead, "APCP", "surface", (1, None), (lead - 1, "acc"), of_hour(RAIN, valid))
            snow = sum(of_hour(SNOW, init + hours(hour)) for hour in range(1, lead + 1))
            total = (lead, "APCP", "surface", (1, None), (0, "acc"), of_hour(RAIN, valid) + 5)
            fields += [rain, (lead, "ASNOW", "surface", (1, None), (0, "acc"), snow)] + ([total] if lead > 1 else [])
        path = archive.path(f"{HRRR_HOST}/hrrr.{init:%Y%m%d}/conus/hrrr.t{init:%H}z.wrfsfcf{lead:02d}.grib2")
        noaa_file(path, init, fields, grid, "grid_complex_spatial_differencing")


def assert_hrrr(found, valid, lead, rates):
    assert_same(found.temperature_2m,
                rounded((200 + texture([3, valid.day, valid.hour, lead]) - 273.15).astype(np.float32), 7))
    assert_same(found.pressure_reduced_to_mean_sea_level,
                rounded(100000 + texture([5, valid.day, valid.hour, lead]), 13))
    height = ceiling(valid, lead)
    assert_same(found.geopotential_height_cloud_ceiling, rounded(np.where(height == 9999, np.nan, height), 8))
    missing = np.full((ROWS, COLUMNS), np.nan)
    assert_same(found.precipitation_surface, rounded(of_hour(RAIN, valid) / 3600, 7) if rates else missing)
    assert_same(found.snowfall_surface, rounded(of_hour(SNOW, valid) / 3600, 7) if rates else missing)


def test_hrrr_forecast(tmp_path):
    archive = SmallArchive(
        tmp_path, "noaa-hrrr-forecast-48-hour", HRRR,
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 3, "every": 1}]}, **ConusMap().axes},
        chunks={"init_time": 1, "lead_time": 4, "y": 4, "x": 5}, shards={"init_time": 1, "lead_time": 4, "y": 8, "x": 10})
    start = datetime.datetime(2018, 7, 13, 12)
    publish_hrrr(archive, start, range(4))
    archive.firn("backfill", "--end", "2018-07-13T18:00Z", hosts=[HRRR_HOST])
    publish_hrrr(archive, start + hours(6), range(3))  # the last lead time is not there yet
    archive.firn("update", "--until", "2018-07-14T00:00Z", hosts=[HRRR_HOST])

    found = archive.open()
    assert list(found.ingested_forecast_length.values / np.timedelta64(1, "h")) == [3, 2]
    for at in range(2):
        for lead in range(4 - at):
            assert_hrrr(found.isel(init_time=at, lead_time=lead), start + hours(6 * at + lead), lead, rates=lead > 0)
    assert np.isnan(found.temperature_2m[1, 3]).all()


def test_hrrr_analysis(tmp_path):
    archive = SmallArchive(
        tmp_path, "noaa-hrrr-analysis", HRRR, dimensions=ConusMap().axes,
        chunks={"time": 3, "y": 4, "x": 5}, shards={"time": 3, "y": 8, "x": 10})
    start = datetime.datetime(2014, 10, 1)
    for hour in range(-1, 5):
        publish_hrrr(archive, start + hours(hour), range(2))
    archive.firn("backfill", "--end", "2014-10-01T05:00Z", hosts=[HRRR_HOST])
    publish_hrrr(archive, start + hours(5), range(2))
    archive.firn("update", "--until", "2014-10-01T06:00Z", hosts=[HRRR_HOST])

    found = archive.open()
    assert found.sizes["time"] == 5  # the newest is left to the next update; 3 begins a region, whose rates need 2
    for at in range(5):
        assert_hrrr(found.isel(time=at), start + hours(at), 0, rates=at > 0)


def fine(values):
    """Between the points of a coarse global grid, whose columns close around the globe."""
    wide = np.hstack([values, values[:, :1]])
    rows = np.empty((ROWS, wide.shape[1]))
    rows[::2], rows[1::2] = wide, (wide[:-1] + wide[1:]) / 2
    result = np.empty((ROWS, COLUMNS))
    result[:, ::2], result[:, 1::2] = rows[:, :-1], (rows[:, :-1] + rows[:, 1:]) / 2
    return result


COARSE = Grid(90.0, -180.0, rows=5, columns=8, step=45.0, shift=4)


def test_gefs_forecast(tmp_path):
    host = "s3://noaa-gefs-pds"
    leads = (0, 240, 246, 390)
    archive = SmallArchive(
        tmp_path, "noaa-gefs-forecast-35-day", ["temperature_2m", "wind_u_100m", "percent_frozen_precipitation_surface"],
        append={"dimension": "init_time", "start": "2022-10-18T00:00:00Z", "every": "1d", "coordinate_chunk": 100},
        dimensions={"ensemble_member": {"members": 3},
                    "lead_time": {"hours": [{"from": lead, "to": lead, "every": 1} for lead in leads]}, **GRID},
        chunks={"init_time": 1, "ensemble_member": 3, "lead_time": 2, **CHUNK},
        shards={"init_time": 1, "ensemble_member": 3, "lead_time": 4, **SHARD})
    start = datetime.datetime(2022, 10, 18)
    ice_moves = datetime.datetime(2022, 10, 18, 12)  # to the fine files

    def values(kind, init, member, lead, grid):
        return np.random.default_rng([kind, init.day, member, lead]).integers(0, 1000, (grid.rows, grid.columns)) / 4

    def publish(init, members):
        for member in members:
            run = f"p{member:02d}" if member else "c00"
            for lead in leads:
                def field(kind, element, level, surface, grid):
                    return (lead, element, level, surface, None, values(kind, init, member, lead, grid))

                ice = ("CPOFP", "surface", (1, None))
                selected = [field(1, "TMP", "2 m above ground", (103, 2), GLOBE)]
                others = [field(2, "UGRD", "100 m above ground", (103, 100), COARSE)]
                if lead <= 240 and init >= ice_moves:
                    selected.append(field(3, *ice, GLOBE))
                else:
                    others.append(field(3, *ice, COARSE))
                files = [("pgrb2sp25", "pgrb2s.0p25", selected, GLOBE)] if lead <= 240 else [
                    ("pgrb2ap5", "pgrb2a.0p50", [field(1, "TMP", "2 m above ground", (103, 2), COARSE)], COARSE)]
                for folder, name, fields, grid in [*files, ("pgrb2bp5", "pgrb2b.0p50", others, COARSE)]:
                    path = f"gefs.{init:%Y%m%d}/{init:%H}/atmos/{folder}/ge{run}.t{init:%H}z.{name}.f{lead:03d}"
                    noaa_file(archive.path(f"{host}/{path}"), init, fields, grid, "grid_complex", member)

    publish(start, range(3))
    archive.firn("backfill", "--end", "2022-10-19T00:00Z", hosts=[host])
    publish(start + hours(24), range(2))  # the last member is not there
    archive.firn("update", "--until", "2022-10-20T00:00Z", hosts=[host])

    found = archive.open()
    assert found.temperature_2m.dims[:3] == ("init_time", "ensemble_member", "lead_time")
    lengths = found.ingested_forecast_length.values / np.timedelta64(1, "h")
    np.testing.assert_array_equal(lengths, [[390, 390, 390], [390, 390, np.nan]])
    for at, init in enumerate((start, start + hours(24))):
        for member in range(3 - at):
            for number, lead in enumerate(leads):
                here = found.isel(init_time=at, ensemble_member=member, lead_time=number)

                def archived(kind, is_fine):
                    stored = values(kind, init, member, lead, GLOBE if is_fine else COARSE)
                    if kind == 1:
                        stored = (stored - 273.15).astype(np.float32).astype(float)
                    return stored if is_fine else fine(stored).astype(np.float32)

                assert_same(here.temperature_2m, rounded(archived(1, lead <= 240).astype(np.float32), 7))
                assert_same(here.wind_u_100m, rounded(archived(2, False), 6))
                assert_same(here.percent_frozen_precipitation_surface,
                            rounded(archived(3, lead <= 240 and init >= ice_moves).astype(np.float32), 7))
    assert np.isnan(found.temperature_2m[1, 2]).all()


def test_gefs_analysis(tmp_path):
    now, past = "s3://noaa-gefs-pds", "s3://noaa-gefs-retrospective"
    archive = SmallArchive(
        tmp_path, "noaa-gefs-analysis", ["temperature_2m", "precipitation_surface", "categorical_snow_surface"],
        append={"dimension": "time", "start": "2019-12-31T18:00:00Z", "every": "3h", "coordinate_chunk": 100},
        dimensions=GRID, chunks={"time": 4, **CHUNK}, shards={"time": 4, **SHARD})
    start = datetime.datetime(2019, 12, 31, 18)
    coarse = COARSE

    def values(kind, valid, grid):
        return np.random.default_rng([kind, valid.day, valid.hour]).integers(0, 1000, (grid.rows, grid.columns)) * 1.0

    def rain(init, lead, grid):  # since the last multiple of six hours, in steps of three
        begin = (lead - 1) // 6 * 6
        return sum(values(2, init + hours(hour), grid) for hour in range(begin + 3, lead + 1, 3))

    def fields(init, lead, grid):
        valid, begin = init + hours(lead), (lead - 1) // 6 * 6
        return {"tmp_2m": (lead, "TMP", "2 m above ground", (103, 2), None, 200 + values(1, valid, grid)),
                "apcp_sfc": (lead, "APCP", "surface", (1, None), (begin, "acc"), rain(init, lead, grid) if lead else None),
                "csnow_sfc": (lead, "CSNOW", "surface", (1, None), (begin, "ave"), values(3, valid, grid) // 500)}

    # The reforecast: a file for each variable with all lead times, on the fine grid.
    for init in (datetime.datetime(2019, 12, 30), datetime.datetime(2019, 12, 31)):
        for name in ("tmp_2m", "apcp_sfc", "csnow_sfc"):
            path = archive.path(f"{past}/GEFSv12/reforecast/2019/{init:%Y%m%d%H}/c00/Days:1-10/{name}_{init:%Y%m%d%H}_c00.grib2")
            noaa_file(path, init, [fields(init, lead, GLOBE)[name] for lead in range(3, 25, 3)], member=0)
    # Version 11: one degree, a value every six hours.
    for init, leads in ((0, (0, 6)), (6, (0, 6)), (12, (0,))):
        init = datetime.datetime(2020, 1, 1, init)
        for lead in leads:
            path = archive.path(f"{now}/gefs.{init:%Y%m%d}/{init:%H}/pgrb2a/gec00.t{init:%H}z.pgrb2af{lead:02d}")
            noaa_file(path, init, [each for each in fields(init, lead, coarse).values() if lead or each[1] == "TMP"],
                      coarse, member=0)
    archive.firn("backfill", "--end", "2020-01-01T15:00Z", hosts=[now, past])

    def temperature(time):
        grid = GLOBE if time < datetime.datetime(2020, 1, 1) else coarse
        celsius = (200 + values(1, time, grid) - 273.15).astype(np.float32).astype(float)
        return celsius if grid is GLOBE else fine(celsius).astype(np.float32).astype(float)

    def rate(time):  # over six hours on the coarse grid
        if time <= datetime.datetime(2020, 1, 1):
            return values(2, time, GLOBE) / 10800
        total = fine(rain(time - hours(6), 6, coarse).astype(np.float32).astype(float)).astype(np.float32).astype(float)
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
            assert_same(found.categorical_snow_surface[at], values(3, time, GLOBE) // 500)


def test_ifs_ensemble(tmp_path):
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    leads = (0, 90, 93)
    archive = SmallArchive(
        tmp_path, "ecmwf-ifs-ens-forecast-15-day-0-25-degree",
        ["temperature_2m", "precipitation_surface", "wind_gust_10m", "total_cloud_cover_atmosphere"],
        append={"dimension": "init_time", "start": "2026-05-12T00:00:00Z", "every": "1d", "coordinate_chunk": 100},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 0, "every": 1}, {"from": 90, "to": 93, "every": 3}]},
                    "ensemble_member": {"members": 3}, **GRID},
        chunks={"init_time": 1, "lead_time": 3, "ensemble_member": 3, **CHUNK},
        shards={"init_time": 1, "lead_time": 3, "ensemble_member": 3, **SHARD})
    start = datetime.datetime(2026, 5, 12)

    def value(kind, init, lead, member):
        return texture([kind, init.day, lead, member])

    def rain_until(init, lead, member):  # whole millimetres, which files have in metres
        return sum((value(1, init, each, member) for each in leads if 0 < each <= lead), np.zeros((ROWS, COLUMNS)))

    def fields(init, lead, member):
        def of(parameter, values, surface, window=None):
            return message(parameter, values, init, lead, surface, window, "ecmf", member, packing="grid_ccsds")

        line = {"type": "pf", "number": str(member)} if member else {"type": "cf"}
        made = [({"param": "2t"}, of((0, 0, 0), 200 + value(2, init, lead, member), (103, 2))),
                ({"param": "tp"}, of((0, 1, 193), rain_until(init, lead, member) / 1000, (1, None), (0, 1))),
                ({"param": "tcc"}, of((0, 6, 192), value(4, init, lead, member) / 1024, (1, None)))]
        if lead:
            gust = "10fg3" if lead >= 93 else "10fg"
            made.append(({"param": gust}, of((0, 2, 22), value(3, init, lead, member) / 16, (103, 10), (lead - 3, 2))))
        return [(line | {"levtype": "sfc"} | keys, content) for keys, content in made]

    def publish(init, control_apart):
        for lead in leads:
            folder = f"{hosts[0]}/{init:%Y%m%d}/{init:%H}z/ifs/0p25"
            name = f"{init:%Y%m%d%H}0000-{lead}h"
            members = {member: fields(init, lead, member) for member in range(3)}
            if control_apart:
                ecmwf_file(archive.path(f"{folder}/oper/{name}-oper-fc.grib2"), init, lead, members.pop(0))
            ecmwf_file(archive.path(f"{folder}/enfo/{name}-enfo-ef.grib2"), init, lead, sum(members.values(), []))

    publish(start, control_apart=False)
    archive.firn("backfill", "--end", "2026-05-13T00:00Z", hosts=hosts)
    publish(start + hours(24), control_apart=True)
    archive.firn("update", "--until", "2026-05-14T00:00Z", hosts=hosts)

    found = archive.open()
    assert found.sizes["init_time"] == 2
    for at, init in enumerate((start, start + hours(24))):
        for number, lead in enumerate(leads):
            for member in range(3):
                place = {"init_time": at, "lead_time": number, "ensemble_member": member}
                here = found.isel(place)
                assert_same(here.temperature_2m,
                            rounded((200 + value(2, init, lead, member) - 273.15).astype(np.float32), 7))
                np.testing.assert_allclose(
                    here.total_cloud_cover_atmosphere, value(4, init, lead, member) / 1024 * 100, rtol=2**-8, atol=1e-4)
                if lead == 0:
                    assert np.isnan(here.wind_gust_10m).all() and np.isnan(here.precipitation_surface).all()
                    continue
                assert_same(here.wind_gust_10m, rounded(value(3, init, lead, member) / 16, 6))
                seconds = (lead - leads[number - 1]) * 3600
                np.testing.assert_allclose(
                    here.precipitation_surface, value(1, init, lead, member) / seconds, rtol=2**-7, atol=1e-6)


def test_aifs_single(tmp_path):
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    archive = SmallArchive(
        tmp_path, "ecmwf-aifs-single-forecast", ["temperature_2m", "precipitation_surface", "wind_u_100m"],
        append={"dimension": "init_time", "start": "2025-02-24T00:00:00Z", "every": "6h", "coordinate_chunk": 100},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 6, "every": 6}]}, **GRID},
        chunks={"init_time": 1, "lead_time": 2, **CHUNK}, shards={"init_time": 1, "lead_time": 2, **SHARD})
    start = datetime.datetime(2025, 2, 24)
    eras = [("aifs/0p25/oper", (0, 1, 193), 1000), ("aifs-single/0p25/experimental/oper", (0, 1, 52), 1)]

    def publish(init, folder, parameter, divisor):
        for lead in (0, 6):
            rain = texture([1, init.hour]) if lead else np.zeros((ROWS, COLUMNS))
            fields = [
                ({"param": "2t"}, message((0, 0, 0), 200 + texture([2, init.hour, lead]), init, lead, (103, 2),
                                          centre="ecmf")),
                ({"param": "tp"}, message(parameter, rain / divisor, init, lead, (1, None), (0, 1), "ecmf")),
                ({"param": "100u"}, message((0, 2, 2), texture([3, init.hour, lead]) / 16, init, lead, (103, 100),
                                            centre="ecmf"))]
            lines = [({"type": "fc", "levtype": "sfc"} | keys, content) for keys, content in fields]
            name = f"{init:%Y%m%d}/{init:%H}z/{folder}/{init:%Y%m%d%H}0000-{lead}h-oper-fc.grib2"
            ecmwf_file(archive.path(f"{hosts[0]}/{name}"), init, lead, lines)

    publish(start, *eras[0])
    archive.firn("backfill", "--end", "2025-02-24T06:00Z", hosts=hosts)
    publish(start + hours(6), *eras[1])
    archive.firn("update", "--until", "2025-02-24T12:00Z", hosts=hosts)

    found = archive.open()
    assert found.sizes["init_time"] == 2
    for at, init in enumerate((start, start + hours(6))):
        np.testing.assert_allclose(found.precipitation_surface[at, 1], texture([1, init.hour]) / 21600, rtol=2**-7, atol=1e-6)
        for number, lead in enumerate((0, 6)):
            assert_same(found.temperature_2m[at, number],
                        rounded((200 + texture([2, init.hour, lead]) - 273.15).astype(np.float32), 7))
            wind = texture([3, init.hour, lead]) / 16
            assert_same(found.wind_u_100m[at, number], rounded(wind, 6) if at else np.full_like(wind, np.nan))


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


@pytest.mark.parametrize("run", ["early", "late"])
def test_imerg(run, tmp_path):
    archive_host, producer = "https://data.gesdisc.earthdata.nasa.gov/data", "https://jsimpsonhttps.pps.eosdis.nasa.gov"
    archive = SmallArchive(
        tmp_path, f"nasa-imerg-analysis-{run}", ["precipitation_surface", "precipitation_quality_index_surface"],
        dimensions=GRID, chunks={"time": 2, **CHUNK}, shards={"time": 4, **SHARD})
    start = datetime.datetime(1998, 1, 1)

    def value(kind, at):
        values = texture([kind, at]) / 16
        values[2, 4:9] = -9999.9
        return values.astype(np.float32)

    def publish(at, revision):
        time = start + at * hours(0.5)
        end = time + datetime.timedelta(minutes=29, seconds=59)
        name = (f"3B-HHR-{run[0].upper()}.MS.MRG.3IMERG.{time:%Y%m%d}-S{time:%H%M%S}-E{end:%H%M%S}."
                f"{time.hour * 60 + time.minute:04d}.{revision}.HDF5")
        with h5py.File(archive.path(f"{archive_host}/GPM_L3/GPM_3IMERGHH{run[0].upper()}.07/{time:%Y}/{time:%j}/{name}"), "w") as file:
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


def test_icon(tmp_path):
    kept = "https://s3-us-west-2.amazonaws.com/us-west-2.opendata.source.coop"
    centre = "https://opendata.dwd.de"
    grid = Grid(70.5, -23.5, step=6.0, from_south=True)
    archive = SmallArchive(
        tmp_path, "dwd-icon-eu-forecast-5-day",
        ["precipitation_surface", "downward_direct_short_wave_radiation_flux_surface", "temperature_2m",
         "cloud_cover_low", "wind_gust_10m"],
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 3, "every": 1}]}, **grid.axes},
        chunks={"init_time": 1, "lead_time": 2, **CHUNK}, shards={"init_time": 1, "lead_time": 4, **SHARD})
    start = datetime.datetime(2026, 2, 10)

    def rain_until(init, lead):
        return sum((texture([1, init.hour, hour]) for hour in range(1, lead + 1)), np.zeros((ROWS, COLUMNS)))

    def sun_until(init, lead):  # the sum of hourly means
        return sum((texture([2, init.hour, hour]) for hour in range(1, lead + 1)), np.zeros((ROWS, COLUMNS)))

    def value(kind, init, lead):
        return 200 + texture([kind, init.hour, lead])

    def publish(init, place):
        for lead in range(4):
            common = {"centre": "edzw", "grid": grid}
            fields = {
                "tot_prec": message((0, 1, 52), rain_until(init, lead), init, lead, window=(0, 1), **common),
                "aswdir_s": message((0, 4, 198), sun_until(init, lead) / max(lead, 1), init, lead, window=(0, 0), **common),
                "t_2m": message((0, 0, 0), value(3, init, lead), init, lead, (103, 2), **common),
                "clcl": message((0, 6, 22), texture([4, init.hour, lead]) / 16, init, lead, (100, 80000),
                                second=(1, None), **common),
                "vmax_10m": message((0, 2, 22), texture([5, init.hour, lead]) / 16, init, lead, (103, 10),
                                    window=(max(lead - 1, 0), 2), **common),
            }
            for name, content in fields.items():
                file = f"icon-eu_europe_regular-lat-lon_single-level_{init:%Y%m%d%H}_{lead:03d}_{name.upper()}.grib2.bz2"
                archive.path(f"{place}/{name}/{file}").write_bytes(bz2.compress(content))

    publish(start, f"{kept}/dynamical/dwd-icon-grib/icon-eu/regular-lat-lon/{start:%Y-%m-%dT%H}")
    archive.firn("backfill", "--end", "2026-02-10T06:00Z", hosts=[kept, centre])
    publish(start + hours(6), f"{centre}/weather/nwp/icon-eu/grib/06")
    archive.firn("update", "--until", "2026-02-10T12:00Z", hosts=[kept, centre])

    found = archive.open()
    assert found.sizes["init_time"] == 2
    for at, init in enumerate((start, start + hours(6))):
        for lead in range(4):
            place = {"init_time": at, "lead_time": lead}
            assert_same(found.temperature_2m.isel(place),
                        rounded((value(3, init, lead) - 273.15).astype(np.float32), 7))
            assert_same(found.cloud_cover_low.isel(place), rounded(texture([4, init.hour, lead]) / 16, 7))
            missing = np.full((ROWS, COLUMNS), np.nan)
            assert_same(found.wind_gust_10m.isel(place),
                        missing if lead == 0 else rounded(texture([5, init.hour, lead]) / 16, 7))
            rain = missing if lead == 0 else texture([1, init.hour, lead]) / 3600
            assert_same(found.precipitation_surface.isel(place), rounded(rain, 8))
            sun = found.downward_direct_short_wave_radiation_flux_surface.isel(place)
            if lead == 0:
                assert np.isnan(sun).all()
            else:  # the means were packed, which rounds them
                np.testing.assert_allclose(sun, texture([2, init.hour, lead]), rtol=2**-7, atol=0.01)


def test_mrms(tmp_path):
    bucket, ncep = "s3://noaa-mrms-pds", "https://mrms.ncep.noaa.gov"
    iowa = "https://mtarchive.geol.iastate.edu"
    grid = Grid(54.995, -129.995, step=0.01)
    archive = SmallArchive(
        tmp_path, "noaa-mrms-conus-analysis-hourly",
        ["precipitation_surface", "precipitation_pass_2_surface", "categorical_precipitation_type_surface",
         "flash_qpe_ffg_max_surface"],
        append={"dimension": "time", "start": "2021-03-03T19:00:00Z", "every": "1h", "coordinate_chunk": 100},
        dimensions=grid.axes, chunks={"time": 3, **CHUNK}, shards={"time": 6, **SHARD})
    start = datetime.datetime(2021, 3, 3, 19)
    parameters = {"MultiSensor_QPE_01H_Pass2": 37, "MultiSensor_QPE_01H_Pass1": 30, "RadarOnly_QPE_01H": 2, "PrecipFlag": 0}

    def value(product, time):
        # in steps: ecCodes writes no PNG of values that it cannot make smaller
        values = (np.add.outer(np.arange(ROWS) // 4, np.arange(COLUMNS) // 5) + len(product) + time.hour + time.minute) / 10
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


def test_a_field_of_another_parameter_is_set_aside(tmp_path):
    host = "https://opendata.dwd.de"
    grid = Grid(70.5, -23.5, step=6.0, from_south=True)
    archive = SmallArchive(
        tmp_path, "dwd-icon-eu-forecast-5-day", ["temperature_2m", "pressure_surface"],
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 1, "every": 1}]}, **grid.axes},
        chunks={"init_time": 1, "lead_time": 2, **CHUNK}, shards={"init_time": 1, "lead_time": 2, **SHARD})
    init = datetime.datetime(2026, 2, 10)
    for lead in range(2):
        contents = {
            "t_2m": message((0, 0, 6 if lead else 0), 200 + texture(lead), init, lead, (103, 2), centre="edzw", grid=grid),
            "ps": message((0, 3, 0), texture(lead), init, lead, (1, None), centre="edzw",
                          grid=grid if lead else Grid(70.5, -23.5, step=5.0, from_south=True)),
        }
        for name, content in contents.items():
            file = f"icon-eu_europe_regular-lat-lon_single-level_{init:%Y%m%d%H}_{lead:03d}_{name.upper()}.grib2.bz2"
            archive.path(f"{host}/weather/nwp/icon-eu/grib/00/{name}/{file}").write_bytes(bz2.compress(content))

    report = archive.firn("backfill", "--end", "2026-02-10T06:00Z",
                          hosts=[host, "https://s3-us-west-2.amazonaws.com/us-west-2.opendata.source.coop"])

    aside = [each for each in report["missing"] if each["status"] == "quarantined"]
    assert [each["variables"] for each in aside] == [["temperature_2m"], ["pressure_surface"]] or \
        [each["variables"] for each in aside] == [["pressure_surface"], ["temperature_2m"]], report
    assert any("parameter 0.0.6, expected 0.0.0" in each["detail"] for each in aside)
    found = archive.open()
    assert_same(found.temperature_2m[0, 0], rounded((200 + texture(0) - 273.15).astype(np.float32), 7))
    assert np.isnan(found.temperature_2m[0, 1]).all() and np.isnan(found.pressure_surface[0, 0]).all()


@pytest.mark.long
def test_mrms_in_its_true_shard(tmp_path, capsys):
    """27 days of hours in a shard, 64 GB of values a variable; three hours are there. In a heap of 2 GB, of which
    buffers may take 64 MB: less than one field."""
    bucket = "s3://noaa-mrms-pds"
    grid = Grid(54.995, -129.995, rows=3500, columns=7000, step=0.01)
    archive = SmallArchive(
        tmp_path, "noaa-mrms-conus-analysis-hourly", ["categorical_precipitation_type_surface"],
        append={"dimension": "time", "start": "2021-03-03T19:00:00Z", "every": "1h", "coordinate_chunk": 100})
    start = datetime.datetime(2021, 3, 3, 19)

    def value(at):
        return np.add.outer(np.arange(3500) // 70, np.arange(7000) // 90) % 97 + float(at)

    for at in range(3):
        time = start + hours(at)
        content = message((209, 6, 0), value(at), time, 0, (102, 0), centre=161, grid=grid, packing="grid_png")
        name = f"CONUS/PrecipFlag_00.00/{time:%Y%m%d}/MRMS_PrecipFlag_00.00_{time:%Y%m%d-%H%M%S}.grib2.gz"
        archive.path(f"{bucket}/{name}").write_bytes(gzip.compress(content, 1))
    command = [FIRN, "backfill", archive.dataset, "--catalog", archive.directory / "catalog", "--store", archive.store,
               "--mirror", f"{bucket}={archive.path(bucket)}", "--mirror", f"https://mrms.ncep.noaa.gov={tmp_path / 'none'}",
               "--end", "2021-03-03T22:00Z", "--memory", "64m"]
    began = datetime.datetime.now()
    process = subprocess.Popen(command, env=os.environ | {"FIRN_JAVA_OPTIONS": "-Xmx2g"})
    _, status, usage = os.wait4(process.pid, 0)
    assert os.waitstatus_to_exitcode(status) == 0
    with capsys.disabled():
        print(f"\n3 hours of MRMS at -Xmx2g: {(datetime.datetime.now() - began).total_seconds():.0f} s, "
              f"peak {usage.ru_maxrss / 1024:.0f} MiB")
    found = archive.open()
    assert found.sizes == {"time": 3, "latitude": 3500, "longitude": 7000}
    for at in range(3):
        assert_same(found.categorical_precipitation_type_surface[at], value(at))
