"""HTTP/1.x messages as they stood on the wire: where a head ends, what it says, what its body is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_HEAD_END = re.compile(rb"\n\r?\n")
_PLAIN_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r\n")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@dataclass(frozen=True, kw_only=True, slots=True)
class Head:
    """The first lines of a response. Bytes outside ASCII are read as Latin-1, which loses nothing.

    `status` is 0 where the first line is no status line.
    """

    status: int = 0
    reason: str = ""
    headers: tuple[tuple[str, str], ...] = ()

    def values(self, name: str) -> Iterator[str]:
        """All values of a header, in order."""
        return (value for key, value in self.headers if key.lower() == name)

    def first(self, name: str) -> str | None:
        """The first value of a header; None where it was not sent."""
        return next(self.values(name), None)

    @property
    def is_chunked(self) -> bool:
        return any("chunked" in value.lower() for value in self.values("transfer-encoding"))

    @property
    def codings(self) -> tuple[str, ...]:
        """The content codings, in the order in which the server applied them."""
        named = (part.strip().lower() for value in self.values("content-encoding") for part in value.split(","))
        return tuple(name for name in named if name and name != "identity")


def head_length(message: bytes) -> int:
    """Where the body begins: behind the blank line that ends the head, or at the end where none does."""
    end = _HEAD_END.search(message)
    return len(message) if end is None else end.end()


def split(message: bytes) -> tuple[bytes, bytes]:
    """Head (with the blank line that ends it) and body. A message that breaks off within its head has no body."""
    at = head_length(message)
    return message[:at], message[at:]


def split_interim(received: bytes) -> tuple[bytes, bytes]:
    """The 1xx answers that came first, as one piece, and the final answer."""
    start = 0
    while 100 <= parse_head(received[start : start + 64]).status < 200:
        end = _HEAD_END.search(received, start)
        if end is None:
            break
        start = end.end()
    return received[:start], received[start:]


def parse_head(head: bytes) -> Head:
    """Status line and headers. A line without a colon is left out; a continued line is joined to the one before."""
    first, *lines = head.decode("latin-1").split("\n")
    status, reason = _status_line(first)
    headers: list[tuple[str, str]] = []
    for line in lines:
        name, colon, value = line.partition(":")
        if line[:1] in (" ", "\t") and headers:
            headers[-1] = (headers[-1][0], f"{headers[-1][1]} {line.strip()}".strip())
        elif colon and name.strip():
            headers.append((name.strip(), value.strip()))
    return Head(status=status, reason=reason, headers=tuple(headers))


def _status_line(line: str) -> tuple[int, str]:
    version, _, rest = line.rstrip("\r").partition(" ")
    code, _, reason = rest.strip().partition(" ")
    if not version.startswith("HTTP/") or not re.fullmatch(r"[0-9]{3}", code):
        return 0, ""
    return int(code), reason


def payload(head: Head, body: bytes) -> bytes:
    """The body as the server meant it: transfer coding removed, content coding kept."""
    return unchunk(body) if head.is_chunked else body


def payload_pieces(head: Head, body: memoryview) -> Iterator[memoryview]:
    """The same without a copy of it: a body may be large."""
    return _chunks(body) if head.is_chunked else iter((body,))


def unchunk(body: bytes) -> bytes:
    """The data of a chunked body, as far as it came. Trailers are left out."""
    return b"".join(_chunks(memoryview(body)))


def _chunks(body: memoryview) -> Iterator[memoryview]:
    at = 0
    while (size := _CHUNK_SIZE.match(body, at)) and (length := int(size[1], 16)):
        yield body[size.end() : size.end() + length]
        at = size.end() + length
        at += 2 if bytes(body[at : at + 2]) == b"\r\n" else 1


def is_plainly_chunked(body: bytes) -> bool:
    """Whether a chunked body is whole, without trailers and with no line end but CR LF: every reader understands it."""
    at = 0
    while size := _PLAIN_CHUNK_SIZE.match(body, at):
        length = int(size[1], 16)
        if not length:
            return body[size.end() :] == b"\r\n"
        at = size.end() + length
        if body[at : at + 2] != b"\r\n":
            return False
        at += 2
    return False
