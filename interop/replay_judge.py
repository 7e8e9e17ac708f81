"""Tells what an archive shows of a model's forecasts, and whether a reader may see that."""

import dataclasses
import random
import time

import numpy as np

from stores import opened

PAUSE = 0.02  # seconds between two looks, on average


@dataclasses.dataclass(frozen=True)
class Look:
    """What one look at an archive showed.

    `versions` are those of the files that each forecast was made of, by lead hours; `wrong` is what no such files make.
    """

    versions: dict
    wrong: tuple


def same(found, expected):
    return np.array_equal(found, expected, equal_nan=True)


class Judge:
    """Knows the files that a model may have published, and what an archive of any of them is."""

    def __init__(self, model, recording):
        self.model = model
        self.possible = {(forecast, lead): [None, 1] for forecast in [0, *recording["forecasts"]] for lead in model.leads}
        self.possible[1, recording.get("replaced")] = [None, 1, 2]
        self.random = random.Random(model.dataset)
        self.first = next(iter(model.definition["variables"]))  # moments, which every file has

    def observe(self, store):
        """Looks at a random moment."""
        time.sleep(self.random.expovariate(1 / PAUSE))
        return self.judge(opened(store))

    def judge(self, archive):
        archive = archive.load()
        wrong, versions = list(self.wrong_coordinates(archive)), {}
        for forecast in range(archive.sizes["init_time"]):
            seen = archive.isel(init_time=forecast)
            versions[forecast] = self.versions(forecast, seen[self.first].values, wrong)
            for name in self.model.definition["variables"]:
                for at, lead in enumerate(self.model.leads):
                    field, files = seen[name].values[at], versions[forecast]
                    expected = self.model.expected_at(name, forecast, files, lead)
                    if not same(field, expected) and not self.waits(name, forecast, files, lead, field):
                        wrong.append(f"{name} of forecast {forecast}, lead {lead}: it is not of files {files}")
            wrong += self.wrong_length(forecast, seen)
        return Look(versions, tuple(wrong))

    def waits(self, name, forecast, versions, lead, field):
        """Whether a rate is missing because one of its files may have been replaced by a version that was not heard of yet."""
        files = self.model.files_of(name, lead)
        return len(files) > 1 and np.isnan(field).all() and any(
            2 in self.possible[forecast, each] and versions.get(each) == 1 for each in files)

    def versions(self, forecast, values, wrong):
        """Which version of each file the values are of."""
        versions = {}
        for at, lead in enumerate(self.model.leads):
            for version in self.possible[forecast, lead]:
                if same(values[at], self.model.expected_at(self.first, forecast, {lead: version}, lead)):
                    if version:
                        versions[lead] = version
                    break
            else:
                wrong.append(f"{self.first} of forecast {forecast}, lead {lead}: it is of no version")
        return versions

    def wrong_length(self, forecast, seen):
        """The ingested length against the longest lead time of which any value is there."""
        there = np.zeros(len(self.model.leads), bool)
        for name in self.model.definition["variables"]:
            there |= ~np.isnan(seen[name].values).all(axis=(1, 2))
        longest = np.timedelta64(self.model.leads[np.flatnonzero(there)[-1]], "h") if there.any() else np.timedelta64("NaT", "ns")
        found = seen.ingested_forecast_length.values
        if not (found == longest or (np.isnat(found) and np.isnat(longest))):
            yield f"ingested_forecast_length of forecast {forecast}: {found}, but there are values to {longest}"

    def wrong_coordinates(self, archive):
        init = np.datetime64(self.model.start) + np.arange(archive.sizes["init_time"]) * np.timedelta64(6, "h")
        leads = np.array(self.model.leads, "m8[h]")
        axes = self.model.grid.axes
        expected = {
            "init_time": init, "lead_time": leads, "valid_time": init[:, None] + leads,
            "expected_forecast_length": np.full(len(init), leads[-1]),
            **{axis: np.linspace(axes[axis]["first"], axes[axis]["last"], axes[axis]["count"]) for axis in axes},
        }
        for name, values in expected.items():
            if not np.array_equal(archive[name].values, values):
                yield f"{name}: {archive[name].values}"


def assert_nothing_was_lost(looks):
    """Each file, once it is in the archive, stays, in the same version or a later one."""
    before = {}
    for look in looks:
        now = {(forecast, lead): version for forecast, of in look.versions.items() for lead, version in of.items()}
        assert all(now.get(which, 0) >= version for which, version in before.items()), (before, now)
        before = now
