from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import cdxj
from archiver.warc.reader import records
from archiver.warc.writer import Writer
from tests.warc.conftest import Exchanged


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://www.News.example/A?b&a", "example,news)/a?a&b"),
        ("http://news.example:80/", "example,news)/"),
        ("http://news.example:8080/Story/?Z=1&a=2", "example,news:8080)/story?a=2&z=1"),
        ("http://127.0.0.1:8080/p?q=a%20b", "1,0,0,127:8080)/p?q=a%20b"),
        ("http://[::1]:8080/x", "::1:8080)/x"),
        ("https://news.example/a//b/?", "example,news)/a/b"),
        ("https://user:pw@news.example/x#part", "example,news)/x"),
        ("https://news.example/ä?ö=1", "example,news)/%c3%a4?%c3%b6=1"),
        ("https://news.example/%257Eada/%2F", "example,news)/~ada"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_the_key_sorts_by_host_and_is_the_same_for_the_same_place(url: str, key: str) -> None:
    assert cdxj.surt(url) == key


@given(st.text())
def test_no_address_breaks_the_index(text: str) -> None:
    assert " " not in cdxj.surt(f"https://news.example/{text}")


def indexed(path: Path) -> list[tuple[str, dict[str, str]]]:
    """Key and fields of each line, requests taken into account."""
    found = []
    asked = None
    for record in records(path):
        asked = record if record.type == "request" else asked
        line = cdxj.line(record, asked)
        if line is not None:
            key, _, fields = line.split(" ", 2)
            found.append((key, json.loads(fields)))
    return found


def test_a_line_names_the_place_of_the_record(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(), robots="none")
    writer.close()
    ((key, fields),) = indexed(tmp_path / capture.file)
    assert key == "example,news)/story"
    assert fields == {
        "url": "https://news.example/story",
        "mime": "text/html",
        "status": "200",
        "digest": f"sha256:{capture.sha256}",
        "length": str(capture.length),
        "offset": str(capture.offset),
        "filename": capture.file,
    }


def test_requests_with_a_body_are_told_apart_by_it(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    request = b"POST /story HTTP/1.1\r\nContent-Type: application/json; charset=utf-8\r\n\r\n" + b'{"page": 2}'
    capture = writer.write(exchanged(method="POST", request=request), robots="none")
    writer.close()
    ((key, fields),) = indexed(tmp_path / capture.file)
    assert key == "example,news)/story?__wb_method=post&page=2"
    assert (fields["method"], fields["requestBody"]) == ("POST", "page=2")


def test_an_answer_to_head_is_not_taken_for_the_page(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(b"", method="HEAD"), robots="none")
    writer.close()
    ((key, fields),) = indexed(tmp_path / capture.file)
    assert (key, fields["method"]) == ("example,news)/story?__wb_method=head", "HEAD")


def test_what_is_no_http_is_not_listed(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(response=b"SSH-2.0-OpenSSH_9\r\n"), robots="none")
    writer.close()
    assert indexed(tmp_path / capture.file) == []
