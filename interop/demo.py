"""The dataset firn-demo: the bucket that `firn demo` fills, how to archive it, what the archive should hold."""

import functools
import shutil

import eccodes
import numpy as np
import yaml

import truth
from firn_cli import ROOT, firn
from stores import opened  # as in demo.opened(store)

DATASET = "firn-demo"
DEFINITION = yaml.safe_load((ROOT / f"pipeline/src/main/resources/catalog/{DATASET}/dataset.yaml").read_text())
VARIABLES = DEFINITION["variables"]
BUCKET = "s3://firn-demo-data"
LEAD_HOURS = range(0, 37, 3)
INIT_HOURS = (0, 6)
FIRST_END, SECOND_END = "2026-01-01T06", "2026-01-01T12"
JOBS_PER_FORECAST = 3  # five variables from lead time 0 on and three after it, at most three in a job

# Region jobs one after the other: there is more time in between to do something nasty.
ONE_AT_A_TIME = ["--", "--targetParallelism=1"]


def file_name(init_hour, lead_hours):
    return f"demo.20260101/{init_hour:02d}/atmos/demo.t{init_hour:02d}z.global.1p50.f{lead_hours:03d}"


def make(directory, *options):
    """Runs the demo; its bucket has two complete forecasts at the end."""
    return firn("demo", "--dir", directory, *options, "--json").report


def backfill_arguments(store, bucket, end, *more):
    return ["backfill", DATASET, "--store", store, "--mirror", f"{BUCKET}={bucket}", "--json", "--end", end, *more]


def update_arguments(store, bucket, until, *more):
    return ["update", DATASET, "--store", store, "--mirror", f"{BUCKET}={bucket}", "--json", "--until", until, *more]


@functools.cache
def expected(bucket, init_hour):
    """For each variable what the archive should hold of a forecast: lead time, latitude, longitude."""
    files = {lead: bucket / file_name(init_hour, lead) for lead in LEAD_HOURS}
    return truth.expected_forecast(DEFINITION, {lead: path if path.exists() else None for lead, path in files.items()})


def make_earlier_bucket(bucket, directory):
    """The first forecast alone, as it was before: the last file late, and all values others than later."""
    for lead in LEAD_HOURS[:-1]:
        name = file_name(0, lead)
        (directory / name).parent.mkdir(parents=True, exist_ok=True)
        change_values(bucket / name, directory / name)


def change_values(source, target):
    """Copies a file and its inventory, making each value v of it v / 2 + 1."""
    lines = source.with_name(source.name + ".idx").read_text().splitlines()
    offset, changed = 0, []
    with open(source, "rb") as file, open(target, "wb") as copy:
        for line in lines:
            handle = eccodes.codes_grib_new_from_file(file)
            eccodes.codes_set_values(handle, eccodes.codes_get_values(handle) / 2 + 1)
            message = eccodes.codes_get_message(handle)
            eccodes.codes_release(handle)
            number, _, rest = line.split(":", 2)
            changed.append(f"{number}:{offset}:{rest}\n")
            copy.write(message)
            offset += len(message)
    target.with_name(target.name + ".idx").write_text("".join(changed))


def results(store):
    """The journal's records of finished region jobs."""
    return list((store.parent / "_internal" / store.name).glob("*/*/results/*.json"))


def plans(store):
    return list((store.parent / "_internal" / store.name).glob("*/ready.json"))


def prepared(store):
    """The journal's notes that a publication has begun."""
    return list((store.parent / "_internal" / store.name).glob("*/*/prepared.json"))


def outcomes(store):
    """The journal's records of how jobs ended."""
    return list((store.parent / "_internal" / store.name).glob("*/done.json"))


def journals(store):
    """All that the journal has of the jobs on a store."""
    directory = store.parent / "_internal" / store.name
    return [path for path in directory.rglob("*") if path.is_file() and not path.name.startswith(".firn-")]


def lease(store):
    """The journal's note of who is at work."""
    return store.parent / "_internal" / store.name / "lease.json"


def shard_blocks():
    """The shards of one forecast as slices of latitude and longitude."""
    rows, columns = (DEFINITION["dimensions"][axis]["count"] for axis in ("latitude", "longitude"))
    height, width = (DEFINITION["shards"][axis] for axis in ("latitude", "longitude"))
    return [
        (slice(row, row + height), slice(column, column + width))
        for row in range(0, rows, height)
        for column in range(0, columns, width)
    ]


def same(found, expected):
    return np.array_equal(found, expected, equal_nan=True)


def copy_of_published(store, directory):
    """A copy of a store with its journals."""
    shutil.copytree(store.parent, directory)
    return directory / store.name
