"""A WARC file member by member: what is whole, and which stretches of bytes are not.

Readers that follow the file until something goes wrong take a torn file for a short one. Here every byte belongs
either to a whole member or to a stretch that is named.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import FileIO
from pathlib import Path

LIMIT = 1 << 30
"""Bytes to which one member may unpack."""

_MAGIC = b"\x1f\x8b\x08"
_PIECE = 1 << 16

_Read = Callable[[int, int], bytes]
"""Some bytes from an offset on; none at the end. No memory map: a file may shrink while it is read, and a map of it
would take the process with it."""


@dataclass(frozen=True, slots=True)
class Member:
    """A whole gzip member: where it lies, and its bytes packed and unpacked."""

    offset: int
    packed: bytes
    data: bytes

    @property
    def end(self) -> int:
        return self.offset + len(self.packed)


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
    with FileIO(path) as file:
        read = partial(_read, file)
        at = 0
        while read(at, 1):
            try:
                data, end = _unpack(read, at)
            except Torn as torn:
                following = _next_whole(read, at + 1)
                end = path.stat().st_size if following is None else following
                yield Damage(at, end - at, str(torn), at_end=following is None)
            else:
                yield Member(at, _whole(read, at, end), data)
            at = end


def unpack(packed: bytes) -> bytes:
    """The data of exactly one member. Raises `Torn`."""
    data, end = _unpack(lambda at, size: packed[at : at + size], 0)
    if end != len(packed):
        raise Torn("more bytes than one gzip member")
    return data


def _read(file: FileIO, at: int, size: int) -> bytes:
    file.seek(at)
    return file.read(size)


def _whole(read: _Read, at: int, end: int) -> bytes:
    """All of a stretch: one call may bring less than was asked for."""
    data = bytearray()
    while at + len(data) < end and (piece := read(at + len(data), end - at - len(data))):
        data += piece
    return bytes(data)


def _unpack(read: _Read, at: int) -> tuple[bytes, int]:
    """The data of the member that starts at `at`, and where it ends."""
    inflater = zlib.decompressobj(31)
    data = bytearray()
    while not inflater.eof:
        piece = read(at, _PIECE)
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


def _next_whole(read: _Read, at: int) -> int | None:
    """Where the next whole member with a record in it starts; None where there is none."""
    while piece := read(at, _PIECE):
        found = piece.find(_MAGIC)
        if found < 0:
            at += max(1, len(piece) - len(_MAGIC) + 1)
            continue
        at += found
        if _starts_record(read, at):
            return at
        at += 1
    return None


def _starts_record(read: _Read, at: int) -> bool:
    try:
        return _unpack(read, at)[0].startswith(b"WARC/")
    except Torn:
        return False
