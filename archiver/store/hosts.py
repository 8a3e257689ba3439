"""How to be kind to a web server: its pace, its robots.txt, and until when it asked to be left alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, select

from archiver.store import schema
from archiver.store.dialect import upsert


@dataclass(frozen=True, kw_only=True, slots=True)
class Host:
    """What is known of a web server. `robots` is the text of its robots.txt, None where it was never fetched."""

    host: str
    delay: float | None = None
    robots: str | None = None
    robots_fetched: datetime | None = None
    not_before: datetime | None = None


def host_of(url: str) -> str:
    """The web server that an address asks, as `remember` names it: host and port."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def known(conn: Connection, name: str) -> Host | None:
    """What is known of a web server, None where it was never asked."""
    row = conn.execute(select(schema.host).where(schema.host.c.host == name)).mappings().one_or_none()
    return None if row is None else Host(**row)


def remember(conn: Connection, name: str, **facts: Any) -> None:
    """Notes `delay`, `robots`, `robots_fetched` or `not_before` of a web server; the rest stays as it was."""
    statement = upsert(conn, schema.host).values(host=name, **facts)
    if facts:
        conn.execute(statement.on_conflict_do_update(index_elements=["host"], set_=facts))
    else:
        conn.execute(statement.on_conflict_do_nothing())
