"""Bodies as replay tools write them: pywb in the key, ReplayWeb.page's library in the line."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import body_query

DEEP = b'{"page": 2, "in": {"a": [true, "x"], "page": null}, "to": "", "at": 3.0}'


@pytest.mark.parametrize(
    ("content_type", "body", "for_key", "for_line"),
    [
        (
            "application/json",
            DEEP,
            "page=2&a=true&a.2_=x&page.2_=null&to=&at=3",
            "page=2&a=true&a.2_=x&page.2_=null&at=3",
        ),
        ("text/plain", DEEP[:10] + b"}", "page=2", "page=2"),
        ("application/json", b'["x"]', "", "=x"),
        ("application/json", b"broken", "", ""),
        ("text/plain", b"broken", "__wb_post_data=YnJva2Vu", "__wb_post_data=YnJva2Vu"),
        ("application/x-www-form-urlencoded", b"q=a+b%26c&to=", "q=a b&c&to=", "q=a+b%26c&to="),
        ("image/png", b"", "", ""),
    ],
)
def test_the_body_is_written_as_each_tool_does(content_type: str, body: bytes, for_key: str, for_line: str) -> None:
    assert body_query.of(content_type, body) == body_query.BodyQuery(for_key, for_line)


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b"[" * 100_000),
        ("application/json", b'{"a": "' + b"x" * 9000 + b'"}'),
        ("image/png", bytes(9000)),
    ],
)
def test_no_body_makes_a_long_query(content_type: str, body: bytes) -> None:
    found = body_query.of(content_type, body)
    assert max(len(found.for_key), len(found.for_line)) <= 4096


@given(st.sampled_from(["application/json", "text/plain", "application/x-www-form-urlencoded", "", "x/y"]), st.binary())
def test_no_body_is_refused(content_type: str, body: bytes) -> None:
    body_query.of(content_type, body)
