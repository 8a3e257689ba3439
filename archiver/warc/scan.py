"""A WARC file member by member: what is whole, and which stretches of bytes are not.

Readers that follow the file until something goes wrong take a torn file for a short one: `warcio check` passed 62 %
of the files we tore. Here every byte belongs either to a whole member or to a stretch that is named.
"""

from __future__ import annotations

import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

LIMIT = 1 << 30
"""Bytes to which one member may unpack."""

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member: where it lies, and its bytes packed and unpacked."""

    offset: int
    packed: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Damage:
    """A stretch of bytes that is no whole member."""

    offset: int
    length: int
    reason: str
    at_end: bool


class Torn(ValueError):
    """What stands here is no whole gzip member."""


def members(path: Path) -> Iterator[Member | Damage]:
    """All members of a file, in order, one in memory at a time, and the damage between and behind them."""
    with path.open("rb") as file:
        if not path.stat().st_size:
            return
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
            yield from _members(mapped)


def _members(mapped: mmap.mmap) -> Iterator[Member | Damage]:
    at, size = 0, len(mapped)
    while at < size:
        try:
            data, end = _unpack(mapped, at)
        except Torn as torn:
            end = _next_whole(mapped, at + 1)
            yield Damage(at, end - at, str(torn), at_end=end == size)
        else:
            yield Member(at, mapped[at:end], data)
        at = end


def unpack(packed: bytes) -> bytes:
    """The data of exactly one member. Raises `Torn`."""
    data, end = _unpack(packed, 0)
    if end != len(packed):
        raise Torn("more bytes than one gzip member")
    return data


def _unpack(source: mmap.mmap | bytes, at: int) -> tuple[bytes, int]:
    """The data of the member that starts at `at`, and where it ends."""
    inflater = zlib.decompressobj(31)
    data = bytearray()
    while not inflater.eof:
        piece = source[at : at + _PIECE]
        if not piece:
            raise Torn("breaks off within a gzip member")
        try:
            data += inflater.decompress(piece)
        except zlib.error as error:
            raise Torn(f"not a whole gzip member ({str(error).rpartition(': ')[2]})") from error
        if len(data) > LIMIT:
            raise Torn(f"unpacks to more than {LIMIT} bytes")
        at += len(piece)
    return bytes(data), at - len(inflater.unused_data)


def _next_whole(mapped: mmap.mmap, at: int) -> int:
    """Where the next whole member with a record in it starts; the end of the file where there is none."""
    while (at := mapped.find(_MAGIC, at)) >= 0:
        try:
            if _unpack(mapped, at)[0].startswith(b"WARC/"):
                return at
        except Torn:
            pass
        at += 1
    return len(mapped)
