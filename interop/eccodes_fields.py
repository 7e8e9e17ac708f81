"""Fields of a GRIB file as ecCodes sees them."""

import datetime
import tempfile

import eccodes
import numpy as np

EccodesRefusal = eccodes.CodesInternalError
INDICATOR_OCTETS = 16
END = b"7777"
MISSING_VALUE = -9.0e99
MISSING_OCTET = 255
UNIT_SECONDS = {0: 60, 1: 3600, 2: 86400, 10: 10800, 11: 21600, 12: 43200, 13: 1}


class EccodesField:
    """One field: `codes_get` by item access, values as float32 with NaN for missing points."""

    def __init__(self, handle):
        self.handle = handle

    def __getitem__(self, key):
        return eccodes.codes_get_long(self.handle, key)

    def real(self, key):
        return eccodes.codes_get_double(self.handle, key)

    def array(self, key):
        return eccodes.codes_get_array(self.handle, key)

    def has(self, key):
        return bool(eccodes.codes_is_defined(self.handle, key))

    def is_known(self):
        """Whether ecCodes knows the templates of all sections."""
        return self.has("dataRepresentationTemplateNumber") and self.has("values")

    def is_missing(self, key):
        return bool(eccodes.codes_is_missing(self.handle, key))

    def values(self):
        """Row by row, in the direction rows were scanned."""
        eccodes.codes_set_double(self.handle, "missingValue", MISSING_VALUE)
        doubles = eccodes.codes_get_double_array(self.handle, "values")
        doubles = np.where(doubles == MISSING_VALUE, np.nan, doubles)
        with np.errstate(over="ignore"):
            return self.rows(doubles).astype("<f4")

    def rows(self, stored, are_alternating=True):
        """Puts in order what ecCodes gives as it is stored, where lines may alternate or lie along j."""
        if not self.has("jPointsAreConsecutive"):
            return stored
        along_j = self["jPointsAreConsecutive"]
        columns, rows = self["Ni"], self["Nj"]
        if columns * rows != stored.size:  # a reduced grid has rows of different lengths
            return stored
        lines = stored.reshape((columns, rows) if along_j else (rows, columns))
        if are_alternating and self["alternativeRowScanning"]:
            lines[1::2] = lines[1::2, ::-1]
        return (lines.T if along_j else lines).reshape(-1)

    def reference_time(self):
        keys = ("year", "month", "day", "hour", "minute", "second")
        parts = [self[key] for key in keys]
        return datetime.datetime(*parts, tzinfo=datetime.timezone.utc)

    def forecast_seconds(self):
        """Seconds from reference time to forecast time; None for calendar units."""
        unit = UNIT_SECONDS.get(self["indicatorOfUnitOfTimeRange"])
        return None if unit is None else unit * self["forecastTime"]

    def interval_end_seconds(self):
        names = ("year", "month", "day", "hour", "minute", "second")
        parts = [self[f"{name}OfEndOfOverallTimeInterval"] for name in names]
        end = datetime.datetime(*parts, tzinfo=datetime.timezone.utc)
        return int((end - self.reference_time()).total_seconds())

    def surface(self, which):
        """Type and value of the First or Second fixed surface; None without one."""
        kind = self[f"typeOf{which}FixedSurface"]
        if which == "Second" and kind == MISSING_OCTET:
            return None
        factor, value = f"scaleFactorOf{which}FixedSurface", f"scaledValueOf{which}FixedSurface"
        missing = any(map(self.is_missing, (factor, value)))
        return kind, None if missing else signed(self[value]) * 10.0 ** -self[factor]


def signed(value):
    """A four-octet sign and magnitude integer that ecCodes took for unsigned."""
    sign = 1 << 31
    return value if value < sign else sign - value


def fields(path):
    """Yields the GRIB2 fields of a file; the caller must not keep them."""
    with open(path, "rb") as file:
        yield from _fields(file)


def fields_of(message):
    """Yields the fields of a message, given as bytes; the caller must not keep them."""
    with tempfile.TemporaryFile() as file:
        file.write(message)
        file.flush()
        file.seek(0)
        yield from _fields(file)


def with_plain_products(message):
    """The message with products of template 4.0, which ecCodes knows, that measure the same."""
    sections, at = [], INDICATOR_OCTETS
    while at < len(message) - len(END):
        length = int.from_bytes(message[at : at + 4], "big")
        section = message[at : at + length]
        sections.append(plain_product(section) if section[4] == 4 else section)
        at += length
    body = b"".join(sections) + END
    return message[:8] + (INDICATOR_OCTETS + len(body)).to_bytes(8, "big") + body


def plain_product(section):
    forecast = b"\x02\x00\x00\x00\x00\x00\x01\x00\x00\x00\x00"
    surfaces = b"\x01\x00\x00\x00\x00\x00" + b"\xff" * 6
    body = b"\x04" + b"\x00" * 4 + section[9:11] + forecast + surfaces
    return (4 + len(body)).to_bytes(4, "big") + body


def _fields(file):
    eccodes.codes_grib_multi_support_on()
    try:
        while (handle := eccodes.codes_grib_new_from_file(file)) is not None:
            try:
                if eccodes.codes_get_long(handle, "edition") == 2:
                    yield EccodesField(handle)
            finally:
                eccodes.codes_release(handle)
    finally:
        eccodes.codes_grib_multi_support_reset_file(file)
        eccodes.codes_grib_multi_support_off()


def message_offsets(path):
    """Where ecCodes finds messages, up to the first it cannot read."""
    offsets = []
    with open(path, "rb") as file:
        try:
            while (handle := eccodes.codes_grib_new_from_file(file, headers_only=True)) is not None:
                offsets.append(eccodes.codes_get_long(handle, "offset"))
                eccodes.codes_release(handle)
        except EccodesRefusal:
            pass
    return offsets
