"""Readers poll an archive in both formats while updates of a minute and more change its newest forecast: each look
at Icechunk shows the whole archive as it was or as it will be; each look at Zarr shows the extent and every shard so."""

import time

import numpy as np
import pytest

import demo
from firn_cli import firn
from observation import NEW, OLD, Judge, Reader
from slow_s3 import slow_bucket
from stores import opened

pytestmark = [pytest.mark.demo, pytest.mark.long]

SECONDS_A_REQUEST = 2
AT_LEAST = 60
EDITIONS = 4


@pytest.fixture
def stores(earlier_bucket, tmp_path):
    """One archive of the first forecast as it was before: the primary in Icechunk, a replica in Zarr."""
    primary, replica = tmp_path / "store.icechunk", tmp_path / "copy.zarr"
    firn(*demo.backfill_arguments(primary, earlier_bucket, demo.FIRST_END, "--store", replica))
    return primary, replica


def print_counts(capsys, what, seconds, readers):
    with capsys.disabled():
        for reader in readers:
            looks = [(look.extent, *sorted(look.shards)) for look in reader.observations]
            counts = ", ".join(f"{looks.count(kind)} of {kind}" for kind in dict.fromkeys(looks))
            print(f"\n{what}, {seconds:.0f} s, {reader.store.suffix}: {len(looks)} observations: {counts}")


def assert_all_is_right(reader):
    assert reader.failures == []
    assert [look for look in reader.observations if look.wrong] == []


def assert_in_order(values):
    assert values == sorted(values), "what was published was taken back"


def test_a_slow_update_is_seen_whole_or_not_at_all(stores, demo_bucket, judge, capsys):
    primary, replica = stores
    held = opened(primary)
    with slow_bucket(demo_bucket, SECONDS_A_REQUEST) as (url, environment), \
            Reader(judge, primary) as icechunk, Reader(judge, replica) as zarr:
        for reader in (icechunk, zarr):
            reader.wait_for_whole_looks(1)
        begun = time.monotonic()
        update = demo.update_arguments(primary, url, demo.SECOND_END, "--store", replica, *demo.ONE_AT_A_TIME)
        report = firn(*update, environment=environment).report
        seconds = time.monotonic() - begun
        for reader in (icechunk, zarr):
            reader.wait_for_whole_looks(1)
    print_counts(capsys, "a slow update", seconds, (icechunk, zarr))
    assert report["status"] == "published" and report["missing"] == []
    assert seconds >= AT_LEAST
    every_shard = len(demo.VARIABLES) * len(demo.shard_blocks())
    old, new = (1, {OLD: every_shard}), (2, {NEW: every_shard})
    for reader in (icechunk, zarr):
        assert_all_is_right(reader)
        seen = [(look.extent, look.shards) for look in reader.observations]
        assert seen[0] == old and seen[-1] == new
        assert_in_order([look.extent for look in reader.observations])
    assert {look.extent for look in icechunk.observations if look.shards == {OLD: every_shard}} == {1}
    assert all((look.extent, look.shards) in (old, new) for look in icechunk.observations)
    assert all(look.extent == 1 or look.shards == {NEW: every_shard} for look in zarr.observations), "too early"
    assert_in_order([look.shards[NEW] for look in zarr.observations])
    assert any(look.shards[OLD] and look.shards[NEW] for look in zarr.observations), "no look fell into the middle"
    for name, values in judge.first[OLD].items():
        assert np.array_equal(held[name].values[0], values, equal_nan=True), "an open snapshot has changed"


@pytest.fixture
def editions(demo_bucket, earlier_bucket, tmp_path):
    """The first forecast again and again, each time with other values."""
    buckets = [earlier_bucket]
    for number in range(1, EDITIONS):
        bucket = tmp_path / f"bucket-{number}"
        for lead in demo.LEAD_HOURS[:-1]:
            name = demo.file_name(0, lead)
            (bucket / name).parent.mkdir(parents=True, exist_ok=True)
            demo.change_values(buckets[-1] / name, bucket / name)
        buckets.append(bucket)
    return buckets


def test_updates_without_end_are_seen_one_after_the_other(stores, demo_bucket, editions, capsys):
    primary, replica = stores
    judge = Judge(dict(enumerate(editions)), demo_bucket)
    order, begun = [0], time.monotonic()
    with Reader(judge, primary) as icechunk, Reader(judge, replica) as zarr:
        while order[-1] != EDITIONS - 1 or time.monotonic() < begun + AT_LEAST:
            order.append((order[-1] + 1) % EDITIONS)
            update = demo.update_arguments(primary, editions[order[-1]], demo.FIRST_END, "--store", replica,
                                           "--job", f"update-{len(order)}")
            assert firn(*update).report["status"] == "published"
        seconds = time.monotonic() - begun
        for reader in (icechunk, zarr):
            reader.wait_for_whole_looks(1)
    print_counts(capsys, f"{len(order) - 1} updates", seconds, (icechunk, zarr))
    for reader in (icechunk, zarr):
        assert_all_is_right(reader)
        assert {look.extent for look in reader.observations} == {1}
        assert set().union(*(look.shards for look in reader.observations)) == set(range(EDITIONS))
    assert all(len(look.shards) == 1 for look in icechunk.observations), "a mixture"
    assert_follows(order, [set(look.shards) for look in icechunk.observations], at_once=1)
    assert_follows(order, [set(look.shards) for look in zarr.observations], at_once=2)


def assert_follows(order, looks, at_once):
    """Each look shows so many neighbours at most, and none before what an earlier look showed."""
    position = 0
    for shown in looks:
        while not shown <= set(order[position : position + at_once]):
            position += 1
            assert position < len(order), f"{shown} was not to be seen any more"
