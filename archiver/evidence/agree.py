"""Rows that contradict each other: what no capture tells, but another row does."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from archiver.evidence.differences import Difference
from archiver.store.authors import author_key
from archiver.store.dialect import short
from archiver.store.schema import article, article_url, author, capture, request, visit


def disagreements(conn: Connection) -> Iterator[Difference]:
    """Addresses, visits and accounts that do not agree with what was asked and what came."""
    yield from _articles(conn)
    yield from _visits(conn)
    yield from _captures(conn)
    yield from _authors(conn)


def _articles(conn: Connection) -> Iterator[Difference]:
    """An article bears an address at which it was read."""
    own = (article_url.c.article_id == article.c.id) & (article_url.c.url == article.c.url)
    read = own & (article_url.c.origin == "read")
    for row in conn.execute(select(article.c.id, article.c.url).where(~select(article_url.c.id).where(read).exists())):
        told = conn.scalars(
            select(article_url.c.url).where(article_url.c.article_id == row.id, article_url.c.origin == "read")
        ).all()
        yield Difference(table="article", row=str(row.id), column="url", stored=row.url, read=" or ".join(told))


def _visits(conn: Connection) -> Iterator[Difference]:
    """A visit's address is that of its first request."""
    own = request.alias("own")
    first = select(func.min(own.c.id)).where(own.c.visit_id == visit.c.id).correlate(visit).scalar_subquery()
    wanted = select(visit, request.c.url.label("asked")).outerjoin_from(visit, request, request.c.id == first)
    for row in conn.execute(wanted).mappings():
        about = {"table": "visit", "row": str(row["id"]), "article_url": row["url"]}
        if row["asked"] is not None and row["asked"] != row["url"]:
            yield Difference(**about, column="url", stored=row["url"], read=row["asked"])
        if row["key"] != short(row["url"]):
            yield Difference(**about, column="key", stored=row["key"], read=short(row["url"]))


def _captures(conn: Connection) -> Iterator[Difference]:
    """A capture belongs to the visit that its request belongs to."""
    wrong = (capture.c.request_id == request.c.id) & (capture.c.visit_id != request.c.visit_id)
    wanted = select(capture.c.id, capture.c.url, capture.c.visit_id, request.c.visit_id.label("asked_by"))
    for row in conn.execute(wanted.where(wrong)):
        yield Difference(
            table="capture", row=f"{row.id} {row.url}", column="visit_id", stored=row.visit_id, read=row.asked_by
        )


def _authors(conn: Connection) -> Iterator[Difference]:
    """An account's key is made of its id."""
    for row in conn.execute(select(author.c.id, author.c.key, author.c.native_id)):
        has_account = row.key.startswith("id:")
        if has_account != bool(row.native_id) or (has_account and author_key(row.native_id, None) != row.key):
            told = row.key.removeprefix("id:") if has_account else None
            yield Difference(table="author", row=row.key, column="native_id", stored=row.native_id, read=told)
