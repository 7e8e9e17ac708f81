"""Every NetCDF and HDF5 sample has the groups, variables, attributes and values that netCDF4 and h5py find, or is refused.

What is refused is listed here with the error it gives: a variable that is neither equal nor refused fails.
"""

import collections
import json
import re
import subprocess

import pytest

import firn_cli
import netcdf_reference

UNSUPPORTED_FILES = {
    "bad_cdf5_begin.nc": "NetCDF-3 version 5 .* at byte 3",
    "f32_cdf5.nc": "NetCDF-3 version 5 .* at byte 3",
    "ref_tst_dims.nc": "HDF5 number of more than 31 bits .* at byte 279",
}
UNSUPPORTED_VARIABLES = {
    "hdf5_compression_blosc_lz4_bitshuffle.h5": r"HDF5 filter 32001 \(blosc\) of variable /data in .* at byte 3496",
    "hdf5_compression_zstd.h5": r"HDF5 filter 32015 \(zstd\) of variable /data in .* at byte 3496",
    "hdf5_mali_chunk.h5": r"HDF5 filter 32015 \(zstd\) of variable /data in .* at byte 3496",
    "hdf5_mali_chunk2.h5": r"HDF5 filter 32015 \(zstd\) of variable /data in .* at byte 3520",
    "hdf5_mini_shuffle_zstd.h5": r"HDF5 filter 32015 \(zstd\) of variable /data in .* at byte 4016",
    "hdf5_mini_zstd.h5": r"HDF5 filter 32015 \(zstd\) of variable /data in .* at byte 4016",
    "hdf5_mini_blosc.h5": r"HDF5 filter 32001 \(blosc\) of variable /data in .* at byte \d+",
    "hdf5_mini_shuffle_blosc.h5": r"HDF5 filter 32001 \(blosc\) of variable /data in .* at byte \d+",
    "ref_szip.h5": r"HDF5 filter 4 \(szip\) of variable /dset_szip in .* at byte 4664",
    "i16_szip.nc": r"HDF5 filter 4 \(szip\) of variable /t2m in .* at byte 12242",
}
# h5py does not open it, as it was not closed; the same values are in the file named "earliest".
WITHOUT_REFERENCE = {"test_byteshuffle_compressed_datasets_latest.hdf5"}
# h5py cannot read these from a heap that is shorter than it says.
BROKEN_FOR_H5PY = {"globalheaps_test.hdf5": "attribute attribute of /", "var-length-strings-reused.hdf5": "/a0"}
# Its dimensions have several names each, and netCDF4 takes another one.
OTHER_DIMENSION_NAMES = {"air_linked.nc"}


@pytest.fixture(scope="module")
def files(samples):
    fixtures = samples.parent / "fixtures" / "netcdf"
    found = [path for path in sorted((samples / "hdf5-netcdf").rglob("*")) if path.is_file()]
    return found + [path for path in sorted(fixtures.glob("*")) if path.suffix in (".nc", ".h5")]


def export(files, directory):
    """What `firn netcdf export` says of files, and of their variables, by name of the file."""
    command = [firn_cli.FIRN, "netcdf", "export", "--to", str(directory), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=firn_cli.SECONDS)
    assert done.returncode in (firn_cli.DONE, firn_cli.FAILED) and "\tat " not in done.stderr, done.stderr
    listings, variables = {}, collections.defaultdict(dict)
    for line in map(json.loads, done.stdout.splitlines()):
        if "variable" in line:
            variables[line["file"]][line["variable"]] = line
        else:
            listings[line["file"]] = line
    return listings, variables


def test_every_sample_is_equal_or_refused(files, tmp_path):
    listings, variables = export(files, tmp_path)
    facts = netcdf_reference.facts(files)
    counts, wrong = collections.Counter(), []
    for path in files:
        listing = listings[str(path)]
        if listing["status"] != "opened":
            counts[f"files {listing['status']}"] += 1
            if not re.search(UNSUPPORTED_FILES.get(path.name, "$^"), listing["error"]):
                wrong.append(listing["error"])
            continue
        counts["files opened"] += 1
        lines = variables[str(path)]
        if path.name in WITHOUT_REFERENCE:
            assert {line["status"] for line in lines.values()} == {"read"}
            continue
        found = netcdf_reference.Comparison(path, listing, lines, tmp_path, facts.get(str(path), {})).run()
        counts["variables equal"] += found.compared
        for refused in found.unsupported:
            counts["variables unsupported"] += 1
            known = (UNSUPPORTED_VARIABLES | BROKEN_FOR_H5PY).get(path.name, "$^")
            if not re.search(known, refused):
                wrong.append(refused)
        wrong += [each for each in found.differences if not (path.name in OTHER_DIMENSION_NAMES and "dimensions" in each)]
    print(dict(counts))
    assert wrong == []
    assert counts["variables equal"] > 5000


def test_truncated_files_are_refused_by_name_and_place(files, tmp_path):
    chosen = ("f32_cdf2.nc", "f32_defl4.nc", "f32_contig.nc", "groups.nc", "ref_nctest_classic.nc")
    cut = []
    for path in (path for path in files if path.name in chosen):
        whole = path.read_bytes()
        for length in (3, 100, len(whole) // 2, len(whole) - 9):
            cut.append(tmp_path / f"{length}-{path.name}")
            cut[-1].write_bytes(whole[:length])

    listings, _ = export(cut, tmp_path / "out")

    for path in cut:
        listing = listings[str(path)]
        assert listing["status"] == "corrupt", listing
        assert path.name in listing["error"] and re.search(r" at byte \d+", listing["error"]), listing


def test_ls_and_values(files, tmp_path):
    path = next(path for path in files if path.name == "groups.nc")

    listed = firn_cli.firn("netcdf", "ls", path).out
    values = firn_cli.firn("netcdf", "values", path, "/pk").out.splitlines()

    assert re.search(r"^/fc/inner/w +float64 +x=4 ", listed, re.MULTILINE)
    assert len(values) == 12 and values[0].startswith("[0, 0] ")
    missing = firn_cli.firn("netcdf", "values", path, "/nothing", expect=firn_cli.WRONG_USAGE)
    assert "There is no variable /nothing" in missing.err
