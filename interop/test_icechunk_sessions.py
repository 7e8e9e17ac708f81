"""Firn and the reference implementation of Icechunk read each other's repositories.

Needs the compiled tests of module io (mvn -pl io process-test-classes) and, for the sample
repositories, the environment variable FIRN_SAMPLES.
"""

import asyncio
import datetime
import hashlib
import json
import os
import pathlib
import shutil
import subprocess

import icechunk
import pytest
import zarr
from zarr.core.buffer import default_buffer_prototype

IO = pathlib.Path(__file__).resolve().parents[1] / "io"


def firn(*arguments):
    """Runs the interoperability class of module io."""
    classpath = IO / "target" / "test-classpath.txt"
    if not classpath.exists():
        pytest.fail(f"{classpath} is missing: run mvn -pl io process-test-classes first")
    jars = [str(IO / "target" / "classes"), str(IO / "target" / "test-classes"), classpath.read_text().strip()]
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    command = [str(java), "-cp", os.pathsep.join(jars), "dev.firn.io.icechunk.IcechunkInterop", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def dumped(repository, directory):
    out = directory / "dump.json"
    firn("dump", repository, out)
    return json.loads(out.read_text())


def reference(directory):
    """What the reference implementation reads, in the form of Firn's dump."""
    repo = icechunk.Repository.open(icechunk.local_filesystem_storage(str(directory)))
    dump = {"spec_version": int(repo.spec_version), "snapshots": {}, "branches": {}, "tags": {}}
    refs = [("branches", name, {"branch": name}) for name in repo.list_branches()]
    refs += [("tags", name, {"tag": name}) for name in repo.list_tags()]
    for kind, name, version in refs:
        ancestry = list(repo.ancestry(**version))
        dump[kind][name] = [info.id for info in ancestry]
        for info in ancestry:
            if info.id not in dump["snapshots"]:
                dump["snapshots"][info.id] = snapshot(repo, info)
    return dump


def snapshot(repo, info):
    store = repo.readonly_session(snapshot_id=info.id).store
    at = info.written_at.astimezone(datetime.timezone.utc)
    return {
        "message": info.message,
        "written_at": at.isoformat(),
        "metadata": info.metadata,
        "keys": asyncio.run(contents(store)),
    }


async def contents(store):
    keys = {}
    async for key in store.list():
        try:
            value = await store.get(key, default_buffer_prototype())
            keys[key] = hashlib.sha256(value.to_bytes()).hexdigest()
        except icechunk.IcechunkError as refused:
            assert "authorize" in str(refused)
            keys[key] = "not authorised"
    return keys


def assert_same(ours, theirs):
    for info in ours["snapshots"].values():
        info["written_at"] = datetime.datetime.fromisoformat(info["written_at"]).isoformat()
    assert ours == theirs


@pytest.fixture
def written(tmp_path):
    repository = tmp_path / "repository"
    firn("write", repository)
    return repository


def test_reference_reads_what_firn_wrote(written, tmp_path):
    theirs = reference(written)

    assert [theirs["snapshots"][i]["message"] for i in theirs["branches"]["main"]] == [
        "amended", "second", "first", "Repository initialized"]
    assert list(theirs["tags"]) == ["v1"]
    assert_same(dumped(written, tmp_path), theirs)


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


def test_both_commit_in_turn(written, tmp_path):
    storage = icechunk.local_filesystem_storage(str(written))
    repo = icechunk.Repository.open(storage)
    session = repo.writable_session("main")
    group = zarr.open_group(session.store)
    group["group/split"][2, 2] = 7
    group.create_array("new", shape=(5000,), chunks=(5000,), dtype="f4")[:] = 1.5
    session.commit("reference", metadata={"by": "reference", "numbers": [1, 2, 3]})
    repo.create_branch("feature", repo.lookup_branch("main"))

    firn("append", written)

    repo = icechunk.Repository.open(storage)
    group = zarr.open_group(repo.readonly_session(branch="main").store, mode="r")
    assert group["group/split"][8, 2] == ord("!") and group["group/split"][2, 2] == 7
    assert (group["new"][:] == 1.5).all()
    assert repo.lookup_branch("dev") == repo.lookup_branch("main")
    assert_same(dumped(written, tmp_path), reference(written))
    assert len(list(repo.ops_log())) == 14
    tip = next(iter(repo.ancestry(branch="main")))
    diff = repo.diff(from_snapshot_id=tip.parent_id, to_snapshot_id=tip.id)
    assert diff.updated_chunks == {"/group/split": [[8, 2]]}
    session = repo.writable_session("main")
    zarr.open_group(session.store)["group/split"][0, 0] = 9
    session.amend("amended")
    assert_same(dumped(written, tmp_path), reference(written))


def test_samples_are_read_as_the_reference_reads_them(samples, tmp_path):
    directory = samples / "icechunk"
    repositories = {path.parent for path in directory.rglob("repo") if path.is_file()}
    repositories |= {path.parents[2] for path in directory.rglob("refs/branch.main/ref.json")}
    assert len(repositories) >= 9

    for repository in sorted(repositories):
        copy = tmp_path / repository.name
        shutil.copytree(repository, copy)
        assert_same(dumped(copy, tmp_path), reference(copy))
