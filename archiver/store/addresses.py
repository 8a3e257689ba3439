"""Which article an address belongs to.

An address that is known wins. What a page merely says of itself (canonical, short link) joins two articles only where
that address has been read itself: sites that name their front page as the canonical address of everything are many.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from archiver.store.dialect import Prepared, short
from archiver.store.schema import article, article_url

_RANK = {"read": 0, "asked": 1, "given": 2}

_KNOWN = select(article_url).where(article_url.c.url.in_(bindparam("urls", expanding=True)))
_NAMED = select(article.c.id).where(article.c.url == bindparam("address"))
_ALL = select(article_url.c.url).where(article_url.c.article_id == bindparam("article"))
_NEW = insert(article).returning(article.c.id)
_ADD = Prepared(article_url, lambda insert: insert.on_conflict_do_nothing(index_elements=["url"]))


def article_at(conn: Connection, *, read: str, asked: Iterable[str], given: Iterable[str], at: datetime) -> int:
    """The id of the article that was read at `read`, where `asked` led to; a new one where no address is known."""
    origins = _origins(read, asked, given)
    rows = conn.execute(_KNOWN, {"urls": [short(url) for url in origins]}).all()
    known = {row.url: row for row in rows}
    found = _known_article(known, origins)
    if found is None:  # an article keeps its name, whatever became of the list of its addresses
        found = conn.scalar(_NAMED, {"address": short(read)})
    if found is None:
        values = {"url": short(read), "first_seen": at, "last_seen": at}
        found = int(conn.execute(_NEW, values).scalar_one())
    _remember(conn, found, known, origins)
    return found


def known_addresses(conn: Connection, article_id: int) -> frozenset[str]:
    """All addresses of an article."""
    return frozenset(conn.scalars(_ALL, {"article": article_id}))


def _origins(read: str, asked: Iterable[str], given: Iterable[str]) -> dict[str, str]:
    """Each address with how it came to be one; a bare host is the address of an article only where it was read."""
    origins = {read: "read"}
    for url, origin in [*((url, "asked") for url in asked), *((url, "given") for url in given)]:
        parts = urlsplit(url)
        if parts.path.strip("/") or parts.query:
            origins.setdefault(url, origin)
    return origins


def _known_article(known: Mapping[str, Row[Any]], origins: Mapping[str, str]) -> int | None:
    for url, origin in origins.items():
        row = known.get(short(url))
        if row is not None and not (origin == "given" and row.origin == "given"):
            return int(row.article_id)
    return None


def _remember(conn: Connection, article_id: int, known: Mapping[str, Row[Any]], origins: Mapping[str, str]) -> None:
    """Adds the addresses that are new; one that was only named before, and has now been read, is worth more."""
    new = []
    for url, origin in origins.items():
        row = known.get(short(url))
        if row is None:
            new.append({"article_id": article_id, "url": short(url), "origin": origin})
        elif row.article_id == article_id and _RANK[origin] < _RANK[row.origin]:
            conn.execute(update(article_url).where(article_url.c.id == row.id).values(origin=origin))
    if new:
        conn.execute(_ADD(conn), new)
