"""Fixtures for all tests; what a test needs and is not there skips it, and fails it with CI=true."""

import os
import pathlib

import pyproj  # before ecCodes, which brings a PROJ library that pyproj does not work with
import pytest

import demo
import gefs
import observation
import s3
from small_archive import MEASURED, Size

# Runs of firn are short, so what counts is how soon the JVM is up.
os.environ.setdefault("FIRN_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto")

# No test asks the machine it runs on for credentials.
os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


def pytest_terminal_summary(terminalreporter):
    for line in MEASURED:
        terminalreporter.write_line(line)


def missing(what):
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(what)


@pytest.fixture(params=[Size.FEW, pytest.param(Size.WHOLE, marks=pytest.mark.long)], ids=lambda size: size.value)
def size(request):
    """Of the grids of a dataset of the catalog."""
    return request.param


@pytest.fixture(scope="session")
def samples():
    """The directory of sample files."""
    if not os.environ.get("FIRN_SAMPLES"):
        missing("FIRN_SAMPLES does not name the directory of sample files")
    directory = pathlib.Path(os.environ["FIRN_SAMPLES"]).resolve()
    if not directory.is_dir():
        pytest.fail(f"FIRN_SAMPLES is {directory}, and there is no such directory")
    return directory


@pytest.fixture(scope="session")
def gefs_samples(samples):
    """Three small forecast files of NOAA's GEFS, with inventories."""
    directory = samples / "grib2" / "noaa-gefs" / "trimmed"
    if not directory.is_dir():
        missing(f"there is no {directory}")
    return directory


@pytest.fixture(scope="session")
def gefs_store(gefs_samples, tmp_path_factory):
    """A backfilled store of the sample files. Tests must not change it."""
    store = tmp_path_factory.mktemp("gefs") / "store.zarr"
    report = gefs.backfill(store, gefs_samples).report
    assert report["status"] == "published" and report["files"] == {"succeeded": 3}
    return store


@pytest.fixture(scope="session")
def demo_made(tmp_path_factory):
    """What `firn demo` reports. Tests must not change what it made."""
    return demo.make(tmp_path_factory.mktemp("demo") / "made")


@pytest.fixture(scope="session")
def demo_made_as_zarr(tmp_path_factory):
    """The same of `firn demo --format zarr`."""
    return demo.make(tmp_path_factory.mktemp("demo") / "made", "--format", "zarr")


@pytest.fixture(scope="session")
def demo_bucket(demo_made):
    """Two complete forecasts of the demo's model."""
    return pathlib.Path(demo_made["map"]).parent / "bucket"


@pytest.fixture(scope="session")
def earlier_bucket(demo_bucket, tmp_path_factory):
    """The first of these forecasts as it might have been before: other values, the last file absent."""
    directory = tmp_path_factory.mktemp("earlier") / "bucket"
    demo.make_earlier_bucket(demo_bucket, directory)
    return directory


@pytest.fixture(scope="session")
def judge(demo_bucket, earlier_bucket):
    """Tells the archive as it was before an update from the archive as it will be."""
    judge = observation.Judge({observation.OLD: earlier_bucket, observation.NEW: demo_bucket}, demo_bucket)
    for name in demo.VARIABLES:
        for block in demo.shard_blocks():
            old, new = (judge.first[state][name][:, *block] for state in (observation.OLD, observation.NEW))
            assert not demo.same(old, new), f"the update does not change {name}: nothing could be told from it"
    return judge


@pytest.fixture(scope="session")
def s3_server():
    """An S3 server of this machine: `endpoint`, `environment` for firn, `filesystem()` for Python."""
    with s3.Server() as server:
        yield server


@pytest.fixture
def s3_bucket(s3_server):
    """An empty bucket: its `url`, and all that s3_server has."""
    return s3_server.new_bucket()


@pytest.fixture(scope="session")
def icechunk_driver():
    """Firn as a process that does what icechunk_actors.Firn says."""
    from icechunk_actors import Driver  # only these tests wait for it

    with Driver() as driver:
        yield driver
