"""Content codings (gzip, deflate, br, zstd) undone, with a limit: a small body may unpack to gigabytes."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

LIMIT = 64 << 20
"""Bytes of an unpacked body that are read; no page of text comes near."""

_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as far as it could be unpacked, and why no further: None where nothing is missing."""

    body: bytes
    problem: str | None = None


def decode(payload: bytes, codings: tuple[str, ...], limit: int = LIMIT) -> Decoded:
    """The body with `codings` (in the order in which they were applied) undone. Never fails.

    What cannot be unpacked at all is given as it came: many a server names a coding that it did not apply.
    """
    found = Decoded(payload)
    for coding in reversed(codings):
        unpack = _CODINGS.get(coding)
        if unpack is None:
            return Decoded(found.body, f"The content coding '{coding}' is unknown; the body was not unpacked.")
        if found.body:
            found = _collect(found, coding, unpack(found.body), limit)
    return found


def _collect(packed: Decoded, coding: str, pieces: Iterator[bytes], limit: int) -> Decoded:
    body = bytearray()
    try:
        for piece in pieces:
            body += piece
            if len(body) > limit:
                problem = f"The body unpacks to more than {limit} bytes; the rest was not read."
                return Decoded(bytes(body[:limit]), problem)
    except _BROKEN:
        if not body:
            return Decoded(packed.body, f"The body is not {coding}, though the server says so.")
        return Decoded(bytes(body), f"The {coding} body is broken; what could be unpacked was read.")
    return Decoded(bytes(body), packed.problem)


def _gzip(data: bytes) -> Iterator[bytes]:
    """All members. What follows the last one is left out, as browsers do."""
    rest = yield from _inflate(data, 31)
    while rest[:2] == b"\x1f\x8b":
        rest = yield from _inflate(rest, 31)


def _deflate(data: bytes) -> Iterator[bytes]:
    """The zlib format, or the bare deflate stream that some servers send under the same name."""
    zlib_format = data[0] & 15 == 8 and int.from_bytes(data[:2], "big") % 31 == 0
    yield from _inflate(data, 15 if zlib_format else -15)


def _inflate(data: bytes, wbits: int) -> Generator[bytes, None, bytes]:
    """The pieces; returns what follows the stream."""
    inflater = zlib.decompressobj(wbits)
    while data and not inflater.eof:
        yield inflater.decompress(data, _PIECE)
        data = inflater.unconsumed_tail
    if not inflater.eof:
        raise EOFError
    return inflater.unused_data


def _brotli(data: bytes) -> Iterator[bytes]:
    unpacker = brotli.Decompressor()
    yield unpacker.process(data, output_buffer_limit=_PIECE)
    while not unpacker.is_finished():
        piece = unpacker.process(b"", output_buffer_limit=_PIECE)
        if not piece:
            raise EOFError
        yield piece


def _zstd(data: bytes) -> Iterator[bytes]:
    while data:
        unpacker = zstd.ZstdDecompressor()
        yield unpacker.decompress(data, _PIECE)
        while not unpacker.eof:
            if unpacker.needs_input:
                raise EOFError
            yield unpacker.decompress(b"", _PIECE)
        data = unpacker.unused_data


_BROKEN = (zlib.error, zstd.ZstdError, brotli.error, EOFError)
_CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
