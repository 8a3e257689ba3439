from __future__ import annotations

import errno
import os
import subprocess
import sys
import textwrap
from io import FileIO
from pathlib import Path

import pytest
from warcio.checker import Checker

from archiver.errors import ArchiveUnusable
from archiver.warc import scan
from archiver.warc.adopt import adopt
from archiver.warc.reader import read_record, records
from archiver.warc.reconstructed import reconstruct
from archiver.warc.writer import Writer
from tests.warc.conftest import AT, Exchanged, chunked

LONG = b"<p>The council met on Monday.</p>" * 20


def only_file(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def checked(path: Path) -> int:
    """warcio's own verdict: 0 is good."""
    return int(Checker(type("Arguments", (), {"inputs": [str(path)], "verbose": False})).process_all() or 0)


def test_what_is_written_is_read_back_byte_for_byte(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    exchange = exchanged(LONG, headers=b"x-ODD: \xfc\r\nSet-Cookie: a\r\nSet-Cookie: b\r\n", ip="192.0.2.7")
    capture = writer.write(exchange, robots="allowed")
    record = read_record(tmp_path, capture.file, capture.offset, capture.length)
    assert record.block == exchange.response
    assert record.body == LONG
    assert (record.url, record.at, record.id) == (exchange.url, AT, capture.record_id)
    assert (record.robots, record.fidelity, record.field("WARC-IP-Address")) == ("allowed", "exact", "192.0.2.7")
    assert capture.sha256 == exchange.sha256


def test_the_record_is_in_the_file_before_write_returns(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(), robots="none")
    assert (tmp_path / f"{capture.file}.open").stat().st_size == capture.offset + capture.length


def test_a_row_names_its_file_rightly_before_and_after_closing(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    capture = writer.write(exchanged(), robots="none")
    before = read_record(tmp_path, capture.file, capture.offset, capture.length)
    writer.close()
    writer.close()
    assert only_file(tmp_path).name == capture.file
    assert read_record(tmp_path, capture.file, capture.offset, capture.length) == before


def test_request_response_and_interim_answers_are_records_of_their_own(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    exchange = exchanged(interim=b"HTTP/1.1 103 Early Hints\r\n\r\n")
    capture = writer.write(exchange, robots="none")
    writer.close()
    info, request, interim, response, _closing = records(tmp_path / capture.file)
    assert [info.type, request.type, interim.type, response.type] == ["warcinfo", "request", "metadata", "response"]
    assert (request.block, interim.block) == (exchange.request, exchange.interim)
    assert request.field("WARC-Concurrent-To") == interim.field("WARC-Concurrent-To") == response.id
    assert response.field("WARC-Warcinfo-ID") == info.id
    assert b"archiver/test" in info.block


def test_a_repeated_payload_is_stored_once_and_read_back_both_times(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    first = writer.write(exchanged(LONG), robots="none")
    again = exchanged(LONG, url="https://news.example/again", headers=b"Content-Type: text/html\r\nX-Second: yes\r\n")
    second = writer.write(again, robots="none")
    record = read_record(tmp_path, second.file, second.offset, second.length)
    assert record.type == "revisit"
    assert record.field("WARC-Refers-To") == first.record_id
    assert record.body == LONG
    assert record.head.first("x-second") == "yes"
    assert first.sha256 == second.sha256


def test_only_the_latest_payloads_are_remembered(
    writer: Writer, tmp_path: Path, exchanged: Exchanged, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("archiver.warc.writer.REMEMBERED", 2)
    kept = [writer.write(exchanged(LONG + bytes([letter])), robots="none") for letter in b"abcab"]
    types = [read_record(tmp_path, each.file, each.offset, each.length).type for each in kept]
    assert types == ["response"] * 5
    again = writer.write(exchanged(LONG + b"b"), robots="none")
    assert read_record(tmp_path, again.file, again.offset, again.length).type == "revisit"


def test_short_and_truncated_payloads_are_never_referred_to(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    for body, truncated in [(b"short", None), (b"short", None), (LONG, "disconnect"), (LONG, None), (LONG, "time")]:
        capture = writer.write(exchanged(body, truncated=truncated), robots="none")
        record = read_record(tmp_path, capture.file, capture.offset, capture.length)
        assert (record.type, record.truncated) == ("response", truncated)


def test_a_chunked_response_is_kept_with_its_chunks(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    body = chunked(LONG[:100], LONG[100:])
    capture = writer.write(exchanged(body, headers=b"Transfer-Encoding: chunked\r\n"), robots="none")
    record = read_record(tmp_path, capture.file, capture.offset, capture.length)
    assert record.block.endswith(body)
    assert record.body == LONG
    assert record.field("WARC-Payload-Digest") is None
    plain = writer.write(exchanged(LONG), robots="none")
    assert plain.sha256 == capture.sha256
    assert read_record(tmp_path, plain.file, plain.offset, plain.length).type == "response"


def test_a_repeated_body_in_other_chunks_is_stored_again(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    for body, expected in [
        (chunked(LONG), "response"),
        (chunked(LONG), "revisit"),
        (chunked(b"<", LONG[1:]), "response"),
    ]:
        exchange = exchanged(body, headers=b"Transfer-Encoding: chunked\r\n")
        capture = writer.write(exchange, robots="none")
        record = read_record(tmp_path, capture.file, capture.offset, capture.length)
        assert (record.type, record.wire, record.payload) == (expected, exchange.response, LONG)


def test_another_file_is_begun_when_one_is_full_and_each_reads_by_itself(tmp_path: Path, exchanged: Exchanged) -> None:
    with Writer(tmp_path, clock=lambda: AT, software="test", max_bytes=2000) as writer:
        captures = [writer.write(exchanged(LONG), robots="none") for _ in range(6)]
    assert len({capture.file for capture in captures}) == len(list(tmp_path.iterdir())) > 1
    for capture in captures:
        assert read_record(tmp_path, capture.file, capture.offset, capture.length).body == LONG


def test_warcio_finds_nothing_to_object_to(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    for _ in range(2):
        writer.write(exchanged(LONG), robots="none")
        writer.write(exchanged(chunked(LONG), headers=b"Transfer-Encoding: chunked\r\n"), robots="none")
    writer.write(exchanged(LONG[:99], truncated="length", interim=b"HTTP/1.1 100 Continue\r\n\r\n"), robots="none")
    writer.write(exchanged(b"", status="304 Not Modified"), robots="none")
    writer.close()
    assert checked(only_file(tmp_path)) == 0


def test_a_reconstructed_exchange_is_marked(writer: Writer, tmp_path: Path) -> None:
    headers = [("Content-Encoding", "br"), ("X-Note", "a\r\nInjected: b")]
    made = reconstruct(url="https://news.example/ä b?q=1", status=200, headers=headers, body=LONG, at=AT, how="browser")
    capture = writer.write(made, robots="none")
    record = read_record(tmp_path, capture.file, capture.offset, capture.length)
    assert capture.fidelity == record.fidelity == "reconstructed"
    assert record.field("Archiver-Fidelity") == "reconstructed browser"
    assert record.body == LONG
    assert record.head.first("injected") is None
    assert record.head.first("x-archive-orig-content-encoding") == "br"


def test_a_full_disk_leaves_whole_records_and_writing_goes_on_later(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    writer.write(exchanged(), robots="none")
    size = only_file(tmp_path).stat().st_size
    write = FileIO.write
    calls = iter(range(100))

    class Full(FileIO):
        def write(self, data: memoryview) -> int:  # type: ignore[override]
            if next(calls) == 1:
                write(self, data[:50])
                raise OSError(errno.ENOSPC, "No space left on device")
            return write(self, data)

    path = only_file(tmp_path)
    assert writer._file is not None
    writer._file.close()
    writer._file = Full(path, "rb+")
    with pytest.raises(ArchiveUnusable, match="No space left"):
        writer.write(exchanged(LONG), robots="none")
    assert path.stat().st_size == size
    capture = writer.write(exchanged(LONG), robots="none")
    assert read_record(tmp_path, capture.file, capture.offset, capture.length).body == LONG


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no file size limit for a process")
def test_a_real_limit_of_the_system_is_borne(tmp_path: Path) -> None:
    program = f"""
        import resource
        from datetime import UTC, datetime
        from pathlib import Path
        from archiver.errors import ArchiveUnusable
        from archiver.warc.exchange import Exchange
        from archiver.warc.writer import Writer
        import random
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
        at = datetime(2016, 1, 15, tzinfo=UTC)
        writer = Writer(Path({str(tmp_path)!r}), clock=lambda: at, software="test")
        for n in range(9):
            response = b"HTTP/1.1 200 OK\\r\\n\\r\\n" + random.Random(n).randbytes(5000)
            try:
                exchange = Exchange(url="http://a.example/", request=b"", response=response, started=at)
                writer.write(exchange, robots="none")
            except ArchiveUnusable:
                break
        print(n)
    """
    done = subprocess.run([sys.executable, "-c", textwrap.dedent(program)], capture_output=True, text=True, check=True)
    assert int(done.stdout) in (2, 3)
    assert not [found for found in scan.members(only_file(tmp_path)) if isinstance(found, scan.Damage)]


def test_a_folder_that_cannot_be_written_is_said_to_be_unusable(tmp_path: Path, exchanged: Exchanged) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveUnusable), Writer(tmp_path / "file", clock=lambda: AT, software="test") as writer:
        writer.write(exchanged(), robots="none")


def test_adopting_cuts_the_torn_end_and_keeps_every_whole_record(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    captures = [writer.write(exchanged(LONG + bytes([65 + n])), robots="none") for n in range(3)]
    whole = only_file(tmp_path).read_bytes()
    writer.close()
    for cut in range(captures[1].offset + captures[1].length, len(whole), 37):
        folder = tmp_path / str(cut)
        folder.mkdir()
        (folder / f"{captures[0].file}.open").write_bytes(whole[:cut])
        assert adopt(folder) == (captures[0].file,)
        assert adopt(folder) == ()
        for capture in captures[:2]:
            assert read_record(folder, capture.file, capture.offset, capture.length).id == capture.record_id
        assert not any(isinstance(found, scan.Damage) for found in scan.members(only_file(folder)))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps the name of an open file by itself")
def test_a_file_that_is_written_to_is_not_adopted(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    writer.write(exchanged(), robots="none")
    assert adopt(tmp_path) == ()
    writer.write(exchanged(), robots="none")
    assert os.fspath(only_file(tmp_path)).endswith(".open")


def test_a_leftover_without_a_whole_record_is_removed(tmp_path: Path) -> None:
    (tmp_path / "a.warc.gz.open").write_bytes(b"\x1f\x8b\x08\x04torn")
    assert adopt(tmp_path) == ()
    assert not list(tmp_path.iterdir())
