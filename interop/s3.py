"""An S3 server for tests, as a process: the one that the Java tests run in their JVM."""

import contextlib
import dataclasses
import http.server
import itertools
import json
import os
import pathlib
import subprocess
import threading
import urllib.request

import icechunk
import s3fs

from stores import comparable

TESTING = pathlib.Path(__file__).resolve().parents[1] / "testing" / "target"
KEY = SECRET = "test"
FAULTS = ["SLOW_DOWN", "INTERNAL_ERROR", "DELAY", "HANG", "RESET", "FALSE_ERROR", "LOST_REPLY", "CUT_BODY", "STALLED_BODY"]


def environment(endpoint):
    """The environment variables with which firn finds a server."""
    return {
        "AWS_ENDPOINT_URL_S3": endpoint,
        "AWS_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
    }


@contextlib.contextmanager
def refusing(code, status=400):
    """A server that refuses the token of every GET; the environment variables with which firn finds it."""

    class Refusal(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            body = f"<Error><Code>{code}</Code><Message>the token is refused</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *line):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Refusal) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield environment(f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()


class Process:
    """A class of module testing that prints where it listens, and ends when its standard input does."""

    def __init__(self, main, *arguments):
        self.main, self.arguments = main, arguments

    def __enter__(self):
        classpath = TESTING / "classpath.txt"
        assert classpath.exists(), f"{classpath} is missing: run mvn -pl testing process-classes first"
        jars = os.pathsep.join([str(TESTING / "classes"), classpath.read_text().strip()])
        java = pathlib.Path(os.environ["JAVA_HOME"], "bin", "java") if "JAVA_HOME" in os.environ else "java"
        quiet = "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn"
        main = f"dev.firn.testing.{self.main}"
        self.process = subprocess.Popen(
            [java, "-Xmx512m", "-XX:TieredStopAtLevel=1", quiet, "-cp", jars, main, *map(str, self.arguments)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        self.endpoint = self.process.stdout.readline().strip()
        assert self.endpoint, f"{self.main} did not start"
        return self

    def __exit__(self, *failure):
        self.said, _ = self.process.communicate(timeout=60)

    @property
    def environment(self):
        return environment(self.endpoint)


class FaultProxy(Process):
    """Stands before a server and disturbs a share of the requests to it; `counts` says how many, in the end.

    With no share it disturbs none, but takes the conditions from conditional puts.
    """

    def __init__(self, endpoint, share=None, seed=1):
        plan = ["ignore-conditions"] if share is None else [seed, share, *FAULTS]
        super().__init__("s3.FaultProxyMain", endpoint, *plan)

    def __exit__(self, *failure):
        super().__exit__(*failure)
        self.counts = json.loads(self.said)


class Server(Process):
    """A server with conditional puts as atomic as S3's. It ends with the context, or with this process."""

    def __init__(self):
        super().__init__("s3.S3ServerMain")
        self.numbers = itertools.count(1)

    @property
    def storage_options(self):
        """The same for fsspec, xarray and zarr-python."""
        return {"endpoint_url": self.endpoint, "key": KEY, "secret": SECRET}

    def filesystem(self):
        return s3fs.S3FileSystem(**self.storage_options, use_listings_cache=False)

    def new_bucket(self, name=None):
        name = name or f"interop-{next(self.numbers)}"
        request = urllib.request.Request(f"{self.endpoint}/{name}", method="PUT")
        with urllib.request.urlopen(request) as response:
            assert response.status == 200
        return Bucket(self, name)


@dataclasses.dataclass(frozen=True)
class Bucket:
    """A bucket of a server."""

    server: Server
    name: str

    @property
    def url(self):
        return f"s3://{self.name}"

    def icechunk(self, prefix):
        """The storage of an Icechunk repository below a prefix, for the reference implementation."""
        return icechunk.s3_storage(
            bucket=self.name, prefix=prefix, region="us-east-1", endpoint_url=self.server.endpoint, allow_http=True,
            access_key_id=KEY, secret_access_key=SECRET, force_path_style=True)

    def objects(self, prefix=""):
        """The bytes of every object below a prefix by the rest of its key, whatever ledger a store names."""
        root = f"{self.name}/{prefix}".rstrip("/")
        files = self.server.filesystem()
        names = {path: path[len(root) + 1 :] for path in sorted(files.find(root))}
        return {name: comparable(name, files.cat_file(path)) for path, name in names.items()}

    def remove(self, key):
        self.server.filesystem().rm_file(f"{self.name}/{key}")

    def upload(self, directory):
        """Puts all files below a directory."""
        files = self.server.filesystem()
        for path in directory.rglob("*"):
            if path.is_file():
                files.pipe_file(f"{self.name}/{path.relative_to(directory)}", path.read_bytes())
