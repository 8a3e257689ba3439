"""Exchanges whose bytes nobody saw: a browser's page, a cached answer. Rebuilt as HTTP/1.1 and marked as rebuilt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from archiver.warc.exchange import Exchange

_ABOUT_THE_WIRE = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "trailer"})
"""Headers that speak of bytes that are not there any more: kept as `X-Archive-Orig-…`."""


def reconstruct(
    *,
    url: str,
    status: int,
    headers: Iterable[tuple[str, str]],
    body: bytes,
    at: datetime,
    how: str,
    method: str = "GET",
    request_headers: Iterable[tuple[str, str]] = (),
    request_body: bytes = b"",
) -> Exchange:
    """An exchange made of what is known of it. `body` is unpacked; `how` names the source, such as `browser`."""
    return Exchange(
        url=url,
        method=method,
        request=_request(method, url, request_headers, request_body),
        response=_response(status, headers, body),
        started=at,
        fidelity="reconstructed",
        how=how,
    )


def _request(method: str, url: str, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    parts = urlsplit(url)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    sent = [(name, value) for name, value in headers if name.lower() not in ("host", *_ABOUT_THE_WIRE)]
    length = [("Content-Length", str(len(body)))] if body else []
    return _message(f"{method} {path} HTTP/1.1", [("Host", parts.netloc.rpartition("@")[2]), *sent, *length], body)


def _response(status: int, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    known = {code.value: code.phrase for code in HTTPStatus}
    kept = [(f"X-Archive-Orig-{name}" if name.lower() in _ABOUT_THE_WIRE else name, value) for name, value in headers]
    return _message(f"HTTP/1.1 {status:03d} {known.get(status, '')}", [*kept, ("Content-Length", str(len(body)))], body)


def _message(first: str, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    lines = [first, *(f"{name}: {value}" for name, value in headers)]
    safe = (line.replace("\r", " ").replace("\n", " ").replace("\0", " ") for line in lines)
    return b"".join(_encode(line) + b"\r\n" for line in safe) + b"\r\n" + body


def _encode(line: str) -> bytes:
    """Latin-1, as HTTP/1.1 once said; UTF-8 for what has no place there."""
    try:
        return line.encode("latin-1")
    except UnicodeEncodeError:
        return line.encode("utf-8", "replace")
