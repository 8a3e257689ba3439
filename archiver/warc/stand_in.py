"""Responses in a form that replay tools read right, for those whose very bytes would mislead them.

A body that broke off is shorter than its head says, and readers wait for the rest; trailers of a chunked body, a last
chunk that broke off and lines that end without a carriage return are read wrong by one tool or another. The bytes
stay as they are: the stand-in lies beside them in a WACZ, and the index leads to it.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from archiver.warc import message, records
from archiver.warc.message import Head
from archiver.warc.record import Record

_FRAMING = frozenset({"content-length", "transfer-encoding"})
"""Headers that say where the body ends. They are kept under the names that other archives give them."""

_STANDS_FOR = "Archiver-Stands-For"

_OF_THE_BYTES = frozenset(
    {
        "warc-record-id",
        "warc-block-digest",
        "warc-payload-digest",
        "archiver-payload-digest",
        "archiver-fidelity",
        "content-length",
    }
)


def is_needed(record: Record) -> bool:
    """Whether a response is read wrong as it stands. Of a revisit only the head is looked at."""
    if record.type not in ("response", "revisit") or record.field(_STANDS_FOR):
        return False
    head, body = message.split(record.block)
    if record.truncated or head.count(b"\n") != head.count(b"\r\n"):
        return True
    return record.type == "response" and record.head.is_chunked and not message.is_plainly_chunked(body)


def stand_in(record: Record) -> Record:
    """A response with the same status, headers and payload, framed by its length alone."""
    fields = [(name, value) for name, value in record.fields if name.lower() not in _OF_THE_BYTES]
    fields += [
        ("WARC-Record-ID", f"<urn:uuid:{uuid5(NAMESPACE_URL, record.id)}>"),
        ("WARC-Payload-Digest", records.digest(record.payload)),
        ("Archiver-Fidelity", "reconstructed replay"),
        (_STANDS_FOR, record.id),
    ]
    return replace(record, fields=tuple(fields), block=_head(record.head, len(record.payload)) + record.payload)


def _head(head: Head, length: int) -> bytes:
    lines = [f"HTTP/1.1 {head.status} {head.reason}"]
    lines += [
        f"X-Orig-{name}: {value}" if name.lower() in _FRAMING else f"{name}: {value}" for name, value in head.headers
    ]
    return "\r\n".join([*lines, f"Content-Length: {length}", "", ""]).encode("latin-1")
