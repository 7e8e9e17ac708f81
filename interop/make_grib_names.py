"""Makes the tables of names in io/src/main/resources/dev/firn/io/grib/names from ecCodes' definitions.

    git clone --depth 1 https://github.com/ecmwf/eccodes
    python interop/make_grib_names.py eccodes/definitions/grib2

The README beside the tables says what they hold and which version they were made from.
"""

import pathlib
import re
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "io/src/main/resources/dev/firn/io/grib/names"
RULE = re.compile(r"'(?P<value>[^']*)'\s*=\s*\{(?P<conditions>[^}]*)\}")
CONDITION = re.compile(r"(\w+)\s*=\s*([^;]+?)\s*;")
NCEP, ECMWF, ANY = "7", "98", ""
FIRST_LOCAL = 192
LEGACY = ".legacy"
LATEST_TABLES = "34"
ECMWF_EXPERIMENTAL = "192"
PARAMETER = ("discipline", "parameterCategory", "parameterNumber")
FIRST = ("typeOfFirstFixedSurface", "scaleFactorOfFirstFixedSurface", "scaledValueOfFirstFixedSurface")
SECOND = tuple(key.replace("First", "Second") for key in FIRST)
LIMIT = ("probabilityType", "scaleFactorOfLowerLimit", "scaledValueOfLowerLimit")
KIND = {"is_chemical": "chemical", "is_aerosol": "aerosol"}
CONSTITUENT = ("constituentType", "aerosolType")
PROCESS = "typeOfStatisticalProcessing"
KNOWN = {*PARAMETER, *FIRST, *SECOND, *LIMIT, *KIND, *CONSTITUENT, PROCESS, "pressureUnits"}


def rules(path):
    """The values of a concept file, with the conditions of each, in order."""
    text = "".join(line for line in path.read_text().splitlines(True) if not line.lstrip().startswith("#"))
    for match in RULE.finditer(text):
        yield match["value"], dict(CONDITION.findall(match["conditions"] + ";"))


def typed(conditions, keys):
    """`type`, `type:value`, or `type:-` for one without a value; empty where any will do."""
    kind, factor, scaled = (conditions.get(key) for key in keys)
    if kind is None or scaled is None:
        return kind or ""
    if "missing" in scaled:
        return f"{kind}:-"
    return f"{kind}:{int(scaled) * 10.0 ** -int(factor):g}"


def row_of(centre, value, conditions):
    constituent = next((conditions[key] for key in CONSTITUENT if key in conditions), "")
    return [
        centre,
        *(conditions[key] for key in PARAMETER),
        typed(conditions, FIRST),
        typed(conditions, SECOND),
        conditions.get(PROCESS, ""),
        constituent,
        typed(conditions, LIMIT),
        *value,
    ]


def fits(conditions):
    """Whether a rule needs nothing but what the table has columns for, or says nothing it has not."""
    local = conditions.get("discipline") == ECMWF_EXPERIMENTAL
    choice = any(value.startswith("[") for value in conditions.values())
    return set(conditions) <= KNOWN and set(PARAMETER) <= set(conditions) and not local and not choice


def named(folder, suffix):
    """Conditions with short name, name and unit."""
    names = [list(rules(folder / f"{what}{suffix}.def")) for what in ("name", "units")]
    by_conditions = [{tuple(c.items()): value for value, c in each} for each in names]
    for short, conditions in rules(folder / f"shortName{suffix}.def"):
        key = tuple(conditions.items())
        if fits(conditions) and short != "~":
            yield (short, *(each.get(key, "") for each in by_conditions)), conditions


def wmo_parameters(tables):
    """Rows without a short name, from code tables 4.2."""
    for path in sorted(tables.glob("4.2.*.table")):
        discipline, category = path.name.split(".")[2:4]
        for line in path.read_text().splitlines():
            match = re.fullmatch(r"(\d+) \S+ (.*?)(?: \(([^()]*(?:\([^()]*\))?[^()]*)\))?\s*", line)
            if match and not match[2].startswith(("Reserved", "Missing")):
                yield [ANY, discipline, category, match[1], "", "", "", "", "", "", match[2], match[3] or ""]


def parameter_rows(definitions):
    """Least specific rows first; legacy names apply where no other does."""
    plain = list(wmo_parameters(definitions / "tables" / LATEST_TABLES))
    local = definitions / "localConcepts"
    ranked = []
    for rank, (centre, folder, suffix) in enumerate(
        (
            (ECMWF, local / "ecmf", LEGACY),
            (ANY, definitions, LEGACY),
            (ECMWF, local / "ecmf", ".lte33"),
            (ECMWF, definitions, ".lte33"),
            (ANY, definitions, ""),
            (NCEP, local / "kwbc", ""),
        )
    ):
        for value, conditions in named(folder, suffix):
            master = all(int(conditions[key]) < FIRST_LOCAL for key in PARAMETER)
            for_all = master and centre == ECMWF
            order = (suffix != LEGACY, len(conditions), rank)
            ranked.append((order, row_of(ANY if for_all else centre, value, conditions)))
    ranked.sort(key=lambda entry: entry[0])
    last = {tuple(row[:9]): row for _, row in ranked}
    return plain + [row for _, row in ranked if last[tuple(row[:9])] is row]


def level_type_rows(definitions):
    """Names of level types; the last that fits is the name."""
    ranked = []
    for rank, (centre, folder) in enumerate(((ANY, definitions), (NCEP, definitions / "localConcepts/kwbc"))):
        for value, conditions in rules(folder / "typeOfLevelConcept.def"):
            if set(conditions) <= KNOWN and FIRST[0] in conditions:
                row = [centre, typed(conditions, FIRST), typed(conditions, SECOND), value]
                ranked.append((len(conditions), rank, row))
    ranked.sort(key=lambda entry: entry[:2])
    return [row for _, _, row in ranked]


def level_rows(definitions):
    """Code table 4.5."""
    tables = ((ANY, definitions / "tables" / LATEST_TABLES), (NCEP, definitions / "tables/local/kwbc/1"))
    for centre, folder in tables:
        for line in (folder / "4.5.table").read_text().splitlines():
            match = re.fullmatch(r"(\d+) \S+ (.*?)(?: \(([^()]*)\))?\s*", line)
            if match and not match[2].startswith("Reserved"):
                yield [centre, match[1], match[2], (match[3] or "").strip("-")]


def write(name, header, rows):
    lines = ["\t".join(row) for row in rows]
    (OUT / name).write_text("\n".join(["\t".join(header), *lines]) + "\n")


def main(definitions):
    OUT.mkdir(parents=True, exist_ok=True)
    header = "centre discipline category number first second process constituent probability short name unit"
    write("parameters.tsv", header.split(), parameter_rows(definitions))
    write("level-types.tsv", "centre first second name".split(), level_type_rows(definitions))
    write("levels.tsv", "centre type name unit".split(), level_rows(definitions))


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
