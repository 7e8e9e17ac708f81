"""Firn reads repositories of version 1 as the last icechunk 1.x does, which wrote them, and as the current 2.x does."""

import json
import pathlib
import shutil
import subprocess
import sys

import pytest

from conftest import missing
from icechunk_actors import Firn, Reference

HERE = pathlib.Path(__file__).resolve().parent
REQUIREMENTS = HERE / "requirements-icechunk1.txt"


@pytest.fixture(scope="module")
def icechunk1():
    """Runs icechunk1.py in its environment, which is made anew when its requirements change."""
    venv = HERE / ".venv-icechunk1"
    python, installed = venv / "bin" / "python", venv / REQUIREMENTS.name
    if not installed.exists() or installed.read_bytes() != REQUIREMENTS.read_bytes():
        shutil.rmtree(venv, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [python, "-E", "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", REQUIREMENTS]
        subprocess.run(pip, check=True)
        shutil.copy(REQUIREMENTS, installed)

    def run(*arguments):
        command = [python, "-E", HERE / "icechunk1.py", *map(str, arguments)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    return run


def assert_all_read_the_same(repository, icechunk1, icechunk_driver):
    dumped = json.loads(icechunk1("dump", repository))
    assert dumped["spec_version"] == 1
    assert Reference.open(repository).dump() == dumped
    assert Firn.open(icechunk_driver, repository).dump() == dumped
    return dumped


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_1_x_wrote_is_read(seed, icechunk1, icechunk_driver, tmp_path):
    icechunk1("write", tmp_path / "repository", seed)

    dumped = assert_all_read_the_same(tmp_path / "repository", icechunk1, icechunk_driver)

    assert len(dumped["snapshots"]) > 10


def test_samples_of_version_1_are_read(samples, icechunk1, icechunk_driver, tmp_path):
    found = sorted(path.parents[2] for path in (samples / "icechunk").rglob("refs/branch.main/ref.json"))
    version1 = [path for path in found if not (path / "repo").exists()]
    if not version1:
        missing("there are no repositories of version 1")
    for number, repository in enumerate(version1):
        copy = tmp_path / str(number)
        shutil.copytree(repository, copy)

        assert_all_read_the_same(copy, icechunk1, icechunk_driver)
