"""Fields that the catalog does not know are set aside: reported, and not written."""

import bz2
import datetime

import numpy as np
import pytest

from small_archive import (FEW_OF_EUROPE, FEW_OF_GLOBE, ConusMap, SmallArchive, assert_same, ecmwf_file, message, noaa_file,
                           rounded)


def set_aside(report):
    """Why, by variable."""
    aside = [each for each in report["missing"] if each["status"] == "quarantined"]
    assert all(len(each["variables"]) == 1 for each in aside)
    assert len({each["variables"][0] for each in aside}) == len(aside) == len(report["missing"]), report["missing"]
    return {each["variables"][0]: each["detail"] for each in aside}


def test_in_grib_files_without_an_inventory(tmp_path):
    grid = FEW_OF_EUROPE
    archive = SmallArchive(
        tmp_path, "dwd-icon-eu-forecast-5-day",
        ["temperature_2m", "pressure_surface", "precipitation_surface", "wind_u_10m"], grid=grid,
        lengths={"init_time": (1, 1), "lead_time": (2, 2)},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 1, "every": 1}]}})
    init = datetime.datetime(2026, 2, 10)
    for lead in range(2):
        known, common = lead == 0, {"centre": "edzw", "grid": grid}
        elsewhere = common if known else {"centre": "edzw", "grid": grid.few(step=5.0)}
        contents = {
            "t_2m": message((0, 0, 0 if known else 6), 200 + grid.texture(lead), init, lead, (103, 2), **common),
            "ps": message((0, 3, 0), grid.texture(lead), init, lead, (1, None), **elsewhere),
            "tot_prec": message((0, 1, 52), grid.texture(lead), init, lead, (1, None), (0, 1 if known else 0), **common),
            "u_10m": message((0, 2, 2), grid.texture(lead), init, lead, (103, 10 if known else 80), **common),
        }
        for name, content in contents.items():
            file = f"icon-eu_europe_regular-lat-lon_single-level_{init:%Y%m%d%H}_{lead:03d}_{name.upper()}.grib2.bz2"
            path = archive.path(f"https://opendata.dwd.de/weather/nwp/icon-eu/grib/00/{name}/{file}")
            path.write_bytes(bz2.compress(content))

    report = archive.firn("backfill", "--end", "2026-02-10T06:00Z",
                          hosts=["https://opendata.dwd.de", "https://s3-us-west-2.amazonaws.com/us-west-2.opendata.source.coop"])

    why = set_aside(report)
    assert "parameter 0.0.6, expected 0.0.0" in why["temperature_2m"]
    assert "grid" in why["pressure_surface"] or "latitudes" in why["pressure_surface"]
    assert "statistical interval" in why["precipitation_surface"]
    assert "level" in why["wind_u_10m"]
    found = archive.open()
    assert_same(found.temperature_2m[0, 0], rounded((200 + grid.texture(0) - 273.15).astype(np.float32), 7))
    assert all(np.isnan(found[name][0, 1]).all() for name in why)


@pytest.mark.long
def test_in_files_with_an_inventory_of_noaa(tmp_path):
    grid, leads = FEW_OF_GLOBE, (0, 9)
    variables = {"temperature_2m": "TMP", "pressure_reduced_to_mean_sea_level": "PRMSL", "precipitation_surface": "APCP",
                 "total_cloud_cover_atmosphere": "TCDC", "wind_u_10m": "UGRD"}
    archive = SmallArchive(
        tmp_path, "noaa-gfs-forecast", list(variables), grid=grid, lengths={"init_time": (1, 1), "lead_time": (2, 2)},
        dimensions={"lead_time": {"hours": [{"from": lead, "to": lead, "every": 1} for lead in leads]}})
    init = datetime.datetime(2021, 5, 1)
    folder = archive.path("s3://noaa-gfs-bdp-pds/gfs.20210501/00/atmos/gfs.t00z.pgrb2.0p25.f000").parent

    def line(lead, element, level, surface, window=None):
        return (lead, element, level, surface, window, 200 + grid.texture(lead))

    at_2m, sea = ("2 m above ground", (103, 2)), ("mean sea level", (101, None))
    noaa_file(folder / "gfs.t00z.pgrb2.0p25.f000", init, [
        line(0, "TMP", *at_2m), line(0, "PRMSL", *sea), line(0, "UGRD", "10 m above ground", (103, 10))], grid)
    parts = {  # beginnings of files, put together below
        "known names, other numbers": ([line(9, "DPT", *at_2m)], grid),
        "other points": ([line(9, "PRMSL", *sea)], grid.few(step=20.0)),
        "another interval": ([line(9, "APCP", "surface", (1, None), (0, "acc")),
                              line(9, "TCDC", "entire atmosphere", (10, None), (6, "max"))], grid),
        "a grid of a map": ([line(9, "UGRD", "10 m above ground", (103, 10))], ConusMap().few()),
    }
    content, inventory = b"", ""
    for number, (fields, of) in enumerate(parts.values()):
        part = tmp_path / f"part{number}"
        noaa_file(part, init, fields, of)
        for text in part.with_name(part.name + ".idx").read_text().splitlines():
            fields_of = text.replace("DPT", "TMP").split(":", 2)
            inventory += f"{fields_of[0]}:{int(fields_of[1]) + len(content)}:{fields_of[2]}\n"
        content += part.read_bytes()
    (folder / "gfs.t00z.pgrb2.0p25.f009").write_bytes(content)
    (folder / "gfs.t00z.pgrb2.0p25.f009.idx").write_text(inventory)

    report = archive.firn("backfill", "--end", "2021-05-01T06:00Z", hosts=["s3://noaa-gfs-bdp-pds"])

    why = set_aside(report)
    assert set(why) == set(variables)
    assert "parameter 0.0.6, expected 0.0.0" in why["temperature_2m"]
    assert "'APCP, surface, 0-9 hour acc fcst' in the place of 'APCP:surface:6-9 hour acc fcst'" in why["precipitation_surface"]
    assert "6-9 hour max fcst" in why["total_cloud_cover_atmosphere"]
    found = archive.open()
    assert not np.isnan(found.temperature_2m[0, 0]).any()
    assert all(np.isnan(found[name][0, 1]).all() for name in variables)


@pytest.mark.long
def test_in_files_with_an_inventory_of_ecmwf(tmp_path):
    """Precipitation in millimetres, which has another number than in metres; a level that is of another kind."""
    grid, google = FEW_OF_GLOBE, "https://storage.googleapis.com/ecmwf-open-data"
    archive = SmallArchive(
        tmp_path, "ecmwf-ifs-ens-forecast-15-day-0-25-degree", ["precipitation_surface", "temperature_2m", "wind_u_10m"],
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (2, 2), "ensemble_member": (1, 1)},
        append={"dimension": "init_time", "start": "2025-05-12T00:00:00Z", "every": "1d", "coordinate_chunk": 100},
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 3, "every": 3}]}, "ensemble_member": {"members": 1}})
    init = datetime.datetime(2025, 5, 12)
    for lead in (0, 3):
        def of(parameter, surface, window=None):
            return message(parameter, grid.texture(lead), init, lead, surface, window, "ecmf", 0, grid)

        known = lead == 0
        fields = [({"param": "tp", "levtype": "sfc"}, of((0, 1, 193 if known else 52), (1, None), (0, 1))),
                  ({"param": "2t", "levtype": "sfc" if known else "hl"}, of((0, 0, 0), (103, 2 if known else 4))),
                  ({"param": "10u", "levtype": "sfc"}, of((0, 2, 2), (103, 10 if known else 100)))]
        name = f"20250512/00z/ifs/0p25/enfo/20250512000000-{lead}h-enfo-ef.grib2"
        ecmwf_file(archive.path(f"{google}/{name}"), init, lead, [({"type": "cf"} | keys, each) for keys, each in fields])

    report = archive.firn("backfill", "--end", "2025-05-13T00:00Z",
                          hosts=[google, "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"])

    why = set_aside(report)
    assert "parameter 0.1.52, expected 0.1.193" in why["precipitation_surface"]
    assert "'2t, hl' in the place of" in why["temperature_2m"]
    assert "level" in why["wind_u_10m"]
    assert all(np.isnan(archive.open()[name][0, 1]).all() for name in why)
