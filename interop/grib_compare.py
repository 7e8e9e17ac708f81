"""Compares what Firn makes of GRIB files with ecCodes, field by field.

ecCodes does not survive every file. So another process does the work, and says what it asks before it asks ecCodes;
when it dies it is started again and does not ask that any more.
"""

import contextlib
import dataclasses
import enum
import itertools
import json
import mmap
import pathlib
import re
import subprocess
import sys
import tempfile
import threading

import grib_differences  # first, for it imports PROJ before ecCodes

import eccodes_fields
import firn_cli
from eccodes_fields import EccodesRefusal

SECONDS_FOR_AN_ANSWER = 300
OFFSETS = re.compile(r"message at byte (\d+)"), re.compile(r" at byte (\d+)")

# What Firn has to read; whatever else it refuses is refused by design.
LISTED = re.compile(
    r"^Unsupported (data template 5\.(0|2|3|4|40|41|42|61|200)\b|grid template 3\.(0|1|10|12|20|30|31|40|90|101|140)\b"
    r"|scanning mode|quasi-regular|missing value)"
)


class Kind(str, enum.Enum):
    EQUAL = "equal"
    ONE_STEP = "equal but"
    DIFFERENT = "different"
    UNSUPPORTED = "unsupported (listed)"
    BY_DESIGN = "unsupported (by design)"
    NOT_COMPARED = "not compared"
    EDITION_1 = "edition 1, skipped"
    CORRUPT = "corrupt"

    @property
    def fails(self):
        return self in (Kind.DIFFERENT, Kind.UNSUPPORTED)


@dataclasses.dataclass(frozen=True)
class Verdict:
    """What the comparison of a field showed, or of a message that has no fields."""

    file: str
    offset: int | None
    field: int | None
    kind: Kind
    detail: str = ""

    def __str__(self):
        where = "" if self.offset is None else f" at byte {self.offset}"
        field = "" if not self.field else f" field {self.field}"
        before = {Kind.EQUAL: ", ", Kind.ONE_STEP: " "}.get(self.kind, ": ")
        return f"{self.file}{where}{field}: {self.kind.value}{before + self.detail if self.detail else ''}"


def compare(paths, directory):
    """Yields a verdict for each field of GRIB files. What is exported on the way is in `directory` for a moment."""
    paths = [str(path) for path in paths]
    deadly = []
    while paths:
        verdicts, asked = [], None
        for said in _another_process({"paths": paths, "deadly": deadly}, directory):
            if "asked" in said:
                asked = said["asked"]
            elif "complete" in said:
                yield from verdicts
                verdicts, asked = [], None
                paths = paths[paths.index(said["complete"]) + 1 :]
            else:
                verdicts.append(Verdict(**{**said, "kind": Kind(said["kind"])}))
        if asked is None or asked in deadly:
            if paths:
                yield Verdict(paths[0], None, None, Kind.DIFFERENT, "the comparison dies")
            paths = paths[1:]
        else:
            deadly.append(asked)


def _another_process(task, directory):
    """Runs this file, and yields what it says until it ends or is silent for too long."""
    with tempfile.TemporaryDirectory(dir=directory) as exported, contextlib.ExitStack() as stack:
        command = [sys.executable, __file__, exported]
        process = stack.enter_context(
            subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        )
        stack.callback(process.kill)
        process.stdin.write(json.dumps(task))
        process.stdin.close()
        while line := _line(process):
            yield json.loads(line)


def _line(process):
    timer = threading.Timer(SECONDS_FOR_AN_ANSWER, process.kill)
    timer.start()
    try:
        return process.stdout.readline()
    finally:
        timer.cancel()


def _say(**what):
    print(json.dumps(what), flush=True)


class Comparison:
    """The work of one process."""

    def __init__(self, deadly, directory):
        self.deadly = deadly
        self.directory = directory
        self.where = []

    def ask(self, question, answer):
        asked = [*self.where, question]
        if asked in self.deadly:
            raise EccodesRefusal(f"ecCodes dies of the question for {question}")
        _say(asked=asked)
        return answer()

    def run(self, paths):
        complete = 0
        try:
            exported = firn_cli.exported(paths, self.directory, "--coordinates")
            for file, lines in itertools.groupby(exported, key=lambda line: line["file"]):
                self.file(file, lines)
                complete = paths.index(file) + 1
                _say(complete=file)
            if complete < len(paths):
                _say(complete=paths[-1])
        except firn_cli.Crashed as crash:
            if len(paths) == 1:
                self.verdict(paths[0], None, None, Kind.DIFFERENT, f"firn crashes: {crash}")
                _say(complete=paths[0])
            else:
                for path in paths[complete:]:
                    self.run([path])

    def verdict(self, file, offset, field, kind, detail=""):
        _say(**dataclasses.asdict(Verdict(file, offset, field, kind, detail)))

    def file(self, path, lines):
        found = []
        with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            for offset, message in itertools.groupby(lines, key=_offset):
                message = list(message)
                end = offset + message[0].get("length", len(data) - offset)
                found.append(range(offset, end))
                self.where = [path, offset]
                for number, kind, detail in self.message(data[offset:end], message):
                    self.verdict(path, offset, number, kind, detail)
                for values in (line["values"] for line in message if "values" in line):
                    values.unlink()
        self.where = [path]
        for offset in self.ask("messages", lambda: eccodes_fields.message_offsets(path)):
            if not any(offset in message for message in found):
                self.verdict(path, offset, None, Kind.DIFFERENT, "ecCodes finds a message here, Firn none")

    def message(self, data, lines):
        """Yields field number, kind and detail."""
        if lines[0]["status"] == "edition1":
            yield None, Kind.EDITION_1, ""
        elif "field" not in lines[0]:
            yield None, *self.broken(data, lines[0])
        else:
            yield from self.fields(data, lines)

    def broken(self, data, line):
        if line["status"] != "corrupt":
            return _refused(line)
        try:
            count = self.ask("all", lambda: sum(field.values().size >= 0 for field in eccodes_fields.fields_of(data)))
        except EccodesRefusal:
            count = 0
        return (Kind.CORRUPT, line["error"]) if count == 0 else _only_eccodes_reads(line)

    def fields(self, data, lines):
        theirs = eccodes_fields.fields_of(data)
        for line in lines:
            number = line["field"]
            try:
                field = self.ask(f"field {number}", lambda: next(theirs, None))
                ask = lambda question, answer: self.ask(f"{question} of field {number}", answer)
                yield number, *_field(line, field, data, ask)
            except EccodesRefusal as refusal:
                yield number, *_refused(line, str(refusal))
        if self.ask("another field", lambda: _one_more(theirs)):
            yield len(lines), Kind.DIFFERENT, "ecCodes has more fields"


def _offset(line):
    """Of a message that was not read to its end the error alone knows the offset."""
    if "offset" in line:
        return line["offset"]
    found = next(filter(None, (offset.search(line["error"]) for offset in OFFSETS)))
    return int(found[1])


def _one_more(theirs):
    try:
        return next(theirs, None) is not None
    except EccodesRefusal:
        return False


def _only_eccodes_reads(line):
    return Kind.DIFFERENT, f"ecCodes reads it, Firn: {line['error']}"


def _refused(line, eccodes_says=""):
    """The verdict on a field one of the two refuses at least."""
    if line["status"] == "decoded":
        return Kind.DIFFERENT, f"Firn reads it, ecCodes: {eccodes_says}"
    if line["status"] == "corrupt":
        return Kind.CORRUPT, line["error"]
    return Kind.UNSUPPORTED if LISTED.match(line["error"]) else Kind.BY_DESIGN, line["error"]


def _field(line, field, data, ask):
    if line["status"] == "unsupported":
        return _refused(line)
    if field is None:
        return _refused(line, "has no such field")
    if line["status"] == "corrupt":
        ask("values", field.values)
        return _only_eccodes_reads(line)
    if field.is_known():
        return _compared(line, field, ask)
    broken = [problem for problem in line.get("problems", []) if problem.startswith("Cannot")]
    if broken:
        return Kind.CORRUPT, broken[0]
    return _compared_without_product(line, data, ask)


def _compared(line, field, ask, **options):
    differences, steps, compared_with = grib_differences.of(line, field, ask, **options)
    if differences:
        return Kind.DIFFERENT, "; ".join(differences)
    return (Kind.ONE_STEP, steps) if steps else (Kind.EQUAL, compared_with)


def _compared_without_product(line, data, ask):
    """Of a message whose section 4 ecCodes does not know, and does not read on from."""
    known = eccodes_fields.fields_of(eccodes_fields.with_plain_products(data))
    field = ask("plain product", lambda: next(itertools.islice(known, line["field"], None), None))
    if field is None or not field.is_known():
        templates = "4.{productTemplate}, 3.{gridTemplate} or 5.{dataTemplate}".format(**line)
        return Kind.NOT_COMPARED, f"ecCodes does not know template {templates}"
    kind, detail = _compared(line, field, ask, with_product=False)
    product = f"but for the product, which ecCodes does not read: template 4.{line['productTemplate']}"
    return kind, ", ".join(filter(None, (detail, product)))


if __name__ == "__main__":
    task = json.load(sys.stdin)
    Comparison(task["deadly"], pathlib.Path(sys.argv[1])).run(task["paths"])
