"""Whole stores, as files."""

UNFINISHED_PUT = ".firn-put-"


def objects(directory):
    """The bytes of every object below a directory by relative path: what readers can see.

    A put that was killed leaves a file of its own behind, which is no object.
    """
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and not path.name.startswith(UNFINISHED_PUT)
    }


def assert_identical(first, second):
    """The same files with the same bytes."""
    assert first and set(first) ^ set(second) == set()
    differing = [path for path in first if first[path] != second[path]]
    assert differing == []
