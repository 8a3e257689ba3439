"""A WARC record as it is read: its fields, its block, and the HTTP message within."""

from __future__ import annotations

import binascii
import hashlib
from base64 import b32decode
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from hashlib import sha256
from typing import cast

from archiver.warc import coding, message
from archiver.warc.coding import Decoded
from archiver.warc.exchange import Fidelity
from archiver.warc.message import Head


class Malformed(ValueError):
    """These bytes are no WARC record."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One record. `file`, `offset` and `length` say where it lies."""

    file: str
    offset: int
    length: int
    fields: tuple[tuple[str, str], ...]
    block: bytes
    original: Record | None = None
    """Of a revisit: the record whose payload it repeats. None where it was not looked up."""

    def field(self, name: str) -> str | None:
        """The first field of that name, in whatever case."""
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    @property
    def type(self) -> str:
        return self.field("WARC-Type") or ""

    @property
    def id(self) -> str:
        return self.field("WARC-Record-ID") or ""

    @property
    def url(self) -> str:
        """The address asked for. WARC 1.0 writers put it into angle brackets."""
        return (self.field("WARC-Target-URI") or "").strip("<>")

    @property
    def at(self) -> datetime | None:
        """WARC-Date, UTC; None where it is missing or no date."""
        try:
            at = datetime.fromisoformat(self.field("WARC-Date") or "")
        except ValueError:
            return None
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)

    @property
    def method(self) -> str:
        return self.field("Archiver-Method") or "GET"

    @property
    def robots(self) -> str:
        return self.field("Archiver-Robots") or "unknown"

    @property
    def fidelity(self) -> Fidelity:
        return cast("Fidelity", (self.field("Archiver-Fidelity") or "exact").partition(" ")[0])

    @property
    def truncated(self) -> str | None:
        """Why the response is not whole; None where it is. A revisit has no body for a reason of its own."""
        return None if self.type == "revisit" else self.field("WARC-Truncated")

    @property
    def is_http(self) -> bool:
        return (self.field("Content-Type") or "").lower().startswith("application/http")

    @cached_property
    def _parts(self) -> tuple[bytes, bytes]:
        return message.split(self.block)

    @cached_property
    def head(self) -> Head:
        """Status line and headers of the HTTP message."""
        return message.parse_head(self._parts[0]) if self.is_http else Head()

    @cached_property
    def payload(self) -> bytes:
        """The body as the server meant it: transfer coding removed, content coding kept."""
        if self.original is not None:
            return self.original.payload
        return message.payload(self.head, self._parts[1]) if self.is_http else self.block

    @property
    def payload_sha256(self) -> str:
        """Hex digest of the payload: as written for a revisit whose original was not looked up, else reckoned."""
        if self.type == "revisit" and self.original is None:
            return (self.field("WARC-Payload-Digest") or "").removeprefix("sha256:")
        return sha256(self.payload).hexdigest()

    @property
    def wire(self) -> bytes:
        """The HTTP message as it stood on the wire: of a revisit its own head, and the body that it refers to."""
        return self.block if self.original is None else self._parts[0] + self.original._parts[1]

    @cached_property
    def decoded(self) -> Decoded:
        """The body unpacked, at most `coding.LIMIT` bytes, and what kept it from being unpacked whole."""
        return coding.decode(self.payload, self.head.codings)

    @property
    def body(self) -> bytes:
        """The body unpacked, as extractors see it."""
        return self.decoded.body


def parse(data: bytes, *, file: str, offset: int, length: int) -> Record:
    """The record in an unpacked member. Raises `Malformed`."""
    head, blank, rest = data.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    if not blank or not version.startswith("WARC/1."):
        raise Malformed("no WARC/1 record")
    parts = (line.partition(":") for line in lines)
    fields = tuple((name.strip(), value.strip()) for name, colon, value in parts if colon)
    record = Record(file=file, offset=offset, length=length, fields=fields, block=rest[:-4])
    if record.field("Content-Length") != str(len(record.block)) or not rest.endswith(b"\r\n\r\n"):
        raise Malformed("a record whose Content-Length is wrong")
    return record


def broken_digests(record: Record) -> Iterator[str]:
    """Names of the digest fields that do not match. A digest of a kind that we do not know matches."""
    if not _matches(record.field("WARC-Block-Digest"), record.block):
        yield "WARC-Block-Digest"
    if record.type == "revisit" and record.original is None:
        return
    for name in ("WARC-Payload-Digest", "Archiver-Payload-Digest"):
        if not any(_matches(record.field(name), data) for data in _payloads(record)):
            yield name


def _payloads(record: Record) -> Iterator[bytes]:
    """What a writer may have taken for the payload: many take the chunks for it."""
    yield record.payload
    if record.head.is_chunked and record.original is None:
        yield record._parts[1]


def _matches(written: str | None, data: bytes) -> bool:
    name, colon, value = (written or "").partition(":")
    name = name.lower().replace("-", "")
    if not colon or name not in hashlib.algorithms_available:
        return True
    size = hashlib.new(name, usedforsecurity=False).digest_size
    return not size or _bytes_of(value, size) == hashlib.new(name, data, usedforsecurity=False).digest()


def _bytes_of(value: str, size: int) -> bytes | None:
    """A digest in hexadecimal or, as older writers have it, in base 32."""
    try:
        return bytes.fromhex(value) if len(value) == 2 * size else b32decode(value.upper() + "=" * (-len(value) % 8))
    except (ValueError, binascii.Error):
        return None
