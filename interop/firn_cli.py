"""Runs the firn command, as a user would: $FIRN, or ./firn at the root of the project."""

import contextlib
import dataclasses
import json
import os
import pathlib
import shlex
import signal
import subprocess
import tempfile
import time

import numpy as np

ROOT = pathlib.Path(__file__).resolve().parents[1]
FIRN = os.environ.get("FIRN", str(ROOT / "firn"))
CATALOG = ROOT / "interop" / "catalog"
SECONDS = 300

DONE, FAILED, WRONG_USAGE, REFUSED, INTERRUPTED = 0, 1, 2, 3, 130


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a run ended."""

    command: list
    code: int
    out: str
    err: str

    @property
    def report(self):
        """The JSON document that --json prints."""
        return json.loads(self.out)

    @property
    def resume(self):
        """The command line that standard error names for going on."""
        before, found, after = self.err.partition("resume with\n")
        assert found, f"no command to resume with in: {self.err}"
        command = shlex.split(after.splitlines()[0])
        assert command[0] == "./firn"
        return command[1:]

    def __str__(self):
        return f"{shlex.join(self.command)}\nexit code {self.code}\n{self.out}\n{self.err}"


def firn(*arguments, expect=DONE, environment=None):
    """Runs firn to its end, with more or other environment variables; asserts its exit code."""
    command = [FIRN, *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=SECONDS, env=os.environ | (environment or {})
    )
    ended = Ended(command, done.returncode, done.stdout, done.stderr)
    assert ended.code == expect, f"expected exit code {expect}: {ended}"
    assert "\tat " not in ended.err, f"a stack trace: {ended}"
    return ended


@dataclasses.dataclass(frozen=True)
class Measured:
    """How a run ended, how long it took and how much memory it had at most."""

    ended: Ended
    seconds: float
    peak_bytes: int


def measured(*arguments, environment=None):
    """Runs firn to its end, however long that takes, with more or other environment variables."""
    command = [FIRN, *map(str, arguments)]
    began, peak_bytes = time.monotonic(), 0
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env=os.environ | (environment or {}))
        while process.poll() is None:
            peak_bytes = max(peak_bytes, _peak_bytes_until_now(process.pid))
            time.sleep(0.05)
        out.seek(0)
        err.seek(0)
        ended = Ended(command, process.returncode, out.read(), err.read())
    return Measured(ended, time.monotonic() - began, peak_bytes)


def _peak_bytes_until_now(pid):
    """Of the program that the process runs; os.wait4 would count those before exec as well, this one among them."""
    with contextlib.suppress(OSError):
        for line in pathlib.Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return 0


def listing(path):
    """What `firn grib ls` says of each field."""
    return firn("grib", "ls", path, "--json").report


def raw_values(path, index):
    """The values of field `index`."""
    command = [FIRN, "grib", "values", str(path), str(index), "--raw"]
    return np.frombuffer(subprocess.run(command, capture_output=True, check=True).stdout, "<f4")


class Crashed(Exception):
    """Firn ended as it should never end."""


def exported(paths, directory, *options):
    """Yields what `firn grib export` prints of each field or message, as it prints it.

    `values` is the path of a file, to be deleted by whoever is done with it; `places` are latitudes and longitudes.
    """
    command = [FIRN, "grib", "export", *options, "--to", str(directory), *map(str, paths)]
    with tempfile.TemporaryFile("w+") as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True) as process:
            try:
                yield from _with_files(map(json.loads, process.stdout), pathlib.Path(directory))
            except BaseException:
                process.kill()
                raise
        errors.seek(0)
        said = errors.read()
    if process.returncode not in (DONE, FAILED) or "\tat " in said:
        raise Crashed(said.strip() or f"exit code {process.returncode}")


def _with_files(lines, directory):
    names, places = None, None
    for line in lines:
        if "latitudes" in line:
            if names != (line["latitudes"], line["longitudes"]):
                names = line["latitudes"], line["longitudes"]
                places = [np.fromfile(directory / name, "<f8") for name in names]
                for name in names:
                    (directory / name).unlink()
            line["places"] = places
        if "values" in line:
            line["values"] = directory / line["values"]
        yield line


class Running:
    """A run that is under way. As a context manager it leaves no process behind."""

    def __init__(self, *arguments, environment=None):
        self.command = [FIRN, *map(str, arguments)]
        self.process = subprocess.Popen(
            self.command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            env=os.environ | (environment or {}),
        )

    def send(self, which):
        self.process.send_signal(which)

    @contextlib.contextmanager
    def paused(self):
        """Stops the process for a while, wherever it is."""
        self.send(signal.SIGSTOP)
        try:
            yield
        finally:
            self.send(signal.SIGCONT)

    def wait_until(self, condition):
        """Looks again and again until `condition()` holds, and says so; False if the process ends before."""
        deadline = time.monotonic() + SECONDS
        while not condition():
            if not self.is_alive():
                return False
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.001)
        return self.is_alive()

    def is_alive(self):
        return self.process.poll() is None

    def end(self):
        """Waits for the end; `code` is negative where a signal killed the process."""
        out, err = self.process.communicate(timeout=SECONDS)
        return Ended(self.command, self.process.returncode, out, err)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        if self.is_alive():
            self.process.send_signal(signal.SIGKILL)
            self.process.communicate()
