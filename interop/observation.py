"""Readers that look at an archive of the demo's dataset while it is updated, and judge what they see."""

import collections
import dataclasses
import threading

import numpy as np

import demo
from firn_cli import Running

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
    """Knows what the first forecast may be, by the names of its states, and what the second will be."""

    def __init__(self, buckets, bucket):
        self.first = {state: demo.expected(directory, 0) for state, directory in buckets.items()}
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


def state(store, observation):
    """OLD or NEW: what a look at a store showed, which is what its readers are promised.

    As long as a Zarr store has the old extent, shards inside it may be new, each by itself.
    """
    every_shard = len(demo.VARIABLES) * len(demo.shard_blocks())
    assert observation.wrong == ()
    if observation.extent == 2:
        assert observation.shards == {NEW: every_shard}, f"{store} was shown too early: {observation}"
        return NEW
    if str(store).endswith(".icechunk"):
        assert observation.shards == {OLD: every_shard}, f"{store} shows a mixture: {observation}"
    assert observation.extent == 1 and observation.shards.total() == every_shard
    return OLD


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
