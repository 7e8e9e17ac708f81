"""Forecasts of the catalog, from files as their centres publish them, through the real pipeline: a backfill, then an
update. What the archives must hold is worked out with numpy."""

import bz2
import datetime

import numpy as np
import pytest

from firn_cli import firn
from hrrr_files import HRRR, HRRR_HOST, assert_hrrr, publish_hrrr
from small_archive import (EUROPE, FEW_OF_COARSE, FEW_OF_EUROPE, FEW_OF_GLOBE, GLOBE, HALF_DEGREE, ConusMap, SmallArchive,
                           assert_same, ecmwf_file, fine, hours, message, noaa_file, rounded)


def test_gfs_forecast(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    texture = grid.texture
    host = "s3://noaa-gfs-bdp-pds"
    leads = (0, 1, 6, 9, 12)
    archive = SmallArchive(
        tmp_path, "noaa-gfs-forecast", ["temperature_2m", "precipitation_surface"],
        dimensions={"lead_time": {"hours": [{"from": lead, "to": lead, "every": 1} for lead in leads]}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (3, 6)})
    start = datetime.datetime(2021, 5, 1)

    def rain_between(init, begin, end):
        return sum((texture([1, init.hour, hour]) for hour in range(begin + 1, end + 1)), grid.filled(0))

    def publish(init):
        for lead in leads:
            fields = [(lead, "TMP", "2 m above ground", (103, 2), None, 200 + texture([2, init.hour, lead]))]
            if lead:
                begin = (lead - 1) // 6 * 6
                fields.append((lead, "APCP", "surface", (1, None), (begin, "acc"), rain_between(init, begin, lead)))
            path = archive.path(f"{host}/gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f{lead:03d}")
            noaa_file(path, init, fields, grid, "grid_complex_spatial_differencing")

    publish(start)
    archive.firn("backfill", "--end", "2021-05-01T06:00Z", hosts=[host])
    publish(start + hours(6))
    archive.firn("update", "--until", "2021-05-01T12:00Z", hosts=[host])

    found = archive.open()
    assert found.sizes["init_time"] == 2
    for at, init in enumerate((start, start + hours(6))):
        for number, lead in enumerate(leads):
            assert_same(found.temperature_2m[at, number],
                        rounded((200 + texture([2, init.hour, lead]) - 273.15).astype(np.float32), 7))
            before = leads[max(number - 1, 0)]
            rate = rain_between(init, before, lead) / (3600 * max(lead - before, 1))
            assert_same(found.precipitation_surface[at, number], rounded(rate, 7) if lead else grid.filled(np.nan))


def test_hrrr_forecast(tmp_path, size):
    grid = size.of(ConusMap())
    archive = SmallArchive(
        tmp_path, "noaa-hrrr-forecast-48-hour", HRRR,
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 3, "every": 1}]}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (4, 4)})
    start = datetime.datetime(2018, 7, 13, 12)
    publish_hrrr(archive, start, range(4))
    archive.firn("backfill", "--end", "2018-07-13T18:00Z", hosts=[HRRR_HOST])
    publish_hrrr(archive, start + hours(6), range(3))  # the last lead time is not there yet
    archive.firn("update", "--until", "2018-07-14T00:00Z", hosts=[HRRR_HOST])

    found = archive.open()
    assert list(found.ingested_forecast_length.values / np.timedelta64(1, "h")) == [3, 2]
    for at in range(2):
        for lead in range(4 - at):
            assert_hrrr(found.isel(init_time=at, lead_time=lead), grid, start + hours(6 * at + lead), lead, rates=lead > 0)
    assert np.isnan(found.temperature_2m[1, 3]).all()


def test_gefs_forecast(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    coarse = size.of(HALF_DEGREE, FEW_OF_COARSE)
    host = "s3://noaa-gefs-pds"
    leads = (0, 240, 246, 390)
    archive = SmallArchive(
        tmp_path, "noaa-gefs-forecast-35-day", ["temperature_2m", "wind_u_100m", "percent_frozen_precipitation_surface"],
        append={"dimension": "init_time", "start": "2022-10-18T00:00:00Z", "every": "1d", "coordinate_chunk": 100},
        dimensions={"ensemble_member": {"members": 3},
                    "lead_time": {"hours": [{"from": lead, "to": lead, "every": 1} for lead in leads]}},
        grid=grid, lengths={"init_time": (1, 1), "ensemble_member": (3, 3), "lead_time": (2, 4)})
    start = datetime.datetime(2022, 10, 18)
    ice_moves = datetime.datetime(2022, 10, 18, 12)  # to the fine files

    def values(kind, init, member, lead, grid):
        return grid.texture([kind, init.day, member, lead]) / 4

    def publish(init, members):
        for member in members:
            run = f"p{member:02d}" if member else "c00"
            for lead in leads:
                def field(kind, element, level, surface, of):
                    return (lead, element, level, surface, None, values(kind, init, member, lead, of))

                ice = ("CPOFP", "surface", (1, None))
                selected = [field(1, "TMP", "2 m above ground", (103, 2), grid)]
                others = [field(2, "UGRD", "100 m above ground", (103, 100), coarse)]
                if lead <= 240 and init >= ice_moves:
                    selected.append(field(3, *ice, grid))
                else:
                    others.append(field(3, *ice, coarse))
                files = [("pgrb2sp25", "pgrb2s.0p25", selected, grid)] if lead <= 240 else [
                    ("pgrb2ap5", "pgrb2a.0p50", [field(1, "TMP", "2 m above ground", (103, 2), coarse)], coarse)]
                for folder, name, fields, of in [*files, ("pgrb2bp5", "pgrb2b.0p50", others, coarse)]:
                    path = f"gefs.{init:%Y%m%d}/{init:%H}/atmos/{folder}/ge{run}.t{init:%H}z.{name}.f{lead:03d}"
                    noaa_file(archive.path(f"{host}/{path}"), init, fields, of, "grid_complex", member)

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
                    stored = values(kind, init, member, lead, grid if is_fine else coarse)
                    if kind == 1:
                        stored = (stored - 273.15).astype(np.float32).astype(float)
                    return stored if is_fine else fine(stored, grid).astype(np.float32)

                assert_same(here.temperature_2m, rounded(archived(1, lead <= 240).astype(np.float32), 7))
                assert_same(here.wind_u_100m, rounded(archived(2, False), 6))
                assert_same(here.percent_frozen_precipitation_surface,
                            rounded(archived(3, lead <= 240 and init >= ice_moves).astype(np.float32), 7))
    assert np.isnan(found.temperature_2m[1, 2]).all()


def test_ifs_ensemble(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    texture = grid.texture
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    leads = (0, 90, 93)
    archive = SmallArchive(
        tmp_path, "ecmwf-ifs-ens-forecast-15-day-0-25-degree",
        ["temperature_2m", "precipitation_surface", "wind_gust_10m", "total_cloud_cover_atmosphere"],
        append={"dimension": "init_time", "start": "2026-05-12T00:00:00Z", "every": "1d", "coordinate_chunk": 100},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 0, "every": 1}, {"from": 90, "to": 93, "every": 3}]},
                    "ensemble_member": {"members": 3}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (3, 3), "ensemble_member": (3, 3)})
    start = datetime.datetime(2026, 5, 12)

    def value(kind, init, lead, member):
        return texture([kind, init.day, lead, member])

    def rain_until(init, lead, member):  # whole millimetres, which files have in metres
        return sum((value(1, init, each, member) for each in leads if 0 < each <= lead), grid.filled(0))

    def fields(init, lead, member):
        def of(parameter, values, surface, window=None):
            return message(parameter, values, init, lead, surface, window, "ecmf", member, grid, packing="grid_ccsds")

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


def test_aifs_single(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    texture = grid.texture
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    archive = SmallArchive(
        tmp_path, "ecmwf-aifs-single-forecast", ["temperature_2m", "precipitation_surface", "wind_u_100m"],
        append={"dimension": "init_time", "start": "2025-02-24T00:00:00Z", "every": "6h", "coordinate_chunk": 100},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 6, "every": 6}]}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (2, 2)})
    start = datetime.datetime(2025, 2, 24)
    eras = [("aifs/0p25/oper", (0, 1, 193), 1000), ("aifs-single/0p25/experimental/oper", (0, 1, 52), 1)]

    def publish(init, folder, parameter, divisor):
        for lead in (0, 6):
            rain = texture([1, init.hour]) if lead else grid.filled(0)
            fields = [
                ({"param": "2t"}, message((0, 0, 0), 200 + texture([2, init.hour, lead]), init, lead, (103, 2),
                                          centre="ecmf", grid=grid)),
                ({"param": "tp"}, message(parameter, rain / divisor, init, lead, (1, None), (0, 1), "ecmf", grid=grid)),
                ({"param": "100u"}, message((0, 2, 2), texture([3, init.hour, lead]) / 16, init, lead, (103, 100),
                                            centre="ecmf", grid=grid))]
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


@pytest.mark.long
def test_aifs_single_in_a_heap_that_is_smaller_than_a_variable(tmp_path):
    """All lead times of the whole grid: describe tells more than the heap has, and --memory leaves the rest to scratch
    files."""
    hosts = ["https://storage.googleapis.com/ecmwf-open-data", "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"]
    archive = SmallArchive(
        tmp_path, "ecmwf-aifs-single-forecast", ["temperature_2m"], grid=GLOBE, lengths={},
        append={"dimension": "init_time", "start": "2025-03-01T00:00:00Z", "every": "6h", "coordinate_chunk": 100})
    init = datetime.datetime(2025, 3, 1)
    texture = GLOBE.texture(1) // 32
    for lead in range(0, 361, 6):
        line = {"type": "fc", "levtype": "sfc", "param": "2t"}
        content = message((0, 0, 0), 260 + texture + lead / 8, init, lead, (103, 2), centre="ecmf", grid=GLOBE)
        name = f"20250301/00z/aifs-single/0p25/oper/20250301000000-{lead}h-oper-fc.grib2"
        ecmwf_file(archive.path(f"{hosts[0]}/{name}"), init, lead, [(line, content)])

    needed = firn("describe", archive.dataset, "--catalog", archive.directory / "catalog", "--json").report
    gathered = needed["region_job_memory"]["gathered_bytes"]
    assert gathered > 240 << 20
    archive.firn("backfill", "--end", "2025-03-01T06:00Z", "--memory", "16m", heap="240m", hosts=hosts)
    tight, archive.store = archive.store, archive.directory / "roomy.zarr"
    archive.firn("backfill", "--end", "2025-03-01T06:00Z", heap="3g", hosts=hosts)

    objects = [path.relative_to(tight) for path in tight.glob("temperature_2m/c/**/*") if path.is_file()]
    assert objects
    for path in objects:
        assert (tight / path).read_bytes() == (archive.store / path).read_bytes()
    found = archive.open().temperature_2m
    assert_same(found[0, 60], rounded((260 + texture + 45 - 273.15).astype(np.float32), 7))


def test_aifs_ensemble(tmp_path, size):
    grid = size.of(GLOBE, FEW_OF_GLOBE)
    texture = grid.texture
    host = "https://storage.googleapis.com/ecmwf-open-data"
    other = "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"
    leads = {"hours": [{"from": 0, "to": 12, "every": 6}]}
    archive = SmallArchive(
        tmp_path, "ecmwf-aifs-ens-forecast", ["temperature_2m", "precipitation_surface", "geopotential_height_500hpa"],
        dimensions={"lead_time": leads, "ensemble_member": {"members": 3}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (3, 3), "ensemble_member": (3, 3)})
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
                            (0, 0, 0), values(2, init, lead, member), init, lead, (103, 2), None, "ecmf", member, grid)),
                        (line | {"param": "tp", "levtype": "sfc"}, message(
                            (0, 1, 52), rain_until(init, lead, member) + grid.filled(0), init, lead,
                            (1, None), (0, 1), "ecmf", member, grid)),
                        (line | {"param": "z", "levtype": "pl", "levelist": "500"}, message(
                            (0, 3, 4), values(3, init, lead, member), init, lead, (100, 50000), None, "ecmf", member, grid))]
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
                rain = (grid.filled(np.nan) if lead == 0 else
                        (rain_until(init, lead, member) - rain_until(init, lead - 6, member)) / 21600)
                assert_same(found.precipitation_surface.isel(place), rounded(rain, 7))


def test_icon(tmp_path, size):
    grid = size.of(EUROPE, FEW_OF_EUROPE)
    texture = grid.texture
    kept = "https://s3-us-west-2.amazonaws.com/us-west-2.opendata.source.coop"
    centre = "https://opendata.dwd.de"
    archive = SmallArchive(
        tmp_path, "dwd-icon-eu-forecast-5-day",
        ["precipitation_surface", "downward_direct_short_wave_radiation_flux_surface", "temperature_2m",
         "cloud_cover_low", "wind_gust_10m"],
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 3, "every": 1}]}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (2, 4)})
    start = datetime.datetime(2026, 2, 10)

    def rain_until(init, lead):
        return sum((texture([1, init.hour, hour]) for hour in range(1, lead + 1)), grid.filled(0))

    def sun_until(init, lead):  # the sum of hourly means
        return sum((texture([2, init.hour, hour]) for hour in range(1, lead + 1)), grid.filled(0))

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
            missing = grid.filled(np.nan)
            assert_same(found.wind_gust_10m.isel(place),
                        missing if lead == 0 else rounded(texture([5, init.hour, lead]) / 16, 7))
            rain = missing if lead == 0 else texture([1, init.hour, lead]) / 3600
            assert_same(found.precipitation_surface.isel(place), rounded(rain, 8))
            sun = found.downward_direct_short_wave_radiation_flux_surface.isel(place)
            if lead == 0:
                assert np.isnan(sun).all()
            else:  # the means were packed, which rounds them
                np.testing.assert_allclose(sun, texture([2, init.hour, lead]), rtol=2**-7, atol=0.01)
