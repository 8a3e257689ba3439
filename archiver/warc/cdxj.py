"""The index of WARC files that replay tools look addresses up in: CDXJ lines, sorted by reversed host and time.

https://specs.webrecorder.net/cdxj/0.1.0/. A request with a body is looked up by its body too
(https://iipc.github.io/warc-specifications/guidelines/cdx-non-get-requests/).
"""

from __future__ import annotations

import json
import re
from urllib.parse import unquote_to_bytes, urlsplit

from archiver.warc import body_query, message
from archiver.warc.body_query import BodyQuery
from archiver.warc.record import Record

_WWW = re.compile(r"^www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPED_TIMES = 8
"""How often an escape may be escaped again; other indexes go on for as long as a hostile address likes."""


def surt(url: str) -> str:
    """The address as a key that sorts by host: `https://www.News.example/A?b&a` gives `example,news)/a?a&b`.

    Case, `www`, default ports, order of parameters and ways of escaping make no difference, as in other indexes.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.lower()  # no address at all: it cannot be looked up, and must not stop the index
    name, port = _port(parts.netloc.rpartition("@")[2].lower(), parts.scheme)
    host = ",".join(reversed(_WWW.sub("", name).strip(".[]").split(".")))
    path = _SLASHES.sub("/", _escaped_once(parts.path).lower()).rstrip("/") or "/"
    query = "&".join(sorted(_escaped_once(parts.query).lower().split("&")))
    return f"{host}{port}){path}" + (f"?{query}" if query else "")


def _port(host: str, scheme: str) -> tuple[str, str]:
    name, colon, port = host.rpartition(":")
    if not colon or not port.isdecimal():
        return host.rstrip(":"), ""
    return name, "" if int(port) == _DEFAULT_PORTS.get(scheme) else f":{int(port)}"


def _escaped_once(text: str) -> str:
    """Escapes undone, those of escapes too, and made anew for what cannot stand in a key."""
    data = text.encode("utf-8", "surrogatepass")
    for _ in range(_ESCAPED_TIMES):
        data = unquote_to_bytes(data)
    return "".join(chr(byte) if 0x20 < byte < 0x7F and byte not in b"#%" else f"%{byte:02x}" for byte in data)


def line(record: Record, asked: Record | None) -> str | None:
    """The index line of a response or revisit, without a line break; None for other records and for what is no HTTP.

    `asked` is the request that it answers, where it is known. An answer to HEAD or to a request with a body is not
    found by its address alone: it would be taken for the page.
    """
    at = record.at
    if record.type not in ("response", "revisit") or at is None or not record.head.status:
        return None
    content_type = (record.head.first("content-type") or "").partition(";")[0].strip()
    found = {
        "url": record.url,
        "mime": "warc/revisit" if record.type == "revisit" else content_type or "unk",
        "status": str(record.head.status),
        "digest": f"sha256:{record.payload_sha256}",
        "length": str(record.length),
        "offset": str(record.offset),
        "filename": record.file,
    }
    key = record.url
    if record.method != "GET":
        query = _query(asked)
        found |= {"method": record.method} | ({"requestBody": query.for_line} if query.for_line else {})
        key += f"{'&' if '?' in key else '?'}__wb_method={record.method}"
        key += f"&{query.for_key}" if query.for_key else ""
    return f"{surt(key)} {at:%Y%m%d%H%M%S} {json.dumps(found)}"


def _query(asked: Record | None) -> BodyQuery:
    if asked is None:
        return BodyQuery()
    head, body = message.split(asked.block)
    content_type = (message.parse_head(head).first("content-type") or "").partition(";")[0].strip().lower()
    return body_query.of(content_type, body)
