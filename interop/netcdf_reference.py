"""What netCDF4 and h5py find in a file, and how that differs from what `firn netcdf export` says.

netCDF4 is the reference of NetCDF-3, and of dimensions and attribute names of NetCDF-4; h5py is that of everything else in
HDF5, for netCDF4 passes over variables of types that it does not have.
"""

import functools
import io
import json
import pathlib
import subprocess
import sys
import warnings

import h5py
import netCDF4
import numpy as np

DIMENSION_ONLY = b"This is a netCDF dimension but not a netCDF variable"
RENAMED = "_nc4_non_coord_"
HIDDEN = {"REFERENCE_LIST", "DIMENSION_LIST", "DIMENSION_LABELS", "_Netcdf4Dimid", "_Netcdf4Coordinates"}
HIDDEN_OF_SCALES = {"CLASS", "NAME"}
DEFAULT_FILLS = {
    "i2": -32767, "u2": 65535, "i4": -2147483647, "u4": 4294967295, "i8": -9223372036854775806, "u8": 2**64,
    "f4": 9.969209968386869e36, "f8": 9.969209968386869e36,
}


def facts(paths):
    """What netCDF4 says of files, by path; nothing of those it dies of."""
    found, left = {}, list(map(str, paths))
    while left:
        command = [sys.executable, str(pathlib.Path(__file__).with_name("netcdf_facts.py")), *left]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        found |= {line["file"]: line for line in map(json.loads, lines)}
        left = left[len(lines) + 1 :]
    return found


def groups_of(listing):
    yield listing
    for group in listing["groups"]:
        yield from groups_of(group)


def same(value, expected):
    """Whether a value of JSON is that of numpy or h5py."""
    if isinstance(expected, np.void) and expected.dtype.names:
        return list(value) == list(expected.dtype.names) and all(same(value[n], expected[n]) for n in value)
    if isinstance(expected, np.void):
        return value == expected.tobytes().hex()
    if isinstance(expected, np.ndarray):
        flat = expected.reshape(-1)
        return isinstance(value, list) and len(value) == flat.size and all(map(same, value, flat))
    if isinstance(expected, (h5py.Reference, h5py.RegionReference)):
        return isinstance(value, str) or not expected
    if isinstance(expected, (bytes, np.bytes_)):
        return value == bytes(expected).rstrip(b"\0").decode("utf-8", "replace") or value == bytes(expected).split(b"\0")[0].decode("utf-8", "replace")
    if isinstance(expected, (str, np.str_)):
        return value == str(expected) or value == str(expected).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    if isinstance(expected, (float, np.floating)):
        number = np.asarray(expected).dtype.type(value)
        return bool(number == expected or (np.isnan(number) and np.isnan(expected)))
    return value == expected or (isinstance(expected, (bool, np.bool_)) and value == int(expected))


def stored_bytes(values):
    values = np.ascontiguousarray(values)
    return values.astype(values.dtype.newbyteorder("<")).tobytes()


def decoded(raw, attributes):
    """What the numbers stand for, as docs/formats/netcdf.md says, in double, rounded to float32 once."""
    kind = raw.dtype.newbyteorder("=")
    unsigned = kind.kind == "i" and str(attributes.get("_Unsigned", "")).lower() == "true"
    packed = raw.view(raw.dtype.str.replace("i", "u")) if unsigned else raw

    def numbers(name):
        value = np.atleast_1d(attributes.get(name, []))
        if value.dtype.kind not in "iuf":
            return np.array([])
        if packed.dtype.kind == "u" and value.dtype.kind == "i" and value.dtype.itemsize == packed.dtype.itemsize:
            value = value.astype(f"u{value.dtype.itemsize}")
        return value.astype("f8")

    packed = packed.astype("f8")
    missing = np.zeros(packed.shape, bool)
    fill = numbers("_FillValue")
    if not fill.size and kind.str[1:] in DEFAULT_FILLS:
        fill = np.array([DEFAULT_FILLS[kind.str[1:]]], "f8")
    for value in (*fill, *numbers("missing_value")):
        missing |= packed == value
    scale, offset = (numbers(name)[0] if numbers(name).size else default for name, default in (("scale_factor", 1), ("add_offset", 0)))
    with np.errstate(all="ignore"):
        values = packed if (scale, offset) == (1, 0) else packed * scale + offset
        both = numbers("valid_range")
        low, high = both if both.size == 2 else (
            numbers(name)[0] if numbers(name).size else default for name, default in (("valid_min", -np.inf), ("valid_max", np.inf))
        )
        real = any(np.asarray(attributes.get(name, 0)).dtype.kind == "f" for name in ("valid_range", "valid_min", "valid_max"))
        ranged = values if real and kind.kind in "iu" else packed
        missing |= (ranged < low) | (ranged > high)
        return np.where(missing, np.nan, values).astype("f4")


WITH_PLUGIN = {32001, 32004, 32008, 32015}  # blosc, lz4, bitshuffle, zstd

# A process of its own, for hdf5plugin's filters make netCDF4's own HDF5 library crash.
WITH_PLUGINS = """
import sys, h5py, hdf5plugin, numpy
with h5py.File(sys.argv[1], "r") as file:
    numpy.savez(sys.stdout.buffer, **{name: file[name][()] for name in file if isinstance(file[name], h5py.Dataset)})
"""


@functools.cache
def read_with_plugins(path):
    done = subprocess.run([sys.executable, "-c", WITH_PLUGINS, path], capture_output=True, check=False)
    if done.returncode != 0:
        raise OSError(done.stderr.decode().strip().splitlines()[-1])
    return np.load(io.BytesIO(done.stdout))


def read_hdf5(dataset):
    if dataset.shape is None:
        return np.zeros(0, dataset.dtype)
    filters = dataset.id.get_create_plist()
    if any(filters.get_filter(i)[0] in WITH_PLUGIN for i in range(filters.get_nfilters())):
        return read_with_plugins(dataset.file.filename)[dataset.name.strip("/")]
    return np.asarray(dataset[()], dataset.dtype)  # a single text loses its padding else


class Comparison:
    """The lines of JSON about one file, and what differs from the reference."""

    def __init__(self, path, listing, variables, directory, facts):
        self.path, self.listing, self.directory = pathlib.Path(path), listing, pathlib.Path(directory)
        self.lines, self.facts = variables, facts
        self.listed = {v["path"]: v for group in groups_of(listing) for v in group["variables"]}
        self.links = {f"{group['path'].rstrip('/')}/{name}" for group in groups_of(listing) for name in group["links"]}
        self.differences, self.unsupported, self.compared = [], [], 0

    def run(self):
        with warnings.catch_warnings(action="ignore"):
            if "NetCDF-3" in self.listing["format"]:
                with netCDF4.Dataset(self.path) as file:
                    file.set_auto_maskandscale(False)
                    file.set_auto_chartostring(False)
                    self.compare_classic(file)
            else:
                with h5py.File(self.path, "r") as file:
                    self.against_hdf5(file)
        for group in self.facts.get("groups", []):
            self.compare_group(group)
        return self

    def differ(self, place, what):
        self.differences.append(f"{self.path.name} {place}: {what}")

    def against_hdf5(self, file):
        expected = {}
        self.walk(file, "/", {}, expected)
        if missing := set(expected) - set(self.listed):
            self.differ(sorted(missing), "dropped")
        if more := set(self.listed) - set(expected):
            self.differ(sorted(more), "made up")
        for path in set(expected) & set(self.listed):
            self.compare_dataset(path, expected[path])

    def walk(self, group, path, above, expected):
        listed = {g["path"]: g for g in groups_of(self.listing)}.get(path)
        if listed is None:
            self.differ(path, "group dropped")
            return
        self.compare_attributes(path, listed["attributes"], group.attrs, HIDDEN)
        for name in group:
            child = f"{path.rstrip('/')}/{name}"
            node = None if isinstance(group.get(name, getlink=True), h5py.ExternalLink) else group.get(name)
            if isinstance(node, h5py.Dataset):
                if not bytes(np.bytes_(node.attrs.get("NAME", b""))).startswith(DIMENSION_ONLY):
                    expected[child.replace(RENAMED, "")] = node
            elif isinstance(node, h5py.Datatype):
                if name not in listed["types"]:
                    self.differ(child, "type dropped")
            elif isinstance(group.get(name, getlink=True), h5py.SoftLink) or node is None or any(
                node == other for other in (group, *above.values())
            ):
                if name not in listed["links"]:
                    self.differ(child, "link dropped")
            else:
                self.walk(node, child, above | {path: group}, expected)

    def compare_dataset(self, path, dataset):
        listed = self.listed[path]
        shape = [d["length"] for d in listed["dimensions"]]
        if shape != list(dataset.shape if dataset.shape is not None else (0,)):
            self.differ(path, f"shape {shape}, not {dataset.shape}")
        if listed.get("chunks") != (list(dataset.chunks) if dataset.chunks else None):
            self.differ(path, f"chunks {listed.get('chunks')}, not {dataset.chunks}")
        attributes = dataset.attrs
        scale = attributes.get("CLASS") == b"DIMENSION_SCALE"
        self.compare_attributes(path, listed["attributes"], attributes, HIDDEN | (HIDDEN_OF_SCALES if scale else set()))
        self.compare_values(path, lambda: read_hdf5(dataset), attributes)

    def compare_values(self, path, read, attributes):
        line = self.lines.get(path)
        if line is None:
            self.differ(path, "no values and no error")
        elif line["status"] == "unsupported":
            self.unsupported.append(line["error"])
        elif line["status"] != "read":
            self.differ(path, line["error"])
        else:
            try:
                raw = read()
            except (OSError, TypeError, ValueError) as failure:
                self.unsupported.append(f"{self.path.name} {path} is not read by h5py: {failure}")
                return
            self.compared += 1
            if "values" in line:
                if (self.directory / line["values"]).read_bytes() != stored_bytes(raw):
                    self.differ(path, "values")
            else:
                elements = json.loads((self.directory / line["elements"]).read_text())
                if not same(elements, np.asarray(raw, getattr(raw, "dtype", object))):
                    self.differ(path, f"elements {str(elements)[:200]}, not {str(raw)[:200]}")
            if "decoded" in line and np.asarray(raw).dtype.kind in "iuf":
                found = np.fromfile(self.directory / line["decoded"], "<f4")
                if not np.array_equal(found, decoded(np.atleast_1d(raw).reshape(-1), attributes), equal_nan=True):
                    self.differ(path, "decoded values")

    def compare_attributes(self, path, listed, attributes, hidden):
        names = {name for name in attributes if name not in hidden}
        if set(listed) != names:
            self.differ(path, f"attributes {sorted(set(listed) ^ names)}")
        for name in set(listed) & names:
            try:
                value, expected = listed[name]["values"], attributes[name]
            except OSError as failure:
                self.unsupported.append(f"{self.path.name} attribute {name} of {path} is not read by h5py: {failure}")
                continue
            if isinstance(expected, h5py.Empty):
                expected = np.zeros(0)
            expected = np.asarray(expected, getattr(expected, "dtype", object))
            if not same(value, expected) and not (not value and expected.size == 1 and expected.item() in ("", b"")):
                self.differ(path, f"attribute {name}: {str(value)[:100]}, not {str(expected)[:100]}")

    def compare_classic(self, file):
        self.compare_attributes("/", self.listing["attributes"], {name: file.getncattr(name) for name in file.ncattrs()}, set())
        for name, variable in file.variables.items():
            attributes = {each: variable.getncattr(each) for each in variable.ncattrs()}
            listed = self.listed.get(f"/{name}", {"attributes": {}})
            self.compare_attributes(f"/{name}", listed["attributes"], attributes, set())
            self.compare_values(f"/{name}", lambda variable=variable: variable[...], attributes)

    def compare_group(self, group):
        listed = {g["path"]: g for g in groups_of(self.listing)}.get(group["path"])
        if listed is None:
            if group["path"] not in self.links:
                self.differ(group["path"], "group dropped")
            return
        if missing := set(group["attributes"]) - set(listed["attributes"]):
            self.differ(group["path"], f"attributes {missing} dropped")
        found = {d["name"]: [d["length"], d["unlimited"]] for d in listed["dimensions"]}
        if group["dimensions"] != found:
            self.differ(group["path"], f"dimensions {found}, not {group['dimensions']}")
        for name, variable in group["variables"].items():
            path = f"{group['path'].rstrip('/')}/{name}"
            listed = self.listed.get(path)
            if listed is None:
                self.differ(path, "dropped")
                continue
            names = [d.get("name") for d in listed["dimensions"]]
            if names != variable["dimensions"]:
                self.differ(path, f"dimensions {names}, not {variable['dimensions']}")
            lengths = [d["length"] for d in listed["dimensions"]]
            if lengths != variable["shape"]:
                self.differ(path, f"shape {lengths}, not {variable['shape']}")
            if missing := set(variable["attributes"]) - set(listed["attributes"]) - HIDDEN_OF_SCALES:
                self.differ(path, f"attributes {missing} dropped")
