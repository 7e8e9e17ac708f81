"""Whoever reads while Firn writes sees the archive as it was or as it will be: the old or the new extent, and of
the forecast that is written again each shard as it was or as it will be. A reader in this process opens the store
through consolidated metadata again and again and reads every value, while the update is stopped at many points."""

import collections
import dataclasses
import threading

import numpy as np
import pytest

import demo
from firn_cli import Running, firn

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST
OLD, NEW = "old", "new"


@dataclasses.dataclass(frozen=True)
class Observation:
    """What one look at the store showed: how many forecasts, and how many shards of the first were in which state.

    A shard that is neither as it was nor as it will be is named in `wrong`, and whatever else is not right.
    """

    extent: int
    shards: collections.Counter
    wrong: tuple


class Judge:
    """Knows what the store was before the update and what it will be after."""

    def __init__(self, earlier_bucket, bucket):
        self.first = {OLD: demo.expected(earlier_bucket, 0), NEW: demo.expected(bucket, 0)}
        self.second = demo.expected(bucket, 6)

    def observe(self, store):
        dataset = demo.opened(store).load()
        extent = dataset.sizes["init_time"]
        shards, wrong = collections.Counter(), []
        for name in demo.VARIABLES:
            values = dataset[name].values
            for block in demo.shard_blocks():
                shards[self.state(name, values[0], block, wrong)] += 1
            if extent == 2 and not demo.same(values[1], self.second[name]):
                wrong.append(f"{name} of the second forecast")
        times = np.datetime64("2026-01-01T00") + np.arange(extent) * np.timedelta64(6, "h")
        if not np.array_equal(dataset.init_time, times):
            wrong.append(f"init_time {dataset.init_time.values}")
        if not np.array_equal(dataset.valid_time, times[:, None] + dataset.lead_time.values):
            wrong.append("valid_time")
        return Observation(extent, shards, tuple(wrong))

    def state(self, name, values, block, wrong):
        for state, forecast in self.first.items():
            if demo.same(values[:, *block], forecast[name][:, *block]):
                return state
        wrong.append(f"shard {block} of {name}")
        return "wrong"


class Reader:
    """Looks at a store again and again from a thread, as a context manager."""

    def __init__(self, judge, store):
        self.judge, self.store = judge, store
        self.observations, self.failures = [], []
        self.seen = threading.Condition()
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.look_again_and_again)

    def look_again_and_again(self):
        while not self.over.is_set():
            try:
                observation = self.judge.observe(self.store)
            except Exception as failure:  # whatever it is, a reader must not see it
                self.failures.append(failure)
                observation = None
            with self.seen:
                if observation:
                    self.observations.append(observation)
                self.seen.notify_all()

    def wait_for_whole_looks(self, count):
        """Waits until so many looks were begun and ended from now on."""
        with self.seen:
            for _ in range(count + 1):
                assert self.seen.wait(timeout=60), "the reader is stuck"

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        self.thread.join()


@pytest.fixture(scope="module")
def judge(demo_bucket, earlier_bucket):
    judge = Judge(earlier_bucket, demo_bucket)
    for name in demo.VARIABLES:
        for block in demo.shard_blocks():
            old, new = (judge.first[state][name][:, *block] for state in (OLD, NEW))
            assert not demo.same(old, new), f"the update does not change {name}: nothing could be told from it"
    return judge


@pytest.fixture(scope="module")
def before(earlier_bucket, tmp_path_factory):
    store = tmp_path_factory.mktemp("before") / "before" / "store.zarr"
    firn(*demo.backfill_arguments(store, earlier_bucket, demo.FIRST_END))
    return store


def update_under_observation(store, bucket, judge, stops):
    """Updates the store, stopped after each of these numbers of region jobs until the reader had a good look."""
    update = demo.update_arguments(store, bucket, demo.SECOND_END, *demo.ONE_AT_A_TIME)
    with Reader(judge, store) as reader:
        reader.wait_for_whole_looks(2)
        with Running(*update) as running:
            for jobs in stops:
                if running.wait_until(lambda: len(demo.results(store)) >= jobs):
                    with running.paused():
                        reader.wait_for_whole_looks(1)
            report = running.end().report
        reader.wait_for_whole_looks(1)
    assert report["status"] == "published" and report["missing"] == []
    return reader


def assert_kept_the_promise(reader):
    every_shard = len(demo.VARIABLES) * len(demo.shard_blocks())
    assert reader.failures == []
    assert [observation for observation in reader.observations if observation.wrong] == []
    extents = [observation.extent for observation in reader.observations]
    assert extents == sorted(extents), "what was published was taken back"
    first, last = reader.observations[0], reader.observations[-1]
    assert (first.extent, first.shards) == (1, {OLD: every_shard})
    assert (last.extent, last.shards) == (2, {NEW: every_shard})
    for observation in reader.observations:
        assert observation.extent == 1 or observation.shards == {NEW: every_shard}, "published too early"


def test_the_update_does_what_this_test_thinks_it_does(before, demo_bucket, judge, tmp_path):
    store = demo.copy_of_published(before, tmp_path / "copy")
    assert judge.observe(store).shards[OLD] > 0
    firn(*demo.update_arguments(store, demo_bucket, demo.SECOND_END))
    assert judge.observe(store).shards[NEW] > 0
    (store / "temperature_2m" / "c" / "0" / "0" / "0" / "0").unlink()
    assert len(judge.observe(store).wrong) == 1


def test_readers_see_the_old_or_the_new_archive_while_it_is_updated(before, demo_bucket, judge, tmp_path):
    store = demo.copy_of_published(before, tmp_path / "copy")
    reader = update_under_observation(store, demo_bucket, judge, stops=range(1, ALL_JOBS))
    assert_kept_the_promise(reader)
    mixed = [seen for seen in reader.observations if seen.shards[OLD] and seen.shards[NEW]]
    assert mixed, "no look fell into the middle of the update: nothing was shown"


@pytest.mark.long
@pytest.mark.parametrize("attempt", range(20))
def test_readers_are_safe_at_any_moment(before, demo_bucket, judge, tmp_path, attempt):
    store = demo.copy_of_published(before, tmp_path / "copy")
    assert_kept_the_promise(update_under_observation(store, demo_bucket, judge, stops=[]))
