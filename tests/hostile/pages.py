"""Pages that nobody should send."""

from __future__ import annotations

import gzip
import json
import time
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

import brotli

from archiver.warc.coding import zstd
from tests.hostile.server import Case, Send, response

PROSE = "".join(
    f"<p>The harbour board met on day {day} and put the question of the ferry off once more, as it had done "
    f"before; the captain said that nobody had asked the crew, and the crew said nothing at all.</p>"
    for day in range(1, 9)
)
BOMB = 300 << 20


def article(below: str = "", *, head: str = "") -> bytes:
    """An article with something below it."""
    return (
        f"<!doctype html><html><head><title>The ferry</title>{head}</head><body><article><h1>The ferry</h1>{PROSE}"
        f"</article>{below}</body></html>"
    ).encode()


def bombs(base: str) -> Mapping[str, Case]:
    """Small on the wire, hundreds of megabytes unpacked."""
    return {
        "/gzip": response(_gzip_bomb(), "text/html", "Content-Encoding: gzip"),
        "/gzip-twice": response(gzip.compress(_gzip_bomb()), "text/html", "Content-Encoding: gzip, gzip"),
        "/deflate": response(zlib.compress(bytes(BOMB), 9), "text/html", "Content-Encoding: deflate"),
        "/brotli": response(_brotli_bomb(), "text/html", "Content-Encoding: br"),
        "/zstd": response(zstd.compress(bytes(BOMB)), "text/html", "Content-Encoding: zstd"),
    }


def _gzip_bomb() -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(bytes(1 << 20)) for _ in range(BOMB >> 20)) + packer.flush()


def _brotli_bomb() -> bytes:
    packer = brotli.Compressor(quality=5)
    return b"".join(packer.process(bytes(1 << 20)) for _ in range(BOMB >> 20)) + packer.finish()


def bodies(base: str) -> Mapping[str, Case]:
    """Bodies without an end, in circles, or cut off."""
    return {
        "/endless-chunks": _endless(b"Transfer-Encoding: chunked\r\n", b"10000\r\n" + b"x" * 65536 + b"\r\n"),
        "/endless-close": _endless(b"", b"<p>and on it goes</p>" * 3000),
        "/endless-header": lambda send: _forever(send, b"HTTP/1.1 200 OK\r\n", b"X-More: " + b"y" * 9000 + b"\r\n"),
        "/slow": _slow,
        "/circle": _moved(f"{base}/circle"),
        "/circle-a": _moved(f"{base}/circle-b"),
        "/circle-b": _moved(f"{base}/circle-a"),
        "/refresh": response(article(head=f'<meta http-equiv="refresh" content="0;url={base}/refresh">')),
        "/cut": lambda send: send(response(article())[:-900]),
        "/nothing": lambda send: send(b""),
        "/noise": lambda send: send(bytes(range(256)) * 64),
        "/longer-than-said": response(article()) + b"<p>and more</p>" * 9,
    } | {f"/stairs-{step}": _moved(f"{base}/stairs-{step + 1}") for step in range(30)}


def _endless(headers: bytes, piece: bytes) -> Case:
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + headers + b"\r\n"
    return lambda send: _forever(send, head, piece)


def _forever(send: Send, head: bytes, piece: bytes) -> None:
    send(head)
    while True:
        send(piece)


def _slow(send: Send) -> None:
    send(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n")
    while True:
        send(b"<")
        time.sleep(0.3)


def _moved(to: str) -> bytes:
    return response(b"", "text/html", f"Location: {to}", status=302)


def markup(base: str) -> Mapping[str, Case]:
    """Markup that is too deep, too large, or not what it says."""
    deep = "<div>" * 100_000
    prose = article()
    return {
        "/deep": response(article(f"{deep}<p>deep down</p>")),
        "/deep-inline": response(article("<b><i>" * 50_000 + "words")),
        "/large": response(article("<p>" + "word " * 10_000_000 + "</p>")),
        "/many-tags": response(article("<b>" * 1_000_000)),
        "/nul": response(prose.replace(b" ", b"\0 \0")),
        "/utf-16-said": response(prose, "text/html; charset=utf-16"),
        "/utf-7-said": response(prose, "text/html; charset=utf-7"),
        "/no-such-charset": response(prose, "text/html; charset=no-such-thing"),
        "/surrogates": response(prose.replace(b"ferry", b"\xed\xa0\x80 &#xD800; &#x110000; &#0; ferry")),
        "/unclosed": response(prose.replace(b"</p>", b"<table><tr><td><select>")),
        "/attributes": response(article("<p " + " ".join(f'a{n}="{n}"' for n in range(100_000)) + ">")),
        "/long-attribute": response(article(f'<p class="{"a " * 500_000}">')),
        "/entities": response(article("&amp;" * 500_000)),
        "/empty": response(b""),
        "/comments-only": response(b"<!-- nothing -->" * 1000),
    }


def threads(base: str) -> Mapping[str, Case]:
    """Threads that cannot be."""
    cycle = [_isso(1, 2), _isso(2, 3), _isso(3, 1), _isso(4, 4), _isso(5, 999)]
    chain = [_isso(number, number - 1 or None) for number in range(1, 5001)]
    doubled = [_isso(7, None), _isso(7, None, "said again"), _isso(8, 7), _isso(8, None)]
    return {
        **_isso_page(base, "/cycle", cycle),
        **_isso_page(base, "/chain", chain),
        **_isso_page(base, "/doubled", doubled),
        "/doubled-markup": response(wordpress([1, 2, 2, 3, 1])),
    }


def crowds(base: str) -> Mapping[str, Case]:
    """More comments on one page than anybody could read, and as many as are read at once."""
    return {
        **_isso_page(base, "/huge-answer", [_isso(number, None) for number in range(1, 100_001)]),
        "/hundred-thousand": response(wordpress(range(1, 100_001))),
        "/in-pieces": response(wordpress(range(1, 21_001))),
        "/largest": response(wordpress(range(1, 10_901))),
    }


def wordpress(ids: Any) -> bytes:
    """A post with these comments on one page."""
    return article("".join(_wordpress(list(ids))), head='<meta name="generator" content="WordPress 6.5">')


def _wordpress(ids: list[int]) -> Iterator[str]:
    yield f'<div id="comments" class="comments-area"><h2 class="comments-title">{len(ids)} comments</h2>'
    yield '<ol class="comment-list">'
    for place, number in enumerate(ids):
        yield (
            f'<li id="comment-{number}" class="comment"><article id="div-comment-{number}" class="comment-body">'
            f'<div class="comment-author vcard"><b class="fn">Reader {number % 977}</b></div>'
            f'<a href="#comment-{number}"><time datetime="2016-01-15T12:{place % 60:02d}:00+00:00">then</time></a>'
            f'<div class="comment-content"><p>Remark {place} of many.</p></div></article></li>'
        )
    yield "</ol></div>"


def _isso_page(base: str, path: str, comments: list[dict[str, Any]]) -> Mapping[str, Case]:
    """A page with the widget, and the answer of its service to whatever is asked of it."""
    widget = f'<script data-isso="{base}{path}-isso/" src="{base}/embed.min.js"></script><section id="isso-thread">'
    told = {"id": None, "total_replies": len(comments), "hidden_replies": 0, "replies": comments, "config": {}}
    return {path: response(article(widget)), f"{path}-isso/": response(json.dumps(told).encode(), "application/json")}


def _isso(number: int, parent: int | None, text: str = "words") -> dict[str, Any]:
    return {
        "id": number,
        "parent": parent,
        "created": 1452861000.0 + number,
        "modified": None,
        "mode": 1,
        "text": f"<p>{text} {number}</p>",
        "author": f"Reader {number % 977}",
        "website": None,
        "likes": 0,
        "dislikes": 0,
        "hash": f"{number:012x}",
        "total_replies": 0,
        "hidden_replies": 0,
        "replies": [],
    }
