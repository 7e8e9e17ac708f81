"""Makes GRIB2 messages with ecCodes: every grid in every scanning mode, products, bit-maps, packings."""

import itertools

import pyproj  # before ecCodes, which brings a PROJ library that pyproj does not work with

import eccodes
import numpy as np

COLUMNS, ROWS = 7, 5
MISSING = -1e30

LAT_LON = {
    "latitudeOfFirstGridPoint": 62_500_000,
    "latitudeOfLastGridPoint": 52_500_000,
    "longitudeOfFirstGridPoint": 355_000_000,
    "longitudeOfLastGridPoint": 10_000_000,
    "iDirectionIncrement": 2_500_000,
    "jDirectionIncrement": 2_500_000,
}
ROTATED = LAT_LON | {"latitudeOfSouthernPole": -39_250_000, "longitudeOfSouthernPole": 18_000_000}
CORNER = {"latitudeOfFirstGridPoint": 41_612_949, "longitudeOfFirstGridPoint": 351_400_000}
LENGTHS = {"Dx": 11_000_000, "Dy": 12_500_000}
CONE = CORNER | LENGTHS | {"LaD": 45_000_000, "LoV": 2_000_000, "Latin1": 40_000_000, "Latin2": 50_000_000}
GRIDS = {
    "lat_lon": (0, LAT_LON),
    "lat_lon_across_the_pole": (0, LAT_LON | {"latitudeOfFirstGridPoint": 90_000_000, "latitudeOfLastGridPoint": -90_000_000, "jDirectionIncrement": 45_000_000}),
    "lat_lon_of_thirds": (0, LAT_LON | {"latitudeOfLastGridPoint": 61_166_667, "jDirectionIncrement": 333_333}),
    "lat_lon_in_eighths_of_a_degree": (0, {"basicAngleOfTheInitialProductionDomain": 0, "subdivisionsOfBasicAngle": 8, "latitudeOfFirstGridPoint": 400, "latitudeOfLastGridPoint": 384, "longitudeOfFirstGridPoint": 2860, "longitudeOfLastGridPoint": 4, "iDirectionIncrement": 4, "jDirectionIncrement": 4}),
    "rotated": (1, ROTATED),
    "rotated_and_turned": (1, ROTATED | {"angleOfRotation": 30.0}),
    "mercator": (10, CORNER | {"LaD": 20_000_000, "Di": 12_000_000, "Dj": 13_000_000, "latitudeOfLastGridPoint": 42_000_000, "longitudeOfLastGridPoint": 352_000_000}),
    "transverse_mercator": (12, {"LaR": 49_000_000, "LoR": -2_000_000, "m": 0.9996012717, "XR": 40_000_000, "YR": -10_000_000, "Di": 200_000, "Dj": 300_000, "X1": 8_400_000, "Y1": 51_000_000}),
    "polar_stereographic": (20, CORNER | LENGTHS | {"LaD": 60_000_000, "orientationOfTheGrid": 249_000_000}),
    "polar_stereographic_south": (20, LENGTHS | {"LaD": -71_000_000, "orientationOfTheGrid": 10_000_000, "projectionCentreFlag": 128, "latitudeOfFirstGridPoint": -50_000_000, "longitudeOfFirstGridPoint": 100_000_000}),
    "lambert": (30, CONE),
    "lambert_tangent": (30, CONE | {"LaD": 45_000_000, "Latin1": 45_000_000, "Latin2": 45_000_000}),
    "lambert_south": (30, LENGTHS | {"LaD": -30_000_000, "LoV": 20_000_000, "Latin1": -20_000_000, "Latin2": -40_000_000, "projectionCentreFlag": 128, "latitudeOfFirstGridPoint": -35_000_000, "longitudeOfFirstGridPoint": 15_000_000}),
    "albers": (31, CONE),
    "gaussian": (40, {key: value for key, value in LAT_LON.items() if key != "jDirectionIncrement"} | {"N": 32, "latitudeOfFirstGridPoint": 65_577_608, "latitudeOfLastGridPoint": 54_417_000}),
    "space_view": (90, {"latitudeOfSubSatellitePoint": 0, "longitudeOfSubSatellitePoint": 9_500_000, "dx": 9, "dy": 8, "Xp": 3_500, "Yp": 2_250, "Nr": 6_610_839, "Xo": 0, "Yo": 0, "orientationOfTheGrid": 0}),
    "lambert_azimuthal": (140, CORNER | LENGTHS | {"standardParallelInMicrodegrees": 54_900_000, "centralLongitudeInMicrodegrees": -2_500_000}),
}
SPHERE, WGS84 = 6, 5


def message(handle):
    try:
        return eccodes.codes_get_message(handle)
    finally:
        eccodes.codes_release(handle)


def field(values, columns=COLUMNS, rows=ROWS):
    """A lat-lon field; NaN stands for a missing point."""
    handle = eccodes.codes_grib_new_from_samples("GRIB2")
    for key, value in {"Ni": columns, "Nj": rows, "numberOfDataPoints": columns * rows, **LAT_LON}.items():
        eccodes.codes_set(handle, key, value)
    set_values(handle, values)
    return handle


def set_values(handle, values):
    missing = np.isnan(values)
    if missing.any():
        eccodes.codes_set(handle, "bitmapPresent", 1)
        eccodes.codes_set(handle, "missingValue", MISSING)
    eccodes.codes_set_values(handle, np.where(missing, MISSING, values).astype("f8"))


def ramp(count=COLUMNS * ROWS):
    return 250 + np.arange(count) * 0.25


def on_grid(name, scanning_mode, earth=SPHERE, values=None):
    """A field of different values on one of GRIDS. Latitudes and longitudes run the way it is scanned."""
    template, keys = GRIDS[name]
    handle = eccodes.codes_grib_new_from_samples("GRIB2")
    eccodes.codes_set(handle, "gridDefinitionTemplateNumber", template)
    keys = {"Ni": COLUMNS, "Nj": ROWS, "numberOfDataPoints": COLUMNS * ROWS, "shapeOfTheEarth": earth, **keys}
    if template in (0, 1, 40):
        westward, northward = scanning_mode & 0x80, scanning_mode & 0x40
        for axis, backward in (("latitude", northward), ("longitude", westward)):
            first, last = (f"{axis}Of{end}GridPoint" for end in ("First", "Last"))
            if backward and last in keys:
                keys[first], keys[last] = keys[last], keys[first]
    for key, value in keys.items():
        eccodes.codes_set(handle, key, value)
    eccodes.codes_set(handle, "scanningMode", scanning_mode)
    set_values(handle, ramp() if values is None else values)
    return message(handle)


def with_keys(**keys):
    """A field of a lat-lon grid with these keys."""
    handle = field(ramp())
    for key, value in keys.items():
        eccodes.codes_set(handle, key, value)
    return message(handle)
