"""Processes that work on one archive at the same time, and strangers that change it meanwhile: nothing is mixed or lost.
With a Zarr store one of them wins, and the others are told so; in Icechunk alone all of them land. In Zarr, in
Icechunk, and with a replica in the other format."""

import contextlib
import dataclasses
import functools
import json
import pathlib
import random
import shutil
import signal
import time

import icechunk
import pytest
import xarray as xr
import zarr

import demo
from firn_cli import DONE, REFUSED, Running, firn
from observation import NEW, OLD, Reader
from stores import assert_identical, history, objects, of_any_run, opened, repository

pytestmark = pytest.mark.demo

LAYOUTS = {
    "zarr": ["store.zarr"],
    "icechunk": ["store.icechunk"],
    "icechunk and zarr": ["store.icechunk", "copy.zarr"],
    "zarr and icechunk": ["store.zarr", "copy.icechunk"],
}
BEFORE = 2  # snapshots: the repository's first, and that of the backfill
ATTEMPTS = 5

WORKS = {
    "update": lambda archive, *more: archive.update("--job", "update", *more),
    "another update": lambda archive, *more: archive.update("--job", "another", *more),
    "shorter update": lambda archive, *more: archive.shorter_update("--job", "shorter", *more),
    "overwrite": lambda archive, *more: archive.overwrite("--job", "overwrite", *more),
}


@dataclasses.dataclass(frozen=True)
class Archive:
    """The stores of an archive, the primary first, and where its forecasts come from."""

    stores: list
    bucket: pathlib.Path

    @property
    def primary(self):
        return self.stores[0]

    @property
    def replicas(self):
        return [argument for store in self.stores[1:] for argument in ("--store", store)]

    def backfill(self, *more):
        return demo.backfill_arguments(self.primary, self.bucket, demo.FIRST_END, *self.replicas, *more)

    def overwrite(self, *more):
        return self.backfill("--overwrite-chunks", *more)

    def update(self, *more):
        return demo.update_arguments(self.primary, self.bucket, demo.SECOND_END, *self.replicas, *more)

    def shorter_update(self, *more):
        return demo.update_arguments(self.primary, self.bucket, demo.FIRST_END, *self.replicas, *more)

    def journal(self):
        return {path.name for path in demo.journals(self.primary)}

    def let_the_lease_run_out(self):
        """As it does two minutes after its holder was last heard of."""
        lease = demo.lease(self.primary)
        lease.write_text(json.dumps(json.loads(lease.read_text()) | {"until": "2026-01-01T00:00:00Z"}))


@pytest.fixture(scope="module")
def before(earlier_bucket, tmp_path_factory):
    """Makes an archive of the first forecast as it was before, once in each layout."""

    @functools.cache
    def make(layout):
        directory = tmp_path_factory.mktemp("before") / "archive"
        firn(*Archive([directory / name for name in LAYOUTS[layout]], earlier_bucket).backfill())
        return directory

    return make


@pytest.fixture(scope="module")
def whole(before, demo_bucket, tmp_path_factory):
    """The archive after an update that nobody disturbed, in Zarr."""
    directory = tmp_path_factory.mktemp("whole") / "archive"
    shutil.copytree(before("zarr"), directory)
    firn(*Archive([directory / "store.zarr"], demo_bucket).update())
    return directory / "store.zarr"


@pytest.fixture
def copied(before, demo_bucket, tmp_path):
    """Makes copies of such an archive, to be updated from the whole bucket."""

    def copy(layout, name="archive"):
        shutil.copytree(before(layout), tmp_path / name)
        return Archive([tmp_path / name / store for store in LAYOUTS[layout]], demo_bucket)

    return copy


def assert_is(archive, whole, publications):
    """Every store shows what an undisturbed update makes; a repository has one snapshot for each publication."""
    for store in archive.stores:
        if store.suffix == ".zarr":
            assert_identical(objects(store), objects(whole))
        else:
            xr.testing.assert_identical(opened(store).load(), opened(whole).load())
            assert len(history(store)) == BEFORE + publications
            assert repository(store).list_branches() == {"main"}


def assert_told_of_the_change(ended):
    assert ended.code == REFUSED, str(ended)
    assert "nothing was published: " in ended.err and "it was changed meanwhile: expected version " in ended.err


def long_unless(*short):
    """Parametrizes by all layouts; those that are not `short` are tested when there is time."""
    marks = [pytest.param(layout, marks=[] if layout in short else pytest.mark.long) for layout in LAYOUTS]
    return pytest.mark.parametrize("layout", marks)


@long_unless("zarr", "icechunk and zarr")
def test_one_job_name_twice_at_once_is_published_once(copied, whole, layout):
    archive = copied(layout)
    with Running(*archive.update()) as first, Running(*archive.update()) as second:
        reports = [running.end().report for running in (first, second)]
    assert {report["status"] for report in reports} == {"published"}
    assert len({report["run"] for report in reports}) == 1
    assert_is(archive, whole, publications=1)
    assert archive.journal() == {"done.json"}


@pytest.mark.long
@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_job_name_three_times_at_any_moment_is_published_once(copied, whole, layout):
    for attempt in range(10):
        archive = copied(layout, f"archive-{attempt}")
        with contextlib.ExitStack() as stack:
            processes = []
            for _ in range(3):
                processes.append(stack.enter_context(Running(*archive.update())))
                time.sleep(random.Random(f"{layout} {attempt} {len(processes)}").uniform(0, 1))
            reports = [running.end().report for running in processes]
        assert {report["status"] for report in reports} == {"published"}
        assert_is(archive, whole, publications=1)


@long_unless("icechunk and zarr")
def test_a_process_that_sleeps_through_the_end_of_its_job_changes_nothing(copied, whole, layout):
    archive = copied(layout)
    with Running(*archive.update(*demo.ONE_AT_A_TIME)) as sleeper:
        assert sleeper.wait_until(lambda: demo.results(archive.primary))
        with sleeper.paused():
            report = firn(*archive.update()).report
            assert_is(archive, whole, publications=1)
        late = sleeper.end().report
    assert (late["status"], late["run"]) == ("published", report["run"])
    assert_is(archive, whole, publications=1)
    assert archive.journal() == {"done.json"}


PAIRS = [
    pytest.param("zarr", "update", "overwrite", marks=pytest.mark.long),
    pytest.param("zarr", "overwrite", "update", marks=pytest.mark.long),
    ("icechunk and zarr", "overwrite", "update"),
    pytest.param("icechunk and zarr", "update", "overwrite", marks=pytest.mark.long),
    pytest.param("zarr and icechunk", "update", "another update", marks=pytest.mark.long),
]


@pytest.mark.parametrize("layout, first, second", PAIRS)
def test_who_comes_second_is_told_who_is_at_work(copied, whole, layout, first, second):
    archive = copied(layout)
    with Running(*WORKS[first](archive, *demo.ONE_AT_A_TIME)) as running:
        assert running.wait_until(lambda: demo.results(archive.primary))
        with running.paused():
            left = [objects(store) for store in archive.stores]
            refused = firn(*WORKS[second](archive), expect=REFUSED)
            assert [objects(store) for store in archive.stores] == left
        assert running.end().report["status"] == "published"
    assert f"job {WORKS[first](archive)[-1]} is at work on this store; if it has died, --job " in refused.err
    assert firn(*archive.update("--job", "again")).report["status"] == "published"
    assert_is(archive, whole, publications=2)


@pytest.mark.parametrize("layout, first, second", [
    ("zarr", "shorter update", "update"),
    pytest.param("zarr", "overwrite", "update", marks=pytest.mark.long),
    pytest.param("icechunk and zarr", "update", "another update", marks=pytest.mark.long),
    pytest.param("zarr and icechunk", "overwrite", "update", marks=pytest.mark.long),
])
def test_of_two_whom_the_lease_does_not_keep_apart_one_publishes(copied, whole, layout, first, second):
    archive = copied(layout)
    with Running(*WORKS[first](archive, *demo.ONE_AT_A_TIME)) as running:
        assert running.wait_until(lambda: demo.results(archive.primary))
        with running.paused():
            archive.let_the_lease_run_out()
            assert firn(*WORKS[second](archive)).report["status"] == "published"
        assert_told_of_the_change(running.end())
    publications = 1
    if second == "overwrite":
        firn(*archive.update("--job", "again"))
        publications += 1
    drop_branches_of_refused(archive)
    assert_is(archive, whole, publications)


def land_together(archive, first, second, meanwhile=contextlib.nullcontext()):
    """Runs `second` from begin to end while `first` is stopped in the middle; both publish."""
    with Running(*first) as running:
        assert running.wait_until(lambda: demo.results(archive.primary))
        with meanwhile, running.paused():
            assert firn(*second).report["status"] == "published"
        ended = running.end()
    assert ended.code == DONE and ended.report["status"] == "published", str(ended)


def assert_whole_states(reader, *states):
    assert reader.failures == [] and reader.observations
    for look in reader.observations:
        assert look.wrong == () and (look.extent, dict(look.shards)) in states, look


@pytest.mark.parametrize("first, second", [
    ("overwrite", "update"),
    pytest.param("update", "overwrite", marks=pytest.mark.long),
    pytest.param("update", "another update", marks=pytest.mark.long),
])
def test_in_icechunk_both_land_though_they_write_the_same_shards(copied, whole, judge, first, second):
    archive = copied("icechunk")
    every_shard = len(demo.VARIABLES) * len(demo.shard_blocks())
    with Reader(judge, archive.primary) as reader:
        land_together(archive, WORKS[first](archive, *demo.ONE_AT_A_TIME), WORKS[second](archive))
        reader.wait_for_whole_looks(1)
    assert_whole_states(reader, (1, {OLD: every_shard}), (1, {NEW: every_shard}), (2, {NEW: every_shard}))
    assert reader.observations[-1].extent == 2
    assert_is(archive, whole, publications=2)
    assert archive.journal() == {"done.json"}


def part(bucket, directory, leads):
    """Those files of all forecasts that are of these lead times."""
    for init in demo.INIT_HOURS:
        for lead in leads:
            for name in (demo.file_name(init, lead), demo.file_name(init, lead) + ".idx"):
                (directory / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(bucket / name, directory / name)
    return directory


def test_in_icechunk_two_parts_of_one_forecast_land_in_the_same_shards(copied, whole, demo_bucket, tmp_path):
    archive = copied("icechunk")
    early = part(demo_bucket, tmp_path / "early", range(0, 13, 3))
    late = part(demo_bucket, tmp_path / "late", range(15, 37, 3))  # what accumulates begins anew every six hours
    land_together(
        archive,
        WORKS["update"](dataclasses.replace(archive, bucket=late), *demo.ONE_AT_A_TIME),
        WORKS["another update"](dataclasses.replace(archive, bucket=early)),
    )
    assert_is(archive, whole, publications=2)


@pytest.fixture(scope="module")
def later_bucket(demo_bucket, tmp_path_factory):
    """Both forecasts with other values."""
    directory = tmp_path_factory.mktemp("later") / "bucket"
    for init in demo.INIT_HOURS:
        for lead in demo.LEAD_HOURS:
            name = demo.file_name(init, lead)
            (directory / name).parent.mkdir(parents=True, exist_ok=True)
            demo.change_values(demo_bucket / name, directory / name)
    return directory


@pytest.mark.parametrize("first, second", [
    ("overwrite", "update"),
    pytest.param("update", "overwrite", marks=pytest.mark.long),
])
def test_in_icechunk_a_backfill_of_old_forecasts_and_an_update_both_land(copied, later_bucket, first, second):
    archive = copied("icechunk")
    firn(*archive.update("--job", "before"))
    later = dataclasses.replace(archive, bucket=later_bucket)
    land_together(archive, WORKS[first](later, *demo.ONE_AT_A_TIME), WORKS[second](later))
    found = opened(archive.primary).load()
    for position, init in enumerate(demo.INIT_HOURS):
        for name, expected in demo.expected(later_bucket, init).items():
            assert demo.same(found[name].values[position], expected), (name, init)
    assert len(history(archive.primary)) == BEFORE + 3
    assert repository(archive.primary).list_branches() == {"main"}


@pytest.mark.long
def test_in_icechunk_all_works_at_any_moment_land(copied, whole):
    for attempt in range(10):
        archive = copied("icechunk", f"archive-{attempt}")
        with contextlib.ExitStack() as stack:
            processes = []
            for work in random.Random(f"land {attempt}").sample(sorted(WORKS), len(WORKS)):
                processes.append(stack.enter_context(Running(*WORKS[work](archive))))
                time.sleep(random.Random(f"land {attempt} {work}").uniform(0, 1.5))
            ended = [running.end() for running in processes]
        assert [end.report["status"] for end in ended] == ["published"] * len(WORKS), ended
        assert_is(archive, whole, publications=len(WORKS))


def drop_branches_of_refused(archive):
    """They are kept for inspection."""
    for store in archive.stores:
        if store.suffix == ".icechunk":
            for branch in repository(store).list_branches() - {"main"}:
                assert branch.startswith("_job_")
                repository(store).delete_branch(branch)


def test_who_comes_back_while_another_is_at_work_is_busy_and_may_come_again(copied, whole):
    archive = copied("icechunk and zarr")
    with Running(*WORKS["update"](archive, *demo.ONE_AT_A_TIME)) as slow:
        assert slow.wait_until(lambda: demo.results(archive.primary))
        with slow.paused():
            archive.let_the_lease_run_out()
            with Running(*WORKS["another update"](archive, *demo.ONE_AT_A_TIME)) as second:
                assert second.wait_until(lambda: len(demo.plans(archive.primary)) == 2)
                with second.paused():
                    slow.send(signal.SIGCONT)
                    busy = slow.end()
                ended = second.end()
                assert ended.code == DONE and ended.report["status"] == "published", str(ended)
    assert busy.code == REFUSED and "job another is at work on this store" in busy.err
    assert_told_of_the_change(firn(*WORKS["update"](archive), expect=REFUSED))
    drop_branches_of_refused(archive)
    assert_is(archive, whole, publications=1)


@pytest.mark.long
@pytest.mark.parametrize("layout", LAYOUTS)
def test_different_works_at_any_moment_end_one_by_one(copied, whole, layout):
    for attempt in range(10):
        archive = copied(layout, f"archive-{attempt}")
        with contextlib.ExitStack() as stack:
            processes = []
            for work in random.Random(f"{layout} {attempt}").sample(sorted(WORKS), len(WORKS)):
                processes.append(stack.enter_context(Running(*WORKS[work](archive))))
                time.sleep(random.Random(f"{layout} {attempt} {work}").uniform(0, 1.5))
            ended = [running.end() for running in processes]
        assert {end.code for end in ended} <= {DONE, REFUSED} and DONE in {end.code for end in ended}
        published = [end.report["status"] for end in ended].count("published")
        firn(*archive.update("--job", "again"))
        drop_branches_of_refused(archive)
        assert_is(archive, whole, publications=published + 1)


@pytest.mark.long
def test_on_s3_too_works_at_once_end_one_by_one(s3_bucket, earlier_bucket, demo_bucket, whole):
    server, stores = s3_bucket.server, [f"{s3_bucket.url}/archive/{name}" for name in LAYOUTS["icechunk and zarr"]]
    firn(*Archive(stores, earlier_bucket).backfill(), environment=server.environment)
    archive = Archive(stores, demo_bucket)
    with contextlib.ExitStack() as stack:
        commands = [WORKS[work](archive) for work in ("update", "update", "another update")]
        processes = [stack.enter_context(Running(*command, environment=server.environment)) for command in commands]
        ended = [running.end() for running in processes]
    assert {end.code for end in ended} <= {DONE, REFUSED} and DONE in {end.code for end in ended}, ended
    published = {end.report["run"] for end in ended if end.report["status"] == "published"}
    assert firn(*archive.update("--job", "again"), environment=server.environment).report["status"] == "published"
    repository_on_s3 = icechunk.Repository.open(s3_bucket.icechunk("archive/store.icechunk"))
    assert len(list(repository_on_s3.ancestry(branch="main"))) == BEFORE + len(published) + 1
    main = repository_on_s3.readonly_session("main").store
    seen = of_any_run(xr.open_zarr(main, consolidated=False, decode_timedelta=True)).load()
    xr.testing.assert_identical(seen, opened(whole).load())
    assert_identical(s3_bucket.objects("archive/copy.zarr"), objects(whole))


def test_set_up_leaves_every_object_of_a_zarr_store_on_s3_as_it_is(s3_bucket, earlier_bucket, demo_bucket):
    """By key, ETag, size and time."""
    server, files = s3_bucket.server, s3_bucket.server.filesystem()
    store, journal = f"{s3_bucket.name}/archive/store.zarr", f"{s3_bucket.name}/archive/_internal/store.zarr"

    def listed():
        found = files.find(store, detail=True)
        return {key: (stat["ETag"], stat["size"], stat["LastModified"]) for key, stat in found.items()}

    archive = Archive([f"s3://{store}"], demo_bucket)
    firn(*Archive([f"s3://{store}"], earlier_bucket).backfill(), environment=server.environment)
    before = listed()
    with Running(*archive.update("--job", "stopped", *demo.ONE_AT_A_TIME), environment=server.environment) as running:
        assert running.wait_until(lambda: files.exists(f"{journal}/stopped/ready.json"))
        with running.paused():
            assert before and listed() == before
            running.send(signal.SIGKILL)
    assert listed() == before


def note(store):
    """What a stranger does: writes down a note, and says as which version."""
    if store.suffix == ".icechunk":
        return commit(store, lambda root: root["temperature_2m"].attrs.update(note="ours"))
    zarr.open_group(store, mode="r+", use_consolidated=False).attrs["note"] = "ours"
    zarr.consolidate_metadata(store)
    return ""


def noted(store):
    found = opened(store)
    return (found["temperature_2m"] if store.suffix == ".icechunk" else found).attrs["note"]


def commit(store, change):
    """Changes a repository with the reference implementation."""
    session = repository(store).writable_session("main")
    change(zarr.open_group(session.store))
    return session.commit("by a stranger")


STAGES = {
    "planned": demo.plans,
    "one job done": demo.results,
    "about to publish": demo.prepared,
}


@pytest.mark.parametrize("layout, role, stage", [
    ("zarr", 0, "one job done"),
    pytest.param("zarr", 0, "planned", marks=pytest.mark.long),
    pytest.param("zarr", 0, "about to publish", marks=pytest.mark.long),
    pytest.param("icechunk", 0, "planned", marks=pytest.mark.long),
    pytest.param("icechunk", 0, "about to publish", marks=pytest.mark.long),
    ("icechunk and zarr", 1, "one job done"),
    pytest.param("icechunk and zarr", 0, "planned", marks=pytest.mark.long),
    pytest.param("zarr and icechunk", 0, "about to publish", marks=pytest.mark.long),
    ("zarr and icechunk", 1, "planned"),
])
def test_what_strangers_change_meanwhile_is_kept_and_the_update_refused(copied, layout, role, stage):
    for attempt in range(ATTEMPTS):
        archive = copied(layout, f"archive-{attempt}")
        with Running(*archive.update(*demo.ONE_AT_A_TIME)) as running:
            if not running.wait_until(lambda: STAGES[stage](archive.primary)):
                continue
            with running.paused():
                if any(opened(store).sizes["init_time"] == 2 for store in archive.stores):
                    continue  # it was faster
                theirs = note(archive.stores[role])
            ended = running.end()
        break
    else:
        pytest.fail("it was always too fast")
    assert_told_of_the_change(ended)
    assert str(archive.stores[role]) in ended.err and theirs in ended.err
    assert [opened(store).sizes["init_time"] for store in archive.stores] == [1] * len(archive.stores)
    assert noted(archive.stores[role]) == "ours"
    assert not theirs or history(archive.stores[role])[0].id == theirs


def test_what_strangers_commit_before_and_after_is_kept(copied, whole):
    archive = copied("icechunk and zarr")
    before = commit(archive.primary, lambda root: root.attrs.update(note="ours"))
    firn(*archive.update("--job", "first"))
    after = commit(archive.primary, lambda root: root.attrs.update(another="note"))
    again = firn(*archive.update("--job", "first")).report
    assert again["status"] == "published" and history(archive.primary)[0].id == after
    firn(*archive.update("--job", "second"))
    commits = [commit.id for commit in history(archive.primary)]
    assert (commits[1], commits[3]) == (after, before) and len(commits) == BEFORE + 4
    assert opened(archive.primary).sizes["init_time"] == 2
    assert_identical(objects(archive.stores[1]), objects(whole))


def add_an_array(root):
    root.create_array("theirs", shape=(3,), dtype="f4")[:] = 1


def append_a_forecast(root):
    """As a program does that knows nothing of Firn."""
    for array in root.array_values():
        if (array.metadata.dimension_names or ())[:1] == ("init_time",):
            array.resize((2, *array.shape[1:]))
    root["init_time"][1] = root["init_time"][0] + 6 * 3600
    root["ingested_forecast_length"][1] = 36 * 3600
    for name in demo.VARIABLES:
        root[name][1] = 7


def rewrite_while_a_stranger_commits(archive, change):
    """An overwrite of the first forecast, and what a stranger commits in the middle of it."""
    with Running(*archive.overwrite("--overwrite-metadata", *demo.ONE_AT_A_TIME)) as running:
        assert running.wait_until(lambda: demo.results(archive.primary))
        with running.paused():
            theirs = commit(archive.primary, change)
        return theirs, running.end()


def test_a_forecast_that_a_stranger_appends_meanwhile_stays_below_what_is_published(copied, judge):
    archive = copied("icechunk")
    theirs, ended = rewrite_while_a_stranger_commits(archive, append_a_forecast)
    assert ended.code == DONE and ended.report["status"] == "published", str(ended)
    assert history(archive.primary)[1].id == theirs
    found = opened(archive.primary).load()
    for name in demo.VARIABLES:
        assert demo.same(found[name].values[0], judge.first[NEW][name]), name
        assert (found[name].values[1] == 7).all(), name
    assert list(found["ingested_forecast_length"].values.astype("m8[h]").astype(int)) == [36, 36]
    assert found["init_time"].values[1] == found["init_time"].values[0] + 6 * 3600 * 10**9


@pytest.mark.long
def test_an_array_that_a_stranger_adds_meanwhile_is_kept_and_the_job_refused(copied):
    archive = copied("icechunk")
    theirs, ended = rewrite_while_a_stranger_commits(archive, add_an_array)
    assert_told_of_the_change(ended)
    assert ": array 'theirs' was added" in ended.err
    assert history(archive.primary)[0].id == theirs
