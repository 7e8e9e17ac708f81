"""Times how long after its last byte a forecast is readable in an archive that `firn stream` keeps, and prints Markdown.

    stream_latency.py DIRECTORY LEADS SECONDS FORECASTS

Forecasts of LEADS lead times with ten variables at 0.25 degrees, a lead time every SECONDS, each in a file of some 10 MB,
arrive in an S3 server and are announced in an SQS queue: one while each lead time is published as it comes, then
FORECASTS of them while whole ones are. Archives are Icechunk repositories below DIRECTORY.
"""

import pyproj  # before ecCodes, which brings a PROJ library that pyproj does not work with

import dataclasses
import json
import os
import pathlib
import shutil
import sys
import threading
import time

import numpy as np

import replay
import s3
import sqs
from firn_cli import ROOT
from replay_archive import Archive, Post, Stream
from replay_model import QUARTER_DEGREE
from stores import history, opened, repository

LOOK_EVERY = 0.05  # seconds
PATIENCE = 120


def arrivals(leads, every, forecasts):
    """A recording in which nothing goes wrong: data, their index a second later, each announced at once."""
    actions = []
    for number, forecast in enumerate(forecasts):
        for lead in range(leads):
            for part, after in (("data", 0), ("index", 1)):
                at = (number * leads + lead) * every + after
                which = {"forecast": forecast, "lead": lead, "version": 1}
                actions.append({"at": at, "put": part, **which})
                actions.append({"at": at, "send": "envelope", "records": [{"event": "2.1", "part": part, **which}]})
    ordered = sorted(actions, key=lambda action: action["at"])
    return {"leads": list(range(leads)), "forecasts": forecasts, "actions": ordered}


class Watch(threading.Thread):
    """Notes when xarray could first read a value of every variable of each lead time, and of which commit."""

    def __init__(self, archive):
        super().__init__(daemon=True)
        self.archive, self.readable, self.over = archive, {}, threading.Event()

    def run(self):
        seen = None
        while not self.over.wait(LOOK_EVERY):
            now = repository(self.archive.store).lookup_branch("main")
            if now != seen:
                seen = now
                self.look(now)

    def look(self, snapshot):
        found = opened(self.archive.store)
        hours = found.ingested_forecast_length.values / np.timedelta64(1, "h")
        for forecast, longest in enumerate(hours):
            for lead in self.archive.model.leads:
                if lead <= longest and (forecast, lead) not in self.readable and self.has_values(found, forecast, lead):
                    self.readable[forecast, lead] = time.time(), snapshot

    def has_values(self, found, forecast, lead):
        where = {"init_time": forecast, "lead_time": self.archive.model.leads.index(lead), "latitude": 300, "longitude": 500}
        wanted = self.archive.model.made(forecast, lead, 1)[2]
        return all(not np.isnan(found[name].isel(where).values) for name in wanted)


@dataclasses.dataclass(frozen=True)
class Sample:
    """Seconds from the last byte to the first value, and what threads were busy with meanwhile by stage."""

    seconds: float
    stages: dict

    @property
    def without_codecs(self):
        """Decoding and encoding use all processors: what is taken off is what they took at least."""
        return self.seconds - (self.stages["decode"] + self.stages["encode"]) / os.cpu_count()


def stage_seconds(archive):
    """How long the stages of each commit took, as its update says in the journal, by snapshot."""
    journal, found = archive.store.parent / "_internal" / archive.store.name, {}
    for commit in history(archive.store):
        done = journal / commit.metadata.get("firn_job", "") / "done.json"
        if done.is_file():
            summary = json.loads(done.read_text())["summary"]
            millis = summary["times"] | {"publish": summary["publishMillis"]}
            found[commit.id] = {stage: value / 1000 for stage, value in millis.items()}
    return found


def samples_of(archive, watch, which):
    """One for each of these files, of which each is the last of what was published with it."""
    stages = stage_seconds(archive)
    for forecast, lead in which:
        readable, snapshot = watch.readable[forecast, lead]
        yield Sample(readable - archive.source.available[forecast, lead, 1], stages[snapshot])


def run(directory, recording, early, servers, made):
    """Plays a recording; returns the archive and the watch."""
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    archive = Archive(directory, recording, servers[0], early, grid=QUARTER_DEGREE)
    archive.model.made = made or archive.model.made
    for forecast in [0, *recording["forecasts"]]:
        for lead in archive.model.leads:
            archive.model.made(forecast, lead, 1)
    archive.backfill()
    post, watch = Post(directory, servers[1]), Watch(archive)
    watch.start()
    with Stream([archive], post, servers):
        post.wait_until_heard()
        replay.Player(recording, archive.source, post.notifications, factor=1).play()
        deadline = time.monotonic() + PATIENCE
        last = recording["forecasts"][-1], archive.model.leads[-1]
        while last not in watch.readable and time.monotonic() < deadline:
            time.sleep(1)
    watch.over.set()
    watch.join()
    return archive, watch


def row(name, samples):
    def quantiles(values):
        return [f"{np.quantile(values, share):.1f}" for share in (0.5, 0.95, 1)]

    figures = quantiles([sample.seconds for sample in samples])
    figures += quantiles([sample.without_codecs for sample in samples])
    figures += [f"{np.median([sample.stages[stage] for sample in samples]):.1f}"
                for stage in ("fetch", "decode", "encode", "put", "publish")]
    print(f"| {name} | {len(samples)} | " + " | ".join(figures) + " |")


def measure(directory, leads, every, forecasts):
    with s3.Server() as s3_server, sqs.Server() as sqs_server:
        servers = s3_server, sqs_server
        early = run(directory / "early", arrivals(leads, every, [1]), 1, servers, None)
        whole = run(directory / "whole", arrivals(leads, every, list(range(1, forecasts + 1))), None, servers,
                    early[0].model.made)
    print("| published | samples | p50, s | p95 | max | without decode, encode: p50, s | p95 | max "
          "| busy, median: fetch, s | decode | encode | put | publish |")
    print("|---|" + "---:|" * 12)
    row("each lead time", list(samples_of(*early, [(1, lead) for lead in range(leads)])))
    row("whole forecasts", list(samples_of(*whole, [(forecast, leads - 1) for forecast in range(1, forecasts + 1)])))


if __name__ == "__main__":
    os.chdir(ROOT)
    measure(pathlib.Path(sys.argv[1]).absolute(), *map(int, sys.argv[2:5]))
