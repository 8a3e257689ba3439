"""What holds whatever the bytes are."""

from __future__ import annotations

import random
import tempfile
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

from hypothesis import given, settings
from hypothesis import strategies as st

from archiver.warc.exchange import Exchange
from archiver.warc.member import is_sealed, pack
from archiver.warc.reader import page_of, read_record
from archiver.warc.scan import unpack
from archiver.warc.verify import check_capture, check_files
from archiver.warc.writer import Writer
from tests.warc.conftest import AT

heads = st.sampled_from(
    [
        b"HTTP/1.1 200 OK\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip, br\r\n\r\n",
        b"HTTP/1.0 404\nContent-Type: text/html\n\n",
        b"",
    ]
)
responses = st.builds(bytes.__add__, heads, st.binary(max_size=600))
times = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 – made aware


@settings(max_examples=30, deadline=None)
@given(kept=st.lists(st.tuples(responses, st.binary(), st.text(), times), min_size=1, max_size=6))
def test_what_is_kept_comes_back_byte_for_byte(kept: list[tuple[bytes, bytes, str, datetime]]) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Writer(folder, clock=lambda: AT, software="test") as writer:
            for response, request, path, started in kept * 2:
                exchange = Exchange(
                    url=f"https://news.example/{quote(path)}", request=request, response=response, started=started
                )
                capture = writer.write(exchange, robots="allowed")
                record = read_record(folder, capture.file, capture.offset, capture.length)
                assert record.wire == response
                assert record.payload == exchange.payload
                assert check_capture(folder, capture) is None
                page_of(record)
        assert list(check_files(folder)) == []


@given(st.binary(), st.integers(0, 300))
def test_a_member_of_any_length_holds_the_same(data: bytes, spare: int) -> None:
    plain = pack(data)
    longer = pack(data, length=len(plain) + spare)
    assert len(longer) == len(plain) + spare
    for member in (plain, longer):
        assert is_sealed(member)
        assert unpack(member) == data


def test_checking_a_large_file_takes_the_memory_of_its_largest_record(tmp_path: Path) -> None:
    size = 1 << 20
    with Writer(tmp_path, clock=lambda: AT, software="test") as writer:
        for number in range(30):
            body = b"HTTP/1.1 200 OK\r\n\r\n" + random.Random(number).randbytes(size)
            writer.write(Exchange(url="https://news.example/", request=b"", response=body, started=AT), robots="none")
    tracemalloc.start()
    assert list(check_files(tmp_path)) == []
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 * size
