"""An archive on S3 is the archive on a local disk, object by object, and xarray reads it there."""

import pathlib

import pytest
import xarray as xr

import demo
import s3
from firn_cli import FAILED, WRONG_USAGE, firn
from stores import assert_identical, objects, of_any_run

pytestmark = pytest.mark.demo

ARCHIVE = "archives/demo.zarr"
ANONYMOUS = {"AWS_ACCESS_KEY_ID": "", "AWS_SECRET_ACCESS_KEY": "",
             "AWS_CONFIG_FILE": "/nowhere", "AWS_SHARED_CREDENTIALS_FILE": "/nowhere"}


@pytest.fixture(scope="module")
def archive(s3_server, demo_bucket):
    """A bucket whose archive was backfilled with the first forecast and updated with the second."""
    bucket = s3_server.new_bucket()
    store = f"{bucket.url}/{ARCHIVE}"
    backfilled = firn(
        *demo.backfill_arguments(store, demo_bucket, demo.FIRST_END), environment=s3_server.environment
    )
    updated = firn(*demo.update_arguments(store, demo_bucket, demo.SECOND_END), environment=s3_server.environment)
    assert backfilled.report["status"] == updated.report["status"] == "published"
    return bucket


def opened(archive):
    return of_any_run(xr.open_zarr(
        f"{archive.url}/{ARCHIVE}", storage_options=archive.server.storage_options,
        consolidated=True, decode_timedelta=True,
    ))


def test_objects_are_those_of_the_local_archive(archive, demo_made_as_zarr):
    assert_identical(archive.objects(ARCHIVE), objects(pathlib.Path(demo_made_as_zarr["store"])))


def test_xarray_reads_what_it_reads_locally(archive, demo_made_as_zarr):
    xr.testing.assert_identical(opened(archive).load(), demo.opened(demo_made_as_zarr["store"]).load())


def test_finished_updates_leave_only_their_outcomes_in_the_journal(archive):
    left = {path for path in archive.objects("archives/_internal") if not path.startswith("ledger/")}
    assert len(left) == 2 and all(path.endswith("/done.json") for path in left)


def test_firn_lists_the_arrays(archive, demo_made_as_zarr):
    listed = firn("zarr", "ls", f"{archive.url}/{ARCHIVE}", "--json", environment=archive.server.environment)
    assert listed.out == firn("zarr", "ls", demo_made_as_zarr["store"], "--json").out


def test_metadata_is_not_to_be_cached_and_says_what_it_is(archive):
    head = archive.server.filesystem().call_s3("head_object", Bucket=archive.name, Key=f"{ARCHIVE}/zarr.json")
    assert head["CacheControl"] == "no-cache" and head["ContentType"] == "application/json"


@pytest.mark.parametrize("coordinate", ["init_time", "valid_time", "latitude"])
def test_coordinates_are_not_to_be_cached(archive, coordinate):
    files = archive.server.filesystem()
    (key, *_) = files.find(f"{archive.name}/{ARCHIVE}/{coordinate}/c")
    head = files.call_s3("head_object", Bucket=archive.name, Key=key.removeprefix(f"{archive.name}/"))
    assert head["CacheControl"] == "no-cache"


def test_sources_are_read_from_a_public_bucket_without_credentials(s3_server, demo_made_as_zarr, demo_bucket, tmp_path):
    s3_server.new_bucket("firn-demo-data").upload(demo_bucket)
    store = tmp_path / "demo.zarr"

    firn("backfill", demo.DATASET, "--store", store, "--end", demo.SECOND_END,
         environment=s3_server.environment | ANONYMOUS | {"FIRN_S3_ANONYMOUS": "firn-demo-data"})

    assert_identical(objects(store), objects(pathlib.Path(demo_made_as_zarr["store"])))


def test_a_bucket_that_is_not_there_is_named(s3_server, demo_bucket):
    command = demo.backfill_arguments("s3://no-such-bucket/a.zarr", demo_bucket, demo.FIRST_END)
    err = firn(*command, expect=FAILED, environment=s3_server.environment).err
    assert "in s3://no-such-bucket: there is no such bucket (" in err and " answered 404 NoSuchBucket, request " in err


def test_absence_of_credentials_is_said(s3_server, s3_bucket, demo_bucket):
    command = demo.backfill_arguments(f"{s3_bucket.url}/a.zarr", demo_bucket, demo.FIRST_END)
    err = firn(*command, expect=FAILED, environment=s3_server.environment | ANONYMOUS).err
    assert "no credentials were found" in err and "FIRN_S3_ANONYMOUS" in err


def test_an_expired_token_is_not_nothing_new(tmp_path):
    with s3.refusing("ExpiredToken") as environment:
        store = tmp_path / "archive" / "demo.zarr"
        command = ["backfill", demo.DATASET, "--store", store, "--end", demo.FIRST_END]
        err = firn(*command, expect=FAILED, environment=environment).err
    assert "in s3://firn-demo-data: the token is refused (GetObject answered 400 ExpiredToken" in err
    assert not store.parent.exists()


@pytest.mark.parametrize("url", ["s3://", "s3://a.zarr", "s3:///a/b.zarr", "s3://bucket//a.zarr", "s3://bucket/../a.zarr"])
def test_a_url_without_bucket_or_name_is_wrong_usage(demo_bucket, url):
    err = firn(*demo.backfill_arguments(url, demo_bucket, demo.FIRST_END), expect=WRONG_USAGE).err
    assert f"Cannot write {url}: " in err
