"""Firn and the reference implementation of Icechunk read each other's repositories.

Needs the compiled tests of module io (mvn -pl io process-test-classes) and, for the sample
repositories, the environment variable FIRN_SAMPLES.
"""

import shutil

import icechunk
import pytest
import zarr

from icechunk_actors import assert_read_the_same, interop


@pytest.fixture
def written(tmp_path):
    repository = tmp_path / "repository"
    interop("write", repository)
    return repository


def test_reference_reads_what_firn_wrote(written, icechunk_driver):
    theirs = assert_read_the_same(written, icechunk_driver)

    assert [theirs["snapshots"][i]["message"] for i in theirs["branches"]["main"]] == [
        "amended", "second", "first", "Repository initialized"]
    assert list(theirs["tags"]) == ["v1"]


def test_reference_reads_what_changed(written):
    repo = icechunk.Repository.open(icechunk.local_filesystem_storage(str(written)))
    amended, second, first, _ = repo.ancestry(branch="main")

    diff = repo.diff(from_snapshot_id=second.id, to_snapshot_id=amended.id)
    assert diff.updated_chunks == {"/group/split": [[5, 1], [7, 0]]} and not diff.new_arrays
    diff = repo.diff(from_snapshot_id=first.id, to_snapshot_id=second.id)
    assert diff.new_arrays == {"/group/scalar"}
    assert diff.updated_chunks == {"/group/scalar": [[]], "/group/split": [[0, 0], [9, 3]]}


def test_values_are_those_that_were_written(written):
    repo = icechunk.Repository.open(icechunk.local_filesystem_storage(str(written)))
    root = zarr.open_group(repo.readonly_session(branch="main").store, mode="r")

    split = root["group/split"][:]
    assert split[1, 0] == ord("b") and split[9, 3] == ord("Z") and split[0, 0] == 0 and split[5, 1] == ord("P")
    assert root["group/scalar"][()] == ord("s")
    moved = zarr.open_group(repo.readonly_session(branch="dev").store, mode="r")
    assert moved["moved/split"][9, 3] == ord("j") and "group" not in moved


def test_both_commit_in_turn(written, icechunk_driver):
    storage = icechunk.local_filesystem_storage(str(written))
    repo = icechunk.Repository.open(storage)
    session = repo.writable_session("main")
    group = zarr.open_group(session.store)
    group["group/split"][2, 2] = 7
    group.create_array("new", shape=(5000,), chunks=(5000,), dtype="f4")[:] = 1.5
    session.commit("reference", metadata={"by": "reference", "numbers": [1, 2, 3]})
    repo.create_branch("feature", repo.lookup_branch("main"))

    interop("append", written)

    repo = icechunk.Repository.open(storage)
    group = zarr.open_group(repo.readonly_session(branch="main").store, mode="r")
    assert group["group/split"][8, 2] == ord("!") and group["group/split"][2, 2] == 7
    assert (group["new"][:] == 1.5).all()
    assert repo.lookup_branch("dev") == repo.lookup_branch("main")
    assert_read_the_same(written, icechunk_driver)
    assert len(list(repo.ops_log())) == 14
    tip = next(iter(repo.ancestry(branch="main")))
    diff = repo.diff(from_snapshot_id=tip.parent_id, to_snapshot_id=tip.id)
    assert diff.updated_chunks == {"/group/split": [[8, 2]]}
    session = repo.writable_session("main")
    zarr.open_group(session.store)["group/split"][0, 0] = 9
    session.amend("amended")
    assert_read_the_same(written, icechunk_driver)


def test_samples_are_read_as_the_reference_reads_them(samples, icechunk_driver, tmp_path):
    directory = samples / "icechunk"
    repositories = {path.parent for path in directory.rglob("repo") if path.is_file()}
    repositories |= {path.parents[2] for path in directory.rglob("refs/branch.main/ref.json")}
    assert len(repositories) >= 9

    for repository in sorted(repositories):
        copy = tmp_path / repository.name
        shutil.copytree(repository, copy)
        assert_read_the_same(copy, icechunk_driver)
