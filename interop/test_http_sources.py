"""Sources over HTTP give the archive that the same files give from a directory."""

import pathlib
import time

import pytest

import demo
import gefs
import http_host
import s3
from firn_cli import FAILED, firn
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
    asked_once = 3 * len(gefs.LEAD_HOURS)  # a file's version, its inventory, and its fields: they lie side by side
    assert fetched["requests"] == asked_once


def updated(store, url):
    """What the two commands report that make an archive of one forecast and add the next."""
    environment = {"FIRN_HTTP_PATIENCE_SECONDS": "3"}
    reports = [
        firn(*command, environment=environment).report
        for command in (demo.backfill_arguments(store, url, demo.FIRST_END),
                        demo.update_arguments(store, url, demo.SECOND_END))
    ]
    assert [report["status"] for report in reports] == ["published", "published"]
    return reports


@pytest.mark.long
@pytest.mark.demo
def test_an_update_from_http_is_the_same_where_every_tenth_request_is_disturbed(
        s3_server, demo_bucket, demo_made_as_zarr, tmp_path):
    source = s3_server.new_bucket()
    source.upload(demo_bucket)
    for share in (0, 0.1):
        store = tmp_path / f"{share:.0%}.zarr"
        with s3.FaultProxy(s3_server.endpoint, share) as proxy:
            begun = time.monotonic()
            fetched = [report["fetched"] for report in updated(store, f"{proxy.endpoint}/{source.name}")]
            seconds = time.monotonic() - begun
        print(f"{share:.0%} of requests disturbed: {seconds:.1f} s, {proxy.counts}, {fetched}")
        assert_identical(objects(store), objects(pathlib.Path(demo_made_as_zarr["store"])))
        # one more is made before each command begins: whether the source can be read at all
        assert sum(each["requests"] for each in fetched) + 2 <= proxy.counts["requests"]
        again = sum(each["bytes_again"] for each in fetched)
        wasted = sum(each["bytes_wasted"] for each in fetched) / sum(each["bytes"] for each in fetched)
        assert (again > 0 and wasted > 0) if share else (again == 0 and wasted < 0.05)
    assert set(s3.FAULTS) & set(proxy.counts)


@pytest.mark.long
@pytest.mark.demo
def test_fields_of_a_file_are_asked_for_together(demo_bucket, demo_made_as_zarr, tmp_path):
    with http_host.serving(demo_bucket) as (url, requests):
        reports = updated(tmp_path / "store.zarr", url)
    assert_identical(objects(tmp_path / "store.zarr"), objects(pathlib.Path(demo_made_as_zarr["store"])))
    ranges = [asked for method, asked in requests if asked]
    fields = sum(report["fields"] for report in reports)
    forecasts = 3  # the update reads the first again
    print(f"{fields} fields in {len(ranges)} of {len(requests)} requests, {[report['fetched'] for report in reports]}")
    assert len(ranges) == demo.JOBS_PER_FORECAST * forecasts * len(demo.LEAD_HOURS) - forecasts  # rates begin after 0
    assert any("," in asked for asked in ranges)
    for report in reports:
        assert report["fetched"]["bytes_wasted"] < 0.05 * report["fetched"]["bytes"]
