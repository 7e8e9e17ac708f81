"""Whole stores, as readers open them and as files."""

import asyncio
import json

import icechunk
import xarray as xr
import zarr

import icechunk_actors

UNFINISHED_PUT = ".firn-put-"
ROOT, LEDGER = "zarr.json", "firn_ledger"


def repository(store):
    """An Icechunk repository on the local file system, by the reference implementation."""
    return icechunk.Repository.open(icechunk.local_filesystem_storage(str(store)))


def history(store):
    """The commits of main, the newest first."""
    return list(repository(store).ancestry(branch="main"))


def opened(store):
    """What readers of a store see: of an Icechunk repository what is in main now."""
    if str(store).endswith(".icechunk"):
        main = repository(store).readonly_session("main").store
        return of_any_run(xr.open_zarr(main, consolidated=False, decode_timedelta=True))
    return of_any_run(xr.open_zarr(store, consolidated=True, decode_timedelta=True))


def of_any_run(archive):
    """An archive without the name of its ledger, which tells when files were read."""
    archive.attrs.pop(LEDGER, None)
    return archive


def history(store):
    """The snapshots of an Icechunk repository's main, the newest first."""
    return list(repository(store).ancestry(branch="main"))


def contents(store):
    """What the store shows, by key: of an Icechunk repository hashes of what there is in main."""
    if str(store).endswith(".icechunk"):
        main = repository(store).readonly_session("main").store
        shown = asyncio.run(icechunk_actors.contents(main))
        root = zarr.open_group(main, mode="r", use_consolidated=False)
        return shown | {ROOT: {name: value for name, value in root.attrs.items() if name != LEDGER}}
    return objects(store)


def comparable(name, document):
    """An object, if it is the root of a store without the name of its ledger: that tells when files were read."""
    if name != ROOT and not name.endswith(f".zarr/{ROOT}"):
        return document
    try:
        root = json.loads(document)
    except json.JSONDecodeError:  # a damaged one
        return document
    root["attributes"].pop(LEDGER, None)
    return json.dumps(root).encode()


def objects(directory):
    """The bytes of every object below a directory by relative path: what readers can see, whatever its ledger.

    A put that was killed leaves a file of its own behind, which is no object.
    """
    return {
        (name := str(path.relative_to(directory))): comparable(name, path.read_bytes())
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.name.startswith(UNFINISHED_PUT)
    }


def assert_identical(first, second):
    """The same files with the same bytes."""
    assert first and set(first) ^ set(second) == set()
    differing = [path for path in first if first[path] != second[path]]
    assert differing == []
