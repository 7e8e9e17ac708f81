"""Whole stores, as readers open them and as files."""

import asyncio

import icechunk
import xarray as xr

import icechunk_actors

UNFINISHED_PUT = ".firn-put-"


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
        return xr.open_zarr(main, consolidated=False, decode_timedelta=True)
    return xr.open_zarr(store, consolidated=True, decode_timedelta=True)


def history(store):
    """The snapshots of an Icechunk repository's main, the newest first."""
    return list(repository(store).ancestry(branch="main"))


def contents(store):
    """What the store shows, by key: of an Icechunk repository hashes of what there is in main."""
    if str(store).endswith(".icechunk"):
        return asyncio.run(icechunk_actors.contents(repository(store).readonly_session("main").store))
    return objects(store)


def objects(directory):
    """The bytes of every object below a directory by relative path: what readers can see.

    A put that was killed leaves a file of its own behind, which is no object.
    """
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.name.startswith(UNFINISHED_PUT)
    }


def assert_identical(first, second):
    """The same files with the same bytes."""
    assert first and set(first) ^ set(second) == set()
    differing = [path for path in first if first[path] != second[path]]
    assert differing == []
