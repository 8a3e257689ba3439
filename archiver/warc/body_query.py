"""The body of a request as a query, by which replay tools tell requests to the same address apart.

https://specs.webrecorder.net/request-body-canonicalization/latest/. pywb reckons it from the request that it is to
answer and looks it up in the key of the index; ReplayWeb.page's library does so with the line's `requestBody`. Where
the two write it differently, each gets its own.
"""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote_plus, urlencode

_MAX = 4096
"""Characters that are told apart, as pywb has it."""


@dataclass(frozen=True, slots=True)
class BodyQuery:
    """As pywb and as ReplayWeb.page write it; empty where a body says nothing."""

    for_key: str = ""
    for_line: str = ""


def of(content_type: str, body: bytes) -> BodyQuery:
    """The query for a body of that type, given without parameters and in lower case."""
    if content_type == "application/x-www-form-urlencoded":
        text = body.decode("utf-8", "replace")
        return BodyQuery(unquote_plus(text)[:_MAX], text[:_MAX])
    if content_type in ("application/json", "text/plain"):
        try:
            pairs = list(_flat(json.loads(body)))
        except (ValueError, RecursionError):
            return BodyQuery() if content_type == "application/json" else _packed(body)
        named = ((name, value) for name, value in pairs if name)
        filled = ((name, value) for name, value in pairs if value)
        return BodyQuery(_as_query(named), _as_query(filled))
    return _packed(body)


def _packed(body: bytes) -> BodyQuery:
    packed = f"__wb_post_data={b64encode(body).decode()}"[:_MAX] if body else ""
    return BodyQuery(packed, packed)


def _flat(value: object) -> Iterator[tuple[str, str]]:
    """Names and plain values of a JSON body, however deep."""
    waiting = [("", value)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed([(str(key), inner) for key, inner in value.items()])
        elif isinstance(value, list):
            waiting += reversed([(name, inner) for inner in value])
        else:
            yield name, _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))  # JavaScript knows one kind of number
    return value if isinstance(value, str) else json.dumps(value)


def _as_query(pairs: Iterable[tuple[str, str]]) -> str:
    """A name that comes again gets a number."""
    numbered: list[tuple[str, str]] = []
    seen: dict[str, int] = {}
    for name, value in pairs:
        seen[name] = seen.get(name, 0) + 1
        numbered.append((name if seen[name] == 1 else f"{name}.{seen[name]}_", value))
    return urlencode(numbered)[:_MAX]
