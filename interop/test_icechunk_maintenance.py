"""Firn expires, collects and verifies Icechunk repositories as the reference implementation does.

Needs icechunk 2, the firn command, the compiled tests of module io, and for the sample repositories
the environment variable FIRN_SAMPLES.
"""

import datetime
import os
import random
import shutil
import signal
import time

import icechunk
import pytest
import zarr

from firn_cli import FAILED, REFUSED, WRONG_USAGE, Running, firn
from icechunk_actors import assert_read_the_same, interop

KINDS = ["snapshots", "transactions", "manifests", "chunks"]
INITIAL = "1CECHNKREP0F1RSTCMT0"


def now():
    """A time apart from what happens before and after; files are dated by a coarser clock."""
    time.sleep(0.03)
    at = datetime.datetime.now(datetime.timezone.utc)
    time.sleep(0.03)
    return at


def text(at):
    return at.astimezone(datetime.timezone.utc).replace(tzinfo=None).isoformat()


def opened(path):
    return icechunk.Repository.open(icechunk.local_filesystem_storage(str(path)))


def created(path):
    config = icechunk.RepositoryConfig(inline_chunk_threshold_bytes=0)
    repo = icechunk.Repository.create(icechunk.local_filesystem_storage(str(path)), config=config)
    session = repo.writable_session("main")
    root = zarr.create_group(session.store)
    for name in "ab":
        root.create_array(name, shape=(40,), chunks=(2,), dtype="i4", fill_value=0)
    session.commit("arrays")
    return repo


def committed(repo, branch, draw, amend=False):
    session = repo.writable_session(branch)
    array = zarr.open_group(session.store)[draw.choice("ab")]
    for _ in range(draw.randint(1, 3)):
        array[draw.randrange(40)] = draw.randrange(1, 1 << 30)
    return (session.amend if amend else session.commit)(f"{draw.random()}")


def randomised(path, seed):
    """A history with branches, tags, resets and amended commits, and some moments of it."""
    draw = random.Random(seed)
    repo = created(path)
    moments = []
    for step in range(16):
        branch = draw.choice(sorted(repo.list_branches()))
        what = draw.random()
        if what < 0.6:
            committed(repo, branch, draw)
        elif what < 0.7:
            committed(repo, branch, draw, amend=repo.lookup_branch(branch) != INITIAL)
        elif what < 0.8:
            repo.create_branch(f"b{step}", repo.lookup_branch(branch))
        elif what < 0.9:
            repo.create_tag(f"t{step}", repo.lookup_branch(branch))
        elif branch != "main":
            repo.delete_branch(branch)
        else:
            history = [info.id for info in repo.ancestry(branch="main")]
            repo.reset_branch("main", draw.choice(history[:-1] or history))
        if step % 4 == 3:
            moments.append(now())
    return moments


def stored(path):
    """The names of all objects, but former versions of the repo info file."""
    return {kind: sorted(f.name for f in (path / kind).glob("*")) for kind in KINDS}


def state(path):
    """Refs, histories, and what changed from the first snapshot to each tip."""
    repo = opened(path)
    refs = {("branch", name): {"branch": name} for name in repo.list_branches()}
    refs |= {("tag", name): {"tag": name} for name in repo.list_tags()}
    found = {}
    for ref, version in refs.items():
        history = list(repo.ancestry(**version))
        diff = repo.diff(from_snapshot_id=history[-1].id, to_snapshot_id=history[0].id)
        found[ref] = [(i.id, i.parent_id, i.message) for i in history], str(diff)
    return found


def expire(path, at, *options):
    return firn("icechunk", "expire", path, "--older-than", text(at), "--force", "--json", *options).report


def gc(path, at, *options):
    return firn("icechunk", "gc", path, "--older-than", text(at), "--force", "--json", *options).report


def verify(path):
    return firn("icechunk", "verify", path, "--json").report


def assert_counts(ours, theirs):
    assert ours["snapshots"]["objects"] == theirs.snapshots_deleted
    assert ours["transaction_logs"]["objects"] == theirs.transaction_logs_deleted
    assert ours["manifests"]["objects"] == theirs.manifests_deleted
    assert ours["chunks"]["objects"] == theirs.chunks_deleted
    assert ours["total"]["bytes"] == theirs.bytes_deleted


def compare(path, directory, expire_at, gc_at, delete):
    """Expires and collects a repository with both, each on its copy."""
    ours, theirs = directory / "firn", directory / "reference"
    for copy in (ours, theirs):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(path, copy)
    released = opened(theirs).expire_snapshots(
        expire_at, delete_expired_branches=delete, delete_expired_tags=delete)
    report = expire(ours, expire_at, *(["--delete-branches", "--delete-tags"] if delete else []))
    assert report["released_snapshots"] == sorted(released)
    assert state(ours) == state(theirs)
    before = stored(ours)
    preview = gc(ours, gc_at, "--dry-run")
    assert stored(ours) == before
    collected = opened(theirs).garbage_collect(gc_at)
    assert_counts(preview, collected)
    assert_counts(gc(ours, gc_at), collected)
    assert stored(ours) == stored(theirs)
    assert state(ours) == state(theirs)
    assert verify(ours)["findings"] == []
    return ours


@pytest.mark.parametrize("seed", range(3))
def test_histories_of_the_reference_end_as_it_would_end_them(seed, tmp_path, icechunk_driver):
    moments = randomised(tmp_path / "made", seed)
    for at, collect_at, delete in [
        (moments[1], moments[1], False), (moments[2], now(), True), (moments[3], moments[2], False)]:
        ours = compare(tmp_path / "made", tmp_path, at, collect_at, delete)
    draw = random.Random(seed)
    repo = opened(ours)
    committed(repo, "main", draw)
    committed(repo, "main", draw)
    again = compare(ours, tmp_path / "again", now(), now(), True)
    assert_read_the_same(again, icechunk_driver)
    opened(again).expire_snapshots(now())
    opened(again).garbage_collect(now())
    assert verify(again)["findings"] == []


def test_history_of_firn_ends_as_the_reference_would_end_it(tmp_path, icechunk_driver):
    interop("write", tmp_path / "made")
    ours = compare(tmp_path / "made", tmp_path, now(), now(), False)
    interop("append", ours)
    committed_by_reference = opened(ours).writable_session("dev")
    zarr.open_group(committed_by_reference.store)["group/split"][1, 1] = 5
    committed_by_reference.commit("reference")
    assert_read_the_same(compare(ours, tmp_path / "again", now(), now(), True), icechunk_driver)


def test_samples_end_as_the_reference_would_end_them(samples, tmp_path):
    found = sorted(path.parent for path in (samples / "icechunk").rglob("repo") if path.is_file())
    assert len(found) >= 3
    for sample in found:
        assert verify(sample)["findings"] == []
        times = sorted(info.written_at for info in opened(sample).ancestry(branch="main"))
        for at, delete in ((times[len(times) // 2], False), (now(), True)):
            compare(sample, tmp_path / sample.name, at, now(), delete)


def test_samples_of_version_1_are_verified_and_not_changed(samples, tmp_path):
    found = sorted(path.parents[2] for path in (samples / "icechunk").rglob("refs/branch.main/ref.json"))
    found = [path for path in found if not (path / "repo").is_file()]
    assert len(found) >= 3
    for sample in found:
        assert verify(sample)["findings"] == []
        shutil.copytree(sample, tmp_path / sample.name)
        for command in ("gc", "expire"):
            refused = firn("icechunk", command, tmp_path / sample.name, "--older-than", "10d", expect=FAILED)
            assert "version 1" in refused.err


def test_session_of_the_reference_commits_after_a_collection(tmp_path):
    repo = created(tmp_path / "repo")
    committed(repo, "main", random.Random(1))
    limit = now()
    session = repo.writable_session("main")
    zarr.open_group(session.store)["a"][:] = 7

    gc(tmp_path / "repo", limit)

    session.commit("late")
    assert (zarr.open_group(opened(tmp_path / "repo").readonly_session("main").store, mode="r")["a"][:] == 7).all()
    assert verify(tmp_path / "repo")["findings"] == []


def aged(path, days):
    """The repository as if all of it had been written so many days ago."""
    for file in path.rglob("*"):
        at = file.stat().st_mtime - days * 86400
        os.utime(file, (at, at))


def test_reader_keeps_what_left_the_history_since_the_limit(tmp_path):
    repo = created(tmp_path / "repo")
    given_up = committed(repo, "main", random.Random(1))
    aged(tmp_path / "repo", 20)
    reader = zarr.open_group(repo.readonly_session(snapshot_id=given_up).store, mode="r")
    values = reader["a"][:].tolist(), reader["b"][:].tolist()
    repo.reset_branch("main", INITIAL)

    firn("icechunk", "gc", tmp_path / "repo", "--older-than", "10d")

    assert len(stored(tmp_path / "repo")["snapshots"]) == 3
    group = zarr.open_group(opened(tmp_path / "repo").readonly_session(snapshot_id=given_up).store, mode="r")
    assert (group["a"][:].tolist(), group["b"][:].tolist()) == values
    firn("icechunk", "gc", tmp_path / "repo", "--older-than", "10d", "--force")
    assert len(stored(tmp_path / "repo")["snapshots"]) == 1


def test_killed_collection_is_repeated(tmp_path):
    path = tmp_path / "repo"
    repo = created(path)
    session = repo.writable_session("main")
    zarr.open_group(session.store).create_array("big", shape=(4000,), chunks=(1,), dtype="i4")[:] = 3
    session.commit("big")
    repo.reset_branch("main", INITIAL)
    limit = now()
    chunks = path / "chunks"
    run = Running("icechunk", "gc", path, "--older-than", text(limit), "--force")
    deadline = time.monotonic() + 120
    while len(os.listdir(chunks)) == 4000 and run.process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    run.send(signal.SIGKILL)
    run.process.wait()
    left = len(os.listdir(chunks))
    assert left < 4000
    assert verify(path)["findings"] == []

    again = gc(path, limit)

    assert again["chunks"]["objects"] == left
    assert stored(path)["chunks"] == [] and stored(path)["snapshots"] == [INITIAL]


def test_damages_are_found(tmp_path):
    path = tmp_path / "repo"
    repo = created(path)
    committed(repo, "main", random.Random(1))
    for kind in KINDS:
        shutil.rmtree(tmp_path / "damaged", ignore_errors=True)
        shutil.copytree(path, tmp_path / "damaged")
        broken = [f for f in sorted((tmp_path / "damaged" / kind).iterdir()) if INITIAL not in f.name][0]
        broken.write_bytes(broken.read_bytes()[:-1])
        found = firn("icechunk", "verify", tmp_path / "damaged", "--json", expect=FAILED).report["findings"]
        assert [(f["kind"], f["object"]) for f in found] == [("damaged", f"{kind}/{broken.name}")]
        broken.unlink()
        found = firn("icechunk", "verify", tmp_path / "damaged", "--json", expect=FAILED).report["findings"]
        assert [(f["kind"], f["object"]) for f in found] == [("missing", f"{kind}/{broken.name}")]
        assert found[0]["referrer"]


def test_listings_say_what_the_reference_says(tmp_path):
    path = tmp_path / "repo"
    repo = created(path)
    tip = committed(repo, "main", random.Random(1))
    repo.create_tag("v1", tip)
    committed(repo, "main", random.Random(2))
    history = list(repo.ancestry(branch="main"))

    log = firn("icechunk", "log", path, "--json").report
    assert [(s["snapshot"], s["parent"], s["message"]) for s in log] == [(i.id, i.parent_id, i.message) for i in history]
    assert len(firn("icechunk", "log", path, "--tag", "v1", "-n", "2").out.splitlines()) == 3
    assert [t["name"] for t in firn("icechunk", "tags", path, "--json").report] == ["v1"]
    assert firn("icechunk", "branches", path, "--json").report[0]["snapshot"] == history[0].id
    nodes = firn("icechunk", "ls", path, "--at", "v1", "--json").report
    assert [node["path"] for node in nodes] == ["/", "/a", "/b"]
    assert nodes[1]["shape"] == [40] and nodes[1]["chunk_shape"] == [2] and nodes[1]["data_type"] == "int32"
    assert sum(node.get("native_chunks", 0) for node in nodes) == len(stored(path)["chunks"]) - sum(
        len(chunks) for chunks in repo.diff(from_tag="v1", to_branch="main").updated_chunks.values())
    ours = firn("icechunk", "diff", path, "v1", "main", "--json").report["updated_chunks"]
    assert ours == repo.diff(from_tag="v1", to_branch="main").updated_chunks
    assert "no branch" in firn("icechunk", "ls", path, "--at", "nowhere", expect=WRONG_USAGE).err


def test_near_limits_are_refused(tmp_path):
    created(tmp_path / "repo")
    for command in ("gc", "expire"):
        refused = firn("icechunk", command, tmp_path / "repo", "--older-than", "8d", expect=REFUSED)
        assert "less than 9 days ago" in refused.err
    assert "no Icechunk repository" in firn("icechunk", "log", tmp_path / "empty", expect=FAILED).err


def test_branches_of_jobs_are_spared(tmp_path):
    path = tmp_path / "repo"
    repo = created(path)
    repo.create_branch("_job_x", repo.lookup_branch("main"))
    job = committed(repo, "_job_x", random.Random(1))
    committed(repo, "main", random.Random(2))
    history = [info.id for info in repo.ancestry(branch="_job_x")]

    expire(path, now(), "--delete-branches")
    gc(path, now())

    assert [info.id for info in opened(path).ancestry(branch="_job_x")] == history
    assert history[0] == job and verify(path)["findings"] == []
