"""A monitoring service hears when an update begins and how it ends, whichever process does that: here a real HTTP
server listens. It never decides how an update ends."""

import hashlib
import signal

import pytest

import demo
import flink
from check_in_server import check_in_server
from firn_cli import FAILED, REFUSED, Running, WRONG_USAGE, firn
from stores import history

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST


@pytest.fixture
def service():
    with check_in_server() as started:
        yield started


def backfill(store, bucket, *more):
    return demo.backfill_arguments(store, bucket, demo.SECOND_END, *more)


def check_in_id(job):
    return hashlib.sha256(job.encode()).hexdigest()[:32]


def test_an_update_is_heard_to_begin_and_to_end(service, demo_bucket, tmp_path):
    url = service.url + "/{env:SECRET}/{dataset}?state={status:run,complete,fail}&id={uuid}"
    store = tmp_path / "store.icechunk"
    ended = firn(*backfill(store, demo_bucket, "--check-ins", url), environment={"SECRET": "a-secret"})
    job = ended.report["job"]
    number = check_in_id(job)
    uuid = "-".join([number[:8], number[8:12], number[12:16], number[16:20], number[20:]])
    assert [path for path, _ in service.heard] == [
        f"/a-secret/{demo.DATASET}?state={word}&id={uuid}" for word in ("run", "complete")
    ]
    begin, end = (body for _, body in service.heard)
    assert begin | {"time": ""} == {
        "check_in_id": number, "monitor_slug": demo.DATASET, "status": "in_progress", "dataset": demo.DATASET,
        "job": job, "time": "",
    }
    assert end["status"] == "ok" and end["outcome"] == "published" and end["message"] == ended.report["message"]
    assert begin["time"] <= end["begun"] <= end["time"] and end["duration"] > 0
    assert ended.report["warnings"] == []
    for text in (ended.out, ended.err, *(path.read_text() for path in demo.journals(store))):
        assert "a-secret" not in text


def test_a_service_that_is_not_there_is_a_warning(demo_bucket, tmp_path):
    with check_in_server() as gone:
        pass
    ended = firn(*backfill(tmp_path / "store.zarr", demo_bucket), environment={"FIRN_CHECK_INS": gone.url + "/secret"})
    assert ended.report["status"] == "published"
    (done,) = demo.outcomes(tmp_path / "store.zarr")
    for status in ("in_progress", "ok"):
        warning = f"check-in '{status}' of job {ended.report['job']} did not reach {gone.url}: ConnectException"
        assert warning in ended.report["warnings"] and warning in done.read_text()
    assert "secret" not in ended.out + ended.err


def test_a_refusal_is_an_error_and_so_is_a_failure_that_nobody_tries_again(service, demo_bucket, tmp_path):
    store = tmp_path / "store.zarr"
    told = ["--check-ins", service.url]
    firn(*backfill(store, demo_bucket))
    firn(*backfill(store, demo_bucket, "--job", "again", *told), expect=REFUSED)
    assert service.statuses == ["in_progress", "error"] and service.last["outcome"] == "refused"
    assert service.last["check_in_id"] == check_in_id("again")

    service.heard.clear()
    (store / "zarr.json").write_text("{")
    update = demo.update_arguments(store, demo_bucket, demo.SECOND_END, "--job", "broken", *told)
    ended = firn(*update, "--retries-left", "1", expect=FAILED)
    assert set(service.statuses) <= {"in_progress"}
    firn(*update, expect=FAILED)
    assert service.statuses[-1] == "error" and service.statuses.count("error") == 1
    assert service.last["outcome"] == "failed" and service.last["message"] in ended.err


def test_a_service_with_an_invalid_url_is_wrong_usage(demo_bucket, tmp_path):
    ended = firn(*backfill(tmp_path / "store.zarr", demo_bucket, "--check-ins", "https://h/{what}"), expect=WRONG_USAGE)
    assert "Invalid URL of check-ins: there is nothing to fill in for {what}" in ended.err


def test_workers_say_when_they_begin_and_the_last_one_how_it_ended(service, demo_bucket, tmp_path):
    def work(index):
        numbers = ["--worker-index", index, "--workers-total", 2, "--check-ins", service.url]
        return firn(*backfill(tmp_path / "store.zarr", demo_bucket, *numbers)).report

    assert work(0)["status"] == "partial"
    assert service.statuses == ["in_progress"]
    assert work(1)["status"] == "published"
    assert service.statuses == ["in_progress", "in_progress", "ok"]
    assert len({body["check_in_id"] for _, body in service.heard}) == 1


@pytest.mark.long
def test_every_window_is_an_update_of_its_own(service, demo_bucket, tmp_path):
    report = firn(*backfill(tmp_path / "a.zarr", demo_bucket, "--publish-every", 1, "--check-ins", service.url)).report
    assert service.statuses == ["in_progress", "ok"] * 2
    jobs = [window["job"] for window in report["windows"] for _ in range(2)]
    assert [body["check_in_id"] for _, body in service.heard] == [check_in_id(job) for job in jobs]


@pytest.mark.long
def test_who_dies_before_it_has_told_the_end_tells_it_when_it_is_started_again(service, demo_bucket, tmp_path):
    store = tmp_path / "store.icechunk"
    arguments = backfill(store, demo_bucket, "--job", "killed", "--check-ins", service.url)
    with Running(*arguments, *demo.ONE_AT_A_TIME) as running:
        assert running.wait_until(lambda: demo.results(store))
        running.send(signal.SIGKILL)
        running.end()
    assert service.statuses == ["in_progress"]
    firn(*arguments)
    assert service.statuses == ["in_progress", "in_progress", "ok"]
    firn(*arguments)
    assert service.statuses[3:] == ["ok"], "the first attempt might have died before it told the end"
    assert len(history(store)) == 2


@pytest.mark.long
def test_two_processes_with_one_job_name_both_say_that_it_ended_well(service, demo_bucket, tmp_path):
    arguments = backfill(tmp_path / "store.zarr", demo_bucket, "--check-ins", service.url)
    with Running(*arguments) as one, Running(*arguments) as other:
        assert [running.end().code for running in (one, other)] == [0, 0]
    assert set(service.statuses) == {"in_progress", "ok"} and service.statuses.count("ok") == 2
    assert service.statuses[-1] == "ok"


@pytest.mark.long
def test_on_flink_the_workers_tell_it_whether_the_client_lives_or_not(service, demo_bucket, tmp_path):
    url = service.url + "/{env:SECRET}"
    with flink.cluster(tmp_path / "cluster", environment={"SECRET": "a-secret"}) as cluster:
        store = tmp_path / "first" / "store.zarr"
        report = firn(*backfill(store, demo_bucket, "--check-ins", url, *flink.arguments(cluster.master))).report
        assert report["warnings"] == [] and service.statuses == ["in_progress", "ok"]
        assert {path for path, _ in service.heard} == {"/a-secret"}

        service.heard.clear()
        store = tmp_path / "second" / "store.zarr"
        with Running(*backfill(store, demo_bucket, "--check-ins", url, *flink.arguments(cluster.master))) as client:
            assert client.wait_until(lambda: service.statuses == ["in_progress"])
            client.send(signal.SIGKILL)
            client.end()
        cluster.wait_until_finished()
        assert service.statuses[-1] == "ok" and "error" not in service.statuses


@pytest.mark.long
def test_on_flink_a_service_that_fails_is_a_warning_and_a_job_that_fails_an_error(demo_bucket, tmp_path):
    with flink.cluster(tmp_path / "cluster") as cluster, check_in_server(status=404) as deaf:
        store = tmp_path / "first" / "store.zarr"
        more = ["--check-ins", deaf.url, *flink.arguments(cluster.master)]
        report = firn(*backfill(store, demo_bucket, *more)).report
        assert report["status"] == "published"
        assert [f"did not reach {deaf.url}: HTTP status 404" in warning for warning in report["warnings"]] == [True] * 2

        (store / "zarr.json").write_text("{")
        with check_in_server() as service:
            more = ["--check-ins", service.url, *flink.arguments(cluster.master)]
            firn(*demo.update_arguments(store, demo_bucket, demo.SECOND_END, "--job", "broken", *more), expect=FAILED)
            assert service.statuses[-1] == "error" and "ok" not in service.statuses
            assert service.statuses.count("error") == 1, "it is told before all retries are exhausted"
