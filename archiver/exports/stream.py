"""Rows straight from the database driver, some at a time: what is printed needs no more than tuples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select

from archiver.store.read import find_article
from archiver.store.schema import article
from archiver.store.types import ID

BATCH = 1000
"""Rows that are held at a time."""

ARTICLES = 100
"""Articles whose comments one statement brings: few enough to be sorted in memory."""

FIRST, LAST = bindparam("first", 0, type_=ID), bindparam("last", 0, type_=ID)
"""What a statement for `Stream` calls the range of rows that it is asked for."""


class Stream:
    """A statement that is asked for one range of ids after another. Thrice as fast as SQLAlchemy's own rows."""

    def __init__(self, conn: Connection, statement: Select[Any]) -> None:
        compiled = statement.compile(dialect=conn.dialect, compile_kwargs={"render_postcompile": True})
        self._conn = conn
        self._sql = str(compiled)
        self._places = compiled.positiontup
        self._numbers = count()
        self.names = tuple(statement.selected_columns.keys())

    def batches(self, first: int, last: int) -> Iterator[Sequence[tuple[Any, ...]]]:
        """The rows of a range, as the driver gives them."""
        values: Any = {"first": first, "last": last}
        if self._places is not None:
            values = tuple(values[name] for name in self._places)
        cursor = self._conn.connection.cursor(**self._options())
        try:
            cursor.execute(self._sql, values)
            while rows := cursor.fetchmany(BATCH):
                yield rows
        finally:
            cursor.close()

    def dicts(self, first: int, last: int) -> Iterator[dict[str, Any]]:
        """The same, each row by the names of its columns."""
        for rows in self.batches(first, last):
            for row in rows:
                yield dict(zip(self.names, row, strict=True))

    def _options(self) -> dict[str, str]:
        """On PostgreSQL a cursor with a name stays on the server, and sends what is fetched."""
        if self._conn.dialect.name != "postgresql":
            return {}
        return {"name": f"export_{id(self)}_{next(self._numbers)}"}


def ranges(conn: Connection, url: str | None) -> Iterator[tuple[int, int]]:
    """First and last id of some articles at a time, until all had their turn; or those of the one at `url`.

    Raises `NotArchived`.
    """
    if url is not None:
        found = find_article(conn, url)
        yield found, found
        return
    last = 0
    following = select(article.c.id).order_by(article.c.id).limit(ARTICLES)
    while ids := conn.scalars(following.where(article.c.id > last)).all():
        last = ids[-1]
        yield ids[0], last
