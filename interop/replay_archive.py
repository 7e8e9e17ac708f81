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
    """One dataset: its source, its store below a directory, and who judges it.

    `early` is after how many more lead times something is published, `deadline` in how many seconds from now all that
    there is of forecast 1.
    """

    def __init__(self, directory, recording, server, early=None, deadline=None, **model):
        self.directory, self.recording, self.server = directory, recording, server
        now = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        start = now.replace(hour=now.hour // 6 * 6, minute=0, second=0, microsecond=0)
        start -= EVERY * (max(recording["forecasts"]) + 1)
        live = {"early_lead_times": early} if early else {}
        if deadline:
            live["deadline"] = f"{int((now - start - EVERY).total_seconds()) + deadline}s"
        self.model = Model(server.new_bucket().name, self.recording["leads"], start, live=live, **model)
        self.source = replay.Source(self.model, server)
        self.judge = Judge(self.model, self.recording)
        self.final = replay.final_versions(self.recording)
        self.base = directory / "archives"
        self.store = self.base / self.model.dataset / f"v{self.model.definition['version']}.icechunk"
        self.catalog = self.model.write_catalog(directory / "catalog")

    def firn(self, command, *arguments):
        return firn(command, self.model.dataset, "--catalog", self.catalog, "--store", self.base, "--json", *arguments,
                    environment=self.server.environment).report

    def backfill(self):
        """Archives the first forecast, of which one file has not come."""
        self.source.put_forecast(0, without=[self.recording.get("late")])
        end = f"{self.model.init(1):%Y-%m-%dT%H:%M}"
        assert self.firn("backfill", "--end", end)["status"] == "published"

    def reader(self):
        return observation.Reader(self.judge, self.store)

    def wait_until_settled(self):
        """Waits until the archive is what it must be in the end."""
        deadline = time.monotonic() + PATIENCE
        while (look := self.judge.observe(self.store)).versions != self.final:
            assert time.monotonic() < deadline, f"the archive does not become {self.final}: {look}"
            time.sleep(0.2)


def assert_all_was_right(reader, least_looks):
    """Every look showed what certain files make, and no less than the look before."""
    assert reader.failures == []
    assert [look.wrong for look in reader.observations if look.wrong] == []
    assert len(reader.observations) >= least_looks
    assert_nothing_was_lost(reader.observations)


def assert_every_hole_is_explained(archive):
    """The ledger says of each file that is not in the archive that it is missing, and of no other."""
    for forecast, versions in archive.final.items():
        document = archive.firn("ledger", "--forecast", f"{archive.model.init(forecast):%Y-%m-%dT%H:%M}")


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

    def end(self):
        """Waits until it ends by itself; returns its exit code."""
        return self.process.wait(timeout=PATIENCE)

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
