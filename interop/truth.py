"""What a store should hold, worked out with ecCodes and numpy alone.

Every step is written here a second time, from its description and not from Firn's code: that is the
point of it.
"""

import dataclasses

import eccodes
import numpy as np

MISSING = -9.0e99
OF_AN_INTERVAL = 8  # product definition template
STATISTICS = {"average": 0, "accumulation": 1, "maximum": 2, "minimum": 3}  # code table 4.10


@dataclasses.dataclass(frozen=True)
class GribField:
    """One message: values are float64, NaN where missing, rows from north, columns from the west.

    `interval` is for values of an interval: its statistic (code table 4.10), and its hours.
    """

    offset: int
    length: int
    parameter: tuple
    surface: tuple
    lead_hours: int
    interval: tuple | None
    values: np.ndarray


def grib_fields(path):
    """The messages of a file whose fields are on regular latitude/longitude grids."""
    fields = []
    with open(path, "rb") as file:
        while (handle := eccodes.codes_grib_new_from_file(file)) is not None:
            try:
                fields.append(_field(handle))
            finally:
                eccodes.codes_release(handle)
    return fields


def _field(handle):
    def number(key):
        return eccodes.codes_get_long(handle, key)

    assert number("jScansPositively") == 0 and number("iScansNegatively") == 0
    assert number("jPointsAreConsecutive") == 0 and number("alternativeRowScanning") == 0
    eccodes.codes_set_double(handle, "missingValue", MISSING)
    interval = None
    if number("productDefinitionTemplateNumber") == OF_AN_INTERVAL:
        interval = (number("typeOfStatisticalProcessing"), number("endStep") - number("startStep"))
    values = eccodes.codes_get_double_array(handle, "values").reshape(number("Nj"), number("Ni"))
    return GribField(
        offset=number("offset"),
        length=number("totalLength"),
        parameter=(number("discipline"), number("parameterCategory"), number("parameterNumber")),
        surface=(number("typeOfFirstFixedSurface"), number("scaledValueOfFirstFixedSurface")),
        lead_hours=number("endStep"),
        interval=interval,
        values=np.where(values == MISSING, np.nan, values),
    )


def from_minus_180(values):
    """Columns that went from 0 to 360 degrees east go from -180 to 180."""
    return np.roll(values, values.shape[-1] // 2, axis=-1)


def kelvin_to_celsius(values):
    return values - 273.15


def round_mantissa(values, keep_bits):
    """float32 with `keep_bits` bits of mantissa: to the nearest, ties to even."""
    values = np.ascontiguousarray(values, np.float32)
    drop = 23 - keep_bits
    if drop == 0:
        return values.copy()
    bits = values.view(np.uint32).astype(np.uint64)
    is_odd = (bits >> np.uint64(drop)) & np.uint64(1)
    # Adding just under one half, or one half where the kept part is odd, carries exactly when rounding
    # up is due; a carry out of the mantissa raises the exponent, at last to infinity.
    bits += np.uint64((1 << (drop - 1)) - 1) + is_odd
    bits &= ~np.uint64((1 << drop) - 1)
    rounded = bits.astype(np.uint32).view(np.float32)
    return np.where(np.isnan(values), values, rounded)


def rates(totals, seconds, reset_seconds, clamp_above):
    """Accumulations along axis 0 as mean rates since the step before, float32.

    `reset_seconds` is the period after which the total begins again from zero. A rate below zero is zero
    if it is above `clamp_above`, else NaN. The first step has no rate.
    """
    totals = np.asarray(totals, np.float32).astype(np.float64)
    result = np.full(totals.shape, np.nan)
    for step in range(1, len(seconds)):
        begun_anew = seconds[step - 1] % reset_seconds == 0
        before = 0.0 if begun_anew else totals[step - 1]
        result[step] = (totals[step] - before) / (seconds[step] - seconds[step - 1])
    with np.errstate(invalid="ignore"):
        result = np.where((result < 0) & (result > clamp_above), 0.0, result)
        result = np.where(result < 0, np.nan, result)
    return result.astype(np.float32)


def expected_forecast(definition, files):
    """For each variable of a dataset what the archive should hold of one forecast: lead time, latitude,
    longitude, float32.

    `definition` is the dataset's YAML, `files` has the path of the file of each lead time by hours, in order,
    and None where it is absent.
    """
    fields = {lead: grib_fields(path) for lead, path in files.items() if path}
    return {
        name: _expected_variable(definition, variable, {lead: fields.get(lead, []) for lead in files})
        for name, variable in definition["variables"].items()
    }


def _expected_variable(definition, variable, fields):
    absent = np.full([definition["dimensions"][axis]["count"] for axis in ("latitude", "longitude")], np.nan)
    steps = []
    for lead, found in fields.items():
        wanted = [field for field in found if _is_of(variable["source"], field)]
        assert len(wanted) <= 1 and all(field.lead_hours == lead for field in wanted)
        steps.append(from_minus_180(wanted[0].values) if wanted else absent)
    values = np.stack(steps)
    if "convert" in variable:
        assert variable["convert"] == "kelvin_to_celsius"
        values = kelvin_to_celsius(values)
    values = values.astype(np.float32)
    if "deaccumulate" in variable:
        step = variable["deaccumulate"]
        seconds = [3600 * lead for lead in fields]
        values = rates(values, seconds, 3600 * hours(step["reset"]), step["invalid_below"])
    return round_mantissa(values, variable.get("keep_mantissa_bits", 23))


def _is_of(source, field):
    surface, interval = source["surface"], None
    if "window" in source:
        reset = hours(source["window"]["reset"])
        interval = (STATISTICS[source["window"]["statistic"]], field.lead_hours % reset or reset)
    return (
        field.parameter == tuple(source["parameter"])
        and field.interval == interval
        and field.surface[0] == surface["type"]
        and ("value" not in surface or field.surface[1] == surface["value"])
    )


def hours(duration):
    """The hours of a duration like 6h."""
    assert duration.endswith("h")
    return int(duration[:-1])


def assert_same(found, expected, what):
    """Equal bit for bit, where any NaN equals any other; says how much differs and where first."""
    found, expected = np.asarray(found), np.asarray(expected)
    assert found.dtype == expected.dtype == np.float32, f"{what}: {found.dtype}, {expected.dtype}"
    assert found.shape == expected.shape, f"{what}: shape {found.shape}, expected {expected.shape}"
    differs = (found.view(np.uint32) != expected.view(np.uint32)) & ~(np.isnan(found) & np.isnan(expected))
    if differs.any():
        first = tuple(map(int, np.argwhere(differs)[0]))
        raise AssertionError(
            f"{what}: {differs.sum()} of {differs.size} values differ, the first at {first}:"
            f" {found[first]!r}, expected {expected[first]!r}"
        )
