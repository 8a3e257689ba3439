"""When an article is looked at again: put down when a visit to it ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, bindparam, case, func, insert, select, update

from archiver.items import Probe
from archiver.pages.urls import is_archivable
from archiver.store.dialect import Prepared, ignore
from archiver.store.hosts import host_of
from archiver.store.schema import (
    article,
    article_revision,
    comment,
    comment_revision,
    probe,
    reading,
    revisit,
    thread,
    visit,
)
from archiver.threads import revisits
from archiver.threads.revisits import Manners, Watched

UNDER_WAY = timedelta(days=1)
"""After this an article whose visit has not come to an end is due again: the same visit is gone on with."""

FACTS = ("began", "seen", "looked_at", "visited_at", "newest", "closed_since", "failures", "found", "told")
"""The columns that are fields of `Watched`."""

_TELLER = update(revisit).where(revisit.c.article_id == bindparam("article")).values(teller=bindparam("first"))
_PROBES = Prepared(probe, ignore)
_BEGIN = insert(revisit)
_VISIT = select(visit).where(visit.c.id == bindparam("visit"))
_ARTICLE = select(article).where(article.c.id == bindparam("article"))
_REVISIT = select(revisit).where(revisit.c.article_id == bindparam("article"))
_THREADS = select(thread.c.native_id, thread.c.state).where(thread.c.article_id == bindparam("article"))
_PLANNED = (*FACTS, "due_at", "why", "host", "thread_name")
_PLAN = Prepared(
    revisit,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["article_id"], set_={name: insert.excluded[name] for name in _PLANNED}
    ),
)
_ELSEWHERE = (
    select(revisit)
    .join_from(revisit, article)
    .where(article.c.url == bindparam("asked"), article.c.id.is_distinct_from(bindparam("article")))
)
_FIRST_SEEN = (
    select(func.count())
    .select_from(comment_revision)
    .where(comment_revision.c.visit_id == bindparam("visit"), comment_revision.c.change == "first")
)
_PUBLISHED = select(article_revision.c.published, article_revision.c.published_local).where(
    article_revision.c.article_id == bindparam("article"), article_revision.c.is_current
)
_ZONELESS = comment.c.published.is_(None)
_WRITTEN = case((comment.c.published < comment.c.first_seen, comment.c.published), else_=comment.c.first_seen)
_DATES = (
    select(
        func.count().label("comments"),
        func.min(comment.c.published).label("oldest"),
        func.min(comment.c.published_local).label("oldest_local"),
        func.max(_WRITTEN).filter(~_ZONELESS).label("newest"),
        func.max(comment.c.published_local).filter(_ZONELESS).label("newest_local"),
        func.max(comment.c.first_seen).filter(_ZONELESS).label("last_found"),
    )
    .join_from(thread, comment, comment.c.thread_id == thread.c.id)
    .where(thread.c.article_id == bindparam("article"))
)
_FIRST_READ = (
    select(func.min(reading.c.at))
    .join_from(thread, reading, reading.c.thread_id == thread.c.id)
    .where(thread.c.article_id == bindparam("article"))
    .scalar_subquery()
)
_SEEN_LATER = (
    select(func.count())
    .join_from(comment, thread, comment.c.thread_id == thread.c.id)
    .where(thread.c.article_id == bindparam("article"), comment.c.first_seen > _FIRST_READ)
)

Paces = Mapping[str, float]
"""Host → the pace of its articles, in comment hours. A host that is not in it has the least pace."""


def remember_tellers(conn: Connection, article_id: int, probes: Sequence[Probe], *, at: datetime) -> None:
    """Notes by which addresses the site of an article tells what is new, as the article's page says."""
    teller = probes[0].url if probes else None
    rows: list[dict[str, Any]] = [
        {"teller": teller, "place": place, "platform": each.platform, "url": each.url, "ids": [], "failures": 0}
        for place, each in enumerate(probes)
    ]
    known = conn.execute(_TELLER, {"article": article_id, "first": teller}).rowcount
    if not rows:
        return
    conn.execute(_PROBES(conn), rows)
    if not known:
        url = conn.execute(_ARTICLE, {"article": article_id}).one().url
        first = {"began": at, "seen": 0, "looked_at": at, "visited_at": at, "failures": 0, "found": "", "told": 0}
        row = {"article_id": article_id, "host": host_of(url), "teller": teller, "why": "being read", **first}
        conn.execute(_BEGIN, row | {"due_at": at + UNDER_WAY})


def plan(conn: Connection, visit_id: int, *, now: datetime, manners: Manners, paces: Paces) -> None:
    """Puts down when the article of a visit that has just ended is looked at again."""
    asked = conn.execute(_VISIT, {"visit": visit_id}).mappings().one()
    _plan_elsewhere(conn, asked, now=now, manners=manners)
    row = conn.execute(_ARTICLE, {"article": asked["article_id"]}).mappings().one_or_none()
    if row is None:
        return
    old = conn.execute(_REVISIT, {"article": row["id"]}).mappings().one_or_none()
    threads = conn.execute(_THREADS, {"article": row["id"]}).all()
    if asked["outcome"] == "stored":
        new, facts = _first_seen_in(conn, visit_id), _facts(conn, row, now=now)
        since = old["visited_at"] if old and old["found"] else None
        closed = bool(threads) and all(each.state == "closed" for each in threads)
        before = old["closed_since"] if old and not new else None
        found = revisits.what_was_found(new, facts.seen, since, now)
        facts = replace(facts, found=found, closed_since=before or now if closed else None)
    else:
        facts = _failed(watched(old) if old else _facts(conn, row, now=now), asked["reason"] or asked["outcome"], now)
    names = [each.native_id for each in threads if not is_archivable(each.native_id)]  # an address is no name
    name = names[0] if len(names) == len(threads) == 1 else None
    facts = replace(facts, has_teller=bool(name and old and old["teller"]), told=0)
    host = host_of(row["url"])
    look = revisits.next_look(facts, manners, paces.get(host, manners.pace))
    conn.execute(_PLAN(conn), {"article_id": row["id"], "host": host, "thread_name": name} | _columns(facts, look))


def under_way() -> ColumnElement[bool]:
    """Whether the article of a row of `revisit` is being visited."""
    open_visit = select(visit.c.id).where(visit.c.article_id == revisit.c.article_id, visit.c.ended.is_(None))
    return open_visit.exists()


def _plan_elsewhere(conn: Connection, asked: RowMapping, *, now: datetime, manners: Manners) -> None:
    """Of an article whose address led to another page: that was no look at it."""
    mine = {"asked": asked["url"], "article": asked["article_id"]}
    row = conn.execute(_ELSEWHERE, mine).mappings().one_or_none()
    if row is not None:
        facts = _failed(watched(row), "its address leads to another page", now)
        values = _columns(facts, revisits.next_look(facts, manners, manners.pace))
        conn.execute(update(revisit).where(revisit.c.article_id == row["article_id"]).values(values))


def _failed(article: Watched, why: str, now: datetime) -> Watched:
    return replace(article, failures=article.failures + 1, found=why, visited_at=now)


def _columns(facts: Watched, look: revisits.Look) -> dict[str, Any]:
    return {field: getattr(facts, field) for field in FACTS} | {"due_at": look.due_at, "why": look.why}


def watched(row: RowMapping) -> Watched:
    """A row of `revisit` as the value that is decided on."""
    return Watched(**{field: row[field] for field in FACTS}, has_teller=None not in (row["teller"], row["thread_name"]))


def _first_seen_in(conn: Connection, visit_id: int) -> int:
    """How many comments a visit was the first to see."""
    return conn.execute(_FIRST_SEEN, {"visit": visit_id}).scalar_one()


def _facts(conn: Connection, row: RowMapping, *, now: datetime) -> Watched:
    """What the comments of an article tell. A date in the future, and one without a zone, is as good as it can be."""
    told = conn.execute(_PUBLISHED, {"article": row["id"]}).first()
    dates = conn.execute(_DATES, {"article": row["id"]}).one()
    published = told and (told.published or revisits.as_utc(told.published_local))
    oldest = dates.oldest or revisits.as_utc(dates.oldest_local)
    began = revisits.began(published=published, oldest=oldest, first_seen=row["first_seen"])
    local = revisits.as_utc(dates.newest_local)
    newest = [each for each in (dates.newest, min(local, dates.last_found) if local else None) if each]
    return Watched(
        began=began,
        seen=dates.comments if began < row["first_seen"] else _seen_since_first(conn, row["id"]),
        looked_at=now,
        visited_at=now,
        newest=max(newest, default=dates.last_found),
    )


def _seen_since_first(conn: Connection, article_id: int) -> int:
    """Comments that the first reading did not show: where nothing tells when a thread began, what was there then
    tells nothing of how fast it grows."""
    return conn.execute(_SEEN_LATER, {"article": article_id}).scalar_one()
