"""Firn and the reference implementation of Icechunk behind the same few calls.

Firn is the class IcechunkDriver among the tests of module io: a process that takes commands on its standard input.
"""

import asyncio
import base64
import datetime
import hashlib
import json
import os
import pathlib
import subprocess
import threading

os.environ.setdefault("ICECHUNK_LOG", "error")

import icechunk  # noqa: E402
from zarr.core.buffer import default_buffer_prototype  # noqa: E402

IO = pathlib.Path(__file__).resolve().parents[1] / "io"
BUFFER = default_buffer_prototype().buffer


class Conflict(Exception):
    """A commit was refused because of what others committed."""


def java(main, *options, package="icechunk"):
    """The command that runs a class among the compiled tests of a package of module io."""
    listed = IO / "target" / "test-classpath.txt"
    assert listed.exists(), f"{listed} is missing: run mvn -pl io -am process-test-classes first"
    jars = [str(IO / "target" / "classes"), str(IO / "target" / "test-classes"), listed.read_text().strip()]
    runs = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
    return [str(runs), *options, "-cp", os.pathsep.join(jars), f"dev.firn.io.{package}.{main}"]


def interop(*arguments):
    """Runs the interoperability class of module io: `write` or `append`, and a directory."""
    done = subprocess.run([*java("IcechunkInterop"), *map(str, arguments)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def assert_read_the_same(repository, driver):
    """Compares all that Firn and the reference read of a repository, and returns it."""
    dumped = Reference.open(repository).dump()
    assert Firn.open(driver, repository).dump() == dumped
    return dumped


class Driver:
    """A process of Firn, until the end of the context. Threads may share it: it does one command at a time."""

    def __init__(self, environment=None):
        self.environment = {**os.environ, **(environment or {})}
        self.lock = threading.Lock()

    def __enter__(self):
        options = ["-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"]
        self.process = subprocess.Popen(
            java("IcechunkDriver", *options), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=self.environment)
        return self

    def __exit__(self, *failure):
        self.process.communicate(timeout=60)

    def __call__(self, do, **arguments):
        with self.lock:
            self.process.stdin.write(json.dumps({"do": do, **arguments}) + "\n")
            self.process.stdin.flush()
            answer = json.loads(self.process.stdout.readline())
        if "error" in answer:
            failure = Conflict if answer["error"] == "ConflictException" else RuntimeError
            raise failure(f"{answer['error']}: {answer['message']}")
        return answer["result"]


class Firn:
    """A repository as Firn has it."""

    name = "firn"

    def __init__(self, driver, repository):
        self.driver, self.repository = driver, repository

    @classmethod
    def create(cls, driver, url, config, virtual=()):
        return cls(driver, driver("create", url=url, config=config, virtual=list(virtual)))

    @classmethod
    def open(cls, driver, url, virtual=()):
        return cls(driver, driver("open", url=str(url), virtual=list(virtual)))

    def do(self, what, **arguments):
        return self.driver(what, repository=self.repository, **arguments)

    def begin(self, branch):
        return FirnSession(self.driver, self.do("begin", branch=branch))

    def move(self, branch, path, to, message):
        session = self.begin(branch)
        session.do("move", path=path, to=to)
        return session.commit(message)

    def create_branch(self, name, to):
        self.do("create_branch", name=name, to=to)

    def delete_branch(self, name):
        self.do("delete_branch", name=name)

    def reset_branch(self, name, to, expected):
        self.do("reset_branch", name=name, to=to, **{"from": expected})

    def create_tag(self, name, to):
        self.do("create_tag", name=name, to=to)

    def delete_tag(self, name):
        self.do("delete_tag", name=name)

    def dump(self, known=()):
        dump = self.do("dump", known=sorted(known))
        for info in dump["snapshots"].values():
            info["written_at"] = datetime.datetime.fromisoformat(info["written_at"]).isoformat()
        return dump

    def diff(self, earlier, later):
        diff = self.do("diff", **{"from": earlier, "to": later})
        diff["moved_nodes"].sort()  # Firn says the oldest first, the reference those of the last commit
        return diff

    def as_of(self, branch, time):
        return self.do("as_of", name=branch, time=time.isoformat().replace("+00:00", "Z"))

    def operations(self):
        return self.do("operations")


class FirnSession:
    def __init__(self, driver, session):
        self.driver, self.session = driver, session

    def do(self, what, **arguments):
        return self.driver(what, session=self.session, **arguments)

    def set(self, key, content):
        self.do("set", key=key, bytes=base64.b64encode(content).decode())

    def delete(self, key):
        self.do("delete", key=key)

    def delete_node(self, path):
        self.do("delete_node", path=path)

    def get(self, key):
        return base64.b64decode(self.do("get", key=key))

    def set_virtual(self, path, index, location, offset, length, checksum=None):
        """`checksum` is an ETag or a time."""
        if isinstance(checksum, datetime.datetime):
            checksum = int(checksum.timestamp())
        self.do("set_virtual", path=path, index=index, location=location, offset=offset, length=length, checksum=checksum)

    def keys(self):
        return self.do("keys")

    def status(self):
        return self.do("status")

    def commit(self, message, metadata=None, winner="NONE", amend=False):
        return self.do("commit", message=message, metadata=metadata or {}, winner=winner, amend=amend)


class Reference:
    """A repository as the reference implementation has it."""

    name = "reference"

    def __init__(self, repo):
        self.repo = repo

    @classmethod
    def create(cls, storage, config, virtual=()):
        repo = icechunk.Repository.create(storage, config, authorize_virtual_chunk_access=authorised(virtual))
        repo.save_config()
        return cls(repo)

    @classmethod
    def open(cls, storage, virtual=()):
        """Opens what is in `storage`, a directory or the reference's own kind."""
        if not isinstance(storage, icechunk.Storage):
            storage = icechunk.local_filesystem_storage(str(storage))
        return cls(icechunk.Repository.open(storage, authorize_virtual_chunk_access=authorised(virtual)))

    def begin(self, branch):
        return ReferenceSession(self.repo.writable_session(branch))

    def move(self, branch, path, to, message):
        session = self.repo.rearrange_session(branch)
        session.move(path, to)
        return session.commit(message)

    def create_branch(self, name, to):
        self.repo.create_branch(name, to)

    def delete_branch(self, name):
        self.repo.delete_branch(name)

    def reset_branch(self, name, to, expected):
        self.repo.reset_branch(name, to, from_snapshot_id=expected)

    def create_tag(self, name, to):
        self.repo.create_tag(name, to)

    def delete_tag(self, name):
        self.repo.delete_tag(name)

    def dump(self, known=()):
        dump = {"spec_version": int(getattr(self.repo, "spec_version", 1)), "snapshots": {}, "branches": {}, "tags": {}}
        refs = [("branches", name, {"branch": name}) for name in self.repo.list_branches()]
        refs += [("tags", name, {"tag": name}) for name in self.repo.list_tags()]
        for kind, name, version in refs:
            ancestry = list(self.repo.ancestry(**version))
            dump[kind][name] = [info.id for info in ancestry]
            for info in ancestry:
                if info.id not in dump["snapshots"] and info.id not in known:
                    dump["snapshots"][info.id] = self.snapshot(info)
        return dump

    def snapshot(self, info):
        session = self.repo.readonly_session(snapshot_id=info.id)
        at = info.written_at.astimezone(datetime.timezone.utc)
        return {
            "message": info.message,
            "written_at": at.isoformat(),
            "metadata": info.metadata,
            "keys": ReferenceSession(session).keys(),
        }

    def diff(self, earlier, later):
        return changes(self.repo.diff(from_snapshot_id=earlier, to_snapshot_id=later))

    def as_of(self, branch, time):
        return self.repo.readonly_session(branch, as_of=time).snapshot_id

    def operations(self):
        return [type(update.kind).__name__ for update in self.repo.ops_log()]


class ReferenceSession:
    def __init__(self, session):
        self.session = session

    def set(self, key, content):
        asyncio.run(self.session.store.set(key, BUFFER.from_bytes(content)))

    def delete(self, key):
        asyncio.run(self.session.store.delete(key))

    def delete_node(self, path):
        asyncio.run(self.session.store.delete_dir(path.strip("/")))

    def get(self, key):
        return asyncio.run(self.session.store.get(key, default_buffer_prototype())).to_bytes()

    def set_virtual(self, path, index, location, offset, length, checksum=None):
        key = "/".join([path.strip("/"), "c", *map(str, index)]).lstrip("/")
        self.session.store.set_virtual_ref(key, location, offset=offset, length=length, checksum=checksum)

    def keys(self):
        return asyncio.run(contents(self.session.store))

    def status(self):
        return changes(self.session.status())

    def commit(self, message, metadata=None, winner="NONE", amend=False):
        try:
            if amend:
                return self.session.amend(message, metadata=metadata or {})
            return self.session.commit(message, metadata=metadata or {}, rebase_with=SOLVERS[winner]())
        except (icechunk.ConflictError, icechunk.RebaseFailedError) as refused:
            raise Conflict(str(refused)) from refused


SOLVERS = {
    "NONE": icechunk.ConflictDetector,
    "OURS": lambda: icechunk.BasicConflictSolver(on_chunk_conflict=icechunk.VersionSelection.UseOurs),
    "THEIRS": lambda: icechunk.BasicConflictSolver(on_chunk_conflict=icechunk.VersionSelection.UseTheirs),
}


def authorised(virtual):
    """Credentials for places that may be read: a mapping from their prefixes, or just these."""
    return icechunk.containers_credentials(virtual if isinstance(virtual, dict) else {prefix: None for prefix in virtual})


async def contents(store):
    """The hash of what each key of a store has, as Firn's driver says it."""
    keys = {}
    async for key in store.list():
        try:
            value = await store.get(key, default_buffer_prototype())
            if value is None:
                continue  # a chunk that is outside since the session made its array smaller is still listed
            keys[key] = hashlib.sha256(value.to_bytes()).hexdigest()
        except icechunk.IcechunkError as refused:
            assert "authorize" in str(refused)
            keys[key] = "not authorised"
    return keys


def changes(diff):
    """A diff as Firn's driver says it."""
    kinds = ["new_groups", "new_arrays", "deleted_groups", "deleted_arrays", "updated_groups", "updated_arrays"]
    result = {kind: sorted(getattr(diff, kind)) for kind in kinds}
    result["updated_chunks"] = {path: sorted(map(list, indexes)) for path, indexes in diff.updated_chunks.items()}
    result["moved_nodes"] = sorted(map(list, diff.moved_nodes))
    return result
