from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from archiver.errors import EvidenceDamaged
from archiver.warc.reader import page_of, read_record, records
from archiver.warc.record import Malformed, parse
from archiver.warc.writer import Writer
from tests.warc.conftest import AT, Exchanged


def test_a_page_is_made_of_the_unpacked_body(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    headers = b"Content-Type: text/html; charset=utf-8\r\nContent-Encoding: gzip\r\nX-Note: one\r\n"
    capture = writer.write(exchanged(gzip.compress(b"<p>Grace Sample</p>"), headers=headers), robots="none")
    page = page_of(read_record(tmp_path, capture.file, capture.offset, capture.length))
    assert page.body == b"<p>Grace Sample</p>"
    assert (page.url, page.status, page.at) == (capture.url, 200, AT)
    assert page.content_type == "text/html; charset=utf-8"
    assert list(page.header("x-note")) == ["one"]
    assert page.problems == []


def test_a_page_that_broke_off_says_so(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    body = gzip.compress(b"<p>Grace Sample</p>" * 500)[:-20]
    exchange = exchanged(body, headers=b"Content-Encoding: gzip\r\n", truncated="disconnect")
    capture = writer.write(exchange, robots="none")
    page = page_of(read_record(tmp_path, capture.file, capture.offset, capture.length))
    assert page.body.startswith(b"<p>Grace Sample</p>")
    assert len(page.problems) == 2


@pytest.mark.parametrize(("offset", "length"), [(0, 10), (5, 500), (10**9, 50), (0, 0)])
def test_a_place_without_a_record_is_named(
    writer: Writer, tmp_path: Path, exchanged: Exchanged, offset: int, length: int
) -> None:
    capture = writer.write(exchanged(), robots="none")
    with pytest.raises(EvidenceDamaged, match=f"{capture.file} at byte {offset}"):
        read_record(tmp_path, capture.file, offset, length)


@pytest.mark.parametrize("file", ["missing.warc.gz", "../outside.warc.gz", ""])
def test_a_missing_file_is_damaged_evidence(tmp_path: Path, file: str) -> None:
    (tmp_path.parent / "outside.warc.gz").write_bytes(b"")
    with pytest.raises(EvidenceDamaged, match="missing"):
        read_record(tmp_path, file, 0, 10)


def test_reading_a_file_stops_at_the_first_damage(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(), robots="none")
    writer.close()
    path = tmp_path / capture.file
    path.write_bytes(path.read_bytes()[: capture.offset + 50])
    found = records(path)
    assert [next(found).type, next(found).type] == ["warcinfo", "request"]
    with pytest.raises(EvidenceDamaged, match=f"byte {capture.offset}"):
        next(found)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GIF89a",
        b"WARC/1.1\r\nContent-Length: 5\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: 3\r\n\r\nabc",
        b"WARC/1.1\r\n\r\nabc\r\n\r\n",
        b"WARC/1.1\r\nContent-Length: many\r\n\r\nabc\r\n\r\n",
    ],
)
def test_what_is_no_record_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed):
        parse(data, file="a.warc.gz", offset=0, length=len(data))


def test_fields_of_other_writers_are_read() -> None:
    data = (
        b"WARC/1.0\r\nWARC-Type: response\r\nwarc-target-uri: <http://news.example/>\r\n"
        b"WARC-Date: 2009-02-03T04:05:06Z\r\n"
        b"WARC-Block-Digest: sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    )
    record = parse(data, file="a.warc.gz", offset=0, length=len(data))
    assert record.url == "http://news.example/"
    assert record.at is not None
    assert (record.at.year, record.robots, record.fidelity, record.method) == (2009, "unknown", "exact", "GET")
