"""What fell, or was radiated, is in the archive: rates times the time that they stand for add up to the totals of the
source files, for each variable that files have as totals, or as means since the start.

The totals are read from the files by ecCodes. Rates are rounded to so many bits, each by at most half of the last one,
and none is below zero: so sums of them are off by no larger part.
"""

import bz2
import collections
import dataclasses
import datetime
import gzip

import eccodes
import numpy as np
import pytest

from small_archive import (CONUS, FEW_OF_EUROPE, FEW_OF_GLOBE, ConusMap, Points, SmallArchive, ecmwf_file, hours, message,
                           noaa_file)

PACKED = 2.0**-22  # of the largest value: files have 24 bits
GOOGLE = "https://storage.googleapis.com/ecmwf-open-data"
AMAZON = "https://ecmwf-forecasts.s3.eu-central-1.amazonaws.com"
READ = {".bz2": bz2.open, ".gz": gzip.open}
Total = collections.namedtuple("Total", "parameter init member start end values")


def fallen(grid, kind, init, begin, end, member=0):
    """In the hours from begin to end of a forecast, as files have it."""
    return sum((grid.texture([kind, init.day, init.hour, member, hour]) for hour in range(begin + 1, end + 1)), grid.filled(0))


def totals(directory):
    """All totals of all files, in the archive's order of rows and columns."""
    for path in directory.rglob("*"):
        if path.is_dir() or path.suffix in (".idx", ".index"):
            continue
        with READ.get(path.suffix, open)(path, "rb") as file:
            content = file.read()
        while content:
            handle = eccodes.codes_new_from_message(content)
            content = content[eccodes.codes_get(handle, "totalLength"):]
            yield total(handle)
            eccodes.codes_release(handle)


def total(handle):
    def get(key):
        return eccodes.codes_get(handle, key)

    values = eccodes.codes_get_values(handle).reshape(get("Ny"), get("Nx"))
    if get("jScansPositively"):
        values = values[::-1]
    if get("gridType") == "regular_ll":
        longitudes = get("longitudeOfFirstGridPointInDegrees") + np.arange(get("Nx")) * get("iDirectionIncrementInDegrees")
        values = values[:, np.argsort((longitudes + 180.001) % 360)]
    init = datetime.datetime.strptime(f"{get('dataDate')}{get('dataTime'):04d}", "%Y%m%d%H%M")
    ensemble = eccodes.codes_is_defined(handle, "perturbationNumber")
    parameter = (get("discipline"), get("parameterCategory"), get("parameterNumber"))
    return Total(parameter, init, get("perturbationNumber") if ensemble else 0, get("startStep"), get("endStep"), values)


@dataclasses.dataclass(frozen=True)
class Case:
    """A dataset and how its files are made.

    start: of its archive; leads: of forecasts, or of those that an analysis is made of
    publish: makes the file of a lead time of a forecast
    totals: of each variable the numbers, and what makes of a total what fell, in the archive's unit times seconds
    """

    dataset: str
    start: str
    leads: tuple
    publish: object
    grid: Points
    totals: dict
    hosts: tuple
    members: int = 1

    def __str__(self):
        return f"{self.dataset} {self.start}"


def plain(each):
    return each.values


def metres(each):
    return each.values * 1000


def mean(each):
    return each.values * (each.end - each.start) * 3600


def expected_total(source, reset, fallen_in):
    """What fell, by the last total of each period; files may also have totals of longer periods."""
    last = {}
    for each in source:
        begin = each.init + hours(each.start)
        if (reset is None or each.end - each.start <= reset) and (begin not in last or each.end > last[begin].end):
            last[begin] = each
    return sum(fallen_in(each) for each in last.values()), len(last)


def assert_conserved(found, bits, expected, count):
    assert expected.max() > 0
    np.testing.assert_allclose(found, expected, rtol=2.0**-(bits + 1) + 1e-6, atol=PACKED * expected.max() * count)


def reset_hours(variable):
    reset = variable["deaccumulate"].get("reset")
    return int(reset.removesuffix("h")) if reset else None


def rain(grid, init, lead, reset, member=0):
    """The lines of files with totals since the last reset."""
    begin = (lead - 1) // reset * reset
    return [(lead, "APCP", "surface", (1, None), (begin, "acc"), fallen(grid, 1, init, begin, lead, member))] if lead else []


def gfs(archive, init, lead):
    path = f"gfs.{init:%Y%m%d}/{init:%H}/atmos/gfs.t{init:%H}z.pgrb2.0p25.f{lead:03d}"
    noaa_file(archive.path(f"s3://noaa-gfs-bdp-pds/{path}"), init, rain(archive.grid, init, lead, 6), archive.grid,
              "grid_complex_spatial_differencing")


def gefs(archive, init, lead):
    for member in range(2):
        run = f"p{member:02d}" if member else "c00"
        path = f"gefs.{init:%Y%m%d}/{init:%H}/atmos/pgrb2sp25/ge{run}.t{init:%H}z.pgrb2s.0p25.f{lead:03d}"
        fields = rain(archive.grid, init, lead, 6, member)
        noaa_file(archive.path(f"s3://noaa-gefs-pds/{path}"), init, fields, archive.grid, "grid_complex", member)


def reforecast(archive, init, lead):  # all lead times are in one file
    path = f"GEFSv12/reforecast/{init:%Y/%Y%m%d%H}/c00/Days:1-10/apcp_sfc_{init:%Y%m%d%H}_c00.grib2"
    fields = [field for each in range(3, 25, 3) for field in rain(archive.grid, init, each, 6)]
    noaa_file(archive.path(f"s3://noaa-gefs-retrospective/{path}"), init, fields, archive.grid, member=0)


def hrrr(archive, init, lead):
    fields = rain(archive.grid, init, lead, 1)
    if lead:
        snow = fallen(archive.grid, 2, init, 0, lead) / 1024
        fields.append((lead, "ASNOW", "surface", (1, None), (0, "acc"), snow))
    if lead > 1:  # also since the start
        fields.append((lead, "APCP", "surface", (1, None), (0, "acc"), fallen(archive.grid, 1, init, 0, lead)))
    path = f"hrrr.{init:%Y%m%d}/conus/hrrr.t{init:%H}z.wrfsfcf{lead:02d}.grib2"
    noaa_file(archive.path(f"s3://noaa-hrrr-bdp-pds/{path}"), init, fields, archive.grid, "grid_complex_spatial_differencing")


def ecmwf_fields(archive, init, lead, member, rain_number, per_metre):
    """Totals since the start; member is None where the file is no ensemble's."""
    line = {"levtype": "sfc", "type": "fc" if member is None else "pf" if member else "cf"}
    line |= {"number": str(member)} if member else {}
    for name, kind, number, per in (("tp", 1, rain_number, per_metre), ("strd", 2, (0, 5, 3), 1), ("ssrd", 3, (0, 4, 7), 1)):
        values = fallen(archive.grid, kind, init, 0, lead, member or 0) / per
        yield line | {"param": name}, message(number, values, init, lead, (1, None), (0, 1), "ecmf", member, archive.grid)


def ifs(archive, init, lead):
    path = archive.path(f"{GOOGLE}/{init:%Y%m%d}/{init:%H}z/ifs/0p25/enfo/{init:%Y%m%d%H}0000-{lead}h-enfo-ef.grib2")
    ecmwf_file(path, init, lead,
               [field for member in range(2) for field in ecmwf_fields(archive, init, lead, member, (0, 1, 193), 1000)])


def aifs_ensemble(archive, init, lead):
    for member, name in enumerate(("cf", "pf")):
        name = f"aifs-ens/0p25/enfo/{init:%Y%m%d%H}0000-{lead}h-enfo-{name}.grib2"
        ecmwf_file(archive.path(f"{GOOGLE}/{init:%Y%m%d}/{init:%H}z/{name}"), init, lead,
                   list(ecmwf_fields(archive, init, lead, member, (0, 1, 52), 1)))


def aifs_in_metres(archive, init, lead):
    name = f"aifs/0p25/oper/{init:%Y%m%d%H}0000-{lead}h-oper-fc.grib2"
    ecmwf_file(archive.path(f"{GOOGLE}/{init:%Y%m%d}/{init:%H}z/{name}"), init, lead,
               list(ecmwf_fields(archive, init, lead, None, (0, 1, 193), 1000)))


def aifs(archive, init, lead):
    name = f"aifs-single/0p25/experimental/oper/{init:%Y%m%d%H}0000-{lead}h-oper-fc.grib2"
    ecmwf_file(archive.path(f"{GOOGLE}/{init:%Y%m%d}/{init:%H}z/{name}"), init, lead,
               list(ecmwf_fields(archive, init, lead, None, (0, 1, 52), 1)))


def icon(archive, init, lead):
    for name, number, kind, process in (("tot_prec", (0, 1, 52), 1, 1), ("aswdifd_s", (0, 4, 199), 2, 0),
                                        ("aswdir_s", (0, 4, 198), 3, 0)):
        values = fallen(archive.grid, kind, init, 0, lead) / (max(lead, 1) if process == 0 else 1)
        content = message(number, values, init, lead, (1, None), (0, process), "edzw", grid=archive.grid)
        file = f"icon-eu_europe_regular-lat-lon_single-level_{init:%Y%m%d%H}_{lead:03d}_{name.upper()}.grib2.bz2"
        path = archive.path(f"https://opendata.dwd.de/weather/nwp/icon-eu/grib/{init:%H}/{name}/{file}")
        path.write_bytes(bz2.compress(content))


RAIN = {"precipitation_surface": ((0, 1, 8), plain)}
SNOW = {"snowfall_surface": ((0, 1, 29), plain)}
FLUXES = {"downward_long_wave_radiation_flux_surface": ((0, 5, 3), plain),
          "downward_short_wave_radiation_flux_surface": ((0, 4, 7), plain)}
RAIN_AS_MASS = {"precipitation_surface": ((0, 1, 52), plain)}
RAIN_IN_METRES = {"precipitation_surface": ((0, 1, 193), metres)}
MEANS = {"downward_diffuse_short_wave_radiation_flux_surface": ((0, 4, 199), mean),
         "downward_direct_short_wave_radiation_flux_surface": ((0, 4, 198), mean)}
NCEP, HRRR, ECMWF = ("s3://noaa-gfs-bdp-pds",), ("s3://noaa-hrrr-bdp-pds",), (GOOGLE, AMAZON)

FORECASTS = [
    Case("noaa-gfs-forecast", "2021-05-01T00", (0, 1, 5, 6, 9, 12, 15), gfs, FEW_OF_GLOBE, RAIN, NCEP),
    Case("noaa-gefs-forecast-35-day", "2022-10-19T00", (0, 3, 6, 9, 12, 15), gefs, FEW_OF_GLOBE, RAIN,
         ("s3://noaa-gefs-pds",), members=2),
    Case("noaa-hrrr-forecast-48-hour", "2018-07-13T12", (0, 1, 2, 3, 4), hrrr, ConusMap().few(), RAIN | SNOW, HRRR),
    Case("ecmwf-ifs-ens-forecast-15-day-0-25-degree", "2025-05-12T00", (0, 3, 144, 150), ifs, FEW_OF_GLOBE,
         RAIN_IN_METRES | FLUXES, ECMWF, members=2),
    Case("ecmwf-aifs-single-forecast", "2025-02-24T00", (0, 6, 12), aifs_in_metres, FEW_OF_GLOBE, RAIN_IN_METRES, ECMWF),
    Case("ecmwf-aifs-single-forecast", "2025-02-24T06", (0, 6, 12), aifs, FEW_OF_GLOBE, RAIN_AS_MASS | FLUXES, ECMWF),
    Case("ecmwf-aifs-ens-forecast", "2025-07-02T00", (0, 6, 12), aifs_ensemble, FEW_OF_GLOBE, RAIN_AS_MASS | FLUXES, ECMWF,
         members=2),
    Case("dwd-icon-eu-forecast-5-day", "2026-02-10T00", (0, 1, 2, 78, 81), icon, FEW_OF_EUROPE, RAIN_AS_MASS | MEANS,
         ("https://opendata.dwd.de", "https://s3-us-west-2.amazonaws.com/us-west-2.opendata.source.coop")),
]
ANALYSES = [
    Case("noaa-gfs-analysis", "2021-05-01T00", range(7), gfs, FEW_OF_GLOBE, RAIN, NCEP),
    Case("noaa-hrrr-analysis", "2014-10-01T00", range(2), hrrr, ConusMap().few(), RAIN | SNOW, HRRR),
    Case("noaa-gefs-analysis", "2000-01-01T00", (24,), reforecast, FEW_OF_GLOBE, RAIN,
         ("s3://noaa-gefs-retrospective", "s3://noaa-gefs-pds")),
]


def archive_of(case, directory, lengths, **dimensions):
    shipped = SmallArchive.shipped(case.dataset)["append"]
    return SmallArchive(directory, case.dataset, list(case.totals), case.grid, lengths, dimensions=dimensions,
                        append=shipped | {"start": f"{case.start}:00:00Z", "coordinate_chunk": 100})


@pytest.mark.long
@pytest.mark.parametrize("case", FORECASTS, ids=str)
def test_totals_of_a_forecast(case, tmp_path):
    lead_time = {"hours": [{"from": lead, "to": lead, "every": 1} for lead in case.leads]}
    lengths = {"init_time": (1, 1), "lead_time": (len(case.leads),) * 2}
    members = {}
    if case.members > 1:
        members, lengths["ensemble_member"] = {"ensemble_member": {"members": case.members}}, (case.members,) * 2
    archive = archive_of(case, tmp_path, lengths, lead_time=lead_time, **members)
    init = datetime.datetime.fromisoformat(f"{case.start}:00")
    for lead in case.leads:
        case.publish(archive, init, lead)
    archive.firn("backfill", "--end", f"{init + hours(1):%Y-%m-%dT%H:%MZ}", hosts=case.hosts)

    found, read = archive.open().isel(init_time=0), list(totals(tmp_path / "sources"))
    durations = np.diff(case.leads) * 3600.0
    for name, (parameter, fallen_in) in case.totals.items():
        variable = archive.definition["variables"][name]
        for member in range(case.members):
            rates = found[name].isel(ensemble_member=member) if members else found[name]
            source = [each for each in read if (each.parameter, each.member) == (parameter, member)]
            assert_conserved(np.tensordot(durations, rates[1:].values.astype(float), 1), variable["keep_mantissa_bits"],
                             *expected_total(source, reset_hours(variable), fallen_in))


@pytest.mark.long
@pytest.mark.parametrize("case", ANALYSES, ids=str)
def test_totals_of_an_analysis(case, tmp_path):
    archive = archive_of(case, tmp_path, {"time": (4, 8)})
    first = datetime.datetime.fromisoformat(f"{case.start}:00")
    every = hours(int(archive.definition["append"]["every"].removesuffix("h")))
    spacing = hours({"noaa-gfs-analysis": 6, "noaa-hrrr-analysis": 1, "noaa-gefs-analysis": 24}[case.dataset])
    for number in range(-1, 12 * every // spacing + 1):
        for lead in case.leads:
            case.publish(archive, first + number * spacing, lead)
    archive.firn("backfill", "--end", f"{first + 12 * every:%Y-%m-%dT%H:%MZ}", hosts=case.hosts)

    found, read = archive.open(), list(totals(tmp_path / "sources"))
    last = first + (found.sizes["time"] - 1) * every
    assert found.sizes["time"] > 9
    for name, (parameter, fallen_in) in case.totals.items():
        variable = archive.definition["variables"][name]
        source = [each for each in read if each.parameter == parameter and first <= each.init + hours(each.start)
                  and each.init + hours(each.end) <= last]
        rates = found[name][1:].values.astype(float)
        assert_conserved(every.total_seconds() * rates.sum(0), variable["keep_mantissa_bits"],
                         *expected_total(source, reset_hours(variable), fallen_in))


@pytest.mark.long
def test_totals_of_radar_and_gauges(tmp_path):
    products = {"precipitation_surface": ("MultiSensor_QPE_01H_Pass2", 37),
                "precipitation_pass_2_surface": ("MultiSensor_QPE_01H_Pass2", 37),
                "precipitation_pass_1_surface": ("MultiSensor_QPE_01H_Pass1", 30),
                "precipitation_radar_only_surface": ("RadarOnly_QPE_01H", 2)}
    case = Case("noaa-mrms-conus-analysis-hourly", "2021-03-03T00", (), None, CONUS.few(), products, ())
    archive = archive_of(case, tmp_path, {"time": (3, 6)})
    first = datetime.datetime(2021, 3, 3)
    for time in (first + hours(at) for at in range(4)):
        for product, number in set(products.values()):
            steps = np.add.outer(np.arange(case.grid.rows) // 4, np.arange(case.grid.columns) // 5)
            content = message((209, 6, number), (steps + time.hour + number) / 10, time, 0, (102, 0), centre=161,
                              grid=case.grid, packing="grid_png")
            name = f"CONUS/{product}_00.00/{time:%Y%m%d}/MRMS_{product}_00.00_{time:%Y%m%d-%H%M%S}.grib2.gz"
            archive.path(f"s3://noaa-mrms-pds/{name}").write_bytes(gzip.compress(content))
    archive.firn("backfill", "--end", "2021-03-03T04:00Z", hosts=["s3://noaa-mrms-pds"])

    found, read = archive.open(), list(totals(tmp_path / "sources"))
    for name, (_, number) in products.items():
        hourly = [each.values for each in read if each.parameter == (209, 6, number) and each.init > first]
        assert len(hourly) == 3
        assert_conserved(3600.0 * found[name][1:].values.astype(float).sum(0),
                         archive.definition["variables"][name]["keep_mantissa_bits"], sum(hourly), 3)


def test_all_variables_that_are_totals_are_here():
    tried = {(case.dataset, name) for case in FORECASTS + ANALYSES for name in case.totals}
    in_catalog = {(dataset, name) for dataset in SmallArchive.catalog()
                  for name, variable in SmallArchive.shipped(dataset)["variables"].items() if "deaccumulate" in variable}
    apart = {"example", "firn-demo", "noaa-mrms-conus-analysis-hourly"}  # which are made up, or in a test of its own
    assert {each for each in in_catalog if each[0] not in apart} == tried
