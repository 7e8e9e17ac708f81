"""A bucket that is far away: an HTTP server that answers S3's reads from a directory, each after a while."""

import contextlib
import email.utils
import http.server
import re
import threading
import time

BUCKET = "slow"


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(with_body=True)

    def do_HEAD(self):
        self.answer(with_body=False)

    def answer(self, with_body):
        time.sleep(self.server.seconds)
        path = self.server.directory / self.path.removeprefix(f"/{BUCKET}/")
        if not path.is_file():
            return self.send(404, b"<Error><Code>NoSuchKey</Code></Error>", {}, with_body)
        body, stat = path.read_bytes(), path.stat()
        headers = {"ETag": f'"{stat.st_mtime_ns}"', "Last-Modified": email.utils.formatdate(stat.st_mtime, usegmt=True)}
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        if not asked:
            return self.send(200, body, headers, with_body)
        first, last = int(asked[1]), min(int(asked[2]), len(body) - 1)
        headers["Content-Range"] = f"bytes {first}-{last}/{len(body)}"
        self.send(206, body[first : last + 1], headers, with_body)

    def send(self, code, body, headers, with_body):
        self.send_response(code)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@contextlib.contextmanager
def slow_bucket(directory, seconds):
    """Serves a directory; yields the bucket's URL, and the environment variables with which firn finds it."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.directory, server.seconds = directory, seconds
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"s3://{BUCKET}", {
            "AWS_ENDPOINT_URL_S3": f"http://127.0.0.1:{server.server_address[1]}",
            "AWS_REGION": "us-east-1",
            "FIRN_S3_ANONYMOUS": BUCKET,
        }
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
