"""A server that sends whatever a case wants on the wire, and for as long as it wants."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Send = Callable[[bytes], None]
"""Raises `OSError` once nobody listens any longer."""

Case = bytes | Callable[[Send], None]
"""A whole response, or what sends one piece by piece."""


def response(body: bytes, content_type: str = "text/html; charset=utf-8", *headers: str, status: int = 200) -> bytes:
    """A response as bytes."""
    lines = [f"HTTP/1.1 {status} As it is", f"Content-Type: {content_type}", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join([*lines, "", ""]).encode("latin-1") + body


MISSING = response(b"", status=404)


@contextmanager
def serving(cases: Callable[[str], Mapping[str, Case]]) -> Iterator[str]:
    """The address of a server of these cases, by path, whatever the query; `cases` is told the address."""
    listener = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listener.getsockname()[1]}"
    known = cases(base)
    threading.Thread(target=_accept, args=(listener, known), daemon=True).start()
    try:
        yield base
    finally:
        listener.close()


def _accept(listener: socket.socket, cases: Mapping[str, Case]) -> None:
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            return
        threading.Thread(target=_serve, args=(connection, cases), daemon=True).start()


def _serve(connection: socket.socket, cases: Mapping[str, Case]) -> None:
    with connection, contextlib.suppress(OSError), connection.makefile("rb") as lines:
        while line := lines.readline():
            while lines.readline().strip():
                pass
            path = line.split()[1].decode("latin-1").partition("?")[0]
            case = cases.get(path, MISSING)
            if isinstance(case, bytes):
                connection.sendall(case)
            else:
                case(connection.sendall)
                return
