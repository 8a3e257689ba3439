"""Articles that are due: visited, asked about at their site, or put off for their site told of nothing new."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, RowMapping, case, func, or_, select, update

from archiver.items import NewestComment
from archiver.pages.urls import clean
from archiver.store import frontier
from archiver.store.dialect import chunks, short
from archiver.store.revisits import UNDER_WAY, Paces, under_way, watched
from archiver.store.rows import NextLook
from archiver.store.schema import article, article_url, comment, host, probe, request, revisit, thread, visit
from archiver.threads import revisits
from archiver.threads.revisits import DEFAULT_MANNERS, HOUR, Manners, Teller

ASKING = timedelta(minutes=2)
"""How long an article waits for the answer of its teller before it is looked at again."""

LONGEST_REFUSAL = timedelta(days=30)


@dataclass(frozen=True, kw_only=True, slots=True)
class Begun:
    """A look that was begun: to an article, or to a teller of many."""

    visit_id: int
    host: str


def next_due(conn: Connection) -> datetime | None:
    """When the next article is to be looked at; None where none is."""
    found: datetime | None = conn.scalar(select(func.min(revisit.c.due_at)))
    return found


def upcoming(conn: Connection, *, limit: int) -> tuple[NextLook, ...]:
    """The next looks, the earliest first."""
    wanted = select(article.c.url, revisit.c.due_at.label("due"), revisit.c.why).join_from(revisit, article)
    rows = conn.execute(wanted.where(revisit.c.due_at.is_not(None)).order_by(revisit.c.due_at).limit(limit))
    return tuple(NextLook(**row._mapping) for row in rows)


def unfinished_due(conn: Connection) -> datetime | None:
    """When the next request of a visit that was left unfinished may be sent; None where none was."""
    free_at = case((host.c.not_before > request.c.due_at, host.c.not_before), else_=request.c.due_at)
    waiting = select(func.min(free_at)).join_from(request, visit).outerjoin(host, host.c.host == request.c.host)
    left = request.c.state.in_(("pending", "leased")) & (request.c.purpose != "listing") & visit.c.ended.is_(None)
    found: datetime | None = conn.scalar(waiting.where(left))
    return found


def begin_due(
    conn: Connection,
    *,
    now: datetime,
    limit: int,
    run_id: int,
    manners: Manners,
    paces: Paces,
    not_at: Collection[str] = (),
    take: Callable[[str], bool],
) -> list[Begun]:
    """Begins the looks that are due, at most `limit`, none at the hosts `not_at`.

    `take` takes a look at a host from its budget, and says whether there was one. An article that is being visited is
    not begun again: its visit is gone on with.
    """
    rows = due_rows(conn, now=now, limit=limit, not_at=not_at)
    begun: list[Begun] = []
    for row in rows:
        teller = _teller(conn, row, now)
        told = Teller(since=teller["since"], at=teller["at"]) if teller else None
        pace = paces.get(row["host"], manners.pace)
        what = revisits.how(watched(row), told, now, manners, pace)
        if what == "quiet" and told is not None:
            _put_off(conn, row, told, manners, pace)
            continue
        if what == "wait" and told is not None and told.at is not None:
            _set(conn, row["article_id"], due_at=revisits.asked_again_at(told.at, manners))
            continue
        asks = teller["url"] if what == "ask" and teller is not None else None
        if asks is not None and _is_asked(conn, asks):
            _set(conn, row["article_id"], due_at=now + ASKING)
        elif take(row["host"]):
            visit_id = frontier.add_visit(
                conn,
                url=asks or row["url"],
                run_id=run_id,
                now=now,
                deadline=now + UNDER_WAY,
                purpose="probe" if asks else "article",
            )
            begun.append(Begun(visit_id=visit_id, host=row["host"]))
            _set(conn, row["article_id"], due_at=now + (ASKING if asks else UNDER_WAY))
    return begun


def due_rows(conn: Connection, *, now: datetime, limit: int, not_at: Collection[str] = ()) -> Sequence[RowMapping]:
    """The rows of `revisit` that are due, each with its article's address; those of one worker are not another's."""
    due = select(revisit, article.c.url).join_from(revisit, article).where(revisit.c.due_at <= now)
    waiting = select(host.c.host).where(host.c.not_before > now)
    due = due.where(revisit.c.host.not_in(waiting), revisit.c.host.not_in(tuple(not_at)), ~under_way())
    due = due.order_by(revisit.c.due_at).limit(limit).with_for_update(skip_locked=True, of=revisit)
    return conn.execute(due).mappings().all()


def platform_of(conn: Connection, url: str) -> str | None:
    """The comment system that reads the answers of a teller."""
    found: str | None = conn.scalar(select(probe.c.platform).where(probe.c.url == url))
    return found


def answered(
    conn: Connection,
    url: str,
    named: Sequence[NewestComment] | None,
    *,
    now: datetime,
    manners: Manners = DEFAULT_MANNERS,
    paces: Paces = MappingProxyType({}),
) -> int:
    """Takes note of what a teller answered (None: nothing of use): in how many articles there are new comments."""
    row = conn.execute(select(probe).where(probe.c.url == url)).mappings().one_or_none()
    if row is None:
        return 0
    articles = _articles(conn, row["teller"], named or ())
    if named is None or (named and not articles and not row["ids"]):  # it speaks of no article by a name that we know
        failures = row["failures"] + 1
        wait = min(HOUR * 4**failures, LONGEST_REFUSAL)
        _note(conn, row, failures=failures, since=None, not_before=now + wait)
        return 0
    fresh = _unknown(
        conn, {article_id: [c for c in ids if c not in row["ids"]] for article_id, ids in articles.items()}
    )
    visited = set(
        conn.scalars(select(visit.c.article_id).where(visit.c.ended.is_(None), visit.c.article_id.in_(fresh)))
    )
    for article_id in fresh.keys() - visited:
        _tell(conn, article_id, len(fresh[article_id]), now, manners, paces)
    later = {comment_id for article_id in visited for comment_id in fresh[article_id]}
    ids = [each.id for each in named if each.id not in later]
    whole = row["since"] is not None and (not named or not row["ids"] or not set(row["ids"]).isdisjoint(ids))
    _note(conn, row, failures=0, not_before=None, at=now, since=row["since"] if whole else now, ids=ids)
    return len(fresh)


def _teller(conn: Connection, row: RowMapping, now: datetime) -> RowMapping | None:
    """The first address of an article's site that works."""
    if not watched(row).has_teller:
        return None
    usable = or_(probe.c.not_before.is_(None), probe.c.not_before <= now)
    wanted = select(probe).where(probe.c.teller == row["teller"], usable).order_by(probe.c.place).limit(1)
    return conn.execute(wanted).mappings().one_or_none()


def _is_asked(conn: Connection, url: str) -> bool:
    return (
        conn.scalar(select(visit.c.id).where(visit.c.key == short(url), visit.c.ended.is_(None)).limit(1)) is not None
    )


def _put_off(conn: Connection, row: RowMapping, told: Teller, manners: Manners, pace: float) -> None:
    """Its teller named nothing new of it until it answered: that was a look."""
    assert told.at is not None
    found = f"its site told of no new comment in {revisits.span(told.at - row['looked_at'])}"
    look = revisits.next_look(replace(watched(row), looked_at=told.at, found=found), manners, pace)
    _set(conn, row["article_id"], looked_at=told.at, found=found, due_at=look.due_at, why=look.why)


def _tell(conn: Connection, article_id: int, new: int, now: datetime, manners: Manners, paces: Paces) -> None:
    mine = (revisit.c.article_id == article_id) & revisit.c.due_at.is_not(None)
    row = conn.execute(select(revisit).where(mine)).mappings().one_or_none()
    if row is None:
        return
    told = row["told"] + new
    due = revisits.told_at(told, now, manners, paces.get(row["host"], manners.pace))
    why = f"its site tells of {told} new comment{'' if told == 1 else 's'}"
    _set(conn, article_id, told=told, why=why, due_at=min(due, row["due_at"]) if row["told"] else due)


def _articles(conn: Connection, teller: str, named: Sequence[NewestComment]) -> Mapping[int, list[str]]:
    """Article → the comments that an answer names in it."""
    of_thread, of_url = _by(named, "thread_id"), _by(named, "url")
    found: dict[int, list[str]] = {}
    for some in chunks(sorted(of_thread)):
        mine = (revisit.c.teller == teller) & revisit.c.thread_name.in_(some)
        for row in conn.execute(select(revisit.c.article_id, revisit.c.thread_name).where(mine)):
            found.setdefault(row.article_id, []).extend(of_thread[row.thread_name])
    names = {short(clean(url)): ids for url, ids in of_url.items()}
    for some in chunks(sorted(names)):
        of_teller = article_url.join(revisit, revisit.c.article_id == article_url.c.article_id)
        mine = (revisit.c.teller == teller) & article_url.c.url.in_(some)
        for row in conn.execute(select(article_url.c.article_id, article_url.c.url).select_from(of_teller).where(mine)):
            found.setdefault(row.article_id, []).extend(names[row.url])
    return found


def _by(named: Sequence[NewestComment], name: str) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for each in named:
        if (value := getattr(each, name)) is not None:
            groups.setdefault(value, []).append(each.id)
    return groups


def _unknown(conn: Connection, named: Mapping[int, Sequence[str]]) -> dict[int, list[str]]:
    """Article → those of the comments that are not in the archive, where there are such."""
    found: dict[int, list[str]] = {}
    for article_id, ids in named.items():
        mine = (thread.c.article_id == article_id) & comment.c.native_id.in_(ids)
        known = set(conn.scalars(select(comment.c.native_id).select_from(comment.join(thread)).where(mine)))
        if new := [each for each in ids if each not in known]:
            found[article_id] = new
    return found


def _note(conn: Connection, row: RowMapping, **values: Any) -> None:
    conn.execute(update(probe).where(probe.c.id == row["id"]).values(values))


def _set(conn: Connection, article_id: int, **values: Any) -> None:
    conn.execute(update(revisit).where(revisit.c.article_id == article_id).values(values))
