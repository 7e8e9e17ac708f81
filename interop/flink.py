"""Flink clusters for tests: `firn flink-cluster` as a process, and what the cluster's REST interface says."""

import base64
import contextlib
import json
import os
import signal
import time
import urllib.request
import zipfile

from firn_cli import ROOT, SECONDS, Running


class Cluster:
    """A JobManager and TaskManagers of two slots each."""

    def __init__(self, running):
        self.running = running
        line = running.process.stdout.readline()
        assert line, f"the cluster has not started: {running.end()}"
        document = json.loads(line)
        self.master = document["flink_master"]
        self.job_manager, *self.task_managers = document["process_ids"]

    def get(self, path):
        with urllib.request.urlopen(f"http://{self.master}{path}", timeout=30) as answer:
            return json.load(answer)

    def jobs(self):
        """Name, state and id of each job that was ever submitted, the newest last."""
        jobs = sorted(self.get("/jobs/overview")["jobs"], key=lambda job: job["start-time"])
        return [(job["name"], job["state"], job["jid"]) for job in jobs]

    def wait_until_finished(self):
        """Waits for the newest job, which must end well; returns its id."""
        deadline = time.monotonic() + SECONDS
        while (state := self.jobs()[-1][1]) in ("CREATED", "RUNNING", "RESTARTING", "INITIALIZING"):
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.1)
        assert state == "FINISHED"
        return self.jobs()[-1][2]

    def post(self, path, document):
        request = urllib.request.Request(
            f"http://{self.master}{path}", json.dumps(document).encode(), {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)

    def stop_with_savepoint(self, job, directory):
        """Stops a streaming job; returns the URL of its savepoint below a directory."""
        trigger = self.post(f"/jobs/{job}/stop", {"targetDirectory": f"file://{directory}", "drain": False})["request-id"]
        deadline = time.monotonic() + SECONDS
        while (answer := self.get(f"/jobs/{job}/savepoints/{trigger}"))["status"]["id"] != "COMPLETED":
            assert time.monotonic() < deadline, "waited in vain"
            time.sleep(0.1)
        assert "location" in answer["operation"], answer
        return answer["operation"]["location"]

    def metrics(self, job):
        """Firn's counters as Flink's REST interface, and so its web page, has them."""
        accumulators = self.get(f"/jobs/{job}/accumulators")["user-task-accumulators"]
        (text,) = [entry["value"] for entry in accumulators if entry["name"] == "__metricscontainers"]
        counters = {}
        for metric in json.loads(text)["metrics"]["attempted"]:
            if metric["labels"]["NAMESPACE"] == "firn":
                name = metric["labels"]["NAME"]
                counters[name] = counters.get(name, 0) + varint(base64.b64decode(metric["payload"]))
        return counters

    @contextlib.contextmanager
    def paused(self):
        """Stops the TaskManagers wherever they are; those that still exist afterwards go on."""
        for process in self.task_managers:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in self.task_managers:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def kill_task_manager(self):
        os.kill(self.task_managers.pop(), signal.SIGKILL)

    def kill_job_manager(self):
        os.kill(self.job_manager, signal.SIGKILL)


def varint(octets):
    """A number as Beam codes it: seven bits an octet, the lowest first."""
    return sum((octet & 0x7F) << 7 * place for place, octet in enumerate(octets))


@contextlib.contextmanager
def cluster(directory, task_managers=2, environment=None):
    """A cluster whose processes have more environment variables."""
    arguments = ["flink-cluster", "--dir", directory, "--task-managers", task_managers, "--json"]
    with Running(*arguments, environment=environment) as running:
        yield Cluster(running)


def arguments(master, *more):
    """Options of a job that needs half of the slots: it can go on when one TaskManager is lost."""
    return ["--runner", "flink", "--flink-master", master, *more, "--", "--parallelism=2"]


def job_jars(jar, *entries):
    """What --filesToStage takes to send Firn and more classes: each is a directory and a path in it."""
    with zipfile.ZipFile(jar, "w") as archive:
        for directory, name in entries:
            assert (directory / name).exists(), f"{directory / name} is missing: run mvn -DskipTests package first"
            archive.write(directory / name, name)
    return f"{ROOT / 'pipeline/target/firn-pipeline-0.1.0-full.jar'},{jar}"


def is_alive(process):
    """Whether a process exists and is not just a zombie."""
    try:
        with open(f"/proc/{process}/stat") as stat:
            return stat.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
