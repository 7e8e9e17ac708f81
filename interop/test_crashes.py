"""A JVM that is halted at one of its operations on stores leaves each store as it was or as it will be, and the same
command given again completes all of them. The operations are drawn at random; FIRN_CRASH_SEED draws the same again."""

import os
import random

import pytest

import demo
import halting
from firn_cli import firn
from observation import NEW, OLD, state
from stores import assert_identical, contents, history, repository

pytestmark = pytest.mark.demo

LAYOUTS = {
    "Icechunk first": ("store.icechunk", "replica.icechunk", "replica.zarr"),
    "Zarr first": ("store.zarr", "replica.icechunk"),
}
JOB = "crashing"


class Update:
    """The second forecast for an archive in several stores, which has the first: undisturbed, or again and again."""

    def __init__(self, names, bucket, earlier_bucket, judge, directory):
        self.names, self.bucket, self.judge, self.directory = names, bucket, judge, directory
        self.before = directory / "before"
        firn(*demo.backfill_arguments(self.before / names[0], earlier_bucket, demo.FIRST_END, *self.replicas(self.before)))
        undisturbed = self.copy("undisturbed")
        self.operations = halting.operations(self.arguments(undisturbed), undisturbed, directory / "undisturbed.log")
        self.whole = {name: contents(undisturbed / name) for name in names}

    def replicas(self, archive):
        return [argument for name in self.names[1:] for argument in ("--store", archive / name)]

    def arguments(self, archive):
        more = ["--job", JOB, *self.replicas(archive), *demo.ONE_AT_A_TIME]
        return demo.update_arguments(archive / self.names[0], self.bucket, demo.SECOND_END, *more)

    def copy(self, name):
        return demo.copy_of_published(self.before / self.names[0], self.directory / name).parent

    def puts(self, name):
        """Which operations put an object whose URL ends so, counted from 1."""
        return [n for n, line in enumerate(self.operations, 1) if line.startswith("PUT ") and line.endswith(name)]

    def last_step(self):
        """The operation that shows readers the primary's new state."""
        primary = self.names[0]
        shown_in = f"/{primary}/{'repo' if primary.endswith('.icechunk') else 'zarr.json'}"
        return max(n for n in self.puts(shown_in) if n < self.puts("/done.json")[0])

    def phases(self):
        """The operations that set up, that write shards, and that publish and clean up, as ranges of numbers."""
        planned, prepared = self.puts("/ready.json")[0], self.puts("/prepared.json")[0]
        return [range(1, planned + 1), range(planned + 1, prepared + 1), range(prepared + 1, len(self.operations) + 1)]

    def crash(self, at):
        """Halts the update, looks at all stores, completes the update; returns what was seen of each store."""
        archive = self.copy(f"halted-{at}")
        arguments = self.arguments(archive)
        last = halting.operations(arguments, archive, self.directory / f"halted-{at}.log", at)[-1]
        seen = [state(name, self.judge.observe(archive / name)) for name in self.names]
        print(f"halted before operation {at} of {len(self.operations)}, {last}: {dict(zip(self.names, seen))}")
        assert firn(*arguments).report["status"] == "published"
        self.assert_whole(archive)
        return seen

    def assert_whole(self, archive):
        for name in self.names:
            assert_identical(contents(archive / name), self.whole[name])
            if name.endswith(".icechunk"):
                assert len(history(archive / name)) == len(history(self.before / name)) + 1
                assert repository(archive / name).list_branches() == {"main"}
        assert {path.name for path in demo.journals(archive / self.names[0])} == {"done.json"}


@pytest.fixture(scope="module")
def draw():
    seed = int(os.environ.get("FIRN_CRASH_SEED", random.randrange(1_000_000)))
    print(f"FIRN_CRASH_SEED={seed}")
    return random.Random(seed)


@pytest.fixture(scope="module", params=LAYOUTS)
def update(request, demo_bucket, earlier_bucket, judge, tmp_path_factory):
    return Update(LAYOUTS[request.param], demo_bucket, earlier_bucket, judge, tmp_path_factory.mktemp("crashes"))


def seen_in(update, draw, crashes_per_phase):
    """What is seen of the stores after crashes, so many in each phase."""
    drawn = [at for phase, count in zip(update.phases(), crashes_per_phase) for at in draw.sample(phase, count)]
    return [update.crash(at) for at in sorted(drawn)]


def test_a_crash_before_publishing_shows_nothing_and_the_same_command_goes_on(update, draw):
    assert seen_in(update, draw, (0, 1, 0)) == [[OLD] * len(update.names)]


def test_a_crash_before_the_last_step_leaves_the_primary_old_and_the_replicas_new(update):
    assert update.crash(update.last_step()) == [OLD] + [NEW] * (len(update.names) - 1)


@pytest.mark.long
def test_a_crash_after_the_last_step_leaves_all_stores_new(update):
    assert update.crash(update.last_step() + 1) == [NEW] * len(update.names)


@pytest.mark.long
def test_a_crash_at_any_operation_is_survived(update, draw):
    for primary, *replicas in seen_in(update, draw, (4, 6, 12)):
        assert primary == OLD or set(replicas) == {NEW}
