"""A receiver of messages on a port of 127.0.0.1 that answers as a test wants it to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Receiver:
    """`got` are the messages that came, in order; `answers` the statuses of the next answers, 200 when they are used
    up. A status of 0: no answer until the test ends, -1: a head that never comes to its end, -2: a 500 with such a
    body."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.got: list[Any] = []
        self.headers: list[dict[str, str]] = []
        self.closing = threading.Event()
        self.arrived = threading.Condition()
        self.server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}/hooks/secret?of=desk"

    def wait_for(self, number: int) -> None:
        """Until so many messages have come."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.got) >= number, timeout=60)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                with receiver.arrived:
                    status = receiver.answers.pop(0) if receiver.answers else 200
                    receiver.headers.append(dict(self.headers) | {"path": self.path})
                    receiver.got.append(json.loads(body) if "json" in self.headers["Content-Type"] else body.decode())
                    receiver.arrived.notify_all()
                if status == 0:
                    receiver.closing.wait(60)
                    return
                if status < 0:
                    self.wfile.write(b"HTTP/1.1 200 OK\r\n" if status == -1 else b"HTTP/1.1 500 Sorry\r\n\r\n")
                    while not receiver.closing.wait(0.05):
                        self.wfile.write(b"X-More: yes\r\n" if status == -1 else b".")
                    return
                self.send_response(status)
                if status in (301, 302):
                    self.send_header("Location", "https://elsewhere.example/secret")
                self.end_headers()
                self.wfile.write(b"because" if status >= 400 else b"")

            def log_message(self, *arguments: object) -> None:
                pass

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # who asked has gone away


@contextmanager
def receiving(*answers: int) -> Iterator[Receiver]:
    receiver = Receiver(*answers)
    thread = threading.Thread(target=receiver.server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.closing.set()
        receiver.server.shutdown()
        receiver.server.server_close()
        thread.join()
