"""Where SQLite and PostgreSQL have the same thing under two names, and what neither can index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from typing import TypeAlias, TypeVar

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from archiver.store.types import storable

LONGEST_KEY = 2000
"""In bytes. PostgreSQL indexes no value of more than 2,704."""

CHUNK = 500
"""How many values one `IN (…)` takes: SQLite stops at 32,766 parameters, and short lists are planned well."""

T = TypeVar("T")


Upsert: TypeAlias = sqlite.Insert | postgresql.Insert
"""An INSERT that can say `on_conflict_do_nothing` and `on_conflict_do_update`."""


def upsert(conn: Connection, table: Table) -> Upsert:
    """The one that the database understands."""
    return postgresql.insert(table) if conn.dialect.name == "postgresql" else sqlite.insert(table)


class Prepared:
    """An upsert made once for each database. To make a statement anew takes ten times as long as to carry it out."""

    def __init__(self, table: Table, finish: Callable[[Upsert], Executable]) -> None:
        self._sqlite = finish(sqlite.insert(table))
        self._postgresql = finish(postgresql.insert(table))

    def __call__(self, conn: Connection) -> Executable:
        return self._postgresql if conn.dialect.name == "postgresql" else self._sqlite


def ignore(statement: Upsert) -> Executable:
    """Rows that are there already stay as they are."""
    return statement.on_conflict_do_nothing()


def short(key: str) -> str:
    """The key as it is stored; of one too long to be indexed the head, and a digest in place of the rest."""
    key = storable(key)
    if len(key) <= LONGEST_KEY // 4 or len(key.encode()) <= LONGEST_KEY:
        return key
    return key[: LONGEST_KEY // 5] + "…" + sha256(key.encode()).hexdigest()


def chunks(values: Sequence[T], size: int = CHUNK) -> Iterator[Sequence[T]]:
    """The values in order, `size` at a time."""
    return (values[at : at + size] for at in range(0, len(values), size))
