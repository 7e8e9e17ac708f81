"""A small model that publishes forecasts as NOAA publishes GFS, and what an archive of its files must hold.

Files are made with ecCodes, and what is in them is decoded with ecCodes; all else is numpy.
"""

import datetime
import functools

import eccodes
import numpy as np
import yaml

import truth
from firn_cli import ROOT
from small_archive import Grid, noaa_contents

SHIPPED = yaml.safe_load((ROOT / "pipeline/src/main/resources/catalog/noaa-gfs-forecast/dataset.yaml").read_text())
VARIABLES = {  # what is usual, and how far values go from there
    "temperature_2m": (280, 10), "wind_u_10m": (3, 5), "wind_v_10m": (-2, 5), "pressure_surface": (98000, 2000),
    "relative_humidity_2m": (60, 10), "precipitable_water_atmosphere": (30, 5), "maximum_temperature_2m": (284, 10),
    "minimum_temperature_2m": (276, 10), "precipitation_surface": (1, 0.4),
    "downward_short_wave_radiation_flux_surface": (300, 50),
}
THREE_VARIABLES = ("temperature_2m", "precipitation_surface", "downward_short_wave_radiation_flux_surface")
WORDS = {"accumulation": "acc", "average": "ave", "maximum": "max", "minimum": "min"}
RESET = 6  # hours
EVERY = datetime.timedelta(hours=6)
COARSE = Grid(90.0, -180.0, rows=37, columns=72, step=5.0, shift=36)
QUARTER_DEGREE = Grid(90.0, -180.0, rows=721, columns=1440, step=0.25, shift=720)
BLOCKS = {COARSE: ((37, 36), (37, 36)), QUARTER_DEGREE: ((121, 121), (726, 726))}  # rows and columns of chunks and shards


class Model:
    """Forecasts by their numbers, files by their lead hours, contents by their version: 1, or 2 for what replaced it."""

    def __init__(self, bucket, leads, start, variables=tuple(VARIABLES), grid=COARSE, dataset="replay-gfs",
                 live=None):
        """`leads` are the lead times in hours, `start` is when forecast 0 starts, `live` is when to publish."""
        self.bucket, self.leads, self.start = bucket, leads, start
        self.grid, self.dataset = grid, dataset
        half = len(self.leads) // 2 + 1
        leads_of = ({"init_time": 1, "lead_time": half}, {"init_time": 1, "lead_time": 2 * half})
        chunks, shards = (steps | dict(zip(grid.axes, cells)) for steps, cells in zip(leads_of, BLOCKS[grid]))
        self.definition = SHIPPED | {
            "id": dataset,
            "append": SHIPPED["append"] | {"start": f"{self.start:%Y-%m-%dT%H:%M:%SZ}"},
            "dimensions": {"lead_time": {"hours": [{"from": lead, "to": lead, "every": 1} for lead in leads]}, **grid.axes},
            "chunks": chunks,
            "shards": shards,
            "source": SHIPPED["source"] | {"names": {"host": [{"is": f"s3://{bucket}"}]}},
            "variables": {name: SHIPPED["variables"][name] for name in variables},
        } | ({"live": live} if live else {})
        self.made = functools.cache(self._made)
        self.expected_field = functools.cache(self._expected_field)

    def write_catalog(self, directory):
        directory.mkdir(exist_ok=True)
        (directory / f"{self.dataset}.yaml").write_text(yaml.safe_dump(self.definition, sort_keys=False))
        return directory

    def init(self, forecast):
        return self.start + forecast * EVERY

    def key(self, forecast, lead):
        init = self.init(forecast)
        return f"gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f{lead:03d}"

    def _made(self, forecast, lead, version):
        """The bytes of a file, its inventory, and the message of each variable in it."""
        fields, names = [], []
        for name, variable in self.definition["variables"].items():
            source = variable["source"]
            window = source.get("window")
            if window and lead == 0:
                continue
            begin = (lead - 1) // RESET * RESET
            values = self._values(name, forecast, lead, version, begin)
            line = (source["element"], source["level"], (source["surface"]["type"], source["surface"].get("value")))
            fields.append((lead, *line, (begin, WORDS[window["statistic"]]) if window else None, values))
            names.append(name)
            if "deaccumulate" in variable:  # NOAA adds the total since the start
                total = values if begin == 0 else values + 1000
                fields.append((lead, *line, (0, "acc"), total))
                names.append(None)
        packing = {"packing": "grid_complex_spatial_differencing", "bits": 12}
        messages, inventory = noaa_contents(self.init(forecast), fields, self.grid, **packing)
        return b"".join(messages), inventory, {name: message for name, message in zip(names, messages) if name}

    def _values(self, name, forecast, lead, version, begin):
        number, (usual, range_) = list(VARIABLES).index(name), VARIABLES[name]
        if "deaccumulate" not in self.definition["variables"][name]:
            return usual + range_ * self._smooth(number, forecast, lead, version)
        hours = range(begin + 1, lead + 1)
        total = sum(usual + range_ * self._smooth(number, forecast, hour, 1).clip(-1, 1) for hour in hours)
        return total + (0.3 if version == 2 else 0)  # less than what falls in the hour after it

    def _smooth(self, *seed):
        """Waves of about one, with noise."""
        random = np.random.default_rng(seed)
        south = np.linspace(0, np.pi, self.grid.rows)[:, None]
        east = np.linspace(0, 2 * np.pi, self.grid.columns, endpoint=False)
        values = random.normal(0, 0.02, (self.grid.rows, self.grid.columns))
        for _ in range(3):
            rows, columns = random.integers(1, 6, 2)
            shift, turn = random.uniform(0, 6, 2)
            values += random.normal() * np.cos(rows * south + shift) * np.cos(columns * east + turn)
        return values

    def _decoded(self, message):
        handle = eccodes.codes_new_from_message(message)
        try:
            values = eccodes.codes_get_double_array(handle, "values").reshape(self.grid.rows, self.grid.columns)
        finally:
            eccodes.codes_release(handle)
        return truth.from_minus_180(values)

    def expected(self, forecast, versions):
        """For each variable what is archived of a forecast of whose files there are these versions, by lead hours."""
        return {
            name: np.stack([self.expected_at(name, forecast, versions, lead) for lead in self.leads])
            for name in self.definition["variables"]
        }

    def expected_at(self, name, forecast, versions, lead):
        return self.expected_field(name, forecast, tuple((each, versions.get(each)) for each in self.files_of(name, lead)))

    def files_of(self, name, lead):
        """The lead hours of the files that the values of a variable at a lead time stand on, the last its own."""
        rate = "deaccumulate" in self.definition["variables"][name] and lead != self.leads[0]
        return [self.leads[self.leads.index(lead) - 1], lead] if rate else [lead]

    def _expected_field(self, name, forecast, files):
        """One field, of the files at these lead hours in these versions."""
        variable = self.definition["variables"][name]
        steps = np.stack([self._archived(name, forecast, lead, version) for lead, version in files])
        if len(files) > 1:
            below = variable["deaccumulate"]["invalid_below"]
            steps = truth.rates(steps, [3600 * lead for lead, _ in files], 3600 * RESET, below)
        return truth.round_mantissa(steps[-1], variable.get("keep_mantissa_bits", 23))

    def _archived(self, name, forecast, lead, version):
        """As a file has it, in the unit of the archive: NaN where there is no such file, or no such field in it."""
        messages = self.made(forecast, lead, version)[2] if version else {}
        if name not in messages:
            return np.full((self.grid.rows, self.grid.columns), np.nan, np.float32)
        values = self._decoded(messages[name])
        if self.definition["variables"][name].get("convert"):
            values = truth.kelvin_to_celsius(values)
        return values.astype(np.float32)
