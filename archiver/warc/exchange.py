"""One HTTP exchange as a value: what went out, what came back, when, and whether these are the very bytes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import Literal

from archiver.warc import message
from archiver.warc.message import Head

Truncated = Literal["length", "time", "disconnect", "unspecified"]
"""Why a response is not whole: too large, too slow, broken off, or stopped by us. The words are those of WARC 1.1."""

Fidelity = Literal["exact", "reconstructed"]


@dataclass(frozen=True, kw_only=True)
class Exchange:
    """A request and its final response, byte for byte."""

    url: str
    """As asked, without fragment."""
    method: str = "GET"
    request: bytes
    response: bytes
    interim: bytes = b""
    """The 1xx answers that came before, as one piece."""
    started: datetime
    """When the first byte of the request went out; aware, UTC."""
    ip: str | None = None
    """The server's address; None where it is not known, as behind a proxy."""
    truncated: Truncated | None = None
    fidelity: Fidelity = "exact"
    how: str = ""
    """Of a reconstructed exchange: where it comes from (`browser`, `cache`)."""

    @cached_property
    def head_bytes(self) -> bytes:
        """Status line and headers with the blank line that ends them."""
        return self.response[: message.head_length(self.response)]

    @cached_property
    def head(self) -> Head:
        return message.parse_head(self.head_bytes)

    @property
    def _body(self) -> memoryview:
        return memoryview(self.response)[len(self.head_bytes) :]

    def _payload_pieces(self) -> Iterator[memoryview]:
        return message.payload_pieces(self.head, self._body)

    @property
    def payload(self) -> bytes:
        """The body as the server meant it: transfer coding removed, content coding kept. A copy, each time."""
        return b"".join(self._payload_pieces())

    @cached_property
    def payload_size(self) -> int:
        """How many bytes the payload has."""
        return sum(map(len, self._payload_pieces()))

    @cached_property
    def sha256(self) -> str:
        """Hex digest of the payload."""
        digest = sha256()
        for piece in self._payload_pieces():
            digest.update(piece)
        return digest.hexdigest()

    @cached_property
    def body_sha256(self) -> str:
        """Hex digest of the body on the wire, chunks and all."""
        return sha256(self._body).hexdigest() if self.head.is_chunked else self.sha256
