"""The dataset gefs-mean-10hpa of interop/catalog: how to backfill it and what it should hold."""

import dataclasses
import functools
import shutil

import numpy as np
import yaml

import truth
from firn_cli import CATALOG, firn
from stores import opened  # as in gefs.opened(store)

DATASET = "gefs-mean-10hpa"
DEFINITION = yaml.safe_load((CATALOG / "gefs-mean.yaml").read_text())
VARIABLES = DEFINITION["variables"]
# What Firn adds by itself: the usual coordinates of a forecast, with their attributes as xarray leaves them.
_LENGTHS = {"min": "0 days 00:00:00", "max": "0 days 06:00:00"}
COORDINATES = {
    "latitude": {"long_name": "Latitude", "standard_name": "latitude", "axis": "Y", "units": "degree_north",
                 "statistics_approximate": {"min": -90.0, "max": 90.0}},
    "longitude": {"long_name": "Longitude", "standard_name": "longitude", "axis": "X", "units": "degree_east",
                  "statistics_approximate": {"min": -180.0, "max": 179.5}},
    "init_time": {"long_name": "Forecast initialization time", "standard_name": "forecast_reference_time",
                  "statistics_approximate": {"min": "2026-07-24T00:00:00", "max": "Present"}},
    "lead_time": {"long_name": "Forecast lead time", "standard_name": "forecast_period",
                  "statistics_approximate": _LENGTHS},
    "valid_time": {"long_name": "Valid time", "standard_name": "time",
                   "statistics_approximate": {"min": "2026-07-24T00:00:00", "max": "Present + 6 hours"}},
    "ingested_forecast_length": {"long_name": "Ingested forecast length", "statistics_approximate": _LENGTHS},
    "expected_forecast_length": {"long_name": "Expected forecast length", "statistics_approximate": _LENGTHS},
}
BUCKET = "s3://noaa-gefs-samples"
LEAD_HOURS = (0, 3, 6)
END = "2026-07-24T06"


def file_name(lead_hours):
    return f"geavg.20260724.t00z.pgrb2a.0p50.f{lead_hours:03d}.5msg.grib2"


def url(lead_hours):
    return f"{BUCKET}/{file_name(lead_hours)}"


def arguments(store, mirror, *more, catalog=CATALOG):
    """What backfill and update are given, but for their --end and --until."""
    return [DATASET, "--catalog", catalog, "--store", store, "--mirror", f"{BUCKET}={mirror}", "--json", *more]


def backfill(store, mirror, *more, **options):
    return firn("backfill", *arguments(store, mirror, "--end", END, *more), **options)


def update(store, mirror, *more, **options):
    return firn("update", *arguments(store, mirror, "--until", END, *more), **options)


def number_of(variable):
    """Which message of a file is the variable's, from 0: the sample files hold them in this order."""
    return list(VARIABLES).index(variable)


@functools.cache
def expected(samples):
    """For each variable what its array should hold, from the sample files as ecCodes reads them."""
    forecast = truth.expected_forecast(DEFINITION, {lead: samples / file_name(lead) for lead in LEAD_HOURS})
    return {name: values[np.newaxis] for name, values in forecast.items()}


@dataclasses.dataclass(frozen=True)
class Bucket:
    """A copy of the sample files that a test may damage."""

    directory: object

    @classmethod
    def copy_of(cls, samples, directory):
        directory.mkdir(parents=True)
        for lead in LEAD_HOURS:
            for name in (file_name(lead), file_name(lead) + ".idx"):
                shutil.copyfile(samples / name, directory / name)
        return cls(directory)

    def file(self, lead_hours):
        return self.directory / file_name(lead_hours)

    def index(self, lead_hours):
        return self.directory / (file_name(lead_hours) + ".idx")
