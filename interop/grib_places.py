"""Where a field's points are, worked out with numpy and PROJ from the numbers of section 3 as ecCodes reads them.

It is asked where ecCodes has no coordinates, or wrong ones; none of Firn's code or output is used.
"""

import numpy as np
import pyproj

LAT_LON, ROTATED, MERCATOR, TRANSVERSE_MERCATOR = 0, 1, 10, 12
POLAR_STEREOGRAPHIC, LAMBERT, ALBERS, GAUSSIAN = 20, 30, 31, 40
SPACE_VIEW, LAMBERT_AZIMUTHAL = 90, 140
MILLIMETRE, MICRODEGREE = 1e-3, 1e-6
SOUTH_POLE = 0x80


def places(field):
    """Latitudes and longitudes, row by row in the direction of scanning; None for grids not worked out here."""
    template = field["gridDefinitionTemplateNumber"]
    if field["numberOfDataPoints"] == 0 or field["PLPresent"]:
        return None
    if template in (LAT_LON, ROTATED):
        latitudes, longitudes = on_rows(evenly(field, "latitude", "Nj"), longitudes_of(field))
        return (latitudes, longitudes) if template == LAT_LON else turned(field, latitudes, longitudes)
    if template == GAUSSIAN:
        return on_rows(gaussian(field), longitudes_of(field))
    if template in MAPS:
        return on_map(field, *MAPS[template](field))
    return None


def on_rows(latitudes, longitudes):
    return np.repeat(latitudes, len(longitudes)), np.tile(longitudes, len(latitudes))


def ends(field, which):
    return (field.real(f"{which}Of{end}GridPointInDegrees") for end in ("First", "Last"))


def evenly(field, which, count):
    return np.linspace(*ends(field, which), field[count])


def longitudes_of(field):
    """From the first to the last, the way rows are scanned."""
    first, last = ends(field, "longitude")
    westward = field["iScansNegatively"]
    around = (first - last if westward else last - first) % 360
    if around == 0 and first != last:
        around = 360
    return np.linspace(first, first - around if westward else first + around, field["Ni"])


def gaussian(field):
    """The latitudes from the one nearest to the first point's on."""
    sines, _ = np.polynomial.legendre.leggauss(2 * field["N"])
    southward = np.degrees(np.arcsin(sines))[::-1]
    first = np.abs(southward - field.real("latitudeOfFirstGridPointInDegrees")).argmin()
    count = field["Nj"]
    if field["jScansPositively"]:
        return southward[first - count + 1 : first + 1][::-1]
    return southward[first : first + count]


def turned(field, latitudes, longitudes):
    south, east = (field.real(f"{c}OfSouthernPoleInDegrees") for c in ("latitude", "longitude"))
    rotation = pyproj.Transformer.from_pipeline(
        f"+proj=pipeline +step +proj=unitconvert +xy_in=deg +xy_out=rad "
        f"+step +inv +proj=ob_tran +o_proj=longlat +o_lat_p={-south!r} +o_lon_p={-field.real('angleOfRotationInDegrees')!r} "
        f"+lon_0={east!r} +step +proj=unitconvert +xy_in=rad +xy_out=deg"
    )
    longitudes, latitudes = rotation.transform(longitudes, latitudes)
    return latitudes, longitudes


def on_map(field, projection, first, steps):
    """Points of a map `steps` metres apart; `first` is the first point's x and y, None for that of octets 39-46."""
    to_map = pyproj.Proj(f"{projection} {earth(field)} +no_defs")
    if first is None:
        corner = (field.real(f"{c}OfFirstGridPointInDegrees") for c in ("longitude", "latitude"))
        first = to_map(*corner)
    right = -steps[0] if field["iScansNegatively"] else steps[0]
    up = steps[1] if field["jScansPositively"] else -steps[1]
    y, x = on_rows(first[1] + up * np.arange(field["Nj"]), first[0] + right * np.arange(field["Ni"]))
    longitudes, latitudes = to_map(x, y, inverse=True)
    off = np.isinf(latitudes)
    return np.where(off, np.nan, latitudes), np.where(off, np.nan, longitudes)


def axes(field):
    if field["earthIsOblate"]:
        return field.real("earthMajorAxisInMetres"), field.real("earthMinorAxisInMetres")
    return field.real("radius"), field.real("radius")


def earth(field):
    return "+a={!r} +b={!r}".format(*axes(field))


def lengths(field, x="Dx", y="Dy", unit=MILLIMETRE):
    return field[x] * unit, field[y] * unit


def mercator(field):
    return f"+proj=merc +lat_ts={field.real('LaDInDegrees')!r}", None, lengths(field, "Di", "Dj")


def transverse_mercator(field):
    centimetre = 1e-2
    reference = f"+lat_0={field['LaR'] * MICRODEGREE!r} +lon_0={field['LoR'] * MICRODEGREE!r}"
    false_origin = f"+x_0={field['XR'] * centimetre!r} +y_0={field['YR'] * centimetre!r}"
    projection = f"+proj=tmerc {reference} +k_0={field.real('m')!r} {false_origin}"
    first = field["X1"] * centimetre, field["Y1"] * centimetre
    return projection, first, lengths(field, "Di", "Dj", centimetre)


def polar_stereographic(field):
    pole = -90 if field["projectionCentreFlag"] & SOUTH_POLE else 90
    true_at, east = field.real("LaDInDegrees"), field.real("orientationOfTheGridInDegrees")
    return f"+proj=stere +lat_0={pole} +lat_ts={true_at!r} +lon_0={east!r}", None, lengths(field)


def conic(name):
    def projection(field):
        parallels = " ".join(
            f"+{ours}={field.real(key + 'InDegrees')!r}"
            for ours, key in (("lat_1", "Latin1"), ("lat_2", "Latin2"), ("lat_0", "LaD"), ("lon_0", "LoV"))
        )
        return f"+proj={name} {parallels}", None, lengths(field)

    return projection


def lambert_azimuthal(field):
    north, east = (field[f"{key}InMicrodegrees"] * MICRODEGREE for key in ("standardParallel", "centralLongitude"))
    return f"+proj=laea +lat_0={north!r} +lon_0={east!r}", None, lengths(field)


def space_view(field):
    """The sector of a picture whose columns count from the west and rows from the side they are scanned from."""
    major, minor = axes(field)
    distance = field["Nr"] * 1e-6
    height = (distance - 1) * major
    diameter = 2 * np.arcsin(1 / distance) * height
    steps = diameter / field["dx"], diameter * minor / major / field["dy"]
    left, above = (field[f"{axis}p"] * 1e-3 - field[f"{axis}o"] for axis in "XY")
    first = (
        steps[0] * (left if field["iScansNegatively"] else -left),
        steps[1] * (-above if field["jScansPositively"] else above),
    )
    east = field["longitudeOfSubSatellitePoint"] * MICRODEGREE
    return f"+proj=geos +h={height!r} +lon_0={east!r} +sweep=y", first, steps


MAPS = {
    MERCATOR: mercator,
    TRANSVERSE_MERCATOR: transverse_mercator,
    POLAR_STEREOGRAPHIC: polar_stereographic,
    LAMBERT: conic("lcc"),
    ALBERS: conic("aea"),
    SPACE_VIEW: space_view,
    LAMBERT_AZIMUTHAL: lambert_azimuthal,
}
