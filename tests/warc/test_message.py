from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.warc import message


def chunked(pieces: list[bytes]) -> bytes:
    return b"".join(b"%X; note=1\r\n%b\r\n" % (len(piece), piece) for piece in pieces) + b"0\r\nTrailer: yes\r\n\r\n"


@given(st.lists(st.binary(min_size=1)))
def test_chunks_put_together_are_the_body(pieces: list[bytes]) -> None:
    assert message.unchunk(chunked(pieces)) == b"".join(pieces)


@given(st.lists(st.binary(min_size=1), min_size=1), st.data())
def test_a_chunked_body_that_broke_off_gives_what_came(pieces: list[bytes], data: st.DataObject) -> None:
    whole = chunked(pieces)
    cut = data.draw(st.integers(0, len(whole)))
    assert b"".join(pieces).startswith(message.unchunk(whole[:cut]))


@given(st.lists(st.binary(min_size=1)))
def test_a_chunked_body_is_plain_until_it_breaks_off_or_has_trailers(pieces: list[bytes]) -> None:
    plain = chunked(pieces).replace(b"Trailer: yes\r\n", b"")
    assert message.is_plainly_chunked(plain)
    assert not any(message.is_plainly_chunked(plain[:end]) for end in range(len(plain)))
    assert not message.is_plainly_chunked(chunked(pieces))
    assert not message.is_plainly_chunked(plain.replace(b"\r\n", b"\n"))


@given(st.binary())
def test_no_bytes_are_lost_or_refused(received: bytes) -> None:
    interim, final = message.split_interim(received)
    head, body = message.split(final)
    assert interim + head + body == received
    message.payload(message.parse_head(head), body)


def test_interim_answers_are_told_from_the_final_one() -> None:
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n"
    final = b"HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 103 is only text here\r\n\r\n"
    assert message.split_interim(hints + final) == (hints, final)


def test_an_interim_answer_that_broke_off_is_the_final_one() -> None:
    assert message.split_interim(b"HTTP/1.1 103 Early Hints\r\nLink:") == (b"", b"HTTP/1.1 103 Early Hints\r\nLink:")


def test_the_head_keeps_order_case_and_repeated_headers() -> None:
    head = message.parse_head(b"HTTP/1.1 404 Not  Here\r\nx-ODD: a\r\nSet-Cookie: a=1\r\nSet-Cookie: b=\xfc\r\n\r\n")
    assert (head.status, head.reason) == (404, "Not  Here")
    assert head.headers == (("x-ODD", "a"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=ü"))
    assert head.first("x-odd") == "a"


def test_bare_newlines_folded_lines_and_lines_without_a_colon_are_borne_with() -> None:
    head = message.parse_head(b"HTTP/1.0 200\nA: one\n two\nnonsense\nB: three\n\n")
    assert head == message.Head(status=200, headers=(("A", "one two"), ("B", "three")))


def test_what_is_no_http_has_no_status() -> None:
    assert message.parse_head(b"SSH-2.0-OpenSSH\r\n").status == 0
