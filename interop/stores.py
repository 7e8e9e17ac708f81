"""Whole stores, as files."""


def objects(directory):
    """The bytes of every file below a directory by relative path: what readers can see."""
    return {
        str(path.relative_to(directory)): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def assert_identical(first, second):
    """The same files with the same bytes."""
    assert first and first.keys() == second.keys()
    differing = [path for path in first if first[path] != second[path]]
    assert differing == []
