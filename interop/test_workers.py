"""Plain processes share one update by their index: none is told of the others, and any of them may die."""

import contextlib
import shutil
import signal

import pytest
import xarray as xr

import demo
from firn_cli import Running, WRONG_USAGE, firn
from stores import assert_identical, history, objects, opened, repository

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST
ATTEMPTS = 5

STAGES = {
    "setting up": lambda store: demo.journals(store),
    "planned": lambda store: demo.plans(store),
    "one job done": lambda store: demo.results(store),
}


@pytest.fixture(scope="module")
def whole(demo_bucket, tmp_path_factory):
    """What one process writes."""
    store = tmp_path_factory.mktemp("whole") / "store.zarr"
    firn(*demo.backfill_arguments(store, demo_bucket, demo.SECOND_END))
    return objects(store)


def worker(store, bucket, index, total, *more):
    numbers = ["--worker-index", index, "--workers-total", total]
    return demo.backfill_arguments(store, bucket, demo.SECOND_END, *numbers, *more)


def journal(store):
    return sorted(str(path.relative_to(store.parent / "_internal")) for path in demo.journals(store))


def is_shown(store):
    """Whether readers see anything in the store."""
    if store.suffix == ".zarr":
        return (store / "zarr.json").exists()
    return (store / "repo").exists() and len(history(store)) > 1


def killed(store, command, stage):
    """A worker that was killed as soon as it had come to a stage, and before it had published."""
    for _ in range(ATTEMPTS):
        with Running(*command) as running:
            reached = running.wait_until(lambda: stage(store))
            running.send(signal.SIGKILL)
            ended = running.end()
        if reached and ended.code == -signal.SIGKILL and not is_shown(store):
            return ended
        shutil.rmtree(store.parent)  # it was faster than the signal
    pytest.fail(f"it was always too fast to be killed: {ended}")


def test_workers_at_once_publish_one_archive_and_its_replica(demo_bucket, tmp_path, whole):
    store, replica = tmp_path / "store.zarr", tmp_path / "elsewhere" / "copy.zarr"
    with contextlib.ExitStack() as stack:
        commands = [worker(store, demo_bucket, index, 3, "--store", replica, "--wait", "2m") for index in range(3)]
        workers = [stack.enter_context(Running(*command)) for command in commands]
        reports = [running.end().report for running in workers]
    assert {report["status"] for report in reports} == {"published"}
    assert len({report["run"] for report in reports}) == 1
    assert [store["role"] for store in reports[0]["stores"]] == ["primary", "replica-0"]
    assert_identical(objects(store), whole)
    assert_identical(objects(replica), whole)
    assert [path.rsplit("/", 1)[1] for path in journal(store)] == ["done.json"]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("name", ["store.zarr", pytest.param("store.icechunk", marks=pytest.mark.long)])
def test_a_killed_worker_is_made_up_for_by_the_same_command(demo_bucket, tmp_path, whole, name, stage):
    store, replica = tmp_path / "archive" / name, tmp_path / "archive" / "copy.zarr"
    more = ["--store", replica] if name == "store.icechunk" else []
    ended = killed(store, worker(store, demo_bucket, 0, 2, *more), STAGES[stage])
    other = firn(*worker(store, demo_bucket, 1, 2, *more)).report
    assert other["status"] == "partial"
    assert not is_shown(store)
    report = firn(*ended.command[1:]).report
    assert report["status"] == "published" and report["region_jobs"] == ALL_JOBS
    assert_identical(objects(replica if more else store), whole)
    if more:
        xr.testing.assert_identical(opened(store).load(), opened(replica).load())
        assert len(history(store)) == 2 and repository(store).list_branches() == {"main"}


def test_the_worker_that_is_killed_while_it_publishes_is_made_up_for(demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"

    def command(index):
        return worker(store, demo_bucket, index, 2, "--store", tmp_path / "archive" / "copy.zarr")

    for _ in range(ATTEMPTS):
        firn(*command(1))
        with Running(*command(0)) as running:
            reached = running.wait_until(lambda: demo.prepared(store))
            running.send(signal.SIGKILL)
            running.end()
        if reached and not (store / "zarr.json").exists():
            break
        shutil.rmtree(store.parent)
    else:
        pytest.fail("it was always too fast to be killed")
    report = firn(*command(0)).report
    assert report["status"] == "published" and report["region_jobs"] == ALL_JOBS
    assert_identical(objects(store), whole)
    assert_identical(objects(tmp_path / "archive" / "copy.zarr"), whole)


@pytest.mark.long
@pytest.mark.parametrize("total", [2, 7])
def test_windows_are_shared_too(demo_bucket, tmp_path, whole, total):
    store = tmp_path / "store.zarr"
    with contextlib.ExitStack() as stack:
        commands = [
            worker(store, demo_bucket, index, total, "--publish-every", "1", "--wait", "5m") for index in range(total)
        ]
        workers = [stack.enter_context(Running(*command)) for command in commands]
        reports = [running.end().report for running in workers]
    for report in reports:
        assert [window["status"] for window in report["windows"]] == ["published", "published"]
        assert [window["extent_after"] for window in report["windows"]] == [1, 2]
    assert_identical(objects(store), whole)


def test_a_worker_that_there_is_not_is_wrong_usage(demo_bucket, tmp_path):
    ended = firn(*worker(tmp_path / "store.zarr", demo_bucket, 3, 3), expect=WRONG_USAGE)
    assert "Invalid worker 3 of 3" in ended.err
