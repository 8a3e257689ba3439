"""Exchanges with invented content, and a writer whose clock stands still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archiver.warc.exchange import Exchange
from archiver.warc.writer import Writer

AT = datetime(2016, 1, 15, 8, 15, 0, 123456, tzinfo=UTC)

Exchanged = Callable[..., Exchange]


@pytest.fixture
def exchanged() -> Exchanged:
    """Makes an exchange of a body and headers."""

    def make(
        body: bytes = b"<p>Hello from Ada Example</p>",
        *,
        url: str = "https://news.example/story",
        status: str = "200 OK",
        headers: bytes = b"Content-Type: text/html\r\n",
        **more: object,
    ) -> Exchange:
        response = b"HTTP/1.1 " + status.encode() + b"\r\n" + headers + b"\r\n" + body
        request = b"GET /story HTTP/1.1\r\nHost: news.example\r\n\r\n"
        return Exchange(**{"url": url, "request": request, "response": response, "started": AT, **more})  # type: ignore[arg-type]

    return make


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    with Writer(tmp_path, clock=lambda: AT, software="archiver/test") as made:
        yield made


def chunked(*pieces: bytes) -> bytes:
    """A body in chunked transfer coding."""
    return b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in (*pieces, b""))
