"""Times one backfill as a plain loop, on DirectRunner and on a Flink cluster of two slots, and prints a Markdown table.

    update_benchmark.py DIRECTORY FORECASTS ROUNDS

The source is the demo's last forecast on a grid of 0.25 degrees, once for each forecast time, below DIRECTORY; it is
made when it is not there. Rounds go through the three in turn, each into a store of its own; all must be the same.
"""

import contextlib
import dataclasses
import datetime
import hashlib
import os
import pathlib
import shlex
import shutil
import statistics
import subprocess
import sys
import time

import eccodes
import numpy as np
import yaml

import demo
import flink
from firn_cli import FIRN, ROOT

DATASET = "firn-benchmark"
JOBS_AT_ONCE = 1  # of the loop, and so of DirectRunner: a job by itself has a thread for each processor
HEAP = "-Xmx896m"  # what a TaskManager of the local cluster has
TRUTH = datetime.datetime(2026, 1, 1, demo.INIT_HOURS[-1])
ROWS, COLUMNS = 721, 1440


def definition():
    """The demo's dataset on the fine grid, in chunks and shards as archives of such grids have them."""
    fine = {"latitude": {"first": 90.0, "last": -90.0, "count": ROWS},
            "longitude": {"first": -180.0, "last": 179.75, "count": COLUMNS}}
    return demo.DEFINITION | {
        "id": DATASET,
        "dimensions": demo.DEFINITION["dimensions"] | fine,
        "chunks": {"init_time": 1, "lead_time": 7, "latitude": 121, "longitude": 121},
        "shards": {"init_time": 1, "lead_time": 14, "latitude": 726, "longitude": 726},
    }


def init_time(number):
    return datetime.datetime(2026, 1, 1) + number * datetime.timedelta(hours=6)


def file_name(init, lead):
    return f"demo.{init:%Y%m%d}/{init:%H}/atmos/demo.t{init:%H}z.global.1p50.f{lead:03d}"


def on_fine_grid(coarse):
    """Values between those of the coarse grid, and a texture that changes them by some thousandths."""
    rows, columns = coarse.shape
    to_south = np.linspace(0, rows - 1, ROWS)
    to_east = np.arange(COLUMNS) * columns / COLUMNS
    around = np.hstack([coarse, coarse[:, :1]])
    wide = np.stack([np.interp(to_east, range(columns + 1), row) for row in around])
    north = np.minimum(to_south.astype(int), rows - 2)
    share = (to_south - north)[:, None]
    texture = np.random.default_rng(1).normal(1, 0.003, (ROWS, COLUMNS))
    return (wide[north] * (1 - share) + wide[north + 1] * share) * texture


def refine(handle):
    axes = demo.DEFINITION["dimensions"]
    coarse = eccodes.codes_get_values(handle).reshape(axes["latitude"]["count"], axes["longitude"]["count"])
    for key, value in {"Ni": COLUMNS, "Nj": ROWS, "iDirectionIncrementInDegrees": 0.25,
                       "jDirectionIncrementInDegrees": 0.25, "longitudeOfLastGridPointInDegrees": 359.75}.items():
        eccodes.codes_set(handle, key, value)
    eccodes.codes_set_values(handle, on_fine_grid(coarse).ravel())


def set_times(handle, init, lead):
    eccodes.codes_set(handle, "dataDate", int(init.strftime("%Y%m%d")))
    eccodes.codes_set(handle, "dataTime", init.hour * 100)
    if eccodes.codes_is_defined(handle, "yearOfEndOfOverallTimeInterval"):
        end = init + datetime.timedelta(hours=lead)
        for part in ("year", "month", "day", "hour"):
            eccodes.codes_set(handle, f"{part}OfEndOfOverallTimeInterval", getattr(end, part))


def make_file(source, bucket, lead, forecasts):
    """The file of one lead time of all forecasts, each with its inventory."""
    paths = [bucket / file_name(init_time(number), lead) for number in range(forecasts)]
    lines = source.with_name(source.name + ".idx").read_text().splitlines()
    with contextlib.ExitStack() as stack:
        for path in paths:
            path.parent.mkdir(parents=True, exist_ok=True)
        files = [stack.enter_context(open(path, "wb")) for path in paths]
        inventories = [stack.enter_context(open(f"{path}.idx", "w")) for path in paths]
        messages = stack.enter_context(open(source, "rb"))
        for line in lines:
            handle = eccodes.codes_grib_new_from_file(messages)
            refine(handle)
            index, _, _, rest = line.split(":", 3)
            for number in range(forecasts):
                init = init_time(number)
                set_times(handle, init, lead)
                inventories[number].write(f"{index}:{files[number].tell()}:d={init:%Y%m%d%H}:{rest}\n")
                files[number].write(eccodes.codes_get_message(handle))
            eccodes.codes_release(handle)


def prepare(directory, forecasts):
    """The bucket and the catalog, made unless they are there."""
    bucket, catalog = directory / f"bucket-{forecasts}", directory / "catalog"
    catalog.mkdir(parents=True, exist_ok=True)
    (catalog / f"{DATASET}.yaml").write_text(yaml.safe_dump(definition(), sort_keys=False))
    if not bucket.is_dir():
        made = demo.make(directory / "demo")
        source = pathlib.Path(made["map"]).parent / "bucket"
        unfinished = directory / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        for lead in demo.LEAD_HOURS:
            make_file(source / file_name(TRUTH, lead), unfinished, lead, forecasts)
        unfinished.rename(bucket)
    return bucket, catalog


@dataclasses.dataclass(frozen=True)
class Taken:
    """Seconds, CPU seconds and peak memory in MiB of all processes, and the seconds of their start-up before."""

    seconds: float
    cpu: float
    peak: float
    cluster: float = 0
    submission: float = 0


def run(arguments, store):
    """What a process of Firn takes that writes the store."""
    command = [FIRN, "backfill", DATASET, "--store", str(store), *arguments]
    begun = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    errors = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0, f"{shlex.join(command)}\n{errors}"
    return Taken(time.monotonic() - begun, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def of_process(process):
    """The CPU time and peak memory of a process that goes on."""
    with open(f"/proc/{process}/stat") as stat:
        user, system = stat.read().rpartition(")")[2].split()[11:13]
    with open(f"/proc/{process}/status") as status:
        (line,) = [line for line in status if line.startswith("VmHWM:")]
    return Taken(0, (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), int(line.split()[1]) / 1024)


def loop(arguments, store):
    return run([*arguments, "--worker-index", "0", "--workers-total", "1"], store)


def direct(arguments, store):
    return run([*arguments, "--", f"--targetParallelism={JOBS_AT_ONCE}"], store)


def on_flink(arguments, store):
    """What counts is the job, from when the cluster has it to its end; the rest is its start-up."""
    begun = time.monotonic()
    with flink.cluster(store.parent / "flink", task_managers=1) as cluster:
        started = time.monotonic() - begun
        client = run([*arguments, "--runner", "flink", "--flink-master", cluster.master], store)
        job = cluster.get(f"/jobs/{cluster.wait_until_finished()}")["duration"] / 1000
        processes = [client, *map(of_process, [cluster.job_manager, *cluster.task_managers])]
    return Taken(
        job, sum(one.cpu for one in processes), sum(one.peak for one in processes), started, client.seconds - job
    )


WAYS = {"plain loop": loop, "DirectRunner": direct, "Flink, two slots": on_flink}


def digest(store):
    """Of all objects, one after the other: a process that is started later takes over the peak memory of this one."""
    digest = hashlib.sha256()
    for path in sorted(path for path in store.rglob("*") if path.is_file()):
        digest.update(str(path.relative_to(store)).encode())
        with open(path, "rb") as content:
            digest.update(hashlib.file_digest(content, "sha256").digest())
    return digest.hexdigest()


def measure(directory, forecasts, rounds):
    bucket, catalog = prepare(directory, forecasts)
    arguments = ["--catalog", str(catalog), "--mirror", f"{demo.BUCKET}={bucket}", "--publish-every", str(forecasts),
                 "--end", init_time(forecasts).isoformat(timespec="minutes")]
    found, digests = {way: [] for way in WAYS}, set()
    for number in range(1, rounds + 1):
        for way, measured in WAYS.items():
            place = directory / "round"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            found[way].append(measured(arguments, place / "store.zarr"))
            digests.add(digest(place / "store.zarr"))
            print(f"round {number}: {way}: {found[way][-1]}", file=sys.stderr, flush=True)
            shutil.rmtree(place)
            assert len(digests) == 1, f"the store that {way} wrote differs"
    return found


def table(found):
    """Medians of the rounds; a ratio is the median of the rounds' ratios."""

    def median(runs, field):
        return statistics.median(getattr(one, field) for one in runs)

    print("| | seconds | to the loop | CPU seconds | peak memory, MiB | cluster start, s | submission, s |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for way, runs in found.items():
        ratio = statistics.median(one.seconds / plain.seconds for one, plain in zip(runs, found["plain loop"]))
        figures = [f"{median(runs, field):.1f}" for field in ("seconds", "cpu", "peak", "cluster", "submission")]
        figures.insert(1, f"{ratio:.2f}")
        print("| " + " | ".join([way, *figures]) + " |")


if __name__ == "__main__":
    os.environ["FIRN_JAVA_OPTIONS"] = HEAP
    os.chdir(ROOT)
    table(measure(pathlib.Path(sys.argv[1]).absolute(), int(sys.argv[2]), int(sys.argv[3])))
