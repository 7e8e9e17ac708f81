"""Hundreds of operations by Firn and the reference in turn on one repository, drawn at random from a seed.

At checkpoints both see the refs, ancestry, messages, trees and values that the model of icechunk_model.py says, and
each other's log of operations. FIRN_HISTORY_SEED runs one history again.
"""

import os
import random
import string

import pytest

import icechunk_model as model
from icechunk_actors import Conflict, Firn, Reference, icechunk

OPERATIONS = 200
SESSIONS = 3


def firn_config(choice, prefix):
    return {
        "inline_chunk_threshold_bytes": choice["inline"],
        "num_updates_per_repo_info_file": 10,
        "manifest": {
            "splitting": {"split_sizes": [["any_array", [{"condition": {"Axis": 0}, "num_chunks": choice["split"]}]]]},
            "virtual_chunk_location_compression": {"min_num_chunks": 3},
        },
        "virtual_chunk_containers": {
            prefix: {"name": None, "url_prefix": prefix, "store": {"local_file_system": prefix.removeprefix("file://")}},
        },
    }


def reference_config(choice, prefix):
    config = icechunk.RepositoryConfig.default()
    config.inline_chunk_threshold_bytes = choice["inline"]
    config.num_updates_per_repo_info_file = 10
    rows = icechunk.ManifestSplitDimCondition.Axis(0)
    every = icechunk.ManifestSplitCondition.AnyArray()
    config.manifest = icechunk.ManifestConfig(
        splitting=icechunk.ManifestSplittingConfig.from_dict({every: {rows: choice["split"]}}),
        virtual_chunk_location_compression=icechunk.ManifestVirtualChunkLocationCompressionConfig(min_num_chunks=3),
    )
    store = icechunk.local_filesystem_store(prefix.removeprefix("file://"))
    config.set_virtual_chunk_container(icechunk.VirtualChunkContainer(prefix, store))
    return config


class History:
    """One repository, the two implementations, the model, and the sessions that are open."""

    def __init__(self, seed, driver, directory):
        self.random = random.Random(seed)
        self.outside = directory / "outside"
        self.outside.mkdir()
        prefix = f"file://{self.outside}/"
        choice = {"inline": self.random.choice([0, 8, 512]), "split": self.random.choice([1, 2, 1000])}
        url = directory / "repository"
        storage = icechunk.local_filesystem_storage(str(url))
        if self.random.random() < 0.5:
            Firn.create(driver, str(url), firn_config(choice, prefix))
        else:
            Reference.create(storage, reference_config(choice, prefix))
        self.actors = [Firn.open(driver, str(url), [prefix]), Reference.open(storage, [prefix])]
        self.model = model.Repository(self.actors[0].dump()["branches"]["main"][0])
        self.sessions = []
        self.checked = set()
        self.count = 0
        self.outcomes = {}

    def actor(self):
        return self.random.choice(self.actors)

    def number(self):
        self.count += 1
        return self.count

    def note(self, outcome):
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + 1

    # One random operation.

    def step(self):
        if not self.sessions or (len(self.sessions) < SESSIONS and self.random.random() < 0.15):
            branch = "main" if self.random.random() < 0.6 else self.random.choice(sorted(self.model.branches))
            self.sessions.append((self.actor().begin(branch), self.model.begin(branch)))
            return
        do = self.random.choices(
            [self.edit, self.commit, self.look, self.branch, self.tag, self.move, self.amend], [60, 14, 3, 6, 4, 3, 3])[0]
        do()

    def edit(self):
        real, session = self.random.choice(self.sessions)
        arrays = [path for path, node in session.tree.items() if node.is_array]
        edits = [self.put_group, self.put_array]
        if arrays:
            edits += [self.put_chunk] * 6 + [self.put_virtual] * 2 + [self.delete_chunk] * 2 + [self.resize]
        if len(session.tree) > 3:
            edits += [self.delete_node]
        self.random.choice(edits)(real, session)

    def put_node(self, real, session, path, shape):
        document = model.document(shape, {"number": self.number()})
        real.set((path.strip("/") + "/zarr.json").lstrip("/"), document)
        session.put_node(path, document, shape)

    def new_path(self, session):
        groups = [path for path, node in session.tree.items() if not node.is_array]
        name = "".join(self.random.choices(string.ascii_lowercase[:4], k=self.random.randint(1, 2)))
        return self.random.choice(groups).rstrip("/") + "/" + name if groups else "/"

    def put_group(self, real, session):
        path = self.new_path(session)
        if path not in session.tree or not session.tree[path].is_array:
            self.put_node(real, session, path, None)

    def shape(self, rank):
        return tuple(self.random.randint(1, 5) for _ in range(rank))

    def put_array(self, real, session):
        path = self.new_path(session)
        if path != "/" and path not in session.tree:
            self.put_node(real, session, path, self.shape(self.random.randint(0, 3)))

    def resize(self, real, session):
        path, node = self.array(session)
        self.put_node(real, session, path, self.shape(len(node.shape)))

    def array(self, session):
        return self.random.choice([(path, node) for path, node in session.tree.items() if node.is_array])

    def index(self, node):
        return tuple(self.random.randrange(n) for n in node.shape)

    def put_chunk(self, real, session):
        path, node = self.array(session)
        index = self.index(node)
        content = self.random.randbytes(self.random.randint(1, 20))
        real.set("/".join([path.strip("/"), "c", *map(str, index)]), content)
        session.put_chunk(path, index, content)

    def put_virtual(self, real, session):
        path, node = self.array(session)
        index = self.index(node)
        content = self.random.randbytes(30)
        file = self.outside / f"file-{self.number()}.bin"
        file.write_bytes(content)
        offset = self.random.randint(0, 20)
        real.set_virtual(path, list(index), f"file://{file}", offset, 10)
        session.put_chunk(path, index, content[offset:offset + 10])

    def delete_chunk(self, real, session):
        path, node = self.array(session)
        if node.inside():
            index = self.random.choice(sorted(node.inside()))
            real.delete("/".join([path.strip("/"), "c", *map(str, index)]))
            session.put_chunk(path, index, None)

    def delete_node(self, real, session):
        path = self.random.choice([path for path in session.tree if path != "/"])
        real.delete_node(path)
        session.delete(path)

    def look(self):
        """A session sees its own changes."""
        real, session = self.random.choice(self.sessions)
        found, expected = real.keys(), model.keys(session.tree)
        assert found == expected, type(real).__name__

    def commit(self):
        real, session = self.sessions.pop(self.random.randrange(len(self.sessions)))
        newer = self.model.newer(session)
        if not session.changes or newer is None:
            return self.note("given up")
        winner = self.random.choice(["NONE", "OURS", "THEIRS"])
        conflicts = {name for commit in newer for name in session.conflicts(commit)}
        unsolved = conflicts - (model.SOLVED if winner != "NONE" else set())
        strict = unsolved & model.STRICT
        if strict and unsolved == strict and type(real).__name__ == "ReferenceSession":
            return self.note("given up")
        message, metadata = f"commit {self.number()}", {"number": self.count, "list": [1, 2.5, None, {"a": "b"}]}
        if unsolved:
            with pytest.raises(Conflict):
                real.commit(message, metadata, winner)
            return self.note("conflict")
        identity = real.commit(message, metadata, winner)
        self.model.commit(session, identity, message, metadata, winner)
        self.note("solved" if conflicts else "rebased" if newer else "committed")

    def amend(self):
        branch = self.random.choice(sorted(self.model.branches))
        tip = self.model.commits[self.model.branches[branch]]
        if tip.parent is None or tip.log.moved:
            return
        real, session = self.actor().begin(branch), self.model.begin(branch)
        for _ in range(self.random.randint(1, 4)):
            self.sessions.append((real, session))
            pair = self.sessions
            self.sessions = [(real, session)]
            self.edit()
            self.sessions = pair[:-1]
        if session.changes:
            message = f"amended {self.number()}"
            self.model.amend(session, real.commit(message, {}, amend=True), message, {})
            self.note("amended")

    def move(self):
        branch = self.random.choice(sorted(self.model.branches))
        tree = self.model.commits[self.model.branches[branch]].tree
        movable = [path for path in tree if path != "/"]
        if not movable:
            return
        path = self.random.choice(movable)
        groups = [group for group, node in tree.items() if not node.is_array and not model.within(group, path)]
        to = self.random.choice(groups).rstrip("/") + f"/moved{self.number()}"
        message = f"moved {self.count}"
        self.model.move(branch, self.actor().move(branch, path, to, message), path, to, message)
        self.note("moved")

    def branch(self):
        name = self.random.choice("pqr")
        snapshot = self.random.choice(list(self.model.commits))
        if name not in self.model.branches:
            self.actor().create_branch(name, snapshot)
            self.model.branches[name] = snapshot
        elif self.random.random() < 0.5:
            self.actor().delete_branch(name)
            del self.model.branches[name]
        else:
            self.actor().reset_branch(name, snapshot, self.model.branches[name])
            self.model.branches[name] = snapshot
        self.note("branch")

    def tag(self):
        if self.model.tags and self.random.random() < 0.3:
            name = self.random.choice(sorted(self.model.tags))
            self.actor().delete_tag(name)
            del self.model.tags[name]
        else:
            name = f"v{self.number()}"
            snapshot = self.random.choice(list(self.model.commits))
            self.actor().create_tag(name, snapshot)
            self.model.tags[name] = snapshot
        self.note("tag")

    def check(self):
        expected = self.model.dump(self.checked)
        dumps = [actor.dump(self.checked) for actor in self.actors]
        assert dumps[0] == dumps[1]
        for info in dumps[0]["snapshots"].values():
            del info["written_at"]
            info["metadata"].pop("__icechunk", None)  # the reference's own
        del dumps[0]["spec_version"]
        assert dumps[0] == expected
        self.checked |= set(expected["snapshots"])
        firn, reference = (actor.operations() for actor in self.actors)
        assert len(firn) == len(reference)
        self.check_diff()

    def check_diff(self):
        ancestry = self.model.ancestry(self.model.branches["main"])
        if len(ancestry) > 1:
            later = self.random.randrange(len(ancestry) - 1)
            earlier = self.random.randrange(later + 1, len(ancestry))
            pair = ancestry[earlier], ancestry[later]
            firn, reference = (actor.diff(*pair) for actor in self.actors)
            for path in set(firn["deleted_arrays"]) & set(firn["new_arrays"]):
                # There were two arrays here one after the other: the reference names the chunks of either.
                for diff in (firn, reference):
                    diff["updated_chunks"].pop(path, None)
            assert firn == reference, pair


def run(seed, operations, driver, directory):
    print(f"FIRN_HISTORY_SEED={seed}")
    history = History(seed, driver, directory)
    for done in range(1, operations + 1):
        history.step()
        if done % 50 == 0 or done == operations:
            history.check()
    print(f"{operations} operations: {history.outcomes}, {len(history.model.commits)} snapshots")
    return history


def seeds(count):
    given = os.environ.get("FIRN_HISTORY_SEED")
    return [int(given)] if given else list(range(1, count + 1))


@pytest.mark.parametrize("seed", seeds(3))
def test_both_see_what_the_model_says(seed, icechunk_driver, tmp_path):
    history = run(seed, OPERATIONS, icechunk_driver, tmp_path)

    assert history.outcomes.get("committed", 0) > 5


@pytest.mark.long
@pytest.mark.parametrize("seed", seeds(20))
def test_long_histories(seed, icechunk_driver, tmp_path):
    run(1000 + seed, 10 * OPERATIONS, icechunk_driver, tmp_path)
