"""A tape beside the wire: every byte that a Twisted HTTP/1.1 connection sends and receives for one request.

Written against private names of Scrapy 2.19 (`_LenientHTTP11ClientProtocol`, `_LenientHTTP11ClientFactory`) and of
Twisted (`_finishResponse`): Scrapy is pinned to 2.19 for it, and `tests/crawl/test_handler.py` compares every byte
with what a server saw.
"""
# ruff: noqa: N802 – the methods overridden here have Twisted's names

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from io import BytesIO
from typing import Any

from scrapy.core.downloader.handlers.http11 import _LenientHTTP11ClientFactory, _LenientHTTP11ClientProtocol
from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress
from twisted.web.client import HTTPConnectionPool
from twisted.web.iweb import IResponse

from archiver.crawl.guard import PublicEndpoint

MAX_HEAD = 1 << 20
"""Bytes of headers, interim answers included, after which a connection is closed: Twisted would keep them all."""


class Tape:
    """What went over the wire for one request. A retry on a fresh connection begins it anew."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._running = False
        self._sent: list[bytes] = []
        self._received = BytesIO()
        self.started: datetime | None = None
        """When the request began to go out; None: it never did."""
        self.peer: str | None = None
        """The address that the connection goes to."""
        self.whole = False
        """Whether the response came to its end."""
        self.heard = 0
        """How many bytes came."""
        self.is_too_long = False
        """Whether we closed the connection, for the headers did not end."""

    @property
    def sent(self) -> bytes:
        return b"".join(self._sent)

    @property
    def received(self) -> bytes:
        """All that came."""
        return self._received.getvalue()

    def begin(self, transport: Any) -> _Beside:
        """The transport for the request to write to."""
        self._running = True
        self._sent, self._received, self.heard = [], BytesIO(), 0
        self.started = self._clock()
        self.peer = getattr(transport.getPeer(), "host", None)
        return _Beside(transport, self._sent)

    def hear(self, data: bytes) -> None:
        """Note what came. After the end it belongs to nobody: a server that talks on is not listened to."""
        if self._running:
            self._received.write(data)
            self.heard += len(data)

    def end(self, rest: bytes) -> None:
        """The response is whole; the last `rest` of what came is no part of it."""
        if self._running:
            self._received.truncate(self._received.tell() - len(rest))
            self.whole = True
            self._running = False

    def stop(self) -> None:
        """Nothing more is wanted."""
        self._running = False

    def forget(self) -> None:
        """What came is not needed any longer. Whoever still holds the tape, an error perhaps, holds no body with it."""
        self._received = BytesIO()


class _Beside:
    """A transport whose writes are noted."""

    def __init__(self, transport: Any, noted: list[bytes]) -> None:
        self._transport = transport
        self._noted = noted

    def write(self, data: bytes) -> None:
        self._noted.append(data)
        self._transport.write(data)

    def writeSequence(self, pieces: Iterable[bytes]) -> None:
        kept = list(pieces)
        self._noted.extend(kept)
        self._transport.writeSequence(kept)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class _TapedRequest:
    """A Twisted request that carries its tape to whatever connection sends it."""

    def __init__(self, request: Any, tape: Tape) -> None:
        self._request = request
        self.tape = tape

    def writeTo(self, transport: Any) -> Any:
        return self._request.writeTo(self.tape.begin(transport))

    def __getattr__(self, name: str) -> Any:
        return getattr(self._request, name)


class _TapedConnection:
    """A pooled connection, for one request."""

    def __init__(self, connection: Any, tape: Tape) -> None:
        self._connection = connection
        self._tape = tape

    def request(self, request: Any) -> Any:
        return self._connection.request(_TapedRequest(request, self._tape))


class TapedPool:
    """The connection pool as one request sees it: whichever connection carries it, its tape runs along.

    With `public_only` it connects to public addresses only, see `archiver.crawl.guard`.
    """

    def __init__(self, pool: HTTPConnectionPool, tape: Tape, *, public_only: bool = False) -> None:
        self._pool = pool
        self._tape = tape
        self._public_only = public_only
        self.persistent = pool.persistent

    def getConnection(self, key: Any, endpoint: Any) -> Any:
        if self._public_only:
            key, endpoint = ("public only", *key), PublicEndpoint(endpoint)
        return self._pool.getConnection(key, endpoint).addCallback(_TapedConnection, self._tape)


class _TapedProtocol(_LenientHTTP11ClientProtocol):
    _tape: Tape | None = None

    def request(self, request: Any) -> Deferred[IResponse]:
        self._tape = request.tape if isinstance(request, _TapedRequest) else None
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        if self._tape is not None:
            self._tape.hear(data)
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._tape is not None and self._tape.heard > MAX_HEAD and self._is_in_head():
            self._tape.is_too_long = True
            self.abort()  # type: ignore[no-untyped-call]

    def _is_in_head(self) -> bool:
        """Whether the response's headers have not come to their end."""
        parser = self._parser
        return parser is not None and parser.state in ("STATUS", "HEADER")

    def _finishResponse(self, rest: bytes) -> None:
        """Called by the parser at the end of a response; `rest` came with it and lies beyond."""
        if self._tape is not None:
            self._tape.end(rest)
        super()._finishResponse(rest)


class TapedFactory(_LenientHTTP11ClientFactory):
    """Makes the connections of a pool whose requests bring tapes."""

    def buildProtocol(self, addr: IAddress | None) -> _TapedProtocol:  # noqa: ARG002
        return _TapedProtocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
