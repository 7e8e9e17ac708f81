"""Amazon's services in memory, by moto: for what S3's and SQS's own servers of the tests do not do."""

import contextlib
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import s3


@contextlib.contextmanager
def moto():
    """A moto server with a bucket; yields the environment variables with which firn finds it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            make_bucket(f"http://127.0.0.1:{port}/contract", server)
            yield s3.environment(f"http://127.0.0.1:{port}")
        finally:
            server.terminate()


def make_bucket(url, server):
    deadline = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(urllib.request.Request(url, method="PUT")).close()
        except urllib.error.URLError:
            assert server.poll() is None and time.monotonic() < deadline, "moto did not start"
            time.sleep(0.1)
