"""Whoever reads while Firn writes sees the archive as it was or as it will be: the old or the new extent, and of
the forecast that is written again each shard as it was or as it will be. A reader in this process opens the store
through consolidated metadata again and again and reads every value, while the update is stopped at many points."""

import pytest

import demo
from firn_cli import firn
from observation import NEW, OLD, update_under_observation

pytestmark = pytest.mark.demo

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST


@pytest.fixture(scope="module")
def before(earlier_bucket, tmp_path_factory):
    store = tmp_path_factory.mktemp("before") / "before" / "store.zarr"
    firn(*demo.backfill_arguments(store, earlier_bucket, demo.FIRST_END))
    return store


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
