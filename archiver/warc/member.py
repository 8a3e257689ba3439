"""The gzip frame of a record, sealed: every byte of it is covered by a checksum.

gzip leaves gaps. Its own CRC covers the unpacked data, so that a changed header byte, or a changed bit between the
end of the deflate stream and the next whole byte, goes unnoticed. Our members carry the CRC-32 of the deflate
stream in an extra field (RFC 1952, 2.3.1.1, subfield `AR`), which other readers skip, and all else in their header
is fixed.
"""

from __future__ import annotations

import zlib
from functools import reduce

_FIXED = b"\x1f\x8b\x08%c\0\0\0\0\0\xff\x08\0AR\x04\0"
_PLAIN = _FIXED % 4
_COMMENTED = _FIXED % 20
_SEALED_AT = len(_PLAIN)
_STREAM_AT = _SEALED_AT + 4
_TRAILER = 8
_SMALL = 4096
"""Bytes up to which a window of 4 KiB packs as well as one of 32, in a third of the time."""


def pack(*data: bytes, level: int = 6, length: int | None = None) -> bytes:
    """One gzip member with `data` in it, piece after piece.

    With a `length` it is made exactly so long, by a comment of blanks: a record can be put where another one was
    without moving those behind it. Raises `ValueError` where it is too short.
    """
    size = sum(map(len, data))
    deflater = zlib.compressobj(level, zlib.DEFLATED, -(12 if size <= _SMALL else 15))
    stream = b"".join([*map(deflater.compress, data), deflater.flush()])
    seal = zlib.crc32(stream).to_bytes(4, "little")
    trailer = reduce(lambda crc, piece: zlib.crc32(piece, crc), data, 0).to_bytes(4, "little")
    trailer += (size & 0xFFFFFFFF).to_bytes(4, "little")
    spare = 0 if length is None else length - _STREAM_AT - len(stream) - _TRAILER
    if spare < 0:
        raise ValueError(f"a record of {size} bytes does not fit into {length}")
    start, comment = (_COMMENTED, b" " * (spare - 1) + b"\0") if spare else (_PLAIN, b"")
    return b"".join((start, seal, comment, stream, trailer))


def is_sealed(member: bytes) -> bool:
    """Whether this is a member as `pack` makes them, and its seal is whole."""
    return member[:_SEALED_AT] in (_PLAIN, _COMMENTED) and _seal_holds(member)


def _seal_holds(member: bytes) -> bool:
    start = _STREAM_AT
    if member[:_SEALED_AT] == _COMMENTED:
        start = member.find(b"\0", start) + 1
        if member[_STREAM_AT : start - 1].strip(b" "):
            return False
    stream = memoryview(member)[start : len(member) - _TRAILER]
    return zlib.crc32(stream) == int.from_bytes(member[_SEALED_AT:_STREAM_AT], "little")
