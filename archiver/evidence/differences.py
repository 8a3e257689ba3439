"""Where two readings of the same captures differ: which row, which cell, what it was and what it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection

from archiver.store.contents import AUTHORS, OF_ARTICLE, Contents, Key, article_ids, rows

EXAMPLES = 1000
"""Differences that are held; beyond these they are only counted."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """One cell, or a whole row where `column` is None: it is there in one reading only."""

    table: str
    row: str
    column: str | None
    stored: Any
    read: Any
    article_url: str | None = None

    @property
    def kind(self) -> str:
        """`new`, `gone` or `changed`."""
        return "changed" if self.column else "new" if self.stored is None else "gone"

    def __str__(self) -> str:
        where = f"{self.table} {self.row}" + (f" of {self.article_url}" if self.article_url else "")
        if self.column is None:
            return (
                f"{where}: {'not stored, but the captures tell it' if self.stored is None else 'no capture tells it'}"
            )
        return f"{where}, {self.column}: {_brief(self.stored)} is stored, {_brief(self.read)} is in the captures"


@dataclass(kw_only=True, slots=True)
class Differences:
    """Rows by table and kind, and the first differences themselves."""

    rows: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: list[Difference] = field(default_factory=list)

    def add(self, found: list[Difference]) -> None:
        """What is different of one row."""
        if found:
            self.rows[found[0].table, found[0].kind] += 1
            self.first += found[: max(0, EXAMPLES - len(self.first))]

    def __bool__(self) -> bool:
        return bool(self.rows)


def differences(stored: Connection, read: Connection) -> Differences:
    """All differences between what is stored and what was read again, one article in memory at a time."""
    found = Differences()
    before, after = article_ids(stored), article_ids(read)
    for article_id, url in (before | after).items():
        for contents in OF_ARTICLE:
            for each in _of_table(stored, read, contents, article_id, url):
                found.add(each)
    for each in _of_table(stored, read, AUTHORS, None, None):
        found.add(each)
    return found


def _of_table(
    stored: Connection, read: Connection, contents: Contents, article_id: int | None, url: str | None
) -> Iterator[list[Difference]]:
    old: dict[Key, list[Mapping[str, Any]]] = {}
    for key, values in rows(stored, contents, article_id):
        old.setdefault(key, []).append(values)
    about: dict[str, Any] = {"table": contents.table, "article_url": url}
    for key, values in rows(read, contents, article_id):
        name = " ".join(str(part) for part in key if part is not None)
        if same := old.get(key):
            was = same.pop(0)
            yield [
                Difference(row=name, column=str(column), stored=was[column], read=value, **about)
                for column, value in values.items()
                if was[column] != value
            ]
        else:
            yield [Difference(row=name, column=None, stored=None, read=_told(values), **about)]
    for key, left in old.items():
        name = " ".join(str(part) for part in key if part is not None)
        yield from ([Difference(row=name, column=None, stored=_told(was), read=None, **about)] for was in left)


def _told(values: Mapping[str, Any]) -> str:
    """A row in brief: what it says, where it says something."""
    return _brief(values.get("text") or values.get("title") or values.get("name") or "row")


def _brief(value: Any) -> str:
    words = repr(value) if not isinstance(value, str) else f"'{value}'"
    return words if len(words) <= 80 else f"{words[:78]}…"
