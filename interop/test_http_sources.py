"""Sources over HTTP give the archive that the same files give from a directory."""

import pytest

import gefs
import s3
from firn_cli import FAILED
from stores import assert_identical, objects


@pytest.fixture
def host(s3_bucket, gefs_samples, tmp_path):
    """The sample files on a server that is asked for them by plain HTTP; and where they are there."""
    gefs.Bucket.copy_of(gefs_samples, tmp_path / "files")
    s3_bucket.upload(tmp_path / "files")
    return s3_bucket, f"{s3_bucket.server.endpoint}/{s3_bucket.name}"


def test_an_archive_of_http_sources_is_that_of_files(host, gefs_store, tmp_path):
    _, url = host
    assert url.startswith("http://")
    report = gefs.backfill(tmp_path / "store.zarr", url).report
    assert report["files"] == {"succeeded": 3}
    assert_identical(objects(tmp_path / "store.zarr"), objects(gefs_store))


def test_files_that_a_host_does_not_have_are_not_there_yet(host, tmp_path):
    bucket, url = host
    bucket.remove(gefs.file_name(6))
    report = gefs.backfill(tmp_path / "store.zarr", url).report
    assert report["files"] == {"not_found": 1, "succeeded": 2}


def test_a_login_that_is_refused_is_told_at_once(tmp_path):
    with s3.refusing("ExpiredToken", status=401) as environment:
        url = environment["AWS_ENDPOINT_URL_S3"]
        login = {"FIRN_LOGINS": f"{url.removeprefix('http://')}=bearer:TOKEN", "TOKEN": "hidden"}
        ended = gefs.backfill(tmp_path / "store.zarr", url, environment=login, expect=FAILED)
    assert "the login is refused or has expired" in ended.err and "hidden" not in ended.err
    assert not (tmp_path / "store.zarr").exists()


def test_what_is_fetched_of_sound_files_is_used(host, tmp_path):
    _, url = host
    report = gefs.backfill(tmp_path / "store.zarr", url).report
    fetched = report["fetched"]
    print(fetched)
    assert fetched["bytes"] >= report["bytes_read"] > 0 and fetched["bytes_again"] == 0
    assert fetched["bytes_wasted"] < 0.05 * fetched["bytes"]
    asked_once = 2 * len(gefs.LEAD_HOURS) + report["fields"]  # a file's version, its inventory, and its fields
    assert fetched["requests"] == asked_once
