"""The last icechunk 1.x, in an environment of its own: `write DIRECTORY SEED` makes a repository of version 1,
`dump DIRECTORY` prints what it reads of one, as Reference.dump of icechunk_actors.py gives it."""

import json
import os
import random
import sys

import icechunk_model as model
from icechunk_actors import Reference, icechunk

OPERATIONS = 150


def write(directory, seed):
    chance = random.Random(seed)
    config = icechunk.RepositoryConfig.default()
    config.inline_chunk_threshold_bytes = chance.choice([0, 8, 512])
    rows = icechunk.ManifestSplitDimCondition.Axis(0)
    every = icechunk.ManifestSplitCondition.AnyArray()
    splitting = icechunk.ManifestSplittingConfig.from_dict({every: {rows: chance.choice([1, 2, 1000])}})
    config.manifest = icechunk.ManifestConfig(splitting=splitting)
    repository = Reference.create(icechunk.local_filesystem_storage(directory), config)
    arrays = {}
    session = repository.begin("main")
    session.set("zarr.json", model.document())
    for number in range(OPERATIONS):
        array, shape = f"group/{chance.choice('abcd')}", (chance.randint(1, 5), chance.randint(1, 5))
        do = chance.choice(["chunk"] * 6 + ["array", "delete", "commit", "commit", "ref"])
        if do == "array" or (do == "chunk" and array not in arrays):
            session.set(f"{array}/zarr.json", model.document(shape, {"number": number}))
            arrays[array] = shape
        elif do == "chunk":
            index = [chance.randrange(n) for n in arrays[array]]
            session.set(f"{array}/c/{index[0]}/{index[1]}", chance.randbytes(chance.randint(1, 20)))
        elif do == "delete" and array in arrays:
            session.delete_node(array)
            del arrays[array]
        elif session.session.has_uncommitted_changes and do in ("commit", "ref"):
            snapshot = session.commit(f"commit {number}", {"number": number})
            if do == "ref":
                chance.choice([repository.create_branch, repository.create_tag])(f"ref-{number}", snapshot)
            session = repository.begin("main")


if __name__ == "__main__":
    if sys.argv[1] == "write":
        write(sys.argv[2], int(sys.argv[3]))
    else:
        print(json.dumps(Reference.open(sys.argv[2]).dump()))
    sys.stdout.flush()
    os._exit(0)  # icechunk 1.x sometimes aborts where the interpreter ends
