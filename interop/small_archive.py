"""A dataset of the catalog on a small grid, with few steps: its definition as shipped, but for the sizes.

Files are made below a directory that takes the place of all hosts; what the archive must hold is worked out here with
numpy, from the numbers that went into the files.
"""

import dataclasses
import datetime
import json
import pathlib

import eccodes
import numpy as np
import pyproj
import xarray as xr
import yaml

from firn_cli import ROOT, firn

ROWS, COLUMNS = 9, 16
NOAA = {  # element of the inventories: discipline, category, number; type of surface, its value
    "TMP": (0, 0, 0), "TMAX": (0, 0, 4), "APCP": (0, 1, 8), "TCDC": (0, 6, 1), "GUST": (0, 2, 22), "PRMSL": (0, 3, 1),
    "MSLMA": (0, 3, 198), "ASNOW": (0, 1, 29), "HGT": (0, 3, 5), "CSNOW": (0, 1, 195), "UGRD": (0, 2, 2),
    "CPOFP": (0, 1, 39), "VGRD": (0, 2, 3), "PRES": (0, 3, 0), "RH": (0, 1, 1), "PWAT": (0, 1, 3), "TMIN": (0, 0, 5),
    "DSWRF": (0, 4, 192),
}
PROCESSES = {"ave": 0, "acc": 1, "max": 2, "min": 3}


def hours(count):
    return datetime.timedelta(hours=count)


class SmallArchive:
    """One dataset, its sources and its store."""

    def __init__(self, directory, dataset, variables, **sizes):
        self.directory, self.dataset = pathlib.Path(directory), dataset
        shipped = ROOT / "pipeline/src/main/resources/catalog" / dataset / "dataset.yaml"
        self.definition = yaml.safe_load(shipped.read_text()) | sizes
        self.definition["variables"] = {name: self.definition["variables"][name] for name in variables}
        catalog = self.directory / "catalog"
        catalog.mkdir(parents=True)
        (catalog / f"{dataset}.yaml").write_text(yaml.safe_dump(self.definition, sort_keys=False))
        self.store = self.directory / "archive.zarr"

    def path(self, url):
        """Where the file at a URL is made."""
        path = self.directory / "sources" / url.partition("://")[2]
        path.parent.mkdir(parents=True, exist_ok=True)
        return path

    def firn(self, command, *arguments, hosts, expect=0):
        mirrors = [flag for host in hosts for flag in ("--mirror", f"{host}={self.path(host)}")]
        return firn(command, self.dataset, "--catalog", self.directory / "catalog", "--store", self.store, *mirrors,
                    "--json", *arguments, expect=expect).report

    def open(self):
        return xr.open_zarr(self.store, decode_timedelta=True)




def texture(seed):
    """Values that differ everywhere, whole numbers: they are packed without loss."""
    return np.random.default_rng(seed).integers(0, 1000, (ROWS, COLUMNS)).astype(float)


@dataclasses.dataclass(frozen=True)
class Grid:
    """A latitude/longitude grid as files have it: the values of an archive, north first, are put in its order."""

    north: float
    west: float  # of the archive
    rows: int = ROWS
    columns: int = COLUMNS
    step: float = 22.5
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


GLOBE = Grid(90.0, -180.0, shift=COLUMNS // 2)  # files begin at Greenwich


def message(parameter, values, init, lead, surface=(1, None), window=None, centre="kwbc", member=None, grid=GLOBE,
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
class ConusMap:
    """The first rows and columns of the HRRR model's Lambert map, whose files begin in the south-west."""

    north: float = 1586693.847443335
    west: float = -2697520.142521929
    rows: int = ROWS
    columns: int = COLUMNS
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


def noaa_file(path, init, fields, grid=GLOBE, packing="grid_simple", member=None):
    """Writes a GRIB file with its inventory, as `noaa_contents` makes them."""
    messages, lines = noaa_contents(init, fields, grid=grid, packing=packing, member=member)
    path.write_bytes(b"".join(messages))
    path.with_name(path.name + ".idx").write_text(lines)


def noaa_contents(init, fields, grid=GLOBE, **how):
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


