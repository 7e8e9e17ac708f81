"""A dataset of the catalog on a small grid, with few steps: its definition as shipped, but for the sizes.

Files are made below a directory that takes the place of all hosts; what the archive must hold is worked out here with
numpy, from the numbers that went into the files.
"""

import datetime
import json
import pathlib

import eccodes
import numpy as np
import xarray as xr
import yaml

from firn_cli import ROOT, firn

ROWS, COLUMNS = 9, 16
LATITUDES, LONGITUDES = np.linspace(90, -90, ROWS), -180 + 22.5 * np.arange(COLUMNS)
NOAA = {  # element of the inventories: discipline, category, number; type of surface, its value
    "TMP": (0, 0, 0), "TMAX": (0, 0, 4), "APCP": (0, 1, 8), "TCDC": (0, 6, 1), "GUST": (0, 2, 22), "PRMSL": (0, 3, 1),
    "MSLMA": (0, 3, 198), "ASNOW": (0, 1, 29), "HGT": (0, 3, 5), "CSNOW": (0, 1, 195),
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


def message(parameter, values, init, lead, surface=(1, None), window=None, centre="kwbc", member=None):
    """A GRIB2 message of a global field from 90 N, 0 E; values are north first from 180 W, as in archives."""
    handle = eccodes.codes_grib_new_from_samples("GRIB2")
    start, process = window if window else (None, None)
    template = (11 if window else 1) if member is not None else (8 if window else 0)
    keys = {
        "tablesVersion": 28, "centre": centre, "discipline": parameter[0], "productDefinitionTemplateNumber": template,
        "parameterCategory": parameter[1], "parameterNumber": parameter[2],
        "dataDate": int(init.strftime("%Y%m%d")), "dataTime": init.hour * 100 + init.minute,
        "Ni": COLUMNS, "Nj": ROWS, "latitudeOfFirstGridPointInDegrees": 90, "latitudeOfLastGridPointInDegrees": -90,
        "longitudeOfFirstGridPointInDegrees": 0, "longitudeOfLastGridPointInDegrees": 337.5,
        "iDirectionIncrementInDegrees": 22.5, "jDirectionIncrementInDegrees": 22.5,
        "typeOfFirstFixedSurface": surface[0], "bitsPerValue": 24, "packingType": "grid_simple",
    }
    if member is not None:
        keys |= {"perturbationNumber": member, "typeOfEnsembleForecast": 1 if member == 0 else 3,
                 "numberOfForecastsInEnsemble": 51}
    for key, value in keys.items():
        eccodes.codes_set(handle, key, value)
    if surface[1] is not None:
        eccodes.codes_set(handle, "scaleFactorOfFirstFixedSurface", 0)
        eccodes.codes_set(handle, "scaledValueOfFirstFixedSurface", surface[1])
    if window:
        eccodes.codes_set(handle, "typeOfStatisticalProcessing", process)
        eccodes.codes_set(handle, "stepRange", f"{start}-{lead}")
    else:
        eccodes.codes_set(handle, "forecastTime", lead)
    eccodes.codes_set_values(handle, np.roll(values, COLUMNS // 2, axis=1).ravel())
    try:
        return eccodes.codes_get_message(handle)
    finally:
        eccodes.codes_release(handle)


def noaa_file(path, init, lead, fields):
    """A GRIB file with its inventory.

    fields: (element, level text, surface, window or None, values); a window is its start and word
    """
    messages, lines = b"", []
    for number, (element, level, surface, window, values) in enumerate(fields, 1):
        word = "anl" if lead == 0 else f"{lead} hour fcst"
        if window:
            start, kind = window
            days = start == 0 and lead % 24 == 0
            word = f"0-{lead // 24} day {kind} fcst" if days else f"{start}-{lead} hour {kind} fcst"
        lines.append(f"{number}:{len(messages)}:d={init:%Y%m%d%H}:{element}:{level}:{word}:\n")
        processed = (window[0], PROCESSES[window[1]]) if window else None
        messages += message(NOAA[element], values, init, lead, surface, processed)
    path.write_bytes(messages)
    path.with_name(path.name + ".idx").write_text("".join(lines))


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


