"""Firn and zarr-python read each other's Zarr v3 stores.

Needs the compiled tests of module io (mvn -pl io process-test-classes) and, for the sample stores,
the environment variable FIRN_SAMPLES.
"""

import itertools
import json
import os
import pathlib
import subprocess
import warnings

import numpy as np
import pytest
import zarr
from zarr.codecs import (
    BloscCodec,
    BytesCodec,
    Crc32cCodec,
    GzipCodec,
    ShardingCodec,
    TransposeCodec,
    ZstdCodec,
)

IO = pathlib.Path(__file__).resolve().parents[1] / "io"


def firn(*arguments):
    """Runs the interoperability class of module io."""
    classpath = IO / "target" / "test-classpath.txt"
    if not classpath.exists():
        pytest.fail(f"{classpath} is missing: run mvn -pl io process-test-classes first")
    jars = [str(IO / "target" / "classes"), str(IO / "target" / "test-classes"), classpath.read_text().strip()]
    java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    command = [str(java), "-cp", os.pathsep.join(jars), "dev.firn.io.zarr.ZarrInterop", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def dump(nodes, directory):
    """What Firn makes of arrays, given as (store, node path): a dictionary of paths to .raw, .json, .error."""
    listing = directory / "list.txt"
    outs = {node: directory / f"{i}.raw" for i, node in enumerate(nodes)}
    listing.write_text("".join(f"{store}\t{path}\t{out}\n" for (store, path), out in outs.items()))
    firn("dump", listing)
    return outs


def error_of(out):
    error = pathlib.Path(f"{out}.error")
    return error.read_text() if error.exists() else None


def raw(values):
    values = np.asarray(values)
    return np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).tobytes()


# ---------------------------------------------------------------- zarr-python writes, Firn reads

FILLS = {
    "bool": [False, True],
    "int8": [0, -128],
    "int16": [0, -32767],
    "int32": [7, -(2**31)],
    "int64": [0, -(2**63)],
    "uint8": [0, 255],
    "uint16": [0, 65535],
    "uint32": [0, 2**32 - 1],
    "uint64": [0, 2**64 - 1],
    "float16": [np.nan, 0.1],
    "float32": [np.nan, 9.969209968386869e36],
    "float64": [-np.inf, 1e-05],
    "complex64": [0j, complex(np.nan, np.inf)],
    "complex128": [0j, 1.5 - 2e300j],
}

LITTLE, BIG = {"serializer": BytesCodec(endian="little")}, {"serializer": BytesCodec(endian="big")}
CHAINS = {
    "bytes": {**LITTLE, "compressors": None},
    "big-endian": {**BIG, "compressors": None},
    "crc32c": {**LITTLE, "compressors": [Crc32cCodec()]},
    "zstd": {**LITTLE, "compressors": [ZstdCodec(level=0)]},
    "zstd-checksum-crc32c": {**LITTLE, "compressors": [ZstdCodec(level=7, checksum=True), Crc32cCodec()]},
    "gzip": {**LITTLE, "compressors": [GzipCodec(level=5)]},
    "gzip-zstd": {**LITTLE, "compressors": [GzipCodec(level=1), ZstdCodec(level=1)]},
    "transpose": {**BIG, "filters": [TransposeCodec(order=(2, 0, 1))], "compressors": [ZstdCodec()]},
    "transpose-twice": {
        **LITTLE,
        "filters": [TransposeCodec(order=(1, 0, 2)), TransposeCodec(order=(2, 0, 1))],
        "compressors": None,
    },
} | {
    f"blosc-{cname}-{shuffle}-{clevel}": {
        **LITTLE,
        "compressors": [BloscCodec(cname=cname, shuffle=shuffle, clevel=clevel)],
    }
    for cname, shuffle, clevel in itertools.chain(
        itertools.product(["zstd", "lz4", "lz4hc", "blosclz", "zlib"], ["noshuffle", "shuffle", "bitshuffle"], [5]),
        [("zstd", "shuffle", 0), ("zstd", "shuffle", 9)],
    )
}

LAYOUTS = {
    "plain": {"chunks": (4, 4, 4)},
    "dots": {"chunks": (3, 7, 9), "chunk_key_encoding": {"name": "default", "separator": "."}},
    "v2-keys": {"chunks": (4, 4, 4), "chunk_key_encoding": {"name": "v2", "separator": "/"}},
    "shards": {"chunks": (2, 4, 2), "shards": (4, 4, 6)},
    "index-first": {"chunks": (2, 4, 2), "shards": {"shape": (4, 8, 6), "index_location": "start"}},
}
SHAPE = (5, 7, 9)


def sample_values(dtype, shape, seed):
    random = np.random.default_rng(seed)
    values = random.normal(scale=1000, size=shape)
    values[values < -500] = 0
    if dtype.startswith("complex"):
        values = values + 1j * random.normal(size=shape)
    with np.errstate(invalid="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return (values > 0) if dtype == "bool" else values.astype("int64").astype(dtype) if dtype[0] in "iu" else values.astype(dtype)


def python_stores(directory):
    """Arrays of every data type, chain and layout, half of each unwritten, by (store, node path)."""
    group = zarr.create_group(directory, zarr_format=3)
    arrays = {}

    def create(name, dtype, shape=SHAPE, **options):
        array = group.create_array(name, shape=shape, dtype=dtype, **options)
        values = sample_values(dtype, shape, len(arrays))
        # The last rows stay unwritten: their chunks are absent, their elements the fill value.
        array[..., :7] = values[..., :7]
        arrays[(str(directory), name)] = array

    for dtype, chain in itertools.product(FILLS, CHAINS):
        for layout, fill in zip(["plain", "shards"], FILLS[dtype]):
            create(f"{dtype}/{chain}/{layout}", dtype, fill_value=fill, **CHAINS[chain], **LAYOUTS[layout])
    for dtype, chain, layout in itertools.product(["int16", "float32"], CHAINS, ["dots", "v2-keys", "index-first"]):
        create(f"{dtype}/{chain}/{layout}", dtype, fill_value=FILLS[dtype][1], **CHAINS[chain], **LAYOUTS[layout])
    inner = ShardingCodec(chunk_shape=(1, 2, 2), codecs=[BytesCodec(), BloscCodec(typesize=4, shuffle="shuffle")])
    create("nested", "float32", chunks=(2, 4, 2), shards=(4, 4, 6), serializer=inner, compressors=None, fill_value=3)
    create("nested-index-first", "int32", chunks=(4, 4, 6), compressors=None, fill_value=-1, serializer=ShardingCodec(
        chunk_shape=(2, 4, 2), index_location="start", codecs=[ShardingCodec(chunk_shape=(2, 2, 1), codecs=[BytesCodec(endian="big")])]))
    create("around-shards", "int16", chunks=(4, 4, 6), filters=[TransposeCodec(order=(2, 1, 0))], compressors=[ZstdCodec()],
           fill_value=5, serializer=ShardingCodec(chunk_shape=(2, 2, 2), codecs=[BytesCodec(), GzipCodec()]))
    create("dimension-names", "float64", chunks=SHAPE, dimension_names=("x", None, "größe"), fill_value=0.1)
    for shape, chunks in [((0,), (3,)), ((1,), (1,)), ((100003,), (70001,)), ((3, 0), (2, 2)), ((2, 3, 4, 5), (1, 2, 3, 4))]:
        create(f"shapes/{'-'.join(map(str, shape))}", "float32", shape=shape, chunks=chunks, fill_value=np.nan)
    scalar = group.create_array("scalar", shape=(), dtype="float64", fill_value=-1.0)
    scalar[...] = 6371229.0
    arrays[(str(directory), "scalar")] = scalar
    return arrays


@pytest.fixture(scope="module")
def from_python(tmp_path_factory):
    arrays = python_stores(tmp_path_factory.mktemp("python") / "store.zarr")
    return arrays, dump(arrays, tmp_path_factory.mktemp("dumped"))


def test_firn_reads_what_zarr_python_writes(from_python):
    arrays, outs = from_python
    failures = [
        f"{path}: {error_of(out) or 'elements differ'}"
        for (_, path), out in outs.items()
        if error_of(out) or out.read_bytes() != raw(arrays[(_, path)][...])
    ]
    assert len(arrays) > 850
    assert failures == []


def test_firn_prints_array_metadata_as_zarr_python_does(from_python):
    _, outs = from_python
    differing = [
        path
        for (store, path), out in outs.items()
        if pathlib.Path(f"{out}.json").read_bytes() != pathlib.Path(store, path, "zarr.json").read_bytes()
    ]
    assert differing == []


# ---------------------------------------------------------------- Firn writes, zarr-python reads


@pytest.fixture(scope="module")
def from_firn(tmp_path_factory):
    directory = tmp_path_factory.mktemp("firn")
    firn("write", directory)
    lines = (directory / "manifest.txt").read_text().splitlines()
    return directory, [line.split("\t") for line in lines]


@pytest.mark.parametrize("consolidated", [True, False])
def test_zarr_python_reads_what_firn_writes(from_firn, consolidated):
    directory, manifest = from_firn
    group = zarr.open_group(directory / "store.zarr", mode="r", use_consolidated=consolidated)
    failures = []
    for path, file, dtype in manifest:
        try:
            array = group[path]
            if array.dtype != np.dtype(dtype) or raw(array[...]) != (directory / file).read_bytes():
                failures.append(f"{path}: elements differ")
        except Exception as error:  # every array is to be looked at
            failures.append(f"{path}: {error!r}")
    assert len(manifest) > 900
    assert failures == []


def test_firn_prints_consolidated_metadata_as_zarr_python_does(from_firn):
    directory, _ = from_firn
    document = directory / "store.zarr" / "zarr.json"
    written = document.read_bytes()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        zarr.consolidate_metadata(directory / "store.zarr", zarr_format=3)
    assert document.read_bytes() == written


# ---------------------------------------------------------------- both read the sample stores

UNSUPPORTED = {
    "codec 'bitround'": ["zarrs/codec/bitround/bitround_float32.zarr", "zarrs/codec/bitround/bitround_uint8.zarr"],
    "codec 'numcodecs.adler32'": ["zarr-python/v3_zarr_python/array_adler32.zarr"],
    "codec 'numcodecs.bz2'": ["zarr-python/v3_zarr_python/array_bz2.zarr", "zarrs/v3/array_bz2.zarr"],
    "codec 'numcodecs.delta'": [
        "zarrita.js/v3/data.zarr/1d.contiguous.delta.i4",
        "zarrita.js/v3/data.zarr/3d.contiguous.delta.i4.mixed",
    ],
    "codec 'numcodecs.fletcher32'": ["zarr-python/v3_zarr_python/array_fletcher32.zarr"],
    "codec 'numcodecs.pcodec'": ["zarr-python/v3_zarr_python/array_pcodec.zarr", "zarrs/v3/array_pcodec.zarr"],
    "codec 'numcodecs.zfpy'": ["zarr-python/v3_zarr_python/array_zfpy.zarr", "zarrs/v3/array_zfpy.zarr"],
    "codec 'numcodecs.zlib'": ["zarr-python/v3_zarr_python/array_zlib.zarr"],
    "data type 'fixed_length_utf32'": ["zarr-python/zarr_python_compat/fixed_length_utf32_v3_le.zarr"],
    "data type 'numpy.datetime64'": [
        "zarrs/written-by-zarrs/issue_287.zarr/meta/date",
        *(
            f"zarr-python/zarr_python_compat/datetime64[{unit}].zarr"
            for unit in ["10ms", "10us", "D", "W", "Y", "h", "m", "ms", "ns", "s", "us"]
        ),
    ],
    "data type 'numpy.timedelta64'": [
        f"zarr-python/zarr_python_compat/timedelta64[{unit}].zarr" for unit in ["10ms", "10us", "ms", "ns", "ps", "us"]
    ],
    "data type 'optional'": ["zarrs/v3/array_optional.zarr/array", "zarrs/v3/array_optional_nested.zarr/array"],
    "data type 'string'": [
        "zarr-python/zarr_python_compat/cities_v3.zarr",
        "zarrita.js/v3/data.zarr/1d.chunked.string.vlen",
        "zarrita.js/v3/data.zarr/1d.contiguous.string.compressed",
        "zarrita.js/v3/data.zarr/1d.contiguous.string.vlen",
        "zarrita.js/v3/data.zarr/1d.string.empty",
        "zarrita.js/v3/data.zarr/1d.string.unicode",
        "zarrita.js/v3/data.zarr/2d.chunked.string.vlen",
        "zarrs/v3/cities.zarr",
        "zarrs/written-by-zarrs/issue_287.zarr/meta/bbox",
        "zarrs/written-by-zarrs/issue_287.zarr/meta/collection",
    ],
    "data type 'variable_length_bytes'": ["zarr-python/zarr_python_compat/v3_bytes.zarr"],
}
"""The sample arrays that Firn refuses, by what it must say of them. All others must read equal."""

LARGEST = 10_000_000
"""Arrays of more elements are templates without a single stored chunk."""


def sample_arrays():
    root = pathlib.Path(os.environ.get("FIRN_SAMPLES", "/nonexistent"), "zarr-v3")
    if not root.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("FIRN_SAMPLES has no folder zarr-v3")
        pytest.skip("FIRN_SAMPLES has no folder zarr-v3")
    small = []
    for document in sorted(root.rglob("zarr.json")):
        metadata = json.loads(document.read_text())
        if metadata["node_type"] == "array" and np.prod(metadata["shape"]) <= LARGEST:
            small.append(document.parent)
        elif metadata["node_type"] == "array":
            assert list(document.parent.iterdir()) == [document], f"{document} is large and has chunks"
    return root, small


def test_firn_reads_sample_stores_as_zarr_python_does(tmp_path):
    root, arrays = sample_arrays()
    outs = dump([(str(array), "") for array in arrays], tmp_path)
    refused, problems = {}, []
    for (directory, _), out in outs.items():
        name = str(pathlib.Path(directory).relative_to(root))
        if error_of(out):
            refused[name] = error_of(out)
        elif raw(zarr.open_array(directory, mode="r")[...]) != out.read_bytes():
            problems.append(f"{name}: elements differ")
    expected = {
        name: f"dev.firn.io.UnsupportedFeatureException: Unsupported {reason} in file://{root}/{name}/zarr.json"
        for reason, names in UNSUPPORTED.items()
        for name in names
    }
    assert len(outs) - len(refused) > 90
    assert problems == []
    assert refused == expected
