"""The reference implementation reads repositories whose metadata files Firn wrote."""

import os
import pathlib
import shutil
import subprocess

import icechunk
import numpy as np
import pytest
import zarr

import make_icechunk_vectors

IO = pathlib.Path(__file__).resolve().parent.parent / "io"


def rewrite(repository):
    """Has Firn read and write again all metadata files."""
    classpath = IO / "target" / "test-classpath.txt"
    if not classpath.exists():
        pytest.fail(f"{classpath} is missing: run mvn -pl io process-test-classes first")
    jars = [str(IO / "target" / "classes"), str(IO / "target" / "test-classes"), classpath.read_text().strip()]
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    main = "dev.firn.io.icechunk.format.RepositoryRewriter"
    subprocess.run([str(java), "-cp", os.pathsep.join(jars), main, str(repository)], check=True)


def without_headers(value):
    """What was inspected, but for who wrote it and how long its files are."""
    if isinstance(value, dict):
        left_out = {"header", "size_bytes", "dictionary_size_bytes"}
        return {key: without_headers(each) for key, each in value.items() if key not in left_out}
    return [without_headers(each) for each in value] if isinstance(value, list) else value


@pytest.fixture(scope="module")
def repositories(tmp_path_factory):
    """A repository, and a copy whose files Firn wrote."""
    theirs = tmp_path_factory.mktemp("icechunk") / "theirs"
    repo = icechunk.Repository.create(
        icechunk.local_filesystem_storage(str(theirs)), make_icechunk_vectors.configuration(), spec_version=2
    )
    make_icechunk_vectors.all_updates(repo)
    ours = theirs.with_name("ours")
    shutil.copytree(theirs, ours)
    rewrite(ours)
    return [icechunk.Repository.open(icechunk.local_filesystem_storage(str(each))) for each in (theirs, ours)]


def test_everything_is_inspected_as_before(repositories):
    theirs, ours = (without_headers(make_icechunk_vectors.expected(repo)) for repo in repositories)

    assert ours == theirs


def test_configuration_and_operations_are_as_before(repositories):
    theirs, ours = repositories

    assert repr(ours.config) == repr(theirs.config)
    assert ours.metadata == theirs.metadata
    assert [repr(u) for u in ours.ops_log()] == [repr(u) for u in theirs.ops_log()]
    assert str(ours.status) == str(theirs.status)
    assert [repr(f) for f in ours.feature_flags()] == [repr(f) for f in theirs.feature_flags()]


def test_chunks_and_their_locations_are_as_before(repositories):
    stores = [repo.readonly_session("main") for repo in repositories]

    theirs, ours = (session.all_virtual_chunk_locations() for session in stores)
    assert sorted(ours) == sorted(theirs)
    assert len(ours) == 40
    for name in ("moved/small", "scalar", "split"):
        theirs, ours = (np.asarray(zarr.open_array(session.store, path=name, mode="r")) for session in stores)
        np.testing.assert_array_equal(ours, theirs)


def test_work_goes_on(repositories):
    ours = repositories[1]
    session = ours.writable_session("main")
    zarr.open_array(session.store, path="split", mode="r+")[4, 4] = 99

    session.commit("after Firn")

    assert zarr.open_array(ours.readonly_session("main").store, path="split", mode="r")[4, 4] == 99
