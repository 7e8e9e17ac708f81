"""Work that is stopped in the middle, gently or not, shows readers nothing and is taken up where it was left."""

import json
import shutil
import signal
import time

import numpy as np
import pytest
import zarr

import demo
import truth
from firn_cli import INTERRUPTED, REFUSED, Running, firn
from stores import assert_identical, objects

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST
ATTEMPTS = 5

STAGES = {
    "planned": lambda store: demo.plans(store),
    "one job done": lambda store: demo.results(store),
    "all jobs but one done": lambda store: len(demo.results(store)) >= ALL_JOBS - 1,
}


@pytest.fixture(scope="module")
def whole(demo_bucket, tmp_path_factory):
    """What a backfill of both forecasts writes that nobody interrupts."""
    store = tmp_path_factory.mktemp("whole") / "store.zarr"
    firn(*demo.backfill_arguments(store, demo_bucket, demo.SECOND_END))
    return objects(store)


def backfill(store, bucket):
    return Running(*demo.backfill_arguments(store, bucket, demo.SECOND_END, *demo.ONE_AT_A_TIME))


def stopped(store, bucket, stage, how):
    """A backfill that was sent a signal as soon as it had come to a stage, and before it had published."""
    for _ in range(ATTEMPTS):
        with backfill(store, bucket) as running:
            running.wait_until(lambda: STAGES[stage](store))
            running.send(how)
            ended = running.end()
        if not (store / "zarr.json").exists():
            return ended
        shutil.rmtree(store.parent)  # it was faster than the signal
    pytest.fail(f"it was always too fast to be stopped: {ended}")


def assert_no_reader_can_open(store):
    with pytest.raises(FileNotFoundError):
        zarr.open_group(store, mode="r")


def written(store):
    """When each shard was written."""
    return {path: path.stat().st_mtime_ns for path in store.glob("*/c/*/*/*/*")}


def recorded(store):
    """The shards that the journal says are done."""
    shards = [shard for result in demo.results(store) for shard in json.loads(result.read_text())["shards"]]
    return [store / shard["variable"] / shard["key"] for shard in shards]


def test_ctrl_c_ends_with_130_and_the_command_to_go_on_with(demo_bucket, tmp_path, whole):
    store = tmp_path / "a user's archive" / "store.zarr"
    ended = stopped(store, demo_bucket, "one job done", signal.SIGINT)
    assert ended.code == INTERRUPTED
    assert ended.out == ""
    assert "interrupted; readers see the old or the complete new data; resume with" in ended.err
    assert_no_reader_can_open(store)
    report = firn(*ended.resume).report
    assert report["status"] == "published" and report["region_jobs"] == ALL_JOBS
    assert_identical(objects(store), whole)


def test_a_terminated_process_says_how_to_go_on_too(demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    ended = stopped(store, demo_bucket, "one job done", signal.SIGTERM)
    firn(*ended.resume)
    assert_identical(objects(store), whole)


@pytest.mark.parametrize("stage", STAGES)
def test_a_killed_backfill_shows_nothing_and_the_same_command_finishes_it(demo_bucket, tmp_path, whole, stage):
    store = tmp_path / "archive" / "store.zarr"
    ended = stopped(store, demo_bucket, stage, signal.SIGKILL)
    assert ended.code == -signal.SIGKILL
    assert_no_reader_can_open(store)
    report = firn(*ended.command[1:]).report
    assert report["status"] == "published"
    assert_identical(objects(store), whole)


def test_jobs_that_were_done_are_not_done_again(demo_bucket, tmp_path):
    store = tmp_path / "archive" / "store.zarr"
    ended = stopped(store, demo_bucket, "all jobs but one done", signal.SIGKILL)
    done, before = recorded(store), written(store)
    assert done and set(done) <= set(before)
    firn(*ended.command[1:])
    after = written(store)
    assert set(done) < set(after)
    assert [path for path in done if after[path] != before[path]] == []
    assert [path for path in after if path not in done and after[path] == before.get(path)] == []


def test_a_killed_update_leaves_readers_the_old_data(demo_bucket, earlier_bucket, tmp_path, whole):
    store = tmp_path / "store.zarr"
    firn(*demo.backfill_arguments(store, earlier_bucket, demo.FIRST_END))
    root = (store / "zarr.json").read_bytes()
    update = demo.update_arguments(store, demo_bucket, demo.SECOND_END, *demo.ONE_AT_A_TIME)
    with Running(*update) as running:
        assert running.wait_until(lambda: len(demo.results(store)) >= demo.JOBS_PER_FORECAST)
        running.send(signal.SIGKILL)
        running.end()
    assert (store / "zarr.json").read_bytes() == root
    assert demo.opened(store).sizes["init_time"] == 1
    assert firn(*update).report["extent_after"] == 2
    assert_identical(objects(store), whole)


def test_a_store_that_someone_is_at_work_on_is_left_to_them(demo_bucket, tmp_path, whole):
    store = tmp_path / "store.zarr"
    with backfill(store, demo_bucket) as running:
        assert running.wait_until(lambda: demo.results(store))
        with running.paused():
            other = demo.backfill_arguments(store, demo_bucket, demo.SECOND_END, "--job", "another")
            ended = firn(*other, expect=REFUSED)
            assert "is at work on this store" in ended.err
        assert running.end().report["status"] == "published"
    assert_identical(objects(store), whole)


def test_after_a_kill_other_work_hears_how_long_to_wait_and_the_same_job_goes_on_at_once(demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    command = stopped(store, demo_bucket, "one job done", signal.SIGKILL).command[1:]
    lease = json.loads(demo.lease(store).read_text())
    other = demo.backfill_arguments(store, demo_bucket, demo.FIRST_END)
    ended = firn(*other, expect=REFUSED)
    assert f"job {lease['job']} is at work on this store" in ended.err
    assert f"if it has died, --job {lease['job']} takes it up at once" in ended.err
    assert f"other work can begin at {lease['until']}" in ended.err
    separator = command.index("--")
    same = [*command[:separator], "--job", lease["job"], *command[separator:]]
    assert firn(*same).report["job"] == lease["job"]
    assert_identical(objects(store), whole)


def test_the_same_command_twice_at_once_publishes_once(demo_bucket, tmp_path, whole):
    store = tmp_path / "store.zarr"
    with backfill(store, demo_bucket) as first, backfill(store, demo_bucket) as second:
        reports = [running.end().report for running in (first, second)]
    assert {report["status"] for report in reports} == {"published"}
    assert len({report["run"] for report in reports}) == 1
    assert_identical(objects(store), whole)


def test_a_job_that_is_done_starts_nothing_new(demo_bucket, tmp_path, whole):
    store = tmp_path / "store.zarr"
    command = demo.backfill_arguments(store, demo_bucket, demo.SECOND_END, "--job", "once")
    first = firn(*command).report
    before = written(store)
    time.sleep(0.01)
    again = firn(*command).report
    assert again["run"] == first["run"] and again["status"] == "published"
    assert written(store) == before
    assert_identical(objects(store), whole)


def test_what_a_dead_attempt_left_is_never_shown(demo_bucket, earlier_bucket, tmp_path):
    store = tmp_path / "store.zarr"
    with Running(*demo.backfill_arguments(store, earlier_bucket, demo.FIRST_END, *demo.ONE_AT_A_TIME)) as running:
        assert running.wait_until(lambda: demo.results(store))
        running.send(signal.SIGKILL)
        running.end()
    left = set(written(store))
    assert left and not (store / "zarr.json").exists()
    demo.lease(store).unlink()  # it would run out by itself, two minutes later
    bucket = tmp_path / "bucket"
    shutil.copytree(demo_bucket, bucket)
    (bucket / demo.file_name(0, 12)).unlink()
    firn(*demo.backfill_arguments(store, bucket, demo.FIRST_END, "--job", "another"))
    archive = demo.opened(store)
    for name, expected in demo.expected(bucket, 0).items():
        assert np.isnan(expected[demo.LEAD_HOURS.index(12)]).all()
        truth.assert_same(archive[name].values[0], expected, name)
