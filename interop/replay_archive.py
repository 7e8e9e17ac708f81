"""An archive that `firn stream` keeps current while a recording is played, and what is asked of it."""

import contextlib
import datetime
import json
import os
import signal
import subprocess
import threading
import time

import numpy as np

import observation
import replay
from firn_cli import FIRN, firn
from replay_judge import Judge, Look, assert_nothing_was_lost
from replay_model import EVERY, Model
from stores import history, opened

PATIENCE = 300  # seconds
GREETING = "is anybody there?"


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

    def replace(self, forecast, lead):
        """Puts another version in the place of a file, without a word."""
        self.judge.possible[forecast, lead].append(2)
        self.final[forecast][lead] = 2
        self.source.put("data", forecast, lead, 2)
        self.source.put("index", forecast, lead, 2)

    def wait_until_settled(self):
        """Waits until the archive is what it must be in the end."""
        deadline = time.monotonic() + PATIENCE
        while (look := self.judge.observe(self.store)) != Look(self.final, ()):
            assert time.monotonic() < deadline, f"the archive does not become {self.final}: {look}"
            time.sleep(0.2)


class Listener(threading.Thread):
    """Hears of the publications of an archive, and looks at once whether readers can see them."""

    def __init__(self, archives, queue):
        super().__init__(name="listener", daemon=True)
        self.stores = {archive.model.dataset: archive.store for archive in archives}
        self.queue, self.events, self.too_early, self.over = queue, [], [], threading.Event()

    def run(self):
        while not self.over.is_set():
            for text in self.queue.receive(wait_seconds=1):
                event = json.loads(text)
                self.events.append(event)
                shown = [commit.id for commit in history(self.stores[event["dataset"]])]
                if event["snapshot"] not in shown:
                    self.too_early.append(event)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *failure):
        self.over.set()
        self.join()


class Watched:
    """Archives with a reader of each, and one who hears of their publications."""

    def __init__(self, archives, post):
        self.archives, self.listener = archives, Listener(archives, post.events)
        self.readers = [observation.Reader(archive.judge, archive.store) for archive in archives]
        self.stack = contextlib.ExitStack()

    def __enter__(self):
        for each in (*self.readers, self.listener):
            self.stack.enter_context(each)
        return self

    def __exit__(self, *failure):
        self.stack.close()

    def settle(self, least_looks=0):
        """Waits until everything is as it must be in the end, and was looked at so often."""
        for archive, reader in zip(self.archives, self.readers):
            archive.wait_until_settled()
            reader.wait_for_whole_looks(1)
            while len(reader.observations) < least_looks and not reader.failures:
                reader.wait_for_whole_looks(1)

    def assert_all_was_right(self):
        """Every look showed what certain files make, and no less than the look before; nobody was told too early."""
        assert self.listener.too_early == []
        for archive, reader in zip(self.archives, self.readers):
            assert reader.failures == []
            wrong = [look.wrong for look in reader.observations if look.wrong]
            assert wrong == [], wrong
            assert_nothing_was_lost(reader.observations)
            assert_the_ledger_explains_all(archive)

    def assert_all_was_told(self):
        """Of each commit but the backfill's."""
        for archive in self.archives:
            told = {event["snapshot"] for event in self.listener.events if event["dataset"] == archive.model.dataset}
            assert told == {commit.id for commit in history(archive.store)[:-2]}

    def counts(self):
        """For people: looks and the states they showed."""
        looks = [reader.observations for reader in self.readers]
        states = [len({repr(look.versions) for look in of}) for of in looks]
        return f"looks {[len(of) for of in looks]} at states {states}, {len(self.listener.events)} events"


def assert_set_aside(post, recording):
    """What nobody can understand, and nothing else, with its content."""
    texts = {action["name"]: action["text"] for action in recording["actions"] if action.get("send") == "text"}
    texts.pop("test event")
    assert post.letters() == {GREETING, *texts.values()}


def ledger_of(archive, forecast):
    """What `firn ledger` says of each variable at each lead time: a state and the version of the file."""
    document = archive.firn("ledger", "--forecast", f"{archive.model.init(forecast):%Y-%m-%dT%H:%M}")
    return {
        (variable.strip("/"), step["lead_hours"]): (line["state"], line.get("version", {}).get("etag", "").strip('"'))
        for line in document["files"] for step in line["steps"] for variable in line["variables"]}


def assert_the_ledger_explains_all(archive):
    """It names the version of each file that the values are of, and for each hole a file that is missing."""
    shown = opened(archive.store)
    for forecast, versions in archive.final.items():
        ledger = ledger_of(archive, forecast)
        assert {lead for _, lead in ledger} == set(archive.model.leads)
        for (name, lead), stands in ledger.items():
            if version := versions.get(lead):
                assert stands == ("ingested", archive.source.objects["data", forecast, lead, version]["eTag"])
            else:
                assert stands[0] == "missing", (name, lead, stands)
        for name in archive.model.definition["variables"]:
            missing = np.isnan(shown[name][forecast].values).any(axis=(1, 2))
            for lead in np.array(archive.model.leads)[missing]:
                files = archive.model.files_of(name, lead)
                assert any(ledger.get((name, each), [""])[0] != "ingested" for each in files), (name, lead)


class Post:
    """What a stream hears from, and where it tells what it has done and what it did not understand."""

    def __init__(self, directory, server, visibility_seconds=30):
        self.notifications = server.new_queue(visibility_seconds)
        self.events, self.dead_letters = server.new_queue(), directory / "dead-letters"

    def wait_until_heard(self):
        """Sends what nobody can understand, and waits until it was set aside: somebody listens now."""
        self.notifications.send(GREETING)
        deadline = time.monotonic() + PATIENCE
        while GREETING not in self.letters():
            assert time.monotonic() < deadline, "nobody listens"
            time.sleep(0.1)

    def letters(self):
        """What was set aside."""
        return {json.loads(path.read_text())["content"] for path in self.dead_letters.glob("*.json")}

    @property
    def arguments(self):
        return ["--queue", self.notifications.url, "--events", self.events.url,
                "--dead-letters", f"file://{self.dead_letters}"]


class Stream:
    """`firn stream` as a process; what it says is in a file."""

    def __init__(self, archives, post, servers, *arguments):
        first = archives[0]
        self.log = first.directory / "stream.log"
        self.command = [FIRN, "stream", *(archive.model.dataset for archive in archives), "--catalog", first.catalog,
                        "--store", first.base, *post.arguments, "--look-every", "5s", *arguments]
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
