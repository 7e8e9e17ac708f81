"""What `firn demo` leaves behind is what it says it does: an archive of the files in its bucket."""

import numpy as np
import pytest

import demo
import truth
from firn_cli import WRONG_USAGE, firn

pytestmark = pytest.mark.demo


@pytest.fixture(scope="module")
def made(demo_made):
    return demo_made


@pytest.fixture(scope="module")
def archive(made):
    return demo.opened(made["store"])


@pytest.mark.parametrize("position, init_hour", list(enumerate(demo.INIT_HOURS)))
@pytest.mark.parametrize("name", demo.VARIABLES)
def test_every_value_is_worked_out_from_those_of_eccodes(archive, demo_bucket, name, position, init_hour):
    expected = demo.expected(demo_bucket, init_hour)[name]
    truth.assert_same(archive[name].values[position], expected, f"{name} of the forecast of {init_hour} h")


def test_totals_become_rates_that_are_weather(archive):
    rain = archive.precipitation_surface.values
    assert np.isnan(rain[:, 0]).all() and not np.isnan(rain[:, 1:]).any()
    assert rain[:, 1:].min() == 0 and 0 < rain[:, 1:].max() < 0.01


def test_what_has_no_value_at_the_start_is_missing_there_and_nowhere_else(archive):
    for name, variable in demo.VARIABLES.items():
        is_of_a_moment = variable["attributes"]["step_type"] == "instant"
        missing = np.isnan(archive[name].values)
        assert not missing[:, 1:].any()
        assert missing[:, 0].all() != is_of_a_moment and missing[:, 0].any() != is_of_a_moment


def test_times_say_which_forecasts_are_there_and_how_much_of_them(archive):
    hours = np.array(demo.LEAD_HOURS, "timedelta64[h]")
    assert np.array_equal(archive.init_time, np.array(["2026-01-01T00", "2026-01-01T06"], "datetime64[h]"))
    assert np.array_equal(archive.lead_time, hours)
    assert np.array_equal(archive.valid_time, archive.init_time.values[:, None] + hours)
    assert (archive.ingested_forecast_length == np.timedelta64(36, "h")).all()
    assert (archive.expected_forecast_length == np.timedelta64(36, "h")).all()


def test_the_report_tells_what_changed(made):
    backfill, update = made["backfill"], made["update"]
    assert (backfill["extent_before"], backfill["extent_after"]) == (0, 1)
    assert (update["extent_before"], update["extent_after"]) == (1, 2)
    assert {entry["status"] for entry in backfill["missing"]} == {"not_found"}
    assert update["missing"] == []
    assert backfill["seen"]["first_forecast_hours"] == 33 and update["seen"]["first_forecast_hours"] == 36


def test_the_map_is_a_picture(made):
    with open(made["map"], "rb") as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"


def test_a_directory_of_someone_else_is_left_alone(tmp_path):
    (tmp_path / "thesis.txt").write_text("years of work")
    ended = firn("demo", "--dir", tmp_path, expect=WRONG_USAGE)
    assert f"Cannot use {tmp_path} for the demo" in ended.err
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
