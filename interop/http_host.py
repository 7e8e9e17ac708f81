"""A plain HTTP server of files, which answers several ranges at once as RFC 9110 has it."""

import contextlib
import functools
import hashlib
import http.server
import re
import threading

CUT = "cut-here"


class Files(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, directory, requests, *connection):
        self.directory, self.requests = directory, requests
        super().__init__(*connection)

    def log_message(self, *line):
        pass

    def do_HEAD(self):
        self.answer()

    def do_GET(self):
        self.answer()

    def answer(self):
        path = self.directory / self.path.lstrip("/")
        self.requests.append((self.command, self.headers.get("Range")))
        if not path.is_file():
            return self.send(404, b"", {})
        content = path.read_bytes()
        tag = f'"{hashlib.md5(content).hexdigest()}"'
        if self.headers.get("If-Match", tag) != tag:
            return self.send(412, b"", {})
        ranges = [(int(a), int(b) + 1) for a, b in re.findall(r"(\d+)-(\d+)", self.headers.get("Range", ""))]
        parts = [(f"bytes {a}-{b - 1}/{len(content)}", content[a:b]) for a, b in ranges]
        if not parts:
            self.send(200, content, {"ETag": tag})
        elif len(parts) == 1:
            self.send(206, parts[0][1], {"ETag": tag, "Content-Range": parts[0][0]})
        else:
            heads = [f"\r\n--{CUT}\r\nContent-Range: {place}\r\n\r\n".encode() + part for place, part in parts]
            kind = f"multipart/byteranges; boundary={CUT}"
            self.send(206, b"".join(heads) + f"\r\n--{CUT}--\r\n".encode(), {"ETag": tag, "Content-Type": kind})

    def send(self, status, body, headers):
        self.send_response(status)
        for name, value in (headers | {"Content-Length": str(len(body))}).items():
            self.send_header(name, value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


@contextlib.contextmanager
def serving(directory):
    """Serves a directory; yields its URL and, of every request, method and ranges."""
    requests = []
    handler = functools.partial(Files, directory, requests)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}", requests
        server.shutdown()
