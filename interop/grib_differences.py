"""What differs between a field as `firn grib export` gives it and as ecCodes does.

Values are ecCodes' doubles rounded to float32: all equal, or one float32 step off at one point in ten thousand, which
none of the files compared so far needs.

Coordinates are ecCodes' within a microdegree. Where they are not they must be, within a tenth of that, those that
`grib_places` works out: ecCodes has no coordinates for some maps, and for others it

- adds the increments of section 3 again and again, which are rounded to microdegrees, or wrong;
- rounds rotated coordinates to single precision, and takes the angle of rotation off the earth's longitude;
- lists a space view in the opposite order of its scanning mode;
- counts lengths on a map forward from the first point where rows or columns are scanned backward.
"""

import pyproj  # before ecCodes, which brings a PROJ library that pyproj does not work with

import numpy as np

import grib_places
from eccodes_fields import EccodesRefusal

MICRODEGREE = 1e-6
ONE_STEP_AT_MOST = 1e-4


def of(line, field, ask, with_product=True):
    """What differs, a count of points one step off, and what coordinates were compared with; empty where nothing is.

    `ask(question, answer)` calls `answer`, or raises EccodesRefusal where that is known to be the end of the process.
    """
    steps, found = values(np.fromfile(line["values"], "<f4"), ask("values", field.values))
    found += ask("identity", lambda: identity(line, field, with_product) + grid(line["grid"], field))
    places, compared_with = coordinates(line, field, ask)
    return found + places, steps, compared_with


def values(ours, theirs):
    """How many points are a float32 step off, where these are few enough; and what differs."""
    if ours.size != theirs.size:
        return "", [f"values: {ours.size}, ecCodes {theirs.size}"]
    missing = np.isnan(ours)
    if not np.array_equal(missing, np.isnan(theirs)):
        count = np.count_nonzero(missing != np.isnan(theirs))
        return "", [f"missing points: {count} of {ours.size} are missing to one alone"]
    off = np.flatnonzero((ours != theirs) & ~missing)
    if off.size == 0:
        return "", []
    steps = np.abs(_ordered(ours[off]) - _ordered(theirs[off]))
    if steps.max() == 1 and off.size <= ONE_STEP_AT_MOST * ours.size:
        return f"{off.size} of {ours.size} points one float32 step off", []
    at = off[steps.argmax()]
    return "", [f"values: {off.size} of {ours.size}, point {at} is {ours[at]!s}, ecCodes {theirs[at]!s}"]


def _ordered(floats):
    """Integers that count float32 numbers in order."""
    bits = floats.view("<i4").astype("i8")
    return np.where(bits < 0, -(bits & 0x7FFFFFFF), bits)


def identity(line, field, with_product):
    """What differs in parameter, level, times and member."""
    pairs = [
        ("discipline", line["discipline"], lambda: field["discipline"]),
        ("category", line["category"], lambda: field["parameterCategory"]),
        ("number", line["number"], lambda: field["parameterNumber"]),
        ("reference time", line["referenceTime"], lambda: field.reference_time().strftime("%Y-%m-%dT%H:%M:%SZ")),
    ]
    if with_product and "level" in line:
        level = line["level"]
        pairs += [
            ("first surface", _surface(level["first"]), lambda: field.surface("First")),
            ("second surface", _surface(level.get("second")), lambda: field.surface("Second")),
        ]
        if "interval" in line:
            interval = line["interval"]
            pairs += [
                ("process", interval["process"], lambda: field["typeOfStatisticalProcessing"]),
                ("start of interval", interval["startSeconds"], field.forecast_seconds),
                ("end of interval", interval["endSeconds"], field.interval_end_seconds),
                ("lead time", line["leadTimeSeconds"], field.interval_end_seconds),
            ]
        elif "leadTimeSeconds" in line:
            pairs.append(("lead time", line["leadTimeSeconds"], field.forecast_seconds))
        if "member" in line:
            pairs.append(("member", line["member"]["number"], lambda: field["perturbationNumber"]))
        if "derivedForecast" in line:
            pairs.append(("derived forecast", line["derivedForecast"], lambda: field["derivedForecast"]))
    return _different("identity", pairs)


def grid(ours, field):
    """What differs in extent, and in the corners where they are latitudes and longitudes."""
    pairs = []
    if "rowLengths" in ours:
        pairs.append(("row lengths", ours["rowLengths"], lambda: field.array("pl").tolist()))
    if ours["rows"] == 1:  # points in a row: reduced and unstructured grids have no columns
        pairs.append(("points", ours["columns"], lambda: field["numberOfDataPoints"]))
    else:
        pairs.append(("extent", (ours["rows"], ours["columns"]), lambda: (field["Nj"], field["Ni"])))
    return _different("grid", pairs)


def _different(what, pairs):
    found = []
    for name, ours, ask in pairs:
        theirs = _known(ask)
        if theirs is not None and not _same(ours, theirs):
            found.append(f"{what}: {name} {ours}, ecCodes {theirs}")
    return found


def _known(ask):
    """ecCodes' answer; None where it has none, or an impossible one."""
    try:
        return ask()
    except (EccodesRefusal, pyproj.exceptions.ProjError, ValueError, OverflowError):
        return None


def _same(ours, theirs):
    if isinstance(theirs, tuple):
        return ours is not None and all(map(_same, ours, theirs))
    if isinstance(theirs, float):
        return ours is not None and np.isclose(ours, theirs, rtol=1e-12, atol=0)
    return ours == theirs


def _surface(entry):
    return None if entry is None else (entry["type"], entry.get("value"))


def coordinates(line, field, ask):
    """What differs, and a note on what they were compared with."""
    ours = line.get("places")
    theirs = _known(lambda: ask("coordinates", lambda: eccodes_coordinates(field)))
    if theirs is not None and ours is not None and apart(ours, theirs) <= MICRODEGREE:
        return [], ""
    expected = _known(lambda: grib_places.places(field))
    if ours is None:
        return [], "" if theirs is None and expected is None else "without coordinates"
    if expected is not None:
        distance = apart(ours, expected)
        if distance <= MICRODEGREE / 10:
            return [], "coordinates by PROJ" if theirs is None else "coordinates by PROJ, not ecCodes"
        return [f"coordinates: {distance:g} degrees off PROJ"], ""
    if theirs is None:
        return [], "coordinates not compared"
    return [f"coordinates: {apart(ours, theirs):g} degrees off"], ""


def eccodes_coordinates(field):
    """In the order of values. ecCodes puts those of alternating rows in order itself."""
    stored = [field.array(key) for key in ("latitudes", "longitudes")]
    return [field.rows(values, are_alternating=False) for values in stored]


def apart(ours, theirs):
    """The largest difference, in degrees of a great circle; points off the earth are at the same place."""
    if ours[0].size != theirs[0].size:
        return np.inf
    seen = np.isfinite(ours[0])
    if not np.array_equal(seen, _on_earth(theirs)):
        return np.inf
    latitudes = np.abs(ours[0] - theirs[0])[seen]
    around = np.abs((ours[1] - theirs[1] + 180) % 360 - 180)[seen] * np.cos(np.radians(ours[0][seen]))
    return max(latitudes.max(initial=0), around.max(initial=0))


def _on_earth(places):
    return np.isfinite(places[0]) & (np.abs(places[0]) <= 90 + MICRODEGREE)
