"""Archives that `firn stream` keeps current by itself, while forecasts arrive as recordings say: in a real S3 server,
announced in a real SQS queue."""

import datetime
import time

import numpy as np
import pytest
import xarray as xr

import flink
import replay
import sqs
from replay_archive import Archive, Post, Stream, Watched, assert_set_aside
from replay_judge import Judge, Look, assert_nothing_was_lost
from replay_model import THREE_VARIABLES, Model


def sent(recording):
    """The notifications of the model's files, in the order in which they were sent."""
    messages = [action for action in recording["actions"] if action.get("send") in ("raw", "envelope")]
    return [record for message in messages for record in message["records"] if "part" in record], messages


def test_the_recordings_have_what_they_are_for():
    for name, least_leads in (("small", 6), ("full", 40)):
        recording = replay.recording(name)
        assert len(recording["leads"]) >= least_leads
        records, messages = sent(recording)
        puts = [action for action in recording["actions"] if "put" in action]
        which = [(record["part"], record["forecast"], record["lead"], record["version"]) for record in records]
        put = [(action["put"], action["forecast"], action["lead"], action["version"]) for action in puts]
        lost = [(each["part"], each["forecast"], each["lead"], 1) for each in recording["lost"]]
        assert set(which) | set(lost) == set(put) and not set(which) & set(lost)
        assert len(lost) >= len(put) / 20, "5 % are lost"
        assert {part for part, *_ in lost} == {"data", "index"} and len({each[1:] for each in lost}) < len(lost)
        assert len(which) > len(set(which)), "some come twice"
        first = list(dict.fromkeys(which))
        assert first != [each for each in put if each in first], "they come in another order"
        assert any(len(message["records"]) > 1 for message in messages)
        assert {message["send"] for message in messages} == {"raw", "envelope"}
        assert {record["event"] for record in records} == {f"2.{minor}" for minor in range(1, 7)}
        assert ("data", 1, recording["never"], 1) not in put and (1, recording["replaced"], 2) in {each[1:] for each in put}
        assert which[-1][1:3] == (0, recording["late"]), "days late"
        stale = ("data", 1, recording["replaced"])
        assert [each for each in which if each[:3] == stale][-1] == (*stale, 1), "said of what is replaced"
        at = {each: action["at"] for each, action in zip(put, puts)}
        index_after = {each[1:]: at["index", *each[1:]] - at[each] for each in put if each[0] == "data"}
        assert index_after[1, recording["late_index"], 1] > 100 and min(index_after.values()) < 0
        assert sum(action.get("send") == "text" for action in recording["actions"]) == 5


def archive_of(model, versions):
    """An archive as xarray has it: for each forecast the versions of its files."""
    init = np.datetime64(model.start) + np.arange(len(versions)) * np.timedelta64(6, "h")
    leads, axes = np.array(model.leads, "m8[h]").astype("m8[ns]"), model.grid.axes
    shown = [model.expected(forecast, of) for forecast, of in enumerate(versions)]
    names = {name: (("init_time", "lead_time", *axes), np.stack([each[name] for each in shown])) for name in shown[0]}
    longest = [leads[model.leads.index(max(of))] if of else np.timedelta64("NaT", "ns") for of in versions]
    return xr.Dataset(names, {
        "init_time": init, "lead_time": leads, "valid_time": (("init_time", "lead_time"), init[:, None] + leads),
        "expected_forecast_length": ("init_time", np.full(len(init), leads[-1])),
        "ingested_forecast_length": ("init_time", np.array(longest, "m8[ns]")),
        **{axis: np.linspace(of["first"], of["last"], of["count"]) for axis, of in axes.items()}})


def test_the_judge_tells_versions_and_sees_what_is_wrong():
    recording = replay.recording("small")
    model = Model("any", recording["leads"], datetime.datetime(2026, 1, 1), THREE_VARIABLES)
    judge, replaced = Judge(model, recording), recording["replaced"]
    versions = [dict.fromkeys(range(6), 1), {0: 1, 1: 1, 3: 1}, {}]
    judge.possible |= {(2, lead): [None, 1] for lead in range(6)}
    assert judge.judge(archive_of(model, versions)) == Look(dict(enumerate(versions)), ())
    versions[1] = {0: 1, 3: 1, replaced: 2, 5: 1}
    assert judge.judge(archive_of(model, versions)) == Look(dict(enumerate(versions)), ())

    def change(name, values, **where):
        changed = archive_of(model, versions).copy(deep=True)
        changed[name][where] = values
        return judge.judge(changed).wrong

    air, rain = THREE_VARIABLES[:2]
    first = model.expected(1, {replaced: 1})
    position = {"init_time": 1, "lead_time": replaced}
    assert change(air, first[air][replaced, :, :36], **position, longitude=slice(0, 36)), "half of another version"
    assert change(air, np.nan, **position, latitude=3, longitude=40), "a missing value"
    assert change(rain, first[rain][replaced], **position), "a variable of another version"
    newer = archive_of(model, [versions[0], {**versions[1], 1: 1}])[rain][1, 1].values
    assert change(rain, newer, init_time=1, lead_time=1), "a rate of a file of which nothing else is shown"
    assert change(rain, model.expected(1, {4: 1, 5: 1})[rain][5], init_time=1, lead_time=5), "a rate of another baseline"
    assert change("ingested_forecast_length", np.timedelta64(4, "h"), init_time=1), "a length that is too short"
    assert change("ingested_forecast_length", np.timedelta64(0, "h"), init_time=2), "a length of nothing"
    with pytest.raises(AssertionError):
        assert_nothing_was_lost([Look({1: {0: 1}}, ()), Look({1: {}}, ())])


@pytest.fixture(scope="module")
def sqs_server():
    with sqs.Server() as server:
        yield server


@pytest.fixture
def servers(s3_server, sqs_server):
    return s3_server, sqs_server


def small(directory, server, **more):
    return Archive(directory, replay.recording("small"), server, early=2, deadline=20, variables=THREE_VARIABLES, **more)


def full(directory, server, **more):
    return Archive(directory, replay.recording("full"), server, early=6, deadline=120, **more)


def play(archive, post, factor, longest_pause=5):
    return replay.Player(archive.recording, archive.source, post.notifications, factor, longest_pause)


@pytest.fixture
def tell(capsys, request):
    """Prints what was seen, and how long the test took."""
    begun = time.monotonic()

    def tell(watched):
        with capsys.disabled():
            print(f"\n{request.node.name}: {time.monotonic() - begun:.0f} s, {watched.counts()}")

    return tell


def test_a_forecast_is_archived_as_it_arrives(servers, tmp_path, tell):
    archive, post = small(tmp_path, servers[0]), Post(tmp_path, servers[1])
    archive.backfill()
    with Watched([archive], post) as watched, Stream([archive], post, servers):
        post.wait_until_heard()
        with play(archive, post, factor=50, longest_pause=2) as player:
            player.finish()
        watched.settle(least_looks=100)
    tell(watched)
    watched.assert_all_was_right()
    watched.assert_all_was_told()
    assert_set_aside(post, archive.recording)


@pytest.mark.long
def test_two_forecasts_of_forty_lead_times_are_archived_as_they_arrive(servers, tmp_path, tell):
    archive, post = full(tmp_path, servers[0]), Post(tmp_path, servers[1])
    archive.backfill()
    with Watched([archive], post) as watched, Stream([archive], post, servers):
        post.wait_until_heard()
        with play(archive, post, factor=10) as player:
            player.finish()
        watched.settle(least_looks=1000)
    tell(watched)
    watched.assert_all_was_right()
    watched.assert_all_was_told()
    assert_set_aside(post, archive.recording)


@pytest.mark.long
def test_on_flink_too_though_task_managers_die_and_the_job_is_moved(servers, tmp_path, tell):
    archive, post = full(tmp_path, servers[0]), Post(tmp_path, servers[1])
    archive.backfill()
    environment = servers[0].environment | servers[1].environment
    with flink.cluster(tmp_path / "cluster", task_managers=3, environment=environment) as cluster, \
            Watched([archive], post) as watched:
        options, player = flink.arguments(cluster.master), play(archive, post, factor=10)
        with Stream([archive], post, servers, *options) as stream:
            post.wait_until_heard()
            player.start()
            player.wait_for(0.2)
            cluster.kill_task_manager()
            player.wait_for(0.45)
            savepoint = cluster.stop_with_savepoint(cluster.jobs()[-1][2], tmp_path)
            stream.end()
        with Stream([archive], post, servers, *options, f"--savepointPath={savepoint}"):
            player.wait_for(0.7)
            cluster.kill_task_manager()
            player.finish()
            watched.settle(least_looks=300)
    tell(watched)
    watched.assert_all_was_right()
    watched.assert_all_was_told()
    assert_set_aside(post, archive.recording)


@pytest.mark.long
def test_a_process_that_is_killed_goes_on_where_it_was(servers, tmp_path, tell):
    archive, post = small(tmp_path, servers[0]), Post(tmp_path, servers[1], visibility_seconds=5)
    archive.backfill()
    with Watched([archive], post) as watched, Stream([archive], post, servers) as stream:
        post.wait_until_heard()
        with play(archive, post, factor=10) as player:
            for share in (0.2, 0.4, 0.6):
                player.wait_for(share)
                stream.kill()
                stream.start()
            player.finish()
        watched.settle()
    tell(watched)
    watched.assert_all_was_right()


@pytest.mark.long
def test_one_stream_keeps_two_datasets(servers, tmp_path, tell):
    archives = [small(tmp_path, servers[0], dataset=f"replay-gfs-{name}") for name in ("one", "two")]
    post = Post(tmp_path, servers[1])
    for archive in archives:
        archive.backfill()
    with Watched(archives, post) as watched, Stream(archives, post, servers):
        post.wait_until_heard()
        with play(archives[0], post, factor=20), play(archives[1], post, factor=20):
            watched.settle()
    tell(watched)
    watched.assert_all_was_right()
    watched.assert_all_was_told()


@pytest.mark.long
def test_an_old_forecast_is_backfilled_meanwhile(servers, tmp_path, tell):
    archive, post = small(tmp_path, servers[0]), Post(tmp_path, servers[1])
    archive.backfill()
    for lead in archive.model.leads:
        if lead != archive.recording["late"]:
            archive.replace(0, lead)
    again = ("--end", f"{archive.model.init(1):%Y-%m-%dT%H:%M}", "--overwrite-chunks")
    with Watched([archive], post) as watched, Stream([archive], post, servers):
        post.wait_until_heard()
        with play(archive, post, factor=20) as player:
            ended = []
            while player.is_alive():
                ended.append(archive.firn("backfill", *again)["status"])
            player.finish()
        watched.settle()
    tell(watched)
    assert len(ended) > 1 and set(ended) == {"published"}
    watched.assert_all_was_right()
