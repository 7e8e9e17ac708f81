"""Fields that the catalog does not know are set aside: reported, and not written."""

import bz2
import datetime

import numpy as np

from small_archive import FEW_OF_EUROPE, SmallArchive, assert_same, hours, message, rounded


def test_a_field_of_another_parameter_is_set_aside(tmp_path):
    host = "https://opendata.dwd.de"
    grid = FEW_OF_EUROPE
    archive = SmallArchive(
        tmp_path, "dwd-icon-eu-forecast-5-day", ["temperature_2m", "pressure_surface"],
        dimensions={"lead_time": {"hours": [{"from": 0, "to": 1, "every": 1}]}},
        grid=grid, lengths={"init_time": (1, 1), "lead_time": (2, 2)})
    init = datetime.datetime(2026, 2, 10)
    for lead in range(2):
        contents = {
            "t_2m": message((0, 0, 6 if lead else 0), 200 + grid.texture(lead), init, lead, (103, 2), centre="edzw", grid=grid),
            "ps": message((0, 3, 0), grid.texture(lead), init, lead, (1, None), centre="edzw",
                          grid=grid if lead else grid.few(step=5.0)),
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
    assert_same(found.temperature_2m[0, 0], rounded((200 + grid.texture(0) - 273.15).astype(np.float32), 7))
    assert np.isnan(found.temperature_2m[0, 1]).all() and np.isnan(found.pressure_surface[0, 0]).all()
