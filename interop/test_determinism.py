"""The same input gives the same bytes, whatever the memory, the number of threads, or the repetition."""

import pytest

import gefs
from stores import assert_identical, objects

ONE_THREAD = ["--", "--targetParallelism=1"]
FOUR_THREADS = ["--", "--targetParallelism=4"]


@pytest.mark.parametrize(
    "options",
    [
        ["--memory", "1m", *ONE_THREAD],  # less than a variable: values are gathered in scratch files
        ["--memory", "1m", *FOUR_THREADS],
        ["--memory", "1g", *FOUR_THREADS],
    ],
    ids=" ".join,
)
def test_memory_and_threads_do_not_change_a_byte(gefs_store, gefs_samples, tmp_path, options):
    store = tmp_path / "store.zarr"
    gefs.backfill(store, gefs_samples, *options)
    assert_identical(objects(store), objects(gefs_store))


def test_an_update_that_finds_the_same_files_again_changes_nothing(gefs_store, gefs_samples, tmp_path):
    store = tmp_path / "store.zarr"
    gefs.backfill(store, gefs_samples)
    for _ in range(2):
        report = gefs.update(store, gefs_samples).report
        assert report["files"] == {"succeeded": 3}
        assert report["shards"] > 0
        assert_identical(objects(store), objects(gefs_store))


def test_overwriting_with_the_same_files_changes_nothing(gefs_store, gefs_samples, tmp_path):
    store = tmp_path / "store.zarr"
    gefs.backfill(store, gefs_samples)
    report = gefs.backfill(store, gefs_samples, "--overwrite-chunks", "--overwrite-metadata").report
    assert report["shards"] > 0
    assert_identical(objects(store), objects(gefs_store))


def test_variables_can_be_added_later(gefs_store, gefs_samples, tmp_path):
    store = tmp_path / "store.zarr"
    names = list(gefs.VARIABLES)
    gefs.backfill(store, gefs_samples, "--variables", ",".join(names[:2]))
    gefs.backfill(store, gefs_samples, "--variables", ",".join(names[2:]), "--overwrite-chunks")
    assert_identical(objects(store), objects(gefs_store))
