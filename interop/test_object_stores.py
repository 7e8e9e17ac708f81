"""Stores on S3 servers that are not as good as Amazon's: on moto, on one that ignores conditions, and behind a network
that disturbs every tenth request."""

import os
import pathlib
import subprocess
import time

import icechunk
import pytest
import xarray as xr

import demo
import s3
from firn_cli import REFUSED, firn
from icechunk_actors import java
from moto_server import moto
from stores import assert_identical, objects, of_any_run

PRIMARY, REPLICA = "archives/demo.icechunk", "replicas/demo.zarr"


def test_moto_keeps_the_sequential_part_of_the_contract():
    with moto() as environment:
        command = java("NamedServer", "-XX:TieredStopAtLevel=1", package="object.s3")
        ended = subprocess.run([*command, "s3://contract"], capture_output=True, text=True, env=os.environ | environment)
    assert ended.returncode == 0, ended.stdout + ended.stderr


def test_a_server_that_ignores_conditions_is_refused_unless_there_is_a_single_writer(
    s3_server, s3_bucket, demo_bucket, tmp_path
):
    archive = demo.backfill_arguments(f"{s3_bucket.url}/{PRIMARY}", demo_bucket, demo.FIRST_END)
    with s3.FaultProxy(s3_server.endpoint) as proxy:
        refused = firn(*archive, expect=REFUSED, environment=proxy.environment)
        assert "does not honour 'If-None-Match: *'" in refused.err and "FIRN_S3_SINGLE_WRITER" in refused.err
        assert s3_bucket.objects() == {}

        replica = demo.backfill_arguments(
            tmp_path / "store.zarr", demo_bucket, demo.FIRST_END, "--store", f"{s3_bucket.url}/{REPLICA}")
        refused = firn(*replica, expect=REFUSED, environment=proxy.environment)
        assert f"Cannot write {s3_bucket.url}" in refused.err and "does not honour 'If-None-Match: *'" in refused.err
        assert s3_bucket.objects() == {} and list(tmp_path.iterdir()) == []

        firn(*archive, environment=proxy.environment | {"FIRN_S3_SINGLE_WRITER": s3_bucket.name})

    assert opened_icechunk(s3_bucket).sizes["init_time"] == 1


def opened_icechunk(bucket):
    main = icechunk.Repository.open(bucket.icechunk(PRIMARY)).readonly_session("main").store
    return of_any_run(xr.open_zarr(main, consolidated=False, decode_timedelta=True))


def opened_zarr(bucket):
    return of_any_run(xr.open_zarr(f"{bucket.url}/{REPLICA}", storage_options=bucket.server.storage_options,
                                   consolidated=True, decode_timedelta=True))


def updated(server, source, share):
    """A bucket whose archives were made through a proxy: backfilled with one forecast, updated with the next."""
    bucket = server.new_bucket()
    with s3.FaultProxy(server.endpoint, share) as proxy:
        begun = time.monotonic()
        more = ["--store", f"{bucket.url}/{REPLICA}"]
        environment = proxy.environment | {"FIRN_S3_ATTEMPT_SECONDS": "3"}
        for command in (demo.backfill_arguments(f"{bucket.url}/{PRIMARY}", source.url, demo.FIRST_END, *more),
                        demo.update_arguments(f"{bucket.url}/{PRIMARY}", source.url, demo.SECOND_END, *more)):
            assert firn(*command, environment=environment).report["status"] == "published"
        seconds = time.monotonic() - begun
    print(f"{share:.0%} of requests disturbed: {seconds:.1f} s, {proxy.counts}")
    return bucket, proxy.counts


@pytest.mark.long
@pytest.mark.demo
def test_a_replica_in_another_account_is_reached_as_its_section_says(s3_server, demo_bucket, demo_made_as_zarr, tmp_path):
    here, elsewhere, sections = s3_server.new_bucket(), s3_server.new_bucket(), tmp_path / "stores.ini"
    with s3.FaultProxy(s3_server.endpoint, 0) as proxy:
        sections.write_text(
            f"[{elsewhere.url}/replicas]\nAWS_ENDPOINT_URL_S3 = {proxy.endpoint}\n"
            "AWS_ACCESS_KEY_ID = partner\nAWS_SECRET_ACCESS_KEY = not to be told\n")
        archive = demo.backfill_arguments(
            f"{here.url}/{PRIMARY}", demo_bucket, demo.SECOND_END, "--store", f"{elsewhere.url}/{REPLICA}")
        done = firn(*archive, environment=s3_server.environment | {"FIRN_S3_STORES": str(sections)})
    assert proxy.counts["requests"] > 20 and "not to be told" not in done.out + done.err
    assert_identical(elsewhere.objects(REPLICA), objects(pathlib.Path(demo_made_as_zarr["store"])))
    xr.testing.assert_identical(opened_icechunk(here).load(), opened_zarr(elsewhere).load())


@pytest.mark.long
@pytest.mark.demo
def test_an_update_all_on_s3_is_the_same_where_every_tenth_request_is_disturbed(s3_server, demo_bucket, demo_made_as_zarr):
    source = s3_server.new_bucket()
    source.upload(demo_bucket)

    quiet, undisturbed = updated(s3_server, source, 0)
    disturbed, counts = updated(s3_server, source, 0.1)

    local = demo.opened(demo_made_as_zarr["store"]).load()
    assert set(counts) == {"requests", *s3.FAULTS} and set(undisturbed) == {"requests"}
    for bucket in (quiet, disturbed):
        assert_identical(bucket.objects(REPLICA), objects(pathlib.Path(demo_made_as_zarr["store"])))
        xr.testing.assert_identical(opened_zarr(bucket).load(), local)
        xr.testing.assert_identical(opened_icechunk(bucket).load(), local)
        assert not [key for key in bucket.objects("archives/_internal") if not key.endswith(("/done.json", ".json.gz"))]
