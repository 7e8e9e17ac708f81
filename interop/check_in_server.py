"""A monitoring service of this machine, which keeps the check-ins that it hears."""

import contextlib
import http.server
import json
import threading


class CheckInServer:
    """`url` for firn; `heard`: the paths and the JSON documents of all check-ins, in their order."""

    def __init__(self, status=202):
        self.heard = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_POST(self):
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                outer.heard.append((self.path, body))
                self.send_response(status)
                self.end_headers()

            def log_message(self, *arguments):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    @property
    def statuses(self):
        return [body["status"] for _, body in self.heard]

    @property
    def last(self):
        return self.heard[-1][1]


@contextlib.contextmanager
def check_in_server(status=202):
    """A service that answers every check-in with an HTTP status."""
    service = CheckInServer(status)
    thread = threading.Thread(target=service.server.serve_forever, daemon=True)
    thread.start()
    try:
        yield service
    finally:
        service.server.shutdown()
        service.server.server_close()
        thread.join()
