"""Times Firn and the reference implementation of Icechunk at the same work, and prints a Markdown table.

`./bench icechunk` runs it. It starts a process for each of the two and each case, in turn: Firn's is the class
IcechunkBenchmark of module io, the reference's is this file with arguments CASE REFS DIRECTORY RUNS.
Both print the seconds of each run and the process's peak of memory. "first" is the median of the processes' first
runs, "warm" that of the later half of their runs; what comes before the first, the start of the JVM or Python's
imports, is below the table. The repositories are in memory, in /dev/shm: Firn forces what it writes to the device,
the reference does not.
"""

import argparse
import asyncio
import json
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

os.environ.setdefault("ICECHUNK_LOG", "error")

import icechunk
import numpy
import zarr
from zarr.core.buffer import default_buffer_prototype

SMALL = "-Xmx24m -XX:TieredStopAtLevel=1"
SPLIT_ROWS = 100
# What it is called, the case, references, whether manifests are split, runs of a process, options of the JVM.
CASES = [
    ("commit of 10,000 new refs", "commit", 10_000, False, 60, SMALL),
    ("commit of 100,000 new refs", "commit", 100_000, False, 15, "-Xmx64m"),
    ("commit of 1,000,000 new refs", "commit", 1_000_000, False, 4, "-Xmx160m"),
    ("commit of 10,000 new chunks of 1 KiB", "chunks", 10_000, False, 4, SMALL),
    ("append of 1,000 refs to 1,000,000", "append", 1_000_000, False, 6, "-Xmx160m"),
    ("the same, 10,000 refs a manifest", "append", 1_000_000, True, 40, SMALL),
    ("open and list 1,000,000 refs", "list", 1_000_000, False, 6, "-Xmx160m"),
    ("the same, 10,000 refs a manifest", "list", 1_000_000, True, 6, "-Xmx160m"),
]

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
    assert case == "list"
    return lambda: list_chunks(directory, refs_count)


def peak_mebibytes():
    status = pathlib.Path("/proc/self/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")) / 1024


def reference(case, refs_count, directory, runs):
    """The reference's part."""
    seconds = []
    for run in range(runs):
        work = step(case, refs_count, directory, run)
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    print(json.dumps({"seconds": seconds, "peak_mebibytes": peak_mebibytes()}), flush=True)
    os._exit(0)  # an iterator of chunks that is ended together with the interpreter may crash


def measured(command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def commands_of_both(options):
    from icechunk_actors import java

    return {"firn": java("IcechunkBenchmark", "-XX:+UseSerialGC", *options.split()), "reference": [sys.executable, __file__]}


def compare(rounds, case, refs_count, bases, split, runs, options):
    """Runs of both, in turn."""
    commands = commands_of_both(options)
    found = {name: [] for name in commands}
    for _ in range(rounds):
        for name, command in commands.items():
            with tempfile.TemporaryDirectory(dir=bases) as parent:
                directory = pathlib.Path(parent) / "repository"
                if case in ("append", "list"):
                    shutil.copytree(bases / ("split" if split else "plain"), directory)
                found[name].append(measured([*command, case, refs_count, directory, runs]))
    return found


def row(label, found):
    cells = [label]
    for of in ("firn", "reference"):
        runs = [process["seconds"] for process in found[of]]
        warm = statistics.median(second for seconds in runs for second in seconds[len(seconds) // 2 :])
        first = statistics.median(seconds[0] for seconds in runs)
        peak = max(process["peak_mebibytes"] for process in found[of])
        cells += [f"{1000 * warm:,.0f}", f"{1000 * first:,.0f}", f"{peak:,.0f}"]
    print("| " + " | ".join(cells) + " |", flush=True)


def start_milliseconds(rounds):
    """Of processes that do nothing, from their start to their end."""
    seconds = {"firn": [], "reference": []}
    for _ in range(2 * rounds + 1):
        for name, command in commands_of_both(SMALL).items():
            start = time.perf_counter()
            measured([*command, "list", 0, "/none", 0])
            seconds[name].append(time.perf_counter() - start)
    return {name: 1000 * statistics.median(of) for name, of in seconds.items()}


def compare_all(rounds, only):
    print("| | Firn: warm ms | first ms | peak MiB | reference: warm ms | first ms | peak MiB |")
    print("|---|---:|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory(dir="/dev/shm") as directory:
        bases = pathlib.Path(directory)
        for base, split in (("plain", None), ("split", SPLIT_ROWS)):
            create(bases / base, 1_000_000 // COLUMNS, split)
            set_rows(bases / base, 0, 1_000_000 // COLUMNS, refs(0, 1_000_000 // COLUMNS))
        for label, case, refs_count, split, runs, options in CASES:
            if only in case:
                row(label, compare(rounds, case, refs_count, bases, split, runs, options))
    start = start_milliseconds(rounds)
    print(f"\nStart and end of a process: Firn {start['firn']:,.0f} ms, reference {start['reference']:,.0f} ms.")


def main():
    if len(sys.argv) == 5 and not sys.argv[1].startswith("-"):
        case, refs_count, directory, runs = sys.argv[1:]
        reference(case, int(refs_count), pathlib.Path(directory), int(runs))
    flags = argparse.ArgumentParser(description="Times Firn beside the reference implementation of Icechunk.")
    flags.add_argument("--rounds", type=int, default=3)
    flags.add_argument("--only", default="")
    compare_all(**vars(flags.parse_args()))


if __name__ == "__main__":
    main()
