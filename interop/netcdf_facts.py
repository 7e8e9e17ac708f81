"""Prints what netCDF4 says of groups, dimensions and variables, a line of JSON for each file named.

A program of its own: netCDF4 and h5py have HDF5 libraries of their own, which do not get along in one process.
"""

import json
import re
import sys
import warnings

import netCDF4

PHONY = re.compile(r"phony_dim_\d+")


def groups_of(group):
    yield group
    for below in group.groups.values():
        yield from groups_of(below)


def variable_of(variable):
    return {
        "dimensions": [None if PHONY.fullmatch(name) else name for name in variable.dimensions],
        "shape": list(variable.shape),
        "attributes": variable.ncattrs(),
    }


def group_of(group):
    dimensions = [d for d in group.dimensions.values() if not PHONY.fullmatch(d.name)]
    return {
        "path": group.path,
        "attributes": group.ncattrs(),
        "dimensions": {d.name: [d.size, d.isunlimited()] for d in dimensions},
        "variables": {name: variable_of(variable) for name, variable in group.variables.items()},
    }


def facts(path):
    try:
        with netCDF4.Dataset(path) as file:
            return {"file": path, "groups": [group_of(group) for group in groups_of(file)]}
    except Exception as failure:  # noqa: BLE001: it throws anything
        return {"file": path, "error": str(failure)}


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    for path in sys.argv[1:]:
        print(json.dumps(facts(path)), flush=True)
