"""On a Flink cluster of separate processes Firn writes what it writes in one process, whoever dies on the way."""

import os
import shutil
import signal
import time

import pytest
import xarray as xr

import demo
import flink
from firn_cli import FAILED, INTERRUPTED, REFUSED, ROOT, SECONDS, Running, firn
from stores import assert_identical, history, objects, opened, repository

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST
ATTEMPTS = 5

# Test classes that let stores have another time.
DRIFTING = [
    (ROOT / "io/target/test-classes", "dev/firn/io/object/DelegatingStore.class"),
    (ROOT / "io/target/test-classes", "dev/firn/io/icechunk/DatedStore.class"),
    (ROOT / "pipeline/target/test-classes", "dev/firn/cli/DriftingStores.class"),
    (ROOT / "pipeline/target/test-classes", "META-INF/services/dev.firn.io.object.StoreDecorator"),
]


def test_the_demo_on_a_cluster_makes_the_same_archive(demo_made, tmp_path):
    made = firn("demo", "--runner", "flink", "--dir", tmp_path / "demo", "--json").report
    xr.testing.assert_identical(opened(made["store"]).load(), opened(demo_made["store"]).load())
    logs = {path.name for path in (tmp_path / "demo" / "flink").iterdir()}
    assert logs == {"config.yaml", "jobmanager.log", "taskmanager-1.log", "taskmanager-2.log"}


@pytest.fixture(scope="module")
def whole(demo_bucket, tmp_path_factory):
    """What a backfill of both forecasts writes in one process."""
    store = tmp_path_factory.mktemp("whole") / "store.zarr"
    firn(*demo.backfill_arguments(store, demo_bucket, demo.SECOND_END))
    return objects(store)


@pytest.fixture
def cluster(tmp_path):
    with flink.cluster(tmp_path / "cluster") as started:
        yield started


def backfill(cluster, store, bucket, *more):
    """The arguments of a backfill of both forecasts that needs half of the cluster's slots."""
    return demo.backfill_arguments(store, bucket, demo.SECOND_END, *more, *flink.arguments(cluster.master))


def is_in_the_middle(store):
    """Whether some region jobs are done, and some are not."""
    return 0 < len(demo.results(store)) < ALL_JOBS


def in_the_middle(cluster, store, bucket, act, *more):
    """Begins a backfill and acts while all TaskManagers are stopped in the middle of writing."""
    for attempt in range(ATTEMPTS):
        running = Running(*backfill(cluster, store, bucket, *more))
        running.wait_until(lambda: demo.results(store) or demo.outcomes(store))
        with cluster.paused():
            if is_in_the_middle(store):
                act(running)
                return running
        with running:
            running.end()
        shutil.rmtree(store.parent)  # it was faster
    pytest.fail("it was always too fast")


@pytest.mark.long
def test_metrics_are_in_flink_and_in_the_summary(cluster, demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    report = firn(*backfill(cluster, store, demo_bucket)).report
    assert_identical(objects(store), whole)
    metrics = cluster.metrics(cluster.wait_until_finished())
    for name in ("fields", "shards", "bytes_read", "bytes_written"):
        assert metrics[name] == report[name] > 0
    assert metrics["files_succeeded"] >= report["files"]["succeeded"] > 0
    for stage, seconds in report["stage_seconds"].items():
        assert metrics[f"{stage}_ms"] == pytest.approx(1000 * seconds, abs=0.5)
        assert seconds > 0


@pytest.mark.long
def test_a_job_restarts_by_itself_when_a_task_manager_is_killed(cluster, demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    with in_the_middle(cluster, store, demo_bucket, lambda running: cluster.kill_task_manager()) as running:
        ended = running.end()
    assert ended.code == 0, ended
    assert ended.report["region_jobs"] == ALL_JOBS
    job = cluster.wait_until_finished()
    assert cluster.get(f"/jobs/{job}/exceptions")["exceptionHistory"]["entries"], "it was never restarted"
    assert cluster.get("/overview")["taskmanagers"] == 1
    assert_identical(objects(store), whole)


@pytest.mark.long
def test_a_repository_and_its_zarr_replica_are_whole_when_a_task_manager_is_killed(
    cluster, demo_bucket, tmp_path, whole
):
    store, replica = tmp_path / "archive" / "store.icechunk", tmp_path / "archive" / "copy.zarr"
    kill = lambda running: cluster.kill_task_manager()
    with in_the_middle(cluster, store, demo_bucket, kill, "--store", replica) as running:
        ended = running.end()
    assert ended.code == 0, ended
    assert ended.report["region_jobs"] == ALL_JOBS
    assert_identical(objects(replica), whole)
    xr.testing.assert_identical(opened(store).load(), opened(replica).load())
    runs = [snapshot.metadata.get("firn_run") for snapshot in repository(store).ancestry(branch="main")]
    assert runs == [ended.report["run"], None]
    assert repository(store).list_branches() == {"main"}


@pytest.mark.long
def test_the_same_job_on_another_cluster_finishes_when_the_job_manager_is_killed(
    cluster, demo_bucket, tmp_path, whole
):
    store = tmp_path / "archive" / "store.zarr"
    with in_the_middle(cluster, store, demo_bucket, lambda running: cluster.kill_job_manager()) as running:
        ended = running.end()
    assert ended.code == FAILED, ended
    assert f"The job on Flink at {cluster.master} has failed: " in ended.err and "\tat " not in ended.err
    assert "readers see the old or the complete new data; resume with" in ended.err
    assert not (store / "zarr.json").exists()
    done = {path: path.stat().st_mtime_ns for path in demo.results(store)}
    with flink.cluster(tmp_path / "another") as another:
        resume = [another.master if argument == cluster.master else argument for argument in ended.resume]
        assert firn(*resume).report["region_jobs"] == ALL_JOBS
    assert done
    assert_identical(objects(store), whole)


@pytest.mark.long
def test_a_job_goes_on_when_its_client_is_killed(cluster, demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    with in_the_middle(cluster, store, demo_bucket, lambda running: running.send(signal.SIGKILL)) as running:
        assert running.end().code == -signal.SIGKILL
    cluster.wait_until_finished()
    assert_identical(objects(store), whole)


@pytest.mark.long
def test_a_killed_clients_command_given_again_at_once_ends_well(cluster, demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    with in_the_middle(cluster, store, demo_bucket, lambda running: running.send(signal.SIGKILL)) as running:
        running.end()
    report = firn(*running.command[1:]).report
    assert report["status"] == "published" and report["region_jobs"] == ALL_JOBS
    cluster.wait_until_finished()
    assert_identical(objects(store), whole)
    assert len(demo.outcomes(store)) == 1


@pytest.mark.long
def test_a_killed_clients_command_given_again_when_its_job_has_ended_reports_it(cluster, demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.icechunk"
    with in_the_middle(cluster, store, demo_bucket, lambda running: running.send(signal.SIGKILL)) as running:
        running.end()
    cluster.wait_until_finished()
    (commit, *_) = history(store)
    ended = firn(*running.command[1:])
    assert ended.report["status"] == "published" and ended.report["region_jobs"] == ALL_JOBS
    assert "this job ended at " in ended.err
    assert len(cluster.jobs()) == 1 and history(store)[0].id == commit.id
    assert len(demo.outcomes(store)) == 1 and repository(store).list_branches() == {"main"}


@pytest.mark.long
def test_task_managers_whose_clock_is_not_the_stores_are_refused(demo_bucket, tmp_path, whole):
    store = tmp_path / "archive" / "store.zarr"
    drifting = flink.job_jars(tmp_path / "drifting.jar", *DRIFTING)
    with flink.cluster(tmp_path / "cluster", environment={"FIRN_SECONDS_AHEAD": "90"}) as wrong:
        ended = firn(*backfill(wrong, store, demo_bucket), f"--filesToStage={drifting}", expect=REFUSED)
    assert f"refused, nothing was published: Cannot write to file://{store.parent}: this host's clock is at " in ended.err
    assert "they may differ by 60 s" in ended.err and not demo.journals(store)
    with flink.cluster(tmp_path / "another") as right:
        arguments = backfill(right, store, demo_bucket)
        assert firn(*arguments, f"--filesToStage={drifting}").report["status"] == "published"
    assert_identical(objects(store), whole)


@pytest.mark.long
@pytest.mark.parametrize("how, code", [(signal.SIGINT, INTERRUPTED), (signal.SIGTERM, 143), (signal.SIGKILL, -9)])
def test_no_process_of_the_cluster_outlives_the_demo(tmp_path, how, code):
    directory = tmp_path / "demo"
    with Running("demo", "--runner", "flink", "--dir", directory) as running:
        assert running.wait_until(lambda: list(directory.glob("archive/*/_internal/*/*/ready.json")))
        processes = cluster_processes(directory)
        assert len(processes) == 3
        running.send(how)
        assert running.end().code == code
    deadline = time.monotonic() + SECONDS
    while any(flink.is_alive(process) for process in processes):
        assert time.monotonic() < deadline, "they live on"
        time.sleep(0.1)


def cluster_processes(directory):
    """The processes that have a log file of the demo's cluster on their command line, but no shell."""
    found = []
    for process in filter(str.isdigit, os.listdir("/proc")):
        try:
            with open(f"/proc/{process}/cmdline") as file:
                command = file.read().split("\0")
        except (FileNotFoundError, ProcessLookupError):
            continue
        if command[0].endswith("/java") and any(f"-Dlog.file={directory}" in argument for argument in command):
            found.append(int(process))
    return found
