"""Where a site was looked for new articles, and when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from archiver.store.dialect import short
from archiver.store.schema import visit


def last_looked(conn: Connection, urls: Sequence[str]) -> dict[str, datetime]:
    """Address of a listing → when it was last looked at, whatever came of it. One that never was is left out."""
    names = {short(url): url for url in urls}
    ended = func.max(visit.c.ended).label("ended")
    looked = select(visit.c.key, ended).where(visit.c.key.in_(names), visit.c.ended.is_not(None)).group_by(visit.c.key)
    return {names[row.key]: row.ended for row in conn.execute(looked)}


def under_way(conn: Connection, urls: Sequence[str]) -> set[str]:
    """Those of the listings that are being read."""
    names = {short(url): url for url in urls}
    reading = select(visit.c.key).where(visit.c.key.in_(names), visit.c.ended.is_(None))
    return {names[key] for key in conn.scalars(reading)}
