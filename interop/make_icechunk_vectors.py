"""Makes io/src/test/resources/dev/firn/io/icechunk with the reference implementation.

    pip install icechunk==2.3.0 zarr==3.4.2
    python interop/make_icechunk_vectors.py

Ids and times are new in each run; expected.json says what the files hold, as the reference
implementation tells it.
"""

import json
import pathlib
import shutil
import tempfile
from datetime import UTC, datetime

import icechunk
import numpy as np
import zarr

OUT = (
    pathlib.Path(__file__).resolve().parent.parent
    / "io/src/test/resources/dev/firn/io/icechunk/reference"
)
LOCATION = "s3://somewhere/archive/model/2026/{:02}/file-{:04}.nc"


def configuration():
    """A configuration with text, integers, lists, unions and nothing at all."""
    config = icechunk.RepositoryConfig(inline_chunk_threshold_bytes=12)
    split = {
        icechunk.ManifestSplitCondition.name_matches("split.*"): {
            icechunk.ManifestSplitDimCondition.Axis(0): 2,
            icechunk.ManifestSplitDimCondition.DimensionName("x"): 3,
        }
    }
    config.manifest = icechunk.ManifestConfig(
        splitting=icechunk.ManifestSplittingConfig.from_dict(split),
        virtual_chunk_location_compression=icechunk.ManifestVirtualChunkLocationCompressionConfig(
            min_num_chunks=20
        ),
    )
    config.set_virtual_chunk_container(
        icechunk.VirtualChunkContainer("s3://somewhere/", icechunk.s3_store(region="us-east-1"))
    )
    return config


def first_commit(repo):
    """A group, inline and native chunks, a scalar, an array split over manifests."""
    session = repo.writable_session("main")
    root = zarr.group(session.store, attributes={"title": "Fläche \N{SNOWFLAKE}"})
    root.create_group("a-b")
    root.create_group("a/b/c")
    small = root.create_array("a/small", shape=(5,), chunks=(2,), dtype="i2", compressors=None)
    small[:] = np.arange(5)
    scalar = root.create_array("scalar", shape=(), dtype="f8", compressors=None)
    scalar[...] = 3.5
    split = root.create_array(
        "split", shape=(5, 8), chunks=(1, 2), dtype="f8", dimension_names=("y", "x"), compressors=None
    )
    split[:] = np.arange(40.0).reshape(5, 8)
    metadata = {
        "n": 3,
        "negative": -70000,
        "big": 2**63 + 5,
        "real": 0.25,
        "none": None,
        "yes": True,
        "list": [1, 2, 3],
        "mixed": [1, "two", [], {}],
        "nested": {"b": 1, "a": {"text": "ä"}},
    }
    return session.commit("values", metadata=metadata)


def virtual_commit(repo, name, count, checksums):
    session = repo.writable_session("main")
    zarr.open_group(session.store).create_array(name, shape=(count, 2), chunks=(1, 2), dtype="f4")
    chunks = [
        icechunk.VirtualChunkSpec(
            index=[i, 0],
            location=LOCATION.format(i % 12, i),
            offset=100 * i,
            length=8,
            etag_checksum="tag" if checksums and i % 3 == 0 else None,
            last_updated_at_checksum=datetime(2026, 1, 1, tzinfo=UTC) if checksums and i % 3 == 1 else None,
        )
        for i in range(count)
    ]
    session.store.set_virtual_refs(f"/{name}", chunks, validate_containers=False)
    return session.commit(f"virtual {name}")


def all_updates(repo):
    """One of every kind of update that the library makes."""
    first = first_commit(repo)
    virtual_commit(repo, "plain", 6, True)
    virtual_commit(repo, "compressed", 40, False)
    session = repo.rearrange_session("main")
    session.move("/a", "/moved")
    session.commit("moved")
    session = repo.writable_session("main")
    zarr.open_array(session.store, path="split", mode="r+")[0, 0] = -1
    zarr.open_group(session.store, path="a-b", mode="r+").attrs["k"] = 1
    del zarr.open_group(session.store, mode="r+")["plain"]
    session.commit("changed")
    session = repo.writable_session("main")
    zarr.open_array(session.store, path="split", mode="r+")[1, 0] = -2
    session.amend("changed again")
    repo.create_branch("side", first)
    repo.create_branch("gone", first)
    repo.reset_branch("side", repo.lookup_branch("main"))
    repo.delete_branch("gone")
    repo.create_tag("v1", first)
    repo.create_tag("v0", first)
    repo.delete_tag("v0")
    repo.set_metadata({"owner": "firn", "levels": [1, 2.5]})
    repo.save_config()
    for flag in repo.feature_flags():
        repo.set_feature_flag(flag.name, False)
        break
    repo.set_status(icechunk.RepoStatus(icechunk.RepoAvailability.read_only, None, "moving"))
    repo.set_status(icechunk.RepoStatus(icechunk.RepoAvailability.online))
    repo.garbage_collect(datetime(2020, 1, 1, tzinfo=UTC))
    repo.expire_snapshots(datetime(2020, 1, 1, tzinfo=UTC))


def expected(repo):
    info = repo.inspect_repo_info()
    ids = [snapshot.id for snapshot in repo.ancestry(branch="main")]
    manifests = {m.id for i in ids for m in repo.list_manifest_files(i)}
    return {
        "repo": info,
        "snapshots": {i: repo.inspect_snapshot(i) for i in ids},
        "manifests": {i: repo.inspect_manifest(i) for i in sorted(manifests)},
        "transactions": {i: repo.inspect_transaction_log(i) for i in ids},
    }


def main():
    with tempfile.TemporaryDirectory() as folder:
        storage = icechunk.local_filesystem_storage(folder)
        repo = icechunk.Repository.create(storage, configuration(), spec_version=2)
        all_updates(repo)
        shutil.rmtree(OUT, ignore_errors=True)
        ignored = shutil.ignore_patterns("chunks", "overwritten")
        shutil.copytree(folder, OUT, ignore=ignored)
        text = json.dumps(expected(icechunk.Repository.open(storage)), indent=1, sort_keys=True)
        (OUT / "expected.json").write_text(text + "\n")


if __name__ == "__main__":
    main()
