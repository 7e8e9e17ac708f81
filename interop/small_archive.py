"""A dataset of the catalog with few steps, on a grid of a few points or on its whole grid: its definition as shipped,
but for the sizes.

Files are made below a directory that takes the place of all hosts; what the archive must hold is worked out here with
numpy, from the numbers that went into the files.
"""

import dataclasses
import datetime
import enum
import json
import pathlib

import eccodes
import numpy as np
import pyproj
import xarray as xr
import yaml

from firn_cli import ROOT, firn, measured

CATALOG = ROOT / "pipeline/src/main/resources/catalog"
FEW_ROWS, FEW_COLUMNS = 9, 16
SMALL_CHUNK, SMALL_SHARD = (4, 5), (8, 10)  # of grids with few points
MEASURED = []  # what runs on whole grids took, for people
NOAA = {  # element of the inventories: discipline, category, number; type of surface, its value
    "TMP": (0, 0, 0), "TMAX": (0, 0, 4), "APCP": (0, 1, 8), "TCDC": (0, 6, 1), "GUST": (0, 2, 22), "PRMSL": (0, 3, 1),
    "MSLMA": (0, 3, 198), "ASNOW": (0, 1, 29), "HGT": (0, 3, 5), "CSNOW": (0, 1, 195), "UGRD": (0, 2, 2),
    "CPOFP": (0, 1, 39), "VGRD": (0, 2, 3), "PRES": (0, 3, 0), "RH": (0, 1, 1), "PWAT": (0, 1, 3), "TMIN": (0, 0, 5),
    "DSWRF": (0, 4, 192), "DPT": (0, 0, 6),
}
PROCESSES = {"ave": 0, "acc": 1, "max": 2, "min": 3}


def hours(count):
    return datetime.timedelta(hours=count)


class SmallArchive:
    """One dataset, its sources and its store.

    lengths: chunk and shard of each dimension but those of the grid
    grid: of the archive, with the definition's chunks and shards, but small ones where it has few points
    """

    def __init__(self, directory, dataset, variables, grid, lengths, **changes):
        self.directory, self.dataset, self.grid = pathlib.Path(directory), dataset, grid
        self.definition = self.shipped(dataset)
        self.is_whole = all(self.definition["dimensions"][name]["count"] == axis["count"]
                            for name, axis in grid.axes.items())
        self.definition["dimensions"] |= changes.pop("dimensions", {})
        self.definition |= changes
        for number, sizes in enumerate(("chunks", "shards")):
            self.definition[sizes] |= {name: both[number] for name, both in lengths.items()}
        if not self.is_whole:
            self.definition["dimensions"] |= grid.axes
        if grid.rows <= FEW_ROWS:
            self.definition["chunks"] |= dict(zip(grid.axes, SMALL_CHUNK))
            self.definition["shards"] |= dict(zip(grid.axes, SMALL_SHARD))
        self.definition["variables"] = {name: self.definition["variables"][name] for name in variables}
        catalog = self.directory / "catalog"
        catalog.mkdir(parents=True)
        (catalog / f"{dataset}.yaml").write_text(yaml.safe_dump(self.definition, sort_keys=False))
        self.store = self.directory / "archive.zarr"

    @staticmethod
    def shipped(dataset):
        """Its definition as Firn has it."""
        return yaml.safe_load((CATALOG / dataset / "dataset.yaml").read_text())

    @staticmethod
    def catalog():
        """All datasets that Firn has."""
        return sorted(path.parent.name for path in CATALOG.glob("*/dataset.yaml"))

    def path(self, url):
        """Where the file at a URL is made."""
        path = self.directory / "sources" / url.partition("://")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def firn(self, command, *arguments, hosts, expect=0, heap="2g"):
        """The report of a run; on a whole grid in a heap of this size, and its time and memory are noted."""
        mirrors = [flag for host in hosts for flag in ("--mirror", f"{host}={self.path(host)}")]
        line = (command, self.dataset, "--catalog", self.directory / "catalog", "--store", self.store, *mirrors,
                "--json", *arguments)
        if not self.is_whole:
            return firn(*line, expect=expect).report
        run = measured(*line, environment={"FIRN_JAVA_OPTIONS": f"-Xmx{heap}"})
        assert run.ended.code == expect, run.ended
        report = run.ended.report
        MEASURED.append(f"{self.dataset}, {self.grid.rows} x {self.grid.columns}, {', '.join(self.definition['variables'])}: "
                        f"{command} {run.seconds:.0f} s, peak {run.peak_bytes >> 20} MiB, "
                        f"{report['fetched']['requests']} requests, {report['fetched']['bytes'] / 1e6:.1f} MB")
        return report

    def open(self):
        return xr.open_zarr(self.store, decode_timedelta=True)


class Points:
    """What grids have in common, each with its rows and columns."""

    def texture(self, seed):
        """Values that differ everywhere, whole numbers: they are packed without loss."""
        return np.random.default_rng(seed).integers(0, 1000, (self.rows, self.columns)).astype(float)

    def filled(self, value):
        return np.full((self.rows, self.columns), float(value))

    def few(self, **differing):
        """The same with few points."""
        return dataclasses.replace(self, rows=FEW_ROWS, columns=FEW_COLUMNS, **differing)


@dataclasses.dataclass(frozen=True)
class Grid(Points):
    """A latitude/longitude grid as files have it: the values of an archive, north first, are put in its order."""

    north: float
    west: float  # of the archive
    rows: int
    columns: int
    step: float
    shift: int = 0  # columns from the archive's first to the file's
    from_south: bool = False

    @property
    def keys(self):
        south = self.north - (self.rows - 1) * self.step
        first, last = (south, self.north) if self.from_south else (self.north, south)
        west = self.west + self.shift * self.step
        return {"gridType": "regular_ll", "Ni": self.columns, "Nj": self.rows, "jScansPositively": int(self.from_south),
                "latitudeOfFirstGridPointInDegrees": first, "latitudeOfLastGridPointInDegrees": last,
                "longitudeOfFirstGridPointInDegrees": west % 360,
                "longitudeOfLastGridPointInDegrees": (west + (self.columns - 1) * self.step) % 360,
                "iDirectionIncrementInDegrees": self.step, "jDirectionIncrementInDegrees": self.step}

    def ordered(self, values):
        rolled = np.roll(values, -self.shift, axis=1)
        return (rolled[::-1] if self.from_south else rolled).ravel()

    @property
    def axes(self):
        """The dimensions of the archive."""
        return {"latitude": {"first": self.north, "last": self.north - (self.rows - 1) * self.step, "count": self.rows},
                "longitude": {"first": self.west, "last": self.west + (self.columns - 1) * self.step,
                              "count": self.columns}}


GLOBE = Grid(90.0, -180.0, 721, 1440, 0.25, shift=720)  # files begin at Greenwich
HALF_DEGREE = Grid(90.0, -180.0, 361, 720, 0.5, shift=360)
ONE_DEGREE = Grid(90.0, -180.0, 181, 360, 1.0, shift=180)
FEW_OF_GLOBE = GLOBE.few(step=22.5, shift=FEW_COLUMNS // 2)
FEW_OF_COARSE = Grid(90.0, -180.0, FEW_ROWS // 2 + 1, FEW_COLUMNS // 2, 45.0, shift=FEW_COLUMNS // 4)
EUROPE = Grid(70.5, -23.5, 657, 1377, 0.0625, from_south=True)
FEW_OF_EUROPE = EUROPE.few(step=6.0)
CONUS = Grid(54.995, -129.995, 3500, 7000, 0.01)
SWANN = Grid(49.91666793823242, -125.0, 621, 1405, 1 / 24)
IMERG = Grid(89.95, -179.95, 1800, 3600, 0.1)
NDVI = Grid(89.975, -179.975, 3600, 7200, 0.05)


class Size(enum.Enum):
    """Whether a test runs on a few points of each grid or on all of them."""

    FEW = "few"
    WHOLE = "whole"

    def of(self, whole, few=None):
        """A grid, or its few points: the first ones where the test does not say which."""
        return whole if self is Size.WHOLE else few or whole.few()


def fine(values, grid):
    """Between the points of a coarse global grid, whose columns close around the globe."""
    rows = np.arange(grid.rows) * (values.shape[0] - 1) / (grid.rows - 1)
    columns = np.arange(grid.columns) * values.shape[1] / grid.columns
    wide = np.pad(values, ((0, 1), (0, 1)), "wrap")
    above, before = rows.astype(int), columns.astype(int)
    part = (rows - above)[:, None]
    along = wide[above] * (1 - part) + wide[above + 1] * part
    part = columns - before
    return along[:, before] * (1 - part) + along[:, before + 1] * part


def message(parameter, values, init, lead, surface=(1, None), window=None, centre="kwbc", member=None, grid=FEW_OF_GLOBE,
            second=None, packing="grid_simple", bits=24):
    """A GRIB2 message; a surface is its type and value, a window its start and process."""
    handle = eccodes.codes_grib_new_from_samples("GRIB2")
    start, process = window if window else (None, None)
    template = (11 if window else 1) if member is not None else (8 if window else 0)
    keys = {
        "tablesVersion": 28, "centre": centre, "discipline": parameter[0], "productDefinitionTemplateNumber": template,
        "parameterCategory": parameter[1], "parameterNumber": parameter[2],
        "dataDate": int(init.strftime("%Y%m%d")), "dataTime": init.hour * 100 + init.minute, **grid.keys,
        "typeOfFirstFixedSurface": surface[0], "bitsPerValue": bits,
    }
    if member is not None:
        keys |= {"perturbationNumber": member, "typeOfEnsembleForecast": 1 if member == 0 else 3,
                 "numberOfForecastsInEnsemble": 51}
    for key, value in keys.items():
        eccodes.codes_set(handle, key, value)
    for name, each in (("First", surface), ("Second", second)):
        if each and name == "Second":
            eccodes.codes_set(handle, "typeOfSecondFixedSurface", each[0])
        if each and each[1] is not None:
            eccodes.codes_set(handle, f"scaleFactorOf{name}FixedSurface", 0)
            eccodes.codes_set(handle, f"scaledValueOf{name}FixedSurface", each[1])
    if window:
        eccodes.codes_set(handle, "typeOfStatisticalProcessing", process)
        eccodes.codes_set(handle, "stepRange", f"{start}-{lead}")
    else:
        eccodes.codes_set(handle, "forecastTime", lead)
    eccodes.codes_set_values(handle, grid.ordered(values))
    if packing != "grid_simple":  # of a field whose size is known
        eccodes.codes_set(handle, "packingType", packing)
    if packing == "grid_png":  # numbers of one decimal
        eccodes.codes_set(handle, "decimalScaleFactor", 1)
        eccodes.codes_set(handle, "bitsPerValue", 16)
        eccodes.codes_set_values(handle, grid.ordered(values))
    try:
        return eccodes.codes_get_message(handle)
    finally:
        eccodes.codes_release(handle)


@dataclasses.dataclass(frozen=True)
class EaseMap(Points):
    """The equal-area map of SMAP, or its first rows and columns; its files do not say where their points are."""

    rows: int = 406
    columns: int = 964

    @property
    def axes(self):
        return {"y": {"first": 7296523.89, "last": 7296523.89 - (self.rows - 1) * 36032.22, "count": self.rows},
                "x": {"first": -17349513.89, "last": -17349513.89 + (self.columns - 1) * 36032.22, "count": self.columns}}


@dataclasses.dataclass(frozen=True)
class ConusMap(Points):
    """The HRRR model's Lambert map, or its first rows and columns; its files begin in the south-west."""

    north: float = 1586693.847443335
    west: float = -2697520.142521929
    rows: int = 1059
    columns: int = 1799
    step: float = 3000.0

    @property
    def keys(self):
        to_degrees = pyproj.Proj("+proj=lcc +lat_1=38.5 +lat_2=38.5 +lat_0=38.5 +lon_0=262.5 +R=6371229")
        longitude, latitude = to_degrees(self.west, self.north - (self.rows - 1) * self.step, inverse=True)
        return {"gridType": "lambert", "shapeOfTheEarth": 6, "Nx": self.columns, "Ny": self.rows,
                "latitudeOfFirstGridPointInDegrees": latitude, "longitudeOfFirstGridPointInDegrees": longitude % 360,
                "LaDInDegrees": 38.5, "LoVInDegrees": 262.5, "Latin1InDegrees": 38.5, "Latin2InDegrees": 38.5,
                "DxInMetres": self.step, "DyInMetres": self.step, "jScansPositively": 1}

    def ordered(self, values):
        return values[::-1].ravel()

    @property
    def axes(self):
        return {"y": {"first": self.north, "last": self.north - (self.rows - 1) * self.step, "count": self.rows},
                "x": {"first": self.west, "last": self.west + (self.columns - 1) * self.step, "count": self.columns}}


def noaa_file(path, init, fields, grid=FEW_OF_GLOBE, packing="grid_simple", member=None):
    """Writes a GRIB file with its inventory, as `noaa_contents` makes them."""
    messages, lines = noaa_contents(init, fields, grid=grid, packing=packing, member=member)
    path.write_bytes(b"".join(messages))
    path.with_name(path.name + ".idx").write_text(lines)


def noaa_contents(init, fields, grid=FEW_OF_GLOBE, **how):
    """The messages of a GRIB file, and its inventory.

    fields: (lead, element, level text, surface, window or None, values); a window is its start and word
    """
    messages, lines, offset = [], [], 0
    for number, (lead, element, level, surface, window, values) in enumerate(fields, 1):
        word = "anl" if lead == 0 else f"{lead} hour fcst"
        if window:
            start, kind = window
            days = start == 0 and lead % 24 == 0
            word = f"0-{lead // 24} day {kind} fcst" if days else f"{start}-{lead} hour {kind} fcst"
        lines.append(f"{number}:{offset}:d={init:%Y%m%d%H}:{element}:{level}:{word}:\n")
        processed = (window[0], PROCESSES[window[1]]) if window else None
        messages.append(message(NOAA[element], values, init, lead, surface, processed, grid=grid, **how))
        offset += len(messages[-1])
    return messages, "".join(lines)


def ecmwf_file(path, init, lead, fields):
    """A GRIB file with its inventory; fields: (keys of the inventory's line, message)."""
    messages, lines = b"", []
    for keys, content in fields:
        line = {"date": f"{init:%Y%m%d}", "time": f"{init:%H}00", "step": str(lead), **keys}
        lines.append(json.dumps(line | {"_offset": len(messages), "_length": len(content)}) + "\n")
        messages += content
    path.write_bytes(messages)
    path.with_suffix(".index").write_text("".join(lines))


def rounded(values, bits):
    """float32 with so many mantissa bits, half to even; NaN stays."""
    raw = np.asarray(values, np.float32).view(np.uint32).astype(np.uint64)
    dropped = 23 - bits
    odd = (raw >> dropped) & 1
    kept = ((raw + (1 << (dropped - 1)) - 1 + odd) >> dropped) << dropped
    result = kept.astype(np.uint32).view(np.float32)
    return np.where(np.isnan(values), np.float32(np.nan), result)


def assert_same(found, expected):
    np.testing.assert_array_equal(np.asarray(found), np.asarray(expected, np.float32))
