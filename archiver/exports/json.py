"""JSON: one list of articles, each with its quotes and threads, each thread with its comments in reading order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, BinaryIO

import msgspec
from sqlalchemy import Connection

from archiver.exports import nested
from archiver.exports.stream import Stream, ranges

_encode = msgspec.json.Encoder().encode


def write(conn: Connection, target: BinaryIO, *, url: str | None = None) -> int:
    """Writes all articles, or one; how many comments there are in them. A comment takes one line."""
    return _Writer(conn, target).write(url)


class _Writer:
    """One export under way."""

    def __init__(self, conn: Connection, target: BinaryIO) -> None:
        self.conn = conn
        self.put = target.write
        self.articles = Stream(conn, nested.articles())
        self.quotes = Stream(conn, nested.quotes())
        self.threads = Stream(conn, nested.threads())
        self.comments = Stream(conn, nested.comments())
        self.links = Stream(conn, nested.links())
        self.flags = Stream(conn, nested.flags())
        self.written = 0

    def write(self, url: str | None) -> int:
        self.put(b"[")
        before = b"\n"
        for first, last in ranges(self.conn, url):
            for article in self.articles.dicts(first, last):
                self.put(before)
                self.article(article.pop("id"), article)
                before = b",\n"
        self.put(b"\n]\n")
        return self.written

    def article(self, own: int, article: dict[str, Any]) -> None:
        quotes = list(self.quotes.dicts(own, own))
        self.put(_open(_with_lists(article) | {"quotes": quotes}) + b',\n  "threads": [')
        before = b"\n  "
        for thread in self.threads.dicts(own, own):
            self.put(before)
            self.thread(thread.pop("id"), thread)
            before = b",\n  "
        self.put(b"]}")

    def thread(self, own: int, thread: dict[str, Any]) -> None:
        found = {"links": list(self.links.dicts(own, own)), "flags": list(self.flags.dicts(own, own))}
        self.put(_open(thread | found) + b', "comments": [')
        before = b"\n    "
        for rows in self.comments.batches(own, own):
            names = self.comments.names
            lines = [_encode(_with_lists(dict(zip(names, row, strict=True)))) for row in rows]
            self.put(before + b",\n    ".join(lines))
            before = b",\n    "
            self.written += len(rows)
        self.put(b"]}")


def _open(value: Mapping[str, Any]) -> bytes:
    """An object that lacks its closing brace."""
    return _encode(value)[:-1]


def _with_lists(row: dict[str, Any]) -> dict[str, Any]:
    """What is JSON in the database stays so: it is not read and written again."""
    for name in nested.LISTS & row.keys():
        if row[name] is not None:
            row[name] = msgspec.Raw(row[name].encode())
    return row
