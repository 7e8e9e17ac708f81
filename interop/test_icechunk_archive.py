"""Archives in Icechunk repositories, as the reference implementation and xarray read them: they hold what Zarr stores
hold, each publication is one snapshot, and whoever polls main sees the archive as it was or as it will be."""

import icechunk
import numpy as np
import pytest
import xarray as xr
import zarr

import demo
import gefs
from firn_cli import DONE, Running, firn
from observation import NEW, OLD, update_under_observation
from stores import history, opened, repository

ALL_JOBS = 2 * demo.JOBS_PER_FORECAST


@pytest.fixture(scope="module")
def made(demo_made):
    return demo_made


@pytest.fixture(scope="module")
def before(earlier_bucket, tmp_path_factory):
    store = tmp_path_factory.mktemp("before") / "before" / "store.icechunk"
    firn(*demo.backfill_arguments(store, earlier_bucket, demo.FIRST_END))
    return store


@pytest.mark.demo
def test_the_demo_is_the_same_in_both_formats(made, demo_made_as_zarr):
    assert made["store"].endswith("/archive/firn-demo/v0.1.0.icechunk")
    assert demo_made_as_zarr["store"].endswith("/archive/firn-demo/v0.1.0.zarr")
    xr.testing.assert_identical(opened(made["store"]).load(), opened(demo_made_as_zarr["store"]).load())
    assert made["update"]["seen"] == demo_made_as_zarr["update"]["seen"]
    with open(made["map"], "rb") as ours, open(demo_made_as_zarr["map"], "rb") as theirs:
        assert ours.read() == theirs.read()


@pytest.mark.demo
def test_each_publication_is_one_snapshot_of_main(made):
    commits = history(made["store"])
    assert [commit.message for commit in commits] == [
        "firn-demo: init_time up to 2026-01-01T06:00:00Z",
        "firn-demo: init_time up to 2026-01-01T00:00:00Z",
        "Repository initialized",
    ]
    for commit, step in zip(commits, ("update", "backfill")):
        assert commit.metadata == {"firn_job": made[step]["job"], "firn_run": made[step]["run"]}
        assert commit.id == made[step]["stores"][0]["version"]
    assert repository(made["store"]).list_branches() == {"main"}


@pytest.mark.demo
def test_what_an_update_replaced_is_still_in_the_snapshot_before(made):
    commits = history(made["store"])
    session = repository(made["store"]).readonly_session(snapshot_id=commits[1].id)
    first = xr.open_zarr(session.store, consolidated=False, decode_timedelta=True)
    assert first.sizes["init_time"] == 1 and opened(made["store"]).sizes["init_time"] == 2
    assert first.ingested_forecast_length.values[0] == np.timedelta64(33, "h")


@pytest.mark.demo
def test_the_reference_splits_manifests_of_these_repositories(made):
    splitting = repository(made["store"]).config.manifest.splitting
    rule = icechunk.ManifestSplittingConfig.from_dict(
        {icechunk.ManifestSplitCondition.AnyArray(): {icechunk.ManifestSplitDimCondition.Axis(0): 256}}
    )
    assert splitting == rule


@pytest.mark.demo
def test_zarr_ls_lists_what_main_holds(made, demo_made_as_zarr):
    ours, theirs = (firn("zarr", "ls", report["store"], "--json").report for report in (made, demo_made_as_zarr))
    assert ours == theirs


def test_an_archive_of_real_files_is_the_same_in_both_formats(gefs_samples, gefs_store, tmp_path):
    store = tmp_path / "store.icechunk"
    gefs.backfill(store, gefs_samples)
    assert gefs.update(store, gefs_samples).report["status"] == "published"
    xr.testing.assert_identical(opened(store).load(), opened(gefs_store).load())
    assert len(history(store)) == 3


@pytest.mark.demo
@pytest.mark.parametrize("formats", [("icechunk", "zarr"), ("zarr", "icechunk")])
def test_a_replica_in_the_other_format_holds_the_same(demo_bucket, demo_made, tmp_path, formats):
    primary, replica = (tmp_path / f"{role}.{name}" for role, name in zip(("primary", "replica"), formats))
    for arguments in (
        demo.backfill_arguments(primary, demo_bucket, demo.FIRST_END, "--store", replica),
        demo.update_arguments(primary, demo_bucket, demo.SECOND_END, "--store", replica),
    ):
        assert [store["role"] for store in firn(*arguments).report["stores"]] == ["primary", "replica-0"]
    wanted = opened(demo_made["store"]).load()
    xr.testing.assert_identical(opened(primary).load(), wanted)
    xr.testing.assert_identical(opened(replica).load(), wanted)


@pytest.mark.demo
def test_readers_of_main_see_the_old_or_the_new_archive_and_never_a_mixture(before, demo_bucket, judge, tmp_path):
    store = demo.copy_of_published(before, tmp_path / "copy")
    reader = update_under_observation(store, demo_bucket, judge, stops=range(1, ALL_JOBS))
    assert reader.failures == []
    every_shard = len(demo.VARIABLES) * len(demo.shard_blocks())
    seen = [(look.extent, look.shards, look.wrong) for look in reader.observations]
    old, new = (1, {OLD: every_shard}, ()), (2, {NEW: every_shard}, ())
    looks_at_old = seen.count(old)
    assert seen == [old] * looks_at_old + [new] * (len(seen) - looks_at_old)
    assert looks_at_old >= ALL_JOBS and seen[-1] == new


@pytest.mark.demo
def test_a_commit_of_others_meanwhile_is_kept_below_that_of_the_update(before, demo_bucket, tmp_path):
    store = demo.copy_of_published(before, tmp_path / "copy")
    update = demo.update_arguments(store, demo_bucket, demo.SECOND_END, *demo.ONE_AT_A_TIME)
    with Running(*update) as running:
        assert running.wait_until(lambda: demo.results(store))
        with running.paused():
            session = repository(store).writable_session("main")
            zarr.open_group(session.store).attrs["note"] = "ours"
            theirs = session.commit("a note")
        ended = running.end()
    assert ended.code == DONE and ended.report["status"] == "published", str(ended)
    assert history(store)[1].id == theirs
    assert opened(store).attrs["note"] == "ours" and opened(store).sizes["init_time"] == 2
    assert repository(store).list_branches() == {"main"}


@pytest.mark.demo
def test_the_reference_goes_on_from_what_firn_wrote_and_firn_from_that(before, demo_bucket, demo_made, tmp_path):
    store = demo.copy_of_published(before, tmp_path / "copy")
    session = repository(store).writable_session("main")
    zarr.open_group(session.store)["temperature_2m"].attrs["note"] = "ours"
    theirs = session.commit("a note")
    firn(*demo.update_arguments(store, demo_bucket, demo.SECOND_END))
    assert [commit.id for commit in history(store)][1] == theirs
    xr.testing.assert_identical(opened(store).load(), opened(demo_made["store"]).load())
