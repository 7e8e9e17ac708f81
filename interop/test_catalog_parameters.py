"""What the catalog's GRIB numbers mean, told by ecCodes' tables: names, and units that the variable's steps account for."""

import eccodes
import pytest

from small_archive import SmallArchive

CENTRES = {"noaa": "kwbc", "ecmwf": "ecmf", "dwd": "edzw"}
PROCESSES = {"average": 0, "accumulation": 1, "maximum": 2, "minimum": 3}
MRMS = "noaa-mrms-conus-analysis-hourly"  # whose discipline 209 ecCodes does not know

# ecCodes' short names of what NOAA's inventories and DWD's files call by these names. ECMWF's inventories have ecCodes' own.
NAMES = {
    "APCP": {"tp"}, "CFRZR": {"cfrzr"}, "CICEP": {"cicep"}, "CPOFP": {"cpofp"}, "CRAIN": {"crain"}, "CSNOW": {"csnow"},
    "DLWRF": {"sdlwrf"}, "DPT": {"2d"}, "DSWRF": {"sdswrf"}, "GUST": {"gust"}, "HGT": {"gh"}, "MSLMA": {"mslma"},
    "PRES": {"sp", "pres"}, "PRMSL": {"prmsl"}, "PWAT": {"pwat"}, "REFC": {"refc"}, "RH": {"2r"}, "SNOD": {"sde"},
    "SNOWC": {"snowc"}, "TCDC": {"tcc"}, "TMAX": {"tmax"}, "TMIN": {"tmin"}, "TMP": {"2t", "t"}, "UGRD": {"10u", "u"},
    "VBDSF": {"vbdsf"}, "VGRD": {"10v", "v"}, "WEASD": {"sdwe"},
    "aswdifd_s": {"ASWDIFD_S"}, "aswdir_s": {"ASWDIR_S"}, "cape_con": {"CAPE_CON"}, "clch": {"CLCH"}, "clcl": {"CLCL"},
    "clcm": {"CLCM"}, "clct": {"CLCT"}, "h_snow": {"sde"}, "pmsl": {"prmsl"}, "ps": {"sp"}, "relhum_2m": {"2r"},
    "t_2m": {"2t"}, "td_2m": {"2d"}, "tot_prec": {"tp"}, "tqv": {"TQV"}, "u_10m": {"10u"}, "v_10m": {"10v"},
    "vmax_10m": {"max_i10fg"}, "w_snow": {"sd"}, "10fg3": {"10fg"},
}
SPELLINGS = {"%": "percent", "gpm": "m", "dB": "dBZ", "(Code table 4.222)": "1", "(Code table 4.201)": "1"}
# from ecCodes' unit to the archive's: what the definition must do
CHANGES = {
    ("K", "degree_Celsius"): {"convert": "kelvin_to_celsius"},
    ("kg m-2", "kg m-2 s-1"): {"deaccumulate": True},
    ("m", "kg m-2 s-1"): {"deaccumulate": True, "scale": 1000},
    ("m", "m s-1"): {"deaccumulate": True},
    ("J m-2", "W m-2"): {"deaccumulate": True},
    ("kg m-2", "m"): {"scale": 0.001},
    ("percent", "1"): {"scale": 0.01},
    ("(0 - 1)", "percent"): {"scale": 100},
    ("m2 s-2", "m"): {"scale": 1 / 9.80665},
}
# Numbers that ecCodes has in its tables, but no name for: what the tables say.
UNNAMED = {"ASNOW": ("Total snowfall", "m")}
# In files of AIFS the unit has changed apart from the number.
KNOWN_OTHERWISE = {("ecmwf-aifs-single-forecast", "precipitation_surface"), ("ecmwf-aifs-ens-forecast", "precipitation_surface")}
# Of parameters that are taken on any surface, one that ecCodes has a name for.
SURFACES = {"tcc": {"surface": {"type": 1}, "second_surface": {"type": 8}}}


def ways():
    """Each way in which files have a variable: dataset, variable, its definition, the way's keys."""
    for dataset in SmallArchive.catalog():
        if dataset in ("example", "firn-demo", MRMS):
            continue
        for name, variable in SmallArchive.shipped(dataset)["variables"].items():
            source = variable["source"]
            for way in source.get("any_of", [{}]):
                whole = {key: value for key, value in source.items() if key != "any_of"} | way
                if "parameter" in whole:
                    yield dataset, name, variable, whole


def told_by_eccodes(centre, way):
    """Short name, unit, and name and unit of the number alone."""
    handle = eccodes.codes_grib_new_from_samples("GRIB2")
    window = way.get("window")
    local = way["parameter"][2] > 191
    keys = {"tablesVersion": 28, "localTablesVersion": int(local), "centre": centre, "discipline": way["parameter"][0],
            "productDefinitionTemplateNumber": 8 if window else 0, "parameterCategory": way["parameter"][1],
            "parameterNumber": way["parameter"][2]}
    for which, surface in (("First", way.get("surface")), ("Second", way.get("second_surface"))):
        if surface:
            keys[f"typeOf{which}FixedSurface"] = surface["type"]
            if "value" in surface:
                keys |= {f"scaleFactorOf{which}FixedSurface": 0, f"scaledValueOf{which}FixedSurface": int(surface["value"])}
    if window:
        keys |= {"typeOfStatisticalProcessing": PROCESSES[window["statistic"]], "stepRange": "0-6"}
    for key, value in keys.items():
        eccodes.codes_set(handle, key, value)
    told = [eccodes.codes_get(handle, key) for key in ("shortName", "units", "parameterName", "parameterUnits")]
    eccodes.codes_release(handle)
    return told


@pytest.mark.parametrize("dataset, name, variable, way", list(ways()), ids=lambda value: value if isinstance(value, str) else "")
def test_numbers_mean_what_the_variable_is(dataset, name, variable, way):
    source_name = way.get("element") or way.get("param") or way["words"]["file"]
    short_name, unit, *by_number = told_by_eccodes(CENTRES[dataset.split("-")[0]], SURFACES.get(source_name, {}) | way)
    if source_name in UNNAMED:
        assert tuple(by_number) == UNNAMED[source_name]
        unit = by_number[1]
    else:
        assert short_name in NAMES.get(source_name, {source_name}), (way, short_name)
    if (dataset, name) in KNOWN_OTHERWISE:
        return
    unit = SPELLINGS.get(unit, unit).replace("**", "")
    wanted = variable["attributes"]["units"]
    scale = variable.get("scale", way.get("scale", 1))
    done = {"convert": variable.get("convert"), "deaccumulate": "deaccumulate" in variable}
    needed = {"convert": None, "deaccumulate": False, "scale": 1}
    kind = variable.get("deaccumulate", {}).get("kind")
    needed |= {"deaccumulate": True} if kind == "running_mean" else CHANGES[unit, wanted] if unit != wanted else {}
    assert done == {key: needed[key] for key in done}
    assert scale == pytest.approx(needed["scale"], rel=1e-6)


def test_numbers_of_mrms():
    """As the centre's table has them (UserTable_MRMS_v11.5.5.csv, of version 12 the passes, which came later)."""
    table = {"MultiSensor_QPE_01H_Pass1": [209, 6, 30], "MultiSensor_QPE_01H_Pass2": [209, 6, 37],
             "RadarOnly_QPE_01H": [209, 6, 2], "PrecipFlag": [209, 6, 0], "FLASH_QPE_FFGMAX": [209, 12, 29]}
    variables = SmallArchive.shipped(MRMS)["variables"]
    for variable in variables.values():
        product = variable["source"]["words"]["for"]
        if product in table:
            assert variable["source"]["parameter"] == table[product]
    merged = [way["parameter"] for way in variables["precipitation_surface"]["source"]["any_of"]]
    assert merged == [[209, 6, 37], [209, 6, 30], [209, 6, 2], [209, 6, 9]]  # the last: GaugeCorr_QPE_01H
