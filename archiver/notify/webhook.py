"""Sending a message to an address. A private one is fine: somebody typed it."""

from __future__ import annotations

import contextlib
import socket
import threading
from base64 import b64encode
from collections.abc import Iterator, Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from archiver import __version__
from archiver.errors import NotDelivered

TIMEOUT = 10.0
"""Seconds in which a receiver must have answered."""

_SHOWN = 200
"""Bytes of an answer that stand in the message of an error."""


def post(url: str, body: bytes, headers: Mapping[str, str], *, timeout: float = TIMEOUT) -> None:
    """POSTs the body. Raises `NotDelivered` unless the answer is a 2xx; a redirect is followed nowhere."""
    parts = urlsplit(url)
    receiver = parts.netloc.rpartition("@")[2]  # the rest of such an address is a secret, as a rule
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = {"User-Agent": f"archiver/{__version__}", **_login(parts), **headers}
    late = threading.Event()
    try:
        with contextlib.closing(_connection(parts, timeout)) as connection:
            connection.connect()
            with _cut_after(timeout, connection.sock, late):
                connection.request("POST", target, body, sent)
                with connection.getresponse() as answer:
                    status, where = answer.status, answer.headers.get("Location")
                    words = b"" if _is_fine(status) else answer.read(_SHOWN)
        if late.is_set():  # an answer that was cut off looks like one that ended
            raise TimeoutError
    except (OSError, HTTPException, ValueError) as error:
        raise NotDelivered(receiver, _cause(error, timeout, late=late.is_set())) from error
    if not _is_fine(status):
        told = words.decode("utf-8", "replace").strip()
        if where:
            to = urlsplit(urljoin(url, where))
            told = f"it redirects to {to.scheme}://{to.netloc}/…: put the address that it leads to into archiver.toml"
        raise NotDelivered(receiver, f"the receiver answered {status}" + (f" ({told})" if told else ""))


def _is_fine(status: int) -> bool:
    return 200 <= status < 300


def _connection(parts: SplitResult, timeout: float) -> HTTPConnection:
    make = HTTPSConnection if parts.scheme == "https" else HTTPConnection
    return make(parts.hostname or "", parts.port, timeout=timeout)


def _login(parts: SplitResult) -> Mapping[str, str]:
    if parts.username is None:
        return {}
    pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}"
    return {"Authorization": f"Basic {b64encode(pair.encode()).decode()}"}


@contextlib.contextmanager
def _cut_after(seconds: float, connected: socket.socket, late: threading.Event) -> Iterator[None]:
    """Ends the exchange when its time is up: a socket's own timeout begins anew with every byte that comes."""

    def cut() -> None:
        late.set()
        with contextlib.suppress(OSError):
            connected.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _cause(error: Exception, timeout: float, *, late: bool) -> str:
    if late or isinstance(error, TimeoutError):
        return f"no answer within {timeout:g} s"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__
