"""WARC/1.1 records as bytes, one gzip member each. Pure: times, identities and bytes come in.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/. Fields of our own begin with
`Archiver-`; other readers pass over them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from archiver.warc.exchange import Exchange
from archiver.warc.member import pack

Fields = list[tuple[str, str]]

FORMAT = "1"
"""Says that the file is ours: sealed members, and a closing record."""

IDENTICAL_PAYLOAD = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_CONFORMS_TO = "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"
_RESPONSE = ("Content-Type", "application/http; msgtype=response")
_REQUEST = ("Content-Type", "application/http; msgtype=request")
_UNSAFE = re.compile(r"[\x00-\x20\x7f]")
_BREAK = re.compile(r"[\r\n\0]+")


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """A response of the same file whose payload a later one repeats."""

    record_id: str
    url: str
    at: datetime
    offset: int
    length: int


def digest(data: bytes) -> str:
    """As WARC headers write it."""
    return f"sha256:{sha256(data).hexdigest()}"


def warc_date(at: datetime) -> str:
    """UTC to the microsecond."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def record(fields: Iterable[tuple[str, str]], block: bytes, *, length: int | None = None) -> bytes:
    """A record with block digest and length added, as a gzip member; `length` makes it exactly so long."""
    lines = [*fields, ("WARC-Block-Digest", digest(block)), ("Content-Length", str(len(block)))]
    head = "".join(f"{name}: {_BREAK.sub(' ', value)}\r\n" for name, value in lines)
    return pack(f"WARC/1.1\r\n{head}\r\n".encode("utf-8", "replace"), block, b"\r\n\r\n", length=length)


def warcinfo(*, record_id: str, file: str, at: datetime, software: str) -> bytes:
    """The record that a file begins with."""
    block = f"software: {software}\r\nformat: WARC File Format 1.1\r\nconformsTo: {_CONFORMS_TO}\r\n".encode()
    about = [("WARC-Filename", file), ("Archiver-Format", FORMAT), ("Content-Type", "application/warc-fields")]
    return record(_start("warcinfo", record_id, at) + about, block)


def closing(*, record_id: str, at: datetime, members: int, size: int) -> bytes:
    """The record that a file ends with: how many members and bytes come before it.

    Without one, a file that lost its last records could not be told from a whole one.
    """
    counts = [("Archiver-Members", str(members)), ("Archiver-Bytes", str(size))]
    fields = [*_start("metadata", record_id, at), *counts, ("Content-Type", "application/warc-fields")]
    return record(fields, f"members: {members}\r\nbytes: {size}\r\n".encode())


def damaged(*, record_id: str, at: datetime, length: int, reason: str) -> bytes:
    """A record of exactly `length` bytes, for the place of a lost one. Raises `ValueError` where that is too short."""
    fields = [*_start("metadata", record_id, at), ("Content-Type", "application/warc-fields")]
    return record(fields, f"damaged: {length} bytes\r\nreason: {reason}\r\n".encode(), length=length)


def erased(*, record_id: str, at: datetime, digest: str, why: str, length: int) -> bytes:
    """A record of exactly `length` bytes, for the place of one that was taken out. Raises `ValueError` as above."""
    fields = [*_start("metadata", record_id, at), ("Content-Type", "application/warc-fields")]
    return record(fields, f"erased: {digest}\r\nwhy: {_BREAK.sub(' ', why)}\r\n".encode(), length=length)


def request(exchange: Exchange, *, record_id: str, response_id: str, warcinfo_id: str) -> bytes:
    """What was sent."""
    fields = _of(exchange, "request", record_id, warcinfo_id)
    return record([*fields, ("WARC-Concurrent-To", response_id), _REQUEST], exchange.request)


def interim(exchange: Exchange, *, record_id: str, response_id: str, warcinfo_id: str) -> bytes:
    """The 1xx answers, which a response record has no place for: WARC wants one final answer there.

    Without the address, which would make replay tools take it for an answer.
    """
    fields = [*_start("metadata", record_id, exchange.started), ("WARC-Warcinfo-ID", warcinfo_id)]
    kind = ("Content-Type", "application/http; msgtype=response")
    return record([*fields, ("WARC-Concurrent-To", response_id), kind], exchange.interim)


def response(exchange: Exchange, *, record_id: str, warcinfo_id: str, robots: str) -> bytes:
    """What came back.

    A chunked response carries no `WARC-Payload-Digest`: the standard wants the digest of the unchunked payload,
    common checkers compute that of the chunks and would call the record broken. Ours stands beside it.
    """
    name = "Archiver-Payload-Digest" if exchange.head.is_chunked else "WARC-Payload-Digest"
    fields = _of(exchange, "response", record_id, warcinfo_id) + _kept(exchange, robots)
    if exchange.truncated:
        fields.append(("WARC-Truncated", exchange.truncated))
    return record([*fields, (name, f"sha256:{exchange.sha256}"), _RESPONSE], exchange.response)


def revisit(exchange: Exchange, original: Original, *, record_id: str, warcinfo_id: str, robots: str) -> bytes:
    """What came back, where the same payload stands in the file already: the head only."""
    fields = _of(exchange, "revisit", record_id, warcinfo_id) + _kept(exchange, robots)
    refers = [
        ("WARC-Profile", IDENTICAL_PAYLOAD),
        ("WARC-Refers-To", original.record_id),
        ("WARC-Refers-To-Target-URI", _uri(original.url)),
        ("WARC-Refers-To-Date", warc_date(original.at)),
        ("Archiver-Refers-To-Offset", str(original.offset)),
        ("Archiver-Refers-To-Length", str(original.length)),
        ("WARC-Payload-Digest", f"sha256:{exchange.sha256}"),
        ("WARC-Truncated", "length"),  # 6.7.2: a revisit with a block says that it is cut
    ]
    return record([*fields, *refers, _RESPONSE], exchange.head_bytes)


def _start(kind: str, record_id: str, at: datetime) -> Fields:
    return [("WARC-Type", kind), ("WARC-Record-ID", record_id), ("WARC-Date", warc_date(at))]


def _of(exchange: Exchange, kind: str, record_id: str, warcinfo_id: str) -> Fields:
    fields = _start(kind, record_id, exchange.started)
    fields += [("WARC-Target-URI", _uri(exchange.url)), ("WARC-Warcinfo-ID", warcinfo_id)]
    return fields + ([("WARC-IP-Address", exchange.ip)] if exchange.ip else [])


def _kept(exchange: Exchange, robots: str) -> Fields:
    fields = [("Archiver-Method", exchange.method), ("Archiver-Robots", robots)]
    if exchange.fidelity != "exact":
        fields.append(("Archiver-Fidelity", f"{exchange.fidelity} {exchange.how}".strip()))
    return fields


def _uri(url: str) -> str:
    return _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", url)
