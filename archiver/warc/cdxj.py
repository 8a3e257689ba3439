"""The index of WARC files that replay tools look addresses up in: CDXJ lines, sorted by reversed host and time.

https://specs.webrecorder.net/cdxj/0.1.0/. A request with a body is looked up by its body too, the way pywb does
(https://iipc.github.io/warc-specifications/guidelines/cdx-non-get-requests/).
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import parse_qsl, quote_plus, unquote_to_bytes, urlencode, urlsplit

from archiver.warc import message
from archiver.warc.record import Record

_WWW = re.compile(r"^www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPED_TIMES = 8
"""How often an escape may be escaped again; other indexes go on for as long as a hostile address likes."""

_MAX_BODY = 4096
"""Characters of a request body that go into the key."""


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
    """The index line of a response or revisit, without a line break; None for other records.

    `asked` is the request that it answers, where it is known.
    """
    at = record.at
    if record.type not in ("response", "revisit") or at is None:
        return None
    method, body = _what_was_asked(record, asked)
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
    if body:
        found |= {"method": method, "requestBody": body}
        key += ("&" if "?" in key else "?") + body
    return f"{surt(key)} {at:%Y%m%d%H%M%S} {json.dumps(found)}"


def _what_was_asked(record: Record, asked: Record | None) -> tuple[str, str]:
    """The method, and what stands for method and body in the key: nothing for GET and HEAD."""
    if asked is None or record.method in ("GET", "HEAD"):
        return record.method, ""
    head, body = message.split(asked.block)
    content_type = (message.parse_head(head).first("content-type") or "").partition(";")[0].strip().lower()
    query = _as_query(content_type, body)[:_MAX_BODY]
    return record.method, f"__wb_method={record.method}" + (f"&{query}" if query else "")


def _as_query(content_type: str, body: bytes) -> str:
    if content_type == "application/x-www-form-urlencoded":
        return urlencode(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))
    if content_type.endswith("json"):
        try:
            return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in _flat(json.loads(body)))
        except (ValueError, RecursionError):
            pass
    return f"__wb_post_data={b64encode(body).decode()}" if body else ""


def _flat(value: object) -> Iterator[tuple[str, str]]:
    """Names and plain values of a JSON body, however deep; a repeated name gets a number."""
    seen: dict[str, int] = {}
    waiting = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed([(str(key), inner) for key, inner in value.items()])
        elif isinstance(value, list):
            waiting += reversed([(name, inner) for inner in value])
        else:
            seen[name] = seen.get(name, 0) + 1
            plain = value if isinstance(value, str) else json.dumps(value)
            yield name if seen[name] == 1 else f"{name}.{seen[name]}_", plain
