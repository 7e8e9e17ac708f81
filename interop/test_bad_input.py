"""Damaged, late and lying source files cost the fields they damage, and nothing else; wrong usage and
refusals say what is wrong and change nothing."""

import dataclasses
import re
import shutil
import typing

import numpy as np
import pytest
import zarr

import gefs
import truth
from firn_cli import CATALOG, FAILED, REFUSED, WRONG_USAGE, firn
from stores import assert_identical, objects

HEIGHT, TEMPERATURE, HUMIDITY, WIND_U, WIND_V = ALL = tuple(gefs.VARIABLES)
SOUND = 0  # hours: the file that is left alone
DAMAGED = (3, 6)  # hours: the files that are damaged
SECTION_1, SECTION_3, SECTION_4 = 16, 37, 109  # bytes from the start of a message


# ---------------------------------------------------------------- what happens to files


@dataclasses.dataclass(frozen=True)
class Victim:
    """The file of one lead time and its inventory."""

    bucket: gefs.Bucket
    lead: int

    @property
    def file(self):
        return self.bucket.file(self.lead)

    @property
    def index(self):
        return self.bucket.index(self.lead)

    def lines(self):
        """The lines of the inventory, each split at its colons."""
        return [line.split(":") for line in self.index.read_text().splitlines()]

    def write_lines(self, lines):
        self.index.write_text("".join(":".join(line) + "\n" for line in lines))

    def offset_of(self, variable):
        return int(self.lines()[gefs.number_of(variable)][1])

    def flip(self, offset):
        """Inverts one byte of the file."""
        data = bytearray(self.file.read_bytes())
        data[offset] ^= 0xFF
        self.file.write_bytes(data)


def truncate_in_fourth_message(victim):
    victim.file.write_bytes(victim.file.read_bytes()[: victim.offset_of(WIND_U) + 1000])


def set_offset(variable, change):
    def damage(victim):
        lines = victim.lines()
        line = lines[gefs.number_of(variable)]
        line[1] = str(change(int(line[1])))
        victim.write_lines(lines)

    return damage


def shift_offsets(victim):
    victim.write_lines([[number, str(int(offset) + 1), *rest] for number, offset, *rest in victim.lines()])


def swap_names(victim):
    lines = victim.lines()
    lines[1][3:], lines[2][3:] = lines[2][3:], lines[1][3:]
    victim.write_lines(lines)


def remove_humidity(victim):
    victim.write_lines([line for line in victim.lines() if line[3] != "RH"])


def double_humidity(victim):
    victim.write_lines(victim.lines() + [["6", *victim.lines()[2][1:]]])


def garble_third_line(victim):
    lines = victim.lines()
    lines[2] = ["no", "inventory"]
    victim.write_lines(lines)


def remove_last_field(victim):
    victim.file.write_bytes(victim.file.read_bytes()[: victim.offset_of(WIND_V)])
    victim.write_lines(victim.lines()[:-1])


def rename_height(victim):
    victim.index.write_text(victim.index.read_text().replace(":HGT:", ":GPH:"))


def answer_with_a_web_page(victim):
    victim.index.write_text("<html><body>503 Slow Down</body></html>\n")


def serve_another_lead_time(victim):
    """The file and the offsets of 0 hours, under the name of other hours and saying those."""
    victim.file.write_bytes(victim.bucket.file(SOUND).read_bytes())
    lines = victim.bucket.index(SOUND).read_text()
    victim.index.write_text(lines.replace(":anl:", f":{victim.lead} hour fcst:"))


def use_inventory_of_another_lead_time(victim):
    shutil.copyfile(victim.bucket.index(SOUND), victim.index)


# ---------------------------------------------------------------- what is to come of it


@dataclasses.dataclass(frozen=True)
class Damage:
    """What is done to a file, and what Firn is to say of it: a status, and a detail given as a regular
    expression in which FILE and INDEX stand for the URLs, LEAD for the hours."""

    done: typing.Callable
    variables: tuple
    status: str
    detail: str

    def explains(self, lead, entry):
        url = re.escape(gefs.url(lead))
        detail = self.detail.replace("FILE", url).replace("INDEX", url + re.escape(".idx")).replace("LEAD", str(lead))
        return entry["status"] == self.status and re.search(detail, entry["detail"]) is not None


def healed(done):
    """An inventory that misleads: the file itself tells where its fields are, and none is missing."""
    return Damage(done, (), "", "")


def at(section, octet):
    """Where in a message, as a regular expression."""
    return rf"in FILE at byte \d+ \(message at byte \d+, section {section}, octet {octet}\): "


DAMAGES = {
    "file missing": Damage(
        lambda victim: victim.file.unlink(), ALL, "not_found", "there is no such file"),
    "file empty": Damage(
        lambda victim: victim.file.write_bytes(b""), ALL, "not_ready", "the file is empty"),
    "file cut off": Damage(
        truncate_in_fourth_message, (WIND_U, WIND_V), "corrupt",
        at(0, 9) + r"its length is \d+ bytes, \d+ are left in the file"),
    "file of another lead time": Damage(
        serve_another_lead_time, ALL, "quarantined", r"FILE at byte \d+: message has lead time PT0S, expected PTLEADH"),
    "inventory missing": Damage(
        lambda victim: victim.index.unlink(), ALL, "not_ready", "there is no inventory at INDEX"),
    "inventory empty": Damage(
        lambda victim: victim.index.write_bytes(b""), ALL, "not_ready", "there is no inventory at INDEX"),
    "file without a field": Damage(
        remove_last_field, (WIND_V,), "not_found",
        "neither the inventory nor the file has 'VGRD:10 mb:LEAD hour fcst'"),
    "inventory is a web page": healed(answer_with_a_web_page),
    "inventory with a garbled line": healed(garble_third_line),
    "inventory of another lead time": healed(use_inventory_of_another_lead_time),
    "inventory without a line": healed(remove_humidity),
    "inventory with a line twice": healed(double_humidity),
    "names of two lines swapped": healed(swap_names),
    "offsets shifted by one byte": healed(shift_offsets),
    "offset inside a message": healed(set_offset(TEMPERATURE, lambda offset: offset + 1000)),
    "offset of another message": healed(set_offset(HUMIDITY, lambda offset: 0)),
    "offset beyond the end": healed(set_offset(WIND_V, lambda offset: 999_999_999)),
    "names without an element": healed(rename_height),
}
PAIRS = list(zip(list(DAMAGES)[::2], list(DAMAGES)[1::2], strict=True))

# One byte of a message each: where it is, from the start of the message, and what is said of it.
FLIPPED_BYTES = {
    (3, HEIGHT): (0, "corrupt", at(0, 1) + "it does not begin with GRIB"),
    (3, TEMPERATURE): (6, "quarantined", r"FILE at byte \d+: message has parameter 255.0.0, expected 0.0.0"),
    (3, HUMIDITY): (7, "read_failed", r"GRIB edition 253 in FILE at byte \d+ \(.*, section 0, octet 8\)"),
    (3, WIND_U): (14, "corrupt", at(8, 1)),  # the length of the message, now shorter
    (3, WIND_V): (SECTION_1 + 3, "corrupt", at(2, 5)),  # the length of section 1
    (6, HEIGHT): (SECTION_1 + 4, "corrupt", at(1, 5)),  # the number of section 1
    (6, TEMPERATURE): (SECTION_1 + 15, "corrupt", at(1, 13)),  # the day of the reference time
    (6, HUMIDITY): (SECTION_3 + 33, "quarantined", r"in FILE at byte \d+: field is on FlatGrid\[.*\], which the archive is not"),  # the columns
    (6, WIND_U): (SECTION_4 + 10, "quarantined", r"FILE at byte \d+: message has parameter 0.2.253, expected 0.2.2"),
}


@pytest.fixture
def bucket(gefs_samples, tmp_path):
    return gefs.Bucket.copy_of(gefs_samples, tmp_path / "bucket")


@pytest.fixture
def published(gefs_store, tmp_path):
    """A copy of a store that was published before its sources were damaged."""
    shutil.copytree(gefs_store.parent, tmp_path / "published")
    return tmp_path / "published" / gefs_store.name


def damage_pair(bucket, names):
    """Damages one file in each way; returns, for each damaged field, what is to be said of it."""
    expected = {}
    for lead, name in zip(DAMAGED, names, strict=True):
        damage = DAMAGES[name]
        damage.done(Victim(bucket, lead))
        expected |= {(lead, variable): damage for variable in damage.variables}
    return expected


def flip_bytes(bucket):
    expected = {}
    for (lead, variable), (offset, status, detail) in FLIPPED_BYTES.items():
        victim = Victim(bucket, lead)
        victim.flip(victim.offset_of(variable) + offset)
        expected[lead, variable] = Damage(None, (variable,), status, detail)
    return expected


def assert_reported(report, expected):
    """What is missing is exactly what was damaged, each with why and where."""
    lead_of = {gefs.url(lead): lead for lead in gefs.LEAD_HOURS}
    found = {
        (lead_of[entry["url"]], variable): entry for entry in report["missing"] for variable in entry["variables"]
    }
    assert found.keys() == expected.keys()
    for (lead, variable), entry in found.items():
        assert expected[lead, variable].explains(lead, entry), f"{variable} at {lead} hours: {entry}"


def assert_costs_nothing_else(store, samples, damaged):
    """Damaged fields are NaN, all others what ecCodes reads in the sound files."""
    dataset = gefs.opened(store)
    for name, values in gefs.expected(samples).items():
        values = values.copy()
        for lead, variable in damaged:
            if variable == name:
                values[:, gefs.LEAD_HOURS.index(lead)] = np.nan
        truth.assert_same(dataset[name].values, values, name)


@pytest.mark.parametrize("names", PAIRS, ids=", ".join)
class TestDamagedFiles:
    def test_cost_what_is_damaged_and_nothing_else(self, gefs_samples, bucket, tmp_path, names):
        damaged = damage_pair(bucket, names)
        report = gefs.backfill(tmp_path / "store.zarr", bucket.directory).report
        assert report["status"] == "published" and report["extent_after"] == 1
        assert_reported(report, damaged)
        assert_costs_nothing_else(tmp_path / "store.zarr", gefs_samples, damaged)

    def test_leave_what_was_published_before(self, gefs_store, bucket, published, names):
        damaged = damage_pair(bucket, names)
        report = gefs.update(published, bucket.directory).report
        assert_reported(report, damaged)
        assert_identical(objects(published), objects(gefs_store))


def test_each_flipped_byte_in_a_message_costs_its_field(gefs_samples, bucket, tmp_path):
    damaged = flip_bytes(bucket)
    report = gefs.backfill(tmp_path / "store.zarr", bucket.directory).report
    assert_reported(report, damaged)
    assert_costs_nothing_else(tmp_path / "store.zarr", gefs_samples, damaged)


def test_overwriting_keeps_what_was_published_where_sources_are_damaged(gefs_store, bucket, published):
    truncate_in_fourth_message(Victim(bucket, 3))
    bucket.file(6).unlink()
    report = gefs.backfill(published, bucket.directory, "--overwrite-chunks").report
    assert report["files"]["not_found"] == 1 and report["shards"] > 0
    assert_identical(objects(published), objects(gefs_store))


def test_a_source_that_recovers_is_read(gefs_store, gefs_samples, bucket, tmp_path):
    store = tmp_path / "store.zarr"
    bucket.file(6).unlink()
    bucket.index(3).unlink()
    gefs.backfill(store, bucket.directory)
    assert gefs.opened(store).ingested_forecast_length[0] == np.timedelta64(0, "h")
    report = gefs.update(store, gefs_samples).report
    assert report["missing"] == []
    assert_identical(objects(store), objects(gefs_store))


def test_nothing_is_published_while_no_file_is_there(bucket, tmp_path):
    for lead in gefs.LEAD_HOURS:
        bucket.file(lead).unlink()
    report = gefs.backfill(tmp_path / "store.zarr", bucket.directory).report
    assert report["status"] == "nothing_new" and report["files"] == {"not_found": 3}
    assert not (tmp_path / "store.zarr" / "zarr.json").exists()


def test_it_is_a_failure_when_no_file_can_be_read(bucket, tmp_path):
    for lead in gefs.LEAD_HOURS:
        bucket.file(lead).write_bytes(bytes(1_000_000))
    ended = gefs.backfill(tmp_path / "store.zarr", bucket.directory, expect=FAILED)
    assert f"no source file could be read; the first: {gefs.url(0)}: " in ended.err
    assert ended.report["status"] == "failed" and ended.report["files"] == {"corrupt": 3}
    assert not (tmp_path / "store.zarr" / "zarr.json").exists()


# ---------------------------------------------------------------- wrong usage


def wrong(*arguments):
    ended = firn(*arguments, expect=WRONG_USAGE)
    assert ended.out == ""
    return ended.err


def test_an_unknown_dataset_is_wrong_usage_and_the_known_ones_are_named(tmp_path):
    err = wrong("backfill", "gefs", "--catalog", CATALOG, "--store", tmp_path / "s.zarr", "--end", gefs.END)
    assert "Unknown dataset 'gefs': the catalog has " in err and gefs.DATASET in err


def test_an_unknown_variable_is_wrong_usage(gefs_samples, tmp_path):
    ended = gefs.backfill(tmp_path / "s.zarr", gefs_samples, "--variables", "snow", expect=WRONG_USAGE)
    assert "'snow'" in ended.err and HEIGHT in ended.err


def test_a_store_in_an_unknown_place_is_wrong_usage(gefs_samples):
    ended = gefs.backfill("gopher://host/s.zarr", gefs_samples, expect=WRONG_USAGE)
    assert "gopher" in ended.err


def test_sources_that_cannot_be_reached_are_wrong_usage_and_the_way_out_is_named(tmp_path):
    err = wrong("backfill", *gefs.arguments(tmp_path / "s.zarr", "gopher://host"), "--end", gefs.END)
    assert gefs.BUCKET in err and "--mirror PREFIX=URL" in err


@pytest.mark.parametrize(
    "more, says",
    [
        (["--end", "yesterday"], "Invalid time 'yesterday'"),
        (["--end", gefs.END, "--memory", "much"], "Invalid size 'much'"),
        (["--end", gefs.END, "--job", "Not_A_Name"], "Invalid job name 'Not_A_Name'"),
        (["--end", gefs.END, "--mirror", "nothing"], "Invalid --mirror 'nothing'"),
        (["--end", gefs.END, "--", "--noSuchOption=1"], "noSuchOption"),
        ([], "--end"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_malformed_options_are_wrong_usage(gefs_samples, tmp_path, more, says):
    err = wrong("backfill", *gefs.arguments(tmp_path / "s.zarr", gefs_samples), *more)
    assert says in err
    assert not (tmp_path / "s.zarr").exists()


def test_a_catalog_that_is_not_there_is_wrong_usage(gefs_samples, tmp_path):
    nowhere = tmp_path / "nowhere"
    err = wrong("update", *gefs.arguments(tmp_path / "s.zarr", gefs_samples, catalog=nowhere))
    assert f"Invalid catalog directory {nowhere}" in err


def test_a_definition_with_a_mistake_is_wrong_usage_and_names_its_place(gefs_samples, tmp_path):
    catalog = catalog_with(tmp_path, "keep_mantissa_bits: 9", "keep_mantissa_bits: 99")
    err = wrong("backfill", *gefs.arguments(tmp_path / "s.zarr", gefs_samples, "--end", gefs.END, catalog=catalog))
    assert "gefs-mean.yaml, variables.temperature_10hpa: " in err and "99, expected 0 to 23" in err


def test_an_update_needs_a_store(gefs_samples, tmp_path):
    ended = gefs.update(tmp_path / "s.zarr", gefs_samples, expect=WRONG_USAGE)
    assert "there is no store to update yet: backfill it first" in ended.err


# ---------------------------------------------------------------- refusals


def catalog_with(tmp_path, text, other):
    """The catalog with one text of the definition changed."""
    catalog = tmp_path / "catalog"
    catalog.mkdir()
    definition = (CATALOG / "gefs-mean.yaml").read_text()
    assert definition.count(text) == 1
    (catalog / "gefs-mean.yaml").write_text(definition.replace(text, other))
    return catalog


def refused(published, gefs_store, *command):
    """Runs a command that must be refused and leave the store as it is; returns what it says."""
    ended = firn(*command, expect=REFUSED)
    assert "refused, nothing was published: " in ended.err
    assert ended.report["status"] == "refused"
    assert_identical(objects(published), objects(gefs_store))
    return ended.err


def test_a_backfill_into_an_existing_store_needs_to_be_told_so(gefs_store, gefs_samples, published):
    command = gefs.arguments(published, gefs_samples, "--end", gefs.END, "--job", "another")
    assert "--overwrite-chunks or --overwrite-metadata" in refused(published, gefs_store, "backfill", *command)


OTHER_STRUCTURES = {
    "chunks": ("chunks: {init_time: 1, lead_time: 2,", "chunks: {init_time: 1, lead_time: 1,", "codecs"),
    "shards": ("latitude: 200, longitude: 400}", "latitude: 200, longitude: 800}", "chunk shape"),
    "number of lead times": ("{from: 0, to: 6, every: 3}", "{from: 0, to: 9, every: 3}", "shape"),
    "lead times": ("{from: 0, to: 6, every: 3}", "{from: 0, to: 4, every: 2}", "coordinate 'lead_time'"),
    "coordinate chunks": ("coordinate_chunk: 1460", "coordinate_chunk: 730", "chunk shape [1460]"),
    "dropped variable": ("  wind_v_10hpa:", "  northward_wind_10hpa:", "'wind_v_10hpa'"),
}


@pytest.mark.parametrize("text, other, says", OTHER_STRUCTURES.values(), ids=OTHER_STRUCTURES)
def test_an_update_of_another_structure_is_refused(gefs_store, gefs_samples, published, tmp_path, text, other, says):
    catalog = catalog_with(tmp_path, text, other)
    command = gefs.arguments(published, gefs_samples, "--until", gefs.END, catalog=catalog)
    assert says in refused(published, gefs_store, "update", *command)


def test_a_backfill_of_another_structure_is_refused_whatever_it_may_overwrite(
    gefs_store, gefs_samples, published, tmp_path
):
    text, other, says = OTHER_STRUCTURES["chunks"]
    catalog = catalog_with(tmp_path, text, other)
    may = ["--overwrite-chunks", "--overwrite-metadata"]
    command = gefs.arguments(published, gefs_samples, "--end", gefs.END, *may, catalog=catalog)
    assert says in refused(published, gefs_store, "backfill", *command)


def test_an_unreadable_store_is_a_failure_and_stays_as_it_is(gefs_samples, published):
    (published / "zarr.json").write_text('{"zarr_format": 3, "node_ty')
    before = objects(published)
    for run in (gefs.update, gefs.backfill):
        ended = run(published, gefs_samples, expect=FAILED)
        assert f"{published}/zarr.json" in ended.err
        assert_identical(objects(published), before)


def test_a_store_of_something_else_is_a_failure_and_stays_as_it_is(gefs_samples, tmp_path):
    store = tmp_path / "store.zarr"
    zarr.create_group(store, zarr_format=3).create_array("height", shape=(2,), dtype="float32")
    before = objects(store)
    ended = gefs.update(store, gefs_samples, expect=FAILED)
    assert f"file://{store}: it has no coordinate 'init_time'" in ended.err
    assert_identical(objects(store), before)
