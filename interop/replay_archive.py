"""An archive that `firn stream` keeps current while a recording is played, and what is asked of it."""

import datetime
import os
import signal
import subprocess
import time

import observation
import replay
from firn_cli import FIRN, firn
from replay_judge import Judge, assert_nothing_was_lost
from replay_model import EVERY, Model

PATIENCE = 300  # seconds


class Archive:
    """One dataset: its source, its store below a directory, and who judges it."""

    def __init__(self, directory, recording, server, **model):
        self.directory, self.recording = directory, replay.recording(recording)
        self.server = server
        self.model = Model(server.new_bucket().name, self.recording["leads"], lately(self.recording), **model)
        self.source = replay.Source(self.model, server)
        self.judge = Judge(self.model, self.recording)
        version = self.model.definition["version"]
        self.base = directory / "archives"
        self.store = self.base / self.model.dataset / f"v{version}.icechunk"
        self.catalog = self.model.write_catalog(directory / "catalog")

    def firn(self, command, *arguments):
        return firn(command, self.model.dataset, "--catalog", self.catalog, "--store", self.base, "--json", *arguments,
                    environment=self.server.environment).report

    def backfill(self):
        """Archives the first forecast, of which one file has not come."""
        self.source.put_forecast(0, without=[self.recording["late"]])
        end = f"{self.model.init(1):%Y-%m-%dT%H:%M}"
        assert self.firn("backfill", "--end", end)["status"] == "published"

    def reader(self):
        return observation.Reader(self.judge, self.store)

    def wait_until_settled(self):
        """Waits until the archive is what it must be in the end."""
        final, deadline = replay.final_versions(self.recording), time.monotonic() + PATIENCE
        while (look := self.judge.observe(self.store)).versions != final:
            assert time.monotonic() < deadline, f"the archive does not become {final}: {look}"
            time.sleep(0.2)


def lately(recording):
    """The start of forecast 0 such that the last one has started some hours ago."""
    now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None, minute=0, second=0, microsecond=0)
    return now - datetime.timedelta(hours=now.hour % 6) - EVERY * (max(recording["forecasts"]) + 1)


def assert_all_was_right(reader, least_looks):
    """Every look showed what certain files make, and no less than the look before."""
    assert reader.failures == []
    assert [look.wrong for look in reader.observations if look.wrong] == []
    assert len(reader.observations) >= least_looks
    assert_nothing_was_lost(reader.observations)


class Stream:
    """`firn stream` as a process; what it says is in a file."""

    def __init__(self, archives, queue, servers, *arguments):
        first = archives[0]
        self.log = first.directory / "stream.log"
        self.command = [FIRN, "stream", *(archive.model.dataset for archive in archives), "--catalog", first.catalog,
                        "--store", first.base, "--queue", queue.url, *arguments]
        self.environment = os.environ | {name: value for server in servers for name, value in server.environment.items()}

    def start(self):
        with open(self.log, "a") as log:
            self.process = subprocess.Popen(list(map(str, self.command)), stdout=log, stderr=log, env=self.environment)

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.kill()
        if failure[0]:
            print(self.log.read_text()[-20_000:])
