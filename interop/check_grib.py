"""Compares Firn with ecCodes on every GRIB file of a folder: ./check grib DIR.

Prints a line for each message or field, and a count; ends with 1 if anything differs, or is refused that Firn has to
read. Files packed with gzip, xz, bzip2 or zip are unpacked, one batch of files at a time; files without GRIB in them
are counted.
"""

import bz2
import collections
import contextlib
import gzip
import lzma
import os
import pathlib
import re
import shutil
import sys
import tempfile
import zipfile
import zlib

import grib_compare

MESSAGE = re.compile(rb"GRIB.{3}[\1\2]", re.DOTALL)
OPENERS = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
BATCH_FILES = 50
BATCH_UNPACKED_BYTES = 1 << 28
WINDOW = 1 << 20


def has_messages(path):
    overlap = b""
    with open(path, "rb") as file:
        while window := file.read(WINDOW):
            if MESSAGE.search(overlap + window):
                return True
            overlap = window[-7:]
    return False


def unpacked(path, directory):
    """Yields name and path of each file that is in a file."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for member in archive.infolist():
                if not member.is_dir():
                    with archive.open(member) as source:
                        yield f"{path}/{member.filename}", copied(source, directory)
    elif path.suffix in OPENERS:
        with OPENERS[path.suffix](path) as source:
            yield str(path), copied(source, directory)
    else:
        yield str(path), path


def copied(source, directory):
    handle, name = tempfile.mkstemp(dir=directory)
    with open(handle, "wb") as target:
        shutil.copyfileobj(source, target)
    return pathlib.Path(name)


def files_below(root):
    if root.is_file():
        yield root
    for directory, folders, names in os.walk(root):
        folders.sort()
        yield from (pathlib.Path(directory) / name for name in sorted(names))


class Check:
    """One walk through a folder."""

    def __init__(self):
        self.verdicts = collections.Counter()
        self.files = self.others = self.unreadable = 0

    def run(self, root):
        with contextlib.ExitStack() as stack:
            directory = pathlib.Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="check-grib-")))
            batch, temporary = {}, 0
            for file in files_below(root):
                for name, path in self.found(file, directory):
                    batch[str(path)] = name
                    temporary += path.stat().st_size if path.parent == directory else 0
                if len(batch) >= BATCH_FILES or temporary >= BATCH_UNPACKED_BYTES:
                    self.compare(batch, directory)
                    batch, temporary = {}, 0
            self.compare(batch, directory)

    def found(self, file, directory):
        """The GRIB files in a file."""
        try:
            for name, path in unpacked(file, directory):
                if has_messages(path):
                    self.files += 1
                    yield name, path
                else:
                    self.others += 1
                    if path.parent == directory:
                        path.unlink()
        except (OSError, EOFError, lzma.LZMAError, zlib.error, zipfile.BadZipFile, RuntimeError) as failure:
            self.unreadable += 1
            print(f"{file}: cannot be read: {failure}")

    def compare(self, batch, directory):
        if not batch:
            return
        with tempfile.TemporaryDirectory(dir=directory) as exported:
            for verdict in grib_compare.compare([pathlib.Path(path) for path in batch], exported):
                self.verdicts[verdict.kind] += 1
                print(str(verdict).replace(verdict.file, batch[verdict.file]), flush=True)
        for path in map(pathlib.Path, batch):
            if path.parent == directory:
                path.unlink()

    @property
    def failed(self):
        return self.unreadable > 0 or any(kind.fails for kind in self.verdicts)

    def __str__(self):
        counts = ", ".join(f"{self.verdicts[kind]} {kind.value}" for kind in grib_compare.Kind if self.verdicts[kind])
        others = f"{self.others} files without GRIB, {self.unreadable} unreadable"
        return f"{self.verdicts.total()} in {self.files} files: {counts or 'nothing'}; {others}"


def main(root):
    if not root.exists():
        sys.exit(f"check grib: there is no {root}")
    check = Check()
    check.run(root)
    print(check)
    sys.exit(1 if check.failed else 0)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
