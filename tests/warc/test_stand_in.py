"""Stand-ins for responses that replay tools would read wrong: when, and that nothing but the framing differs."""

from __future__ import annotations

import pytest

from archiver.warc import records
from archiver.warc.exchange import Exchange
from archiver.warc.record import Record, broken_digests, parse
from archiver.warc.scan import unpack
from archiver.warc.stand_in import is_needed, stand_in
from tests.warc.conftest import Exchanged, chunked

LONG = b"<p>The council met on Monday.</p>" * 20
CHUNKED = b"Transfer-Encoding: chunked\r\nX-Town: K\xf6ln\r\n"


def kept(exchange: Exchange) -> Record:
    return parsed(records.response(exchange, record_id="<urn:x>", warcinfo_id="<urn:w>", robots="none"))


def packed(record: Record) -> Record:
    return parsed(records.record(record.fields, record.block))


def parsed(member: bytes) -> Record:
    return parse(unpack(member), file="x.warc.gz", offset=0, length=len(member))


def test_what_every_tool_reads_right_needs_none(exchanged: Exchanged) -> None:
    assert not is_needed(kept(exchanged(LONG)))
    assert not is_needed(kept(exchanged(chunked(LONG), headers=CHUNKED)))


@pytest.mark.parametrize(
    ("body", "headers", "truncated"),
    [
        (LONG[:-50], b"Content-Length: %d\r\n" % len(LONG), "disconnect"),
        (chunked(LONG)[:-60], CHUNKED, "time"),
        (chunked(LONG)[:-2] + b"X-Sum: 9\r\n\r\n", CHUNKED, None),
        (chunked(LONG).replace(b"\r\n", b"\n"), CHUNKED, None),
        (LONG, b"Content-Type: text/html\n", None),
    ],
)
def test_a_stand_in_differs_in_its_framing_only(
    exchanged: Exchanged, body: bytes, headers: bytes, truncated: str | None
) -> None:
    record = kept(exchanged(body, headers=headers, truncated=truncated))
    assert is_needed(record)
    made = packed(stand_in(record))
    assert (made.payload, made.url, made.at) == (record.payload, record.url, record.at)
    assert (made.head.status, made.head.reason) == (record.head.status, record.head.reason)
    assert made.head.first("content-length") == str(len(record.payload))
    assert not made.head.is_chunked
    framing = ("content-length", "transfer-encoding")
    for name, value in record.head.headers:
        assert (f"X-Orig-{name}" if name.lower() in framing else name, value) in made.head.headers


def test_a_stand_in_says_for_what_it_stands_and_that_it_is_not_exact(exchanged: Exchanged) -> None:
    record = kept(exchanged(LONG[:-50], headers=b"Content-Length: 9999\r\n", truncated="length"))
    made = packed(stand_in(record))
    assert made.field("Archiver-Stands-For") == record.id != made.id
    assert (made.fidelity, made.truncated) == ("reconstructed", "length")
    assert list(broken_digests(made)) == []
    assert not is_needed(made)
