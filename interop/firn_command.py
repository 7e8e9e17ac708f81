"""Runs the firn command line: $FIRN, or ./firn at the root of the project."""

import json
import os
import pathlib
import subprocess

FIRN = os.environ.get("FIRN", str(pathlib.Path(__file__).resolve().parent.parent / "firn"))


def listing(path):
    """What `firn grib ls` says of each field."""
    result = subprocess.run([FIRN, "grib", "ls", str(path), "--json"], capture_output=True, check=True)
    return json.loads(result.stdout)


def raw_values(path, index):
    """The bytes of field `index`: little-endian float32."""
    command = [FIRN, "grib", "values", str(path), str(index), "--raw"]
    return subprocess.run(command, capture_output=True, check=True).stdout
