"""A store that Firn makes of real GRIB files is, to xarray and zarr-python, what its YAML says, and holds
what ecCodes reads in those files, bit for bit."""

import json

import numpy as np
import pyproj
import pytest
import zarr

import gefs
import truth
from firn_cli import firn


@pytest.fixture(scope="module")
def dataset(gefs_store):
    return gefs.opened(gefs_store)


@pytest.fixture(scope="module")
def group(gefs_store):
    return zarr.open_group(gefs_store, mode="r", use_consolidated=True)


@pytest.mark.parametrize("name", gefs.VARIABLES)
def test_every_value_is_that_of_eccodes(dataset, gefs_samples, name):
    truth.assert_same(dataset[name].values, gefs.expected(gefs_samples)[name], name)


def test_precision_is_reduced_where_the_yaml_says_so(dataset):
    distinct = {name: np.unique(dataset[name].values).size for name in gefs.VARIABLES}
    assert distinct["wind_u_10hpa"] < 2000 < distinct["geopotential_height_10hpa"]


def test_dimensions_are_in_the_order_of_the_yaml(dataset):
    sizes = {"init_time": 1, "lead_time": 3, "latitude": 361, "longitude": 720}
    assert dict(dataset.sizes) == sizes
    for name in gefs.VARIABLES:
        assert dataset[name].dims == tuple(sizes)


def test_axes_hold_the_grid(dataset):
    assert dataset.latitude.dtype == dataset.longitude.dtype == np.float64
    assert np.array_equal(dataset.latitude, 90 - 0.5 * np.arange(361))
    assert np.array_equal(dataset.longitude, -180 + 0.5 * np.arange(720))


def test_times_decode_by_the_cf_conventions(dataset):
    hours = np.array(gefs.LEAD_HOURS, "timedelta64[h]")
    assert np.array_equal(dataset.init_time, [np.datetime64("2026-07-24T00:00")])
    assert dataset.lead_time.dtype == "timedelta64[us]"
    assert np.array_equal(dataset.lead_time, hours)
    assert dataset.valid_time.dims == ("init_time", "lead_time")
    assert np.array_equal(dataset.valid_time, dataset.init_time.values[:, None] + hours)
    assert np.array_equal(dataset.ingested_forecast_length, [np.timedelta64(6, "h")])


def test_coordinates_are_the_usual_ones_of_a_forecast(dataset):
    names = {*gefs.COORDINATES, "spatial_ref"}
    assert set(dataset.coords) == names
    assert set(dataset.data_vars) == set(gefs.VARIABLES)
    for name in gefs.VARIABLES:
        assert set(dataset[name].coords) == names


def test_attributes_are_those_of_the_yaml(dataset):
    identity = {"dataset_id": gefs.DATASET, "dataset_version": gefs.DEFINITION["version"]}
    assert dataset.attrs == identity | gefs.DEFINITION["attributes"]
    for name, variable in gefs.VARIABLES.items():
        assert dataset[name].attrs == variable["attributes"]
    for name, attributes in gefs.COORDINATES.items():
        assert dataset[name].attrs == attributes


def test_reference_system_is_the_sphere_that_the_yaml_names(dataset):
    attributes = dataset["spatial_ref"].attrs
    assert attributes["grid_mapping_name"] == "latitude_longitude"
    assert attributes["spatial_ref"] == attributes["crs_wkt"]
    crs = pyproj.CRS(attributes["crs_wkt"])
    assert crs.is_geographic and crs.ellipsoid.semi_major_metre == crs.ellipsoid.semi_minor_metre == 6371229
    assert attributes["semi_major_axis"] == attributes["semi_minor_axis"] == 6371229


def test_zarr_python_sees_the_chunks_shards_and_codecs_of_the_yaml(group):
    order = ["init_time", "lead_time", "latitude", "longitude"]
    compressed = {"name": "blosc", "configuration": {
        "typesize": 4, "cname": "zstd", "clevel": 3, "shuffle": "shuffle", "blocksize": 0}}
    little = {"name": "bytes", "configuration": {"endian": "little"}}
    for name in gefs.VARIABLES:
        array = group[name]
        assert array.chunks == tuple(gefs.DEFINITION["chunks"][dimension] for dimension in order)
        assert array.shards == tuple(gefs.DEFINITION["shards"][dimension] for dimension in order)
        assert array.dtype == np.float32 and np.isnan(array.fill_value)
        (sharding,) = array.metadata.to_dict()["codecs"]
        assert sharding["name"] == "sharding_indexed"
        assert list(sharding["configuration"]["codecs"]) == [little, compressed]
        assert list(sharding["configuration"]["index_codecs"]) == [little, {"name": "crc32c"}]
        assert sharding["configuration"]["index_location"] == "end"


def test_coordinates_along_the_append_dimension_have_room_to_grow(group):
    room = gefs.DEFINITION["append"]["coordinate_chunk"]
    assert group["init_time"].shape == (1,) and group["init_time"].chunks == (room,)
    assert group["valid_time"].shape == (1, 3) and group["valid_time"].chunks == (room, 3)
    assert group["latitude"].chunks == group["latitude"].shape and group["latitude"].shards is None


def test_consolidated_metadata_says_what_the_arrays_own_metadata_says(gefs_store, group):
    unconsolidated = zarr.open_group(gefs_store, mode="r", use_consolidated=False)
    names = set(gefs.VARIABLES) | set(gefs.COORDINATES) | {"spatial_ref"}
    assert set(group.array_keys()) == set(unconsolidated.array_keys()) == names
    for name in names:
        assert group[name].metadata == unconsolidated[name].metadata


def test_stored_objects_are_the_shards_of_the_grid_and_nothing_else(gefs_store):
    for name in gefs.VARIABLES:
        objects = {str(path.relative_to(gefs_store / name)) for path in (gefs_store / name).rglob("*") if path.is_file()}
        assert objects == {"zarr.json", "c/0/0/0/0", "c/0/0/0/1", "c/0/0/1/0", "c/0/0/1/1"}


def test_firn_lists_the_store_as_zarr_python_sees_it(gefs_store, group):
    for listed in json.loads(firn("zarr", "ls", gefs_store, "--json").out):
        array = group[listed["path"]]
        assert tuple(listed["shape"]) == array.shape
        assert tuple(listed["inner_chunk"]) == array.chunks
        assert tuple(listed["stored_chunk"]) == (array.shards or array.chunks)
        assert listed["data_type"] == array.dtype.name
