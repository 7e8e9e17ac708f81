"""What `./bench icechunk` times of the reference implementation: CASE REFS DIRECTORY RUNS [SPLIT].

The same work as IcechunkBenchmark of module io, and the same output.
"""

import asyncio
import json
import pathlib
import sys
import time

import icechunk
import numpy
import zarr
from zarr.core.buffer import default_buffer_prototype

COLUMNS = 100
APPENDED_ROWS = 10


def config(split=None):
    config = icechunk.RepositoryConfig.default()
    config.set_virtual_chunk_container(icechunk.VirtualChunkContainer("s3://bucket/", icechunk.s3_store(region="us-east-1")))
    if split:
        rows = icechunk.ManifestSplitDimCondition.Axis(0)
        splitting = icechunk.ManifestSplittingConfig.from_dict(
            {icechunk.ManifestSplitCondition.AnyArray(): {rows: split}})
        config.manifest = icechunk.ManifestConfig(splitting=splitting)
    return config


def create(directory, rows, split=None):
    storage = icechunk.local_filesystem_storage(str(directory))
    repo = icechunk.Repository.create(storage, config(split))
    repo.save_config()
    session = repo.writable_session("main")
    group = zarr.open_group(session.store)
    group.create_array("array", shape=(rows, COLUMNS), chunks=(1, 1), dtype="u1", compressors=None)
    session.commit("array")


def opened(directory):
    return icechunk.Repository.open(icechunk.local_filesystem_storage(str(directory)))


def refs(start, end):
    """Arguments of set_virtual_refs_arr, which is the fastest way in."""
    numbers = range(start * COLUMNS, end * COLUMNS)
    rows = [n // COLUMNS for n in numbers]
    locations = [f"s3://bucket/model/{20_000_000 + row // 24}/t{row % 24}z.pgrb2.f{row}" for row in rows]
    offsets = numpy.array([n % COLUMNS * 1_000_000 for n in numbers], "u8")
    lengths = numpy.array([900_000 + n for n in numbers], "u8")
    return locations, offsets, lengths


def set_rows(directory, start, end, arguments):
    session = opened(directory).writable_session("main")
    zarr.open_group(session.store)["array"].resize((end, COLUMNS))
    session.store.set_virtual_refs_arr(
        "/array", (end - start, COLUMNS), *arguments, arr_offset=(start, 0))
    session.commit("refs")


def put_chunks(directory, count):
    session = opened(directory).writable_session("main")
    buffer = default_buffer_prototype().buffer

    async def put():
        limit = asyncio.Semaphore(64)

        async def one(n):
            async with limit:
                data = n.to_bytes(4, "big") + bytes(1020)
                await session.store.set(f"array/c/{n // COLUMNS}/{n % COLUMNS}", buffer.from_bytes(data))

        await asyncio.gather(*[one(n) for n in range(count)])

    asyncio.run(put())
    session.commit("chunks")


def list_chunks(directory, count):
    store = opened(directory).readonly_session("main").store

    async def total():
        found = 0
        async for batch in store.array_chunk_iterator("/array"):
            found += len(batch[0])
        return found

    assert asyncio.run(total()) == count


def list_keys(directory, count):
    store = opened(directory).readonly_session("main").store

    async def keys():
        return [key async for key in store.list()]

    assert len(asyncio.run(keys())) - 2 == count


def step(case, refs_count, directory, run):
    rows = refs_count // COLUMNS
    if case == "commit":
        create(directory / f"run-{run}", rows)
        arguments = refs(0, rows)
        return lambda: set_rows(directory / f"run-{run}", 0, rows, arguments)
    if case == "chunks":
        create(directory / f"run-{run}", rows)
        return lambda: put_chunks(directory / f"run-{run}", refs_count)
    if case == "append":
        start = rows + run * APPENDED_ROWS
        arguments = refs(start, start + APPENDED_ROWS)
        return lambda: set_rows(directory, start, start + APPENDED_ROWS, arguments)
    return {"list": lambda: list_chunks(directory, refs_count), "keys": lambda: list_keys(directory, refs_count)}[case]


def peak_mebibytes():
    status = pathlib.Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


def main(case, refs_count, directory, runs, split=None):
    directory, rows = pathlib.Path(directory), int(refs_count) // COLUMNS
    if case == "prepare":
        create(directory, rows, int(split) if split else None)
        set_rows(directory, 0, rows, refs(0, rows))
        return
    seconds = []
    for run in range(int(runs)):
        work = step(case, int(refs_count), directory, run)
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "peak_mebibytes": peak_mebibytes()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
