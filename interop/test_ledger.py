"""An archive's ledger explains every hole of it, in both formats; what was late or replaced is healed, whatever its age,
and nothing else is touched."""

import gzip
import hashlib
import json
import os
import shutil

import eccodes
import numpy as np
import pytest
import xarray as xr
import zarr

import demo
from firn_cli import firn
from stores import contents, history, repository

pytestmark = pytest.mark.demo

ABSENT, DAMAGED, UNKNOWN, UNREADY = 9, 12, 15, 18  # hours: what is wrong with which files of the first forecast
TEMPERATURE, PRESSURE = "temperature_2m", "pressure_reduced_to_mean_sea_level"
RATE = "precipitation_surface"  # a rate stands on the total at the step before too
FORMATS = ["icechunk", "zarr"]
INIT_TIMES = ["2026-01-01T00:00:00Z", "2026-01-01T06:00:00Z"]


def spoil(bucket):
    """Makes holes in the first forecast: a file, the first message of another, the second of a third, an inventory."""
    file = lambda lead: bucket / demo.file_name(0, lead)
    file(ABSENT).unlink()
    damaged = bytearray(file(DAMAGED).read_bytes())
    damaged[3] ^= 0xFF  # of "GRIB"
    file(DAMAGED).write_bytes(damaged)
    with open(file(UNKNOWN), "rb") as messages:
        handles = list(iter(lambda: eccodes.codes_grib_new_from_file(messages), None))
    eccodes.codes_set(handles[1], "parameterNumber", 99)
    file(UNKNOWN).write_bytes(b"".join(eccodes.codes_get_message(handle) for handle in handles))
    file(UNREADY).with_name(file(UNREADY).name + ".idx").unlink()


def stores_below(directory):
    return {layout: directory / f"store.{layout}" for layout in FORMATS}


class Archive:
    """Both formats of one archive, an Icechunk repository and its replica in Zarr, and their sources."""

    def __init__(self, directory):
        self.bucket, self.stores = directory / "bucket", stores_below(directory / "archive")

    def firn(self, command, *more):
        stores = [argument for store in self.stores.values() for argument in ("--store", store)]
        return firn(command, demo.DATASET, *stores, "--mirror", f"{demo.BUCKET}={self.bucket}", "--json", *more).report

    def ledger(self, layout, *more):
        return firn("ledger", demo.DATASET, "--store", self.stores[layout], "--json", *more).report

    def index(self, layout):
        """The name of the ledger that readers see."""
        return opened(self.stores[layout]).attrs["firn_ledger"]

    def objects(self, layout):
        """The names of all objects of a store's ledger."""
        directory = self.stores[layout].parent / "_internal/ledger" / self.stores[layout].name
        return {path.name.removesuffix(".json.gz"): path for path in directory.glob("*.json.gz")}


def opened(store):
    if store.suffix == ".zarr":
        return xr.open_zarr(store, consolidated=True, decode_timedelta=True)
    return xr.open_zarr(repository(store).readonly_session("main").store, consolidated=False, decode_timedelta=True)


@pytest.fixture(scope="module")
def holed(demo_bucket, tmp_path_factory):
    """An archive of two forecasts, the first with holes."""
    archive = Archive(tmp_path_factory.mktemp("holed"))
    shutil.copytree(demo_bucket, archive.bucket)
    spoil(archive.bucket)
    archive.firn("backfill", "--end", demo.SECOND_END)
    return archive


@pytest.fixture
def copied(holed, tmp_path):
    """A copy of it that a test may change; its sources are the same files, and so of the same versions."""
    shutil.copytree(holed.bucket.parent / "archive", tmp_path / "archive")
    shutil.copytree(holed.bucket, tmp_path / "bucket", copy_function=os.link)
    return Archive(tmp_path)


def not_ingested(ledger):
    """The variables and lead times of one forecast that are not in the archive, with their states."""
    return {
        (variable, step["lead_hours"]): line["state"]
        for line in ledger["files"] if line["state"] != "ingested"
        for variable in line["variables"] for step in line["steps"]
    }


def empty_steps(archive, position):
    """The variables and lead times of one forecast without any value, where there should be one."""
    return {
        (name, lead)
        for name, variable in demo.VARIABLES.items()
        for lead, values in zip(demo.LEAD_HOURS, archive[name].values[position])
        if np.isnan(values).all() and (lead > 0 or variable["attributes"]["step_type"] == "instant")
    }


@pytest.mark.parametrize("layout", FORMATS)
def test_the_ledger_explains_every_hole(holed, layout):
    archive = opened(holed.stores[layout])
    for position, init_time in enumerate(INIT_TIMES):
        holes = not_ingested(holed.ledger(layout, "--forecast", init_time))
        empty = empty_steps(archive, position)
        of_rates = {(RATE, lead) for name, lead in empty if name == RATE}
        assert set(holes) - of_rates == empty - of_rates
        for name, lead in of_rates:
            assert holes.keys() & {(name, lead), (name, lead - 3)}, f"{name} at {lead} h is empty for no reason"
        if position == 0:
            states = {lead: {state for (_, of), state in holes.items() if of == lead} for lead in demo.LEAD_HOURS}
            assert {lead: state for lead, state in states.items() if state} == {
                ABSENT: {"missing"}, DAMAGED: {"quarantined"}, UNKNOWN: {"quarantined"}, UNREADY: {"announced"}}
            assert (PRESSURE, DAMAGED) in holes and (TEMPERATURE, DAMAGED) not in holes
        else:
            assert holes == {}


def test_it_tells_of_each_file_where_which_version_how_large_and_when(holed):
    files = holed.ledger("icechunk", "--forecast", INIT_TIMES[1])["files"]
    assert len(files) == len(demo.LEAD_HOURS)
    for line in files:
        (url,) = line["urls"]
        path = holed.bucket / url.removeprefix(demo.BUCKET + "/")
        version = line["version"]
        assert version["url"] == url and version["etag"] and version["bytes"] == path.stat().st_size
        assert np.datetime64(version["available"][:-1]) == np.datetime64(path.stat().st_mtime_ns, "ns")
        assert version["available"] < version["recorded"]


def test_the_overview_counts_what_the_forecasts_list(holed):
    overview = holed.ledger("zarr")
    for region, init_time in zip(overview["regions"], INIT_TIMES, strict=True):
        states = list(not_ingested(holed.ledger("zarr", "--forecast", init_time)).values())
        assert region["first"] == region["last"] == init_time
        assert {state: states.count(state) for state in ("missing", "quarantined", "announced", "expected")} == {
            state: region["fields"][state] for state in ("missing", "quarantined", "announced", "expected")}
        assert region["fields"]["ingested"] == 5 * 13 + 3 * 12 - len(states)
    table = firn("ledger", demo.DATASET, "--store", holed.stores["zarr"]).out.splitlines()
    assert table[1].split() == ["init_time", "expected", "announced", "ingested", "missing", "quarantined", "replaced"]
    assert table[3].split() == [INIT_TIMES[1], "0", "0", "101", "0", "0", "0"]


@pytest.mark.parametrize("layout", FORMATS)
def test_any_reader_finds_the_ledger_that_the_root_names(holed, layout):
    objects, index = holed.objects(layout), holed.index(layout)
    document = lambda name: json.loads(gzip.decompress(objects[name].read_bytes()))
    (chapter,) = document(index)["entries"].values()
    pages = document(chapter["object"])["entries"]
    assert set(objects) == {index, chapter["object"], *(page["object"] for page in pages.values())}
    for name, path in objects.items():
        assert hashlib.sha256(gzip.decompress(path.read_bytes())).hexdigest() == name
    files = document(pages["1"]["object"])["files"]
    assert {file["url"] for file in files} == {f"{demo.BUCKET}/{demo.file_name(6, lead)}" for lead in demo.LEAD_HOURS}
    assert {file["status"] for file in files} == {"succeeded"}
    assert files[0]["fields"][0]["steps"] in ("0", "1")


def test_an_archive_of_others_has_no_ledger(holed, tmp_path):
    archive = tmp_path / "store.zarr"
    shutil.copytree(holed.stores["zarr"], archive)
    document = json.loads((archive / "zarr.json").read_text())
    del document["attributes"]["firn_ledger"]
    (archive / "zarr.json").write_text(json.dumps(document))
    told = firn("ledger", demo.DATASET, "--store", archive)
    assert "has no ledger: nothing is known of its source files" in told.out
    assert firn("ledger", demo.DATASET, "--store", archive, "--json").report["has_ledger"] is False


def rewritten_shards(archive, before):
    """The variables and forecasts of which a shard was written anew since the archive had `before`, as the reference
    tells; nothing else changed, by hashes of all that is stored."""
    store = archive.stores["icechunk"]
    diff = repository(store).diff(from_snapshot_id=before.snapshot, to_branch="main")
    shards = {
        (path.strip("/"), index[0])
        for path, indexes in diff.updated_chunks.items() for index in indexes if path.strip("/") in demo.VARIABLES
    }
    after = contents(store)
    assert before.shown.keys() == after.keys()
    changed = {key for key in after if after[key] != before.shown[key]}
    assert {(key.split("/")[0], int(key.split("/")[2])) for key in changed if key.split("/")[0] in demo.VARIABLES} <= shards
    return shards


class Before:
    """What a repository had at some time."""

    def __init__(self, store):
        self.snapshot, self.shown = history(store)[0].id, contents(store)


def put_right(archive, source, *leads):
    """The files of the first forecast as they should have been."""
    for lead in leads:
        for name in (demo.file_name(0, lead), demo.file_name(0, lead) + ".idx"):
            (archive.bucket / name).unlink(missing_ok=True)
            shutil.copy(source / name, archive.bucket / name)


def assert_whole(archive, demo_bucket):
    for layout in FORMATS:
        seen = opened(archive.stores[layout])
        for position, init_hour in enumerate(demo.INIT_HOURS):
            for name, values in demo.expected(demo_bucket, init_hour).items():
                assert demo.same(seen[name].values[position], values), f"{layout}: {name} of {init_hour} h"


def test_late_and_replaced_files_are_healed_and_their_shards_alone_rewritten(copied, demo_bucket):
    before = Before(copied.stores["icechunk"])
    nothing = copied.firn("heal", "--end", demo.SECOND_END)
    assert nothing["holes"] > 0 and nothing["readable"] == nothing["healed"] == 0 and nothing["updates"] == []

    put_right(copied, demo_bucket, UNKNOWN)
    one = copied.firn("heal")
    assert (one["readable"], one["healed"]) == (1, 1)
    assert rewritten_shards(copied, before) == {(name, 0) for name in demo.VARIABLES}

    put_right(copied, demo_bucket, ABSENT, DAMAGED, UNREADY)
    rest = copied.firn("heal")
    assert rest["remaining"] == 0 and len(rest["updates"]) == 1
    assert rewritten_shards(copied, before) == {(name, 0) for name in demo.VARIABLES}
    assert_whole(copied, demo_bucket)
    assert firn("heal", demo.DATASET, "--store", copied.stores["icechunk"]).out.startswith("nothing to heal")

    demo.change_values(demo_bucket / demo.file_name(0, ABSENT), copied.bucket / demo.file_name(0, ABSENT))
    assert copied.firn("heal")["holes"] == 0  # nobody has told of it
    assert copied.firn("heal", "--replaced")["healed"] == 8
    values = opened(copied.stores["zarr"])[PRESSURE].sel(lead_time=np.timedelta64(ABSENT, "h")).values
    assert not demo.same(values[0], demo.expected(demo_bucket, 0)[PRESSURE][ABSENT // 3])


@pytest.mark.long
def test_an_old_snapshot_leads_to_its_ledger_until_it_is_collected(copied, demo_bucket):
    store = copied.stores["icechunk"]
    old, others = copied.index("icechunk"), set(copied.objects("icechunk"))
    put_right(copied, demo_bucket, ABSENT)
    copied.firn("heal")
    new = copied.index("icechunk")
    session = repository(store).readonly_session(snapshot_id=history(store)[1].id)
    assert old != new and zarr.open_group(session.store, mode="r").attrs["firn_ledger"] == old

    stray = next(iter(copied.objects("icechunk").values())).with_name("0" * 64 + ".json.gz")
    stray.write_bytes(b"of an update that died")
    collected = firn("icechunk", "gc", store, "--older-than", "0s", "--force", "--json").report
    assert collected["ledger"]["objects"] == 1 and not stray.exists()
    assert set(copied.objects("icechunk")) > others  # all that a snapshot names

    firn("icechunk", "expire", store, "--older-than", "0s", "--force")
    assert set(copied.objects("icechunk")) > others
    preview = firn("icechunk", "gc", store, "--older-than", "0s", "--force", "--dry-run", "--json").report["ledger"]
    assert firn("icechunk", "gc", store, "--older-than", "0s", "--force", "--json").report["ledger"] == preview
    left = set(copied.objects("icechunk"))
    assert old not in left and new in left and preview["objects"] == 3  # an index, a chapter, a page
    assert not_ingested(copied.ledger("icechunk", "--forecast", INIT_TIMES[0]))
