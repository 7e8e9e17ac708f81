"""Firn and the reference commit to one branch on S3 at the same time: nothing is lost, nothing is there twice."""

import contextlib
import threading

import pytest

import icechunk_model as model
from icechunk_actors import Conflict, Driver, Firn, Reference, icechunk


class Writer(threading.Thread):
    """Commits a row of chunks, one a commit, and keeps what went wrong."""

    def __init__(self, repository, row, columns):
        super().__init__(name=f"{repository.name} {row}")
        self.repository, self.row, self.columns = repository, row, columns
        self.failure = None

    def run(self):
        try:
            for column in range(self.columns):
                self.commit(column)
        except Exception as failure:
            self.failure = failure

    def commit(self, column):
        session = self.repository.begin("main")
        session.set(f"array/c/{self.row}/{column}", content(self.row, column))
        session.commit(f"{self.name}, {column}")


def content(row, column):
    return f"{row}/{column}".encode()


@pytest.mark.parametrize(
    "writers, commits", [(4, 10), pytest.param(16, 50, marks=pytest.mark.long)])
def test_racing_committers_lose_nothing(writers, commits, s3_bucket):
    with contextlib.ExitStack() as drivers:
        repositories = []
        for row in range(writers):
            if row % 2 == 0:
                driver = drivers.enter_context(Driver(s3_bucket.server.environment))
                open_or_create = Firn.open if repositories else create
                repositories.append(open_or_create(driver, f"{s3_bucket.url}/repository"))
            else:
                repositories.append(Reference.open(s3_bucket.icechunk("repository")))
        begun = repositories[1].begin("main")
        begun.set("zarr.json", model.document())
        begun.set("array/zarr.json", model.document((writers, commits)))
        begun.commit("array")
        threads = [Writer(repository, row, commits) for row, repository in enumerate(repositories)]

        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert [thread.failure for thread in threads] == [None] * writers
        check(repositories, [f"{thread.name}, {column}" for thread in threads for column in range(commits)])


def create(driver, url):
    return Firn.create(driver, url, {"inline_chunk_threshold_bytes": 0})


def check(repositories, messages):
    firn, reference = repositories[:2]
    infos = list(reference.repo.ancestry(branch="main"))
    tip, *before = [info.id for info in infos]
    dumps = [repository.dump(before) for repository in (firn, reference)]
    assert dumps[0] == dumps[1]
    found = [info.message for info in infos]
    assert sorted(found[:-2]) == sorted(messages)
    assert found[-2:] == ["array", "Repository initialized"]
    node = model.Node(b"", (len(repositories), len(messages) // len(repositories)))
    node.chunks = {(row, column): content(row, column) for row in range(node.shape[0]) for column in range(node.shape[1])}
    expected = model.keys({"/array": node})
    keys = dumps[0]["snapshots"][tip]["keys"]
    assert {key: digest for key, digest in keys.items() if "/c/" in key} == {
        key: digest for key, digest in expected.items() if "/c/" in key}
    firn_log, reference_log = (repository.operations() for repository in (firn, reference))
    assert len(firn_log) == len(reference_log) == len(messages) + 2


def test_the_same_chunk_is_a_conflict_for_whoever_is_late(s3_bucket):
    with Driver(s3_bucket.server.environment) as driver:
        firn = create(driver, f"{s3_bucket.url}/repository")
        reference = Reference.open(s3_bucket.icechunk("repository"))
        first = firn.begin("main")
        first.set("array/zarr.json", model.document((4,)))
        first.commit("array")
        for early, late in [(firn, reference), (reference, firn)]:
            sessions = [early.begin("main"), late.begin("main")]
            for session, value in zip(sessions, (b"early", b"late")):
                session.set("array/c/0", value)
            sessions[0].commit("early")

            with pytest.raises(Conflict):
                sessions[1].commit("late")
