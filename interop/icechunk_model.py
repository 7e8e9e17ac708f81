"""What an Icechunk repository is, in dictionaries: the oracle of the histories that Firn and the reference make.

A tree is {path: Node}. Commits, sessions and their conflicts follow the words of the specification and of the
reference's documentation, not the code of either.
"""

import copy
import dataclasses
import hashlib
import itertools
import json

NUMBERS = itertools.count(1)


@dataclasses.dataclass
class Node:
    """A group, or an array with a shape and one element a chunk."""

    document: bytes
    shape: tuple | None = None
    chunks: dict = dataclasses.field(default_factory=dict)
    identity: int = dataclasses.field(default_factory=lambda: next(NUMBERS))

    @property
    def is_array(self):
        return self.shape is not None

    def inside(self):
        """The chunks of the grid; a session may have others, until it commits."""
        return {i: c for i, c in self.chunks.items() if all(a < n for a, n in zip(i, self.shape or ()))}


@dataclasses.dataclass
class Commit:
    """A snapshot and what made it of the one before."""

    parent: str | None
    tree: dict
    message: str
    metadata: dict
    log: "Changes"


@dataclasses.dataclass
class Changes:
    """What a session did, nodes by their identities."""

    created: dict = dataclasses.field(default_factory=dict)
    updated: dict = dataclasses.field(default_factory=dict)
    deleted: dict = dataclasses.field(default_factory=dict)
    chunks: dict = dataclasses.field(default_factory=dict)
    moved: bool = False

    def __bool__(self):
        return bool(self.created or self.updated or self.deleted or self.moved or any(self.chunks.values()))


def within(path, group):
    return path == group or path.startswith(group.rstrip("/") + "/")


def parents(path):
    while path != "/":
        path = path.rpartition("/")[0] or "/"
        yield path


def keys(tree):
    """The hash of what each Zarr key has."""
    found = {}
    for path, node in tree.items():
        prefix = path.strip("/") + "/" if path != "/" else ""
        found[prefix + "zarr.json"] = hashlib.sha256(node.document).hexdigest()
        for index, content in node.inside().items():
            found[prefix + "/".join(["c", *map(str, index)])] = hashlib.sha256(content).hexdigest()
    return found


class Session:
    """Changes on top of a commit."""

    def __init__(self, branch, base, tree):
        self.branch, self.base = branch, base
        self.tree = copy.deepcopy(tree)
        self.start = copy.deepcopy(tree)
        self.changes = Changes()

    def put_node(self, path, document, shape):
        node = self.tree.get(path)
        if node is None:
            node = self.tree[path] = Node(document, shape)
            self.changes.created[node.identity] = path
            return
        node.document, node.shape = document, shape
        if node.identity not in self.changes.created:
            self.changes.updated[node.identity] = path

    def put_chunk(self, path, index, content):
        """Sets a chunk, or deletes it when `content` is None."""
        node = self.tree[path]
        node.chunks.pop(index, None)
        if content is not None:
            node.chunks[index] = content
        self.changes.chunks.setdefault(node.identity, {})[index] = content

    def delete(self, group):
        for path in [path for path in self.tree if within(path, group)]:
            node = self.tree.pop(path)
            self.changes.updated.pop(node.identity, None)
            self.changes.chunks.pop(node.identity, None)
            if self.changes.created.pop(node.identity, None) is None:
                self.changes.deleted[node.identity] = path

    def conflicts(self, theirs):
        """Why these changes do not fit on top of a commit: names of Firn's `Conflict` records."""
        ours, log = self.changes, theirs.log
        if log.moved:
            return ["NodesMoved"]
        gone = set(ours.deleted.values())
        arrays = {node.identity for node in self.start.values() if node.is_array}
        touched = {identity for identity, chunks in ours.chunks.items() if chunks}
        found = []
        for path in ours.created.values():
            if path not in gone and path in theirs.tree:
                found.append("NodeExists")
            for group in parents(path):
                now = theirs.tree.get(group)
                if group in gone:
                    continue
                if now and now.is_array:
                    found.append("NewNodeInInvalidGroup")
                elif not now and group in self.start and group not in ours.created.values():
                    found.append("NewNodeInDeletedGroup of theirs")
        found += ["MetadataUpdatedTwice" for i in ours.updated if i in log.updated]
        found += ["MetadataOfDeletedNode" for i in ours.updated if i in log.deleted]
        found += ["ChunksOfDeletedArray" for i in touched if i in log.deleted]
        found += ["ChunksOfUpdatedArray" for i in touched if i in log.updated]
        found += ["ChunksUpdatedTwice" for i in touched if set(ours.chunks[i]) & set(log.chunks.get(i, {}))]
        for identity, group in ours.deleted.items():
            if identity in arrays and (identity in log.updated or log.chunks.get(identity)):
                found.append("DeleteOfUpdatedArray")
            if identity not in arrays and identity in log.updated:
                found.append("DeleteOfUpdatedGroup")
            if identity not in arrays and any(within(path, group) for path in log.created.values()):
                found.append("NewNodeInDeletedGroup of ours")
        return found


SOLVED = {"ChunksUpdatedTwice", "DeleteOfUpdatedArray", "DeleteOfUpdatedGroup"}
# Firn refuses what would leave nodes without the groups around them; the reference does not look.
STRICT = {"NewNodeInDeletedGroup of theirs", "NewNodeInDeletedGroup of ours"}


class Repository:
    """Branches, tags and all commits by their ids, which the implementations choose."""

    def __init__(self, initial):
        tree = {}
        self.commits = {initial: Commit(None, tree, "Repository initialized", {}, Changes())}
        self.branches = {"main": initial}
        self.tags = {}
        self.used_tags = set()

    def begin(self, branch):
        base = self.branches[branch]
        return Session(branch, base, self.commits[base].tree)

    def ancestry(self, commit):
        ids = []
        while commit is not None:
            ids.append(commit)
            commit = self.commits[commit].parent
        return ids

    def newer(self, session):
        """What was committed since a session began, the oldest first; None when its base is gone."""
        ancestry = self.ancestry(self.branches[session.branch]) if session.branch in self.branches else []
        if session.base not in ancestry:
            return None
        return [self.commits[i] for i in reversed(ancestry[: ancestry.index(session.base)])]

    def rebased(self, session, winner):
        """The tree that a session's commit makes."""
        changes = session.changes
        newer = self.newer(session)
        if winner == "THEIRS":
            for commit in newer:
                for identity, chunks in commit.log.chunks.items():
                    for index in set(chunks) & set(changes.chunks.get(identity, {})):
                        del changes.chunks[identity][index]
        tree = copy.deepcopy(self.commits[self.branches[session.branch]].tree)
        for path in [path for path, node in tree.items() if node.identity in changes.deleted]:
            del tree[path]
        by_identity = {node.identity: node for node in tree.values()}
        mine = {node.identity: (path, node) for path, node in session.tree.items()}
        for identity in changes.updated:
            node = by_identity[identity]
            node.document, node.shape = mine[identity][1].document, mine[identity][1].shape
        for identity, path in changes.created.items():
            tree[path] = by_identity[identity] = copy.deepcopy(mine[identity][1])
        for identity, chunks in changes.chunks.items():
            for index, content in chunks.items():
                by_identity[identity].chunks.pop(index, None)
                if content is not None:
                    by_identity[identity].chunks[index] = content
        for node in tree.values():
            node.chunks = node.inside()
        return tree

    def commit(self, session, identity, message, metadata, winner="NONE"):
        tree = self.rebased(session, winner)
        parent = self.branches[session.branch]
        self.commits[identity] = Commit(parent, tree, message, metadata, session.changes)
        self.branches[session.branch] = identity

    def amend(self, session, identity, message, metadata):
        """Replaces the tip, which `session` began at."""
        tip = self.commits[session.base]
        tree = self.rebased(session, "NONE")
        self.commits[identity] = Commit(tip.parent, tree, message, metadata, merged(tip.log, session.changes))
        self.branches[session.branch] = identity

    def move(self, branch, identity, path, to, message):
        tree = {}
        for at, node in self.commits[self.branches[branch]].tree.items():
            moved = to + at[len(path):] if within(at, path) else at
            tree[moved] = copy.deepcopy(node)
        self.commits[identity] = Commit(self.branches[branch], tree, message, {}, Changes(moved=True))
        self.branches[branch] = identity

    def dump(self, known=()):
        refs = {"branches": self.branches, "tags": self.tags}
        dump = {kind: {name: self.ancestry(i) for name, i in names.items()} for kind, names in refs.items()}
        reachable = {i for names in dump.values() for ids in names.values() for i in ids}
        dump["snapshots"] = {i: self.snapshot(i) for i in reachable - set(known)}
        return dump

    def snapshot(self, identity):
        commit = self.commits[identity]
        return {"message": commit.message, "metadata": commit.metadata, "keys": keys(commit.tree)}


def merged(first, second):
    """Two transactions as one."""
    gone = {i for i in first.created if i in second.deleted}
    created = {i: p for i, p in {**first.created, **second.created}.items() if i not in gone}
    deleted = {i: p for i, p in {**first.deleted, **second.deleted}.items() if i not in gone}
    updated = {i: p for i, p in {**first.updated, **second.updated}.items() if i not in created and i not in deleted}
    chunks = {}
    for log in (first, second):
        for identity, changed in log.chunks.items():
            if identity not in gone and identity not in deleted:
                chunks.setdefault(identity, {}).update(changed)
    return Changes(created, updated, deleted, chunks, first.moved or second.moved)


def document(shape=None, attributes=None):
    """A zarr.json: of a group, or of an array of bytes with one element a chunk."""
    content = {"zarr_format": 3, "node_type": "group" if shape is None else "array", "attributes": attributes or {}}
    if shape is not None:
        content |= {
            "shape": list(shape),
            "data_type": "uint8",
            "chunk_grid": {"name": "regular", "configuration": {"chunk_shape": [1] * len(shape)}},
            "chunk_key_encoding": {"name": "default", "configuration": {"separator": "/"}},
            "fill_value": 0,
            "codecs": [{"name": "bytes"}],
        }
    return json.dumps(content).encode()
