"""Firn and the reference implementation of Icechunk read each other's repositories.

Needs the compiled tests of module io (mvn -pl io process-test-classes) and, for the sample
repositories, the environment variable FIRN_SAMPLES.
"""

import datetime
import shutil
import time

import icechunk
import pytest
import zarr

import icechunk_model as model
from icechunk_actors import Driver, Firn, Reference, assert_read_the_same, interop


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


def test_snapshots_are_found_by_time(written, icechunk_driver):
    firn, reference = Firn.open(icechunk_driver, written), Reference.open(written)
    step = datetime.timedelta(microseconds=1)
    times = [info.written_at for info in reference.repo.ancestry(branch="main")]
    assert len(times) == 4

    for at in [at + shift for at in times for shift in (-step, 0 * step, step)]:
        if at < times[-1]:
            with pytest.raises(RuntimeError, match="has no snapshot as old as"):
                firn.as_of("main", at)
        else:
            assert firn.as_of("main", at) == reference.as_of("main", at)


def configuration(bucket, prefix):
    """A configuration by which chunks may be below a prefix of a bucket."""
    store = icechunk.s3_store(
        region="us-east-1", endpoint_url=bucket.server.endpoint, allow_http=True, s3_compatible=True, force_path_style=True)
    config = icechunk.RepositoryConfig.default()
    config.manifest = icechunk.ManifestConfig(
        virtual_chunk_location_compression=icechunk.ManifestVirtualChunkLocationCompressionConfig(min_num_chunks=3))
    config.set_virtual_chunk_container(icechunk.VirtualChunkContainer(prefix, store))
    return config


def test_virtual_chunks_on_s3_are_read_unless_their_object_was_replaced(s3_bucket):
    files, prefix = s3_bucket.server.filesystem(), f"{s3_bucket.url}/outside/"
    files.pipe_file(f"{prefix}x y.bin", bytes(range(30)))
    info = files.info(f"{prefix}x y.bin")
    checksums = [None, info["ETag"], info["ETag"].strip('"'), info["LastModified"].astimezone(datetime.timezone.utc)]
    credentials = {prefix: icechunk.s3_credentials(access_key_id="test", secret_access_key="test")}
    storage = s3_bucket.icechunk("repository")
    Reference.create(storage, configuration(s3_bucket, prefix), credentials)
    with Driver(s3_bucket.server.environment) as driver:
        url = f"{s3_bucket.url}/repository"
        actors = [Firn.open(driver, url, [prefix]), Reference.open(storage, credentials)]
        first = actors[0].begin("main")
        first.set("array/zarr.json", model.document((2, 4)))
        first.commit("array")
        for row, actor in enumerate(actors):
            session = actor.begin("main")
            for column, checksum in enumerate(checksums):
                session.set_virtual("/array", [row, column], f"{prefix}x%20y.bin", column, 3, checksum)
            session.commit(actor.name)
        keys = [(f"array/c/{row}/{column}", column) for row in range(2) for column in range(4)]
        for actor in actors:
            session = actor.begin("main")
            assert [session.get(key) for key, _ in keys] == [bytes(range(at, at + 3)) for _, at in keys]
        assert actors[0].dump() == actors[1].dump()
        for actor in (Firn.open(driver, url), Reference.open(storage)):
            with pytest.raises((RuntimeError, icechunk.IcechunkError), match="authori[sz]e"):
                actor.begin("main").get("array/c/0/0")

        time.sleep(1.1)  # times have no fractions
        files.pipe_file(f"{prefix}x y.bin", bytes(range(100, 130)))

        for actor in actors:
            session = actor.begin("main")
            for key, column in keys:
                if column == 0:
                    assert session.get(key) == bytes([100, 101, 102])
                else:
                    with pytest.raises((RuntimeError, icechunk.IcechunkError), match="expected|has changed"):
                        session.get(key)


def test_samples_are_read_as_the_reference_reads_them(samples, icechunk_driver, tmp_path):
    directory = samples / "icechunk"
    repositories = {path.parent for path in directory.rglob("repo") if path.is_file()}
    repositories |= {path.parents[2] for path in directory.rglob("refs/branch.main/ref.json")}
    assert len(repositories) >= 9

    for repository in sorted(repositories):
        copy = tmp_path / repository.name
        shutil.copytree(repository, copy)
        assert_read_the_same(copy, icechunk_driver)
