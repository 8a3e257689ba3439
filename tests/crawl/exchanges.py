"""Every kind of exchange that a crawl may meet, as raw bytes: what is asked, and what the server answers."""

from __future__ import annotations

import gzip
import json
import random
from collections.abc import Callable, Iterator

from scrapy import Request
from scrapy.http import FormRequest, JsonRequest

from tests.crawl.wire_server import Answer, WireServer

TEXT = "".join(f"<p>Comment {n} by Ada Example: the bridge reopens on day {n}.</p>" for n in range(40)).encode()
NOISE = random.Random(7).randbytes(3000)


def ok(body: bytes, *headers: bytes, status: bytes = b"HTTP/1.1 200 OK") -> bytes:
    lines = [status, *headers, b"Content-Length: %d" % len(body)]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


def chunked(body: bytes, *headers: bytes, end: bytes = b"0\r\n\r\n") -> bytes:
    pieces = [body[:1], body[1:99], body[99:]]
    framed = b"".join(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces if piece)
    return b"\r\n".join([b"HTTP/1.1 200 OK", *headers, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n" + framed + end


PACKED = gzip.compress(TEXT)
ANSWERS = {
    "/plain": Answer(final=ok(TEXT, b"Content-Type: text/html; charset=utf-8")),
    "/again": Answer(final=ok(TEXT, b"Content-Type: text/html", b"X-Other: head")),
    "/gzip-chunked": Answer(final=chunked(PACKED, b"Content-Encoding: gzip", b"Content-Type: text/html")),
    "/trailers": Answer(final=chunked(TEXT, end=b"0\r\nX-Sum: 9\r\n\r\n")),
    "/cookies": Answer(final=ok(b"two", b"Set-Cookie: a=1; Path=/", b"Set-Cookie: b=2; Path=/")),
    "/odd-case": Answer(final=ok(b"odd", b"cOnTeNt-TyPe:text/plain", b"X-Twice: 1", b"x-twice:  2 ", b"X-Empty:")),
    "/latin-1": Answer(final=ok(b"l\xe4tin", b"X-Town: K\xf6ln", b"Content-Type: text/plain; charset=latin-1")),
    "/bad-header": Answer(final=ok(b"still read", b"a line without colon", b"X-Folded: one\r\n two")),
    "/moved": Answer(final=ok(b"over there", b"Location: /plain?from=moved", status=b"HTTP/1.1 302 Found")),
    "/missing": Answer(final=ok(b"nothing here", status=b"HTTP/1.1 404 No Such Story")),
    "/api": Answer(final=ok(json.dumps({"comments": [1, 2]}).encode(), b"Content-Type: application/json")),
    "/post": Answer(final=ok(b'{"page": 2}', b"Content-Type: application/json")),
    "/form": Answer(final=ok(b"thanks")),
    "/old": Answer(final=b"HTTP/1.0 200 OK\r\nServer: old\r\n\r\n" + TEXT[:700], then="close"),
    "/short": Answer(final=ok(TEXT)[:-500], then="close"),
    "/short-chunked": Answer(final=chunked(TEXT)[:-600], then="close"),
    "/reset": Answer(final=ok(TEXT)[:-700], then="reset"),
    "/slow": Answer(final=ok(TEXT)[:-800], then="hang"),
    "/slow-head": Answer(final=b"HTTP/1.1 200 OK\r\nX-Slow", then="hang"),
    "/binary": Answer(final=ok(NOISE, b"Content-Type: application/octet-stream")),
    "/hints": Answer(
        interim=b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n", final=ok(b"hint")
    ),
    "/no-content": Answer(final=b"HTTP/1.1 204 No Content\r\nX-Note: none\r\n\r\n"),
    "/not-modified": Answer(final=b'HTTP/1.1 304 Not Modified\r\nETag: "v1"\r\n\r\n'),
    "/head": Answer(final=b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"),
    "/empty": Answer(final=ok(b"")),
    "/drip": Answer(final=chunked(TEXT[:300]), drip=True),
    "/beyond": Answer(final=ok(b"whole"), beyond=b"HTTP/1.1 200 nobody asked\r\n\r\n"),
    "/bare-newlines": Answer(final=b"HTTP/1.1 200 OK\nContent-Length: 4\n\nbare"),
    "/no-phrase": Answer(final=b"HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nhi"),
    "/nul": Answer(final=ok(b"a\0b" * 200)),
}
CUT = {
    "/short": "disconnect",
    "/short-chunked": "disconnect",
    "/reset": "disconnect",
    "/slow": "time",
    "/slow-head": "time",
}


def answers() -> Callable[[str], Answer]:
    """The answers by path; `/busy` is busy once."""
    asked: list[str] = []

    def answer(target: str) -> Answer:
        asked.append(target)
        if target == "/busy":
            again = asked.count("/busy") > 1
            return Answer(final=ok(b"free") if again else ok(b"busy", b"Retry-After: 1", status=b"HTTP/1.1 503 Busy"))
        return ANSWERS[target.partition("?")[0]]

    return answer


def requests(server: WireServer) -> Iterator[Request]:
    for path in ["/busy", *ANSWERS]:
        url = server.url(path)
        if path == "/post":
            yield JsonRequest(url, data={"page": 2, "words": "ä"}, headers={"x-oDD": "Kept"})
        elif path == "/form":
            yield FormRequest(url, formdata={"q": "bridge & road"})
        else:
            timeout = 2 if CUT.get(path) == "time" else 60
            yield Request(url, method="HEAD" if path == "/head" else "GET", meta={"download_timeout": timeout})
