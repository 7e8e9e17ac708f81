"""Runs of firn whose JVM is halted just before one of its operations on stores.

The halt comes from the class HaltingStores among the tests of module transforms; the rest is the firn command.
"""

import os
import subprocess

from firn_cli import ROOT, SECONDS

HALTED = 99
TESTS = ROOT / "transforms" / "target" / "test-classes"
SERVICE = ROOT / "transforms" / "src" / "test" / "halting"


def java(*options):
    """The command that runs firn with what may halt it on the class path."""
    jar = ROOT / "pipeline" / "target" / "firn-pipeline-0.1.0-full.jar"
    for needed in (jar, TESTS):
        assert needed.exists(), f"{needed} is missing: run mvn -DskipTests package first"
    flink = ROOT / "flink" / "target" / "lib" / "*"
    class_path = os.pathsep.join(map(str, (SERVICE, TESTS, jar, flink)))
    quiet = ["-Dorg.slf4j.simpleLogger.defaultLogLevel=warn", "-Djava.awt.headless=true"]
    return ["java", *os.environ["FIRN_JAVA_OPTIONS"].split(), *quiet, *options, "-cp", class_path, "dev.firn.cli.Firn"]


def operations(arguments, archive, log, at=None):
    """Runs firn, and returns its operations on what is below the directory `archive`, each as `VERB URL`.

    With `at`, the JVM is halted just before the operation of that number, counted from 1, which is the last returned.
    """
    options = [f"-Dfirn.halt.below=file://{archive}/", f"-Dfirn.halt.log={log}"]
    options += [f"-Dfirn.halt.at={at}"] if at else []
    command = [*java(*options), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    assert done.returncode == (HALTED if at else 0), f"exit code {done.returncode}: {done.stderr}"
    return log.read_text().splitlines()
