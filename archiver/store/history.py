"""What the archive knows of an article's past: its states, its threads' readings, the lives of its comments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, or_, select

from archiver.items import ThreadState
from archiver.store.dialect import CHUNK
from archiver.store.read import COMMENT_COLUMNS, COMMENTS, comment_row, find_article
from archiver.store.rows import CommentRow
from archiver.store.schema import (
    article,
    article_revision,
    comment,
    comment_revision,
    comment_state,
    reading,
    thread,
    visit,
)
from archiver.threads.history import Life, StateChange, Wording, written_at
from archiver.threads.values import Completeness


@dataclass(frozen=True, kw_only=True, slots=True)
class Visit:
    """One attempt at the article that has ended."""

    started: datetime
    ended: datetime
    outcome: str
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadReading:
    """A closed reading of one of the article's threads. Its last capture came at `at`."""

    platform: str
    thread: str
    at: datetime
    state: ThreadState
    claimed: int | None
    collected: int
    completeness: Completeness
    reason: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleState:
    """What an article said from `seen` on. `change` tells an edit from a better reading of the same page."""

    seen: datetime
    change: str
    title: str | None
    deck: str | None
    authors: tuple[str, ...]
    dateline: str | None
    text: str
    licence_url: str | None
    licence_text: str | None
    image_credit: str | None


def address(conn: Connection, url: str) -> str:
    """The address by which the archive calls the article at `url`. Raises `NotArchived`."""
    return str(conn.execute(select(article.c.url).where(article.c.id == find_article(conn, url))).scalar_one())


def visits(conn: Connection, url: str) -> Sequence[Visit]:
    """The article's visits, in the order in which they ended."""
    columns = (visit.c[name] for name in ("started", "ended", "outcome", "reason"))
    mine = (visit.c.article_id == find_article(conn, url)) & visit.c.ended.is_not(None)
    rows = conn.execute(select(*columns).where(mine).order_by(visit.c.ended, visit.c.id))
    return [Visit(**row._mapping) for row in rows]


def readings(conn: Connection, url: str) -> Sequence[ThreadReading]:
    """The closed readings of the article's threads, thread by thread, earliest first."""
    columns = (
        thread.c.platform,
        thread.c.native_id.label("thread"),
        reading.c.thread_state.label("state"),
        *(reading.c[name] for name in ("at", "claimed", "collected", "completeness", "reason")),
    )
    wanted = select(*columns).join_from(reading, thread)
    mine = (thread.c.article_id == find_article(conn, url)) & reading.c.closed.is_not(None)
    rows = conn.execute(wanted.where(mine).order_by(thread.c.id, reading.c.at, reading.c.id))
    return [ThreadReading(**row._mapping) for row in rows]


def article_states(conn: Connection, url: str) -> Sequence[ArticleState]:
    """What the article said, in the order in which it was read."""
    names = ("seen", "change", "title", "deck", "authors", "dateline", "text")
    columns = (article_revision.c[name] for name in (*names, "licence_url", "licence_text", "image_credit"))
    mine = article_revision.c.article_id == find_article(conn, url)
    rows = conn.execute(select(*columns).where(mine).order_by(article_revision.c.id))
    return [ArticleState(**row._asdict() | {"authors": tuple(row.authors)}) for row in rows]


def lives(
    conn: Connection, url: str, *, since: datetime | None = None, until: datetime | None = None
) -> Iterator[tuple[CommentRow, Life]]:
    """The article's comments in reading order, each in its present state and with all that became of it.

    With `since` only those of which something was noticed after it, up to `until`. Some at a time: the thread may be
    longer than memory.
    """
    changed = () if since is None else (_changed(since, until),)
    yield from _lives(conn, find_article(conn, url), *changed)


def lives_touched(conn: Connection, visit_id: int, threads: Collection[int]) -> Iterator[tuple[CommentRow, Life]]:
    """The same of the comments in some of its threads that a visit found new, or otherwise than before."""
    reworded = select(comment_revision.c.comment_id).where(comment_revision.c.visit_id == visit_id)
    restated = select(comment_state.c.comment_id).join(reading).where(reading.c.visit_id == visit_id)
    touched = or_(comment.c.id.in_(reworded), comment.c.id.in_(restated))
    article_id = conn.execute(select(visit.c.article_id).where(visit.c.id == visit_id)).scalar_one()
    yield from _lives(conn, article_id, touched, thread.c.id.in_(threads))


def _lives(conn: Connection, article_id: int, *conditions: Any) -> Iterator[tuple[CommentRow, Life]]:
    ended = _ends(conn, article_id)
    order = (thread.c.id, comment.c.position.is_(None), comment.c.position, comment.c.id)
    numbers = (comment.c.id.label("row_id"), comment.c.thread_id)
    wanted = select(*COMMENT_COLUMNS, *numbers).select_from(COMMENTS)
    wanted = wanted.where(thread.c.article_id == article_id, *conditions)
    with conn.execute(wanted.order_by(*order), execution_options={"yield_per": CHUNK}) as result:
        for some in result.mappings().partitions(CHUNK):
            ids = [row["row_id"] for row in some]
            wordings, states = _wordings(conn, ids), _states(conn, ids)
            for row in some:
                values = dict(row)
                row_id, thread_id = values.pop("row_id"), values.pop("thread_id")
                shown = comment_row(values)
                yield (
                    shown,
                    Life(
                        first_seen=shown.first_seen,
                        written=written_at(shown.published, shown.published_local),
                        wordings=tuple(wordings[row_id]),
                        states=tuple(states[row_id]),
                        readings=tuple(ended.get(thread_id, ())),
                    ),
                )


def _ends(conn: Connection, article_id: int) -> Mapping[int, Sequence[datetime]]:
    found: dict[int, list[datetime]] = defaultdict(list)
    wanted = select(reading.c.thread_id, reading.c.at).join_from(reading, thread)
    mine = (thread.c.article_id == article_id) & reading.c.closed.is_not(None)
    for row in conn.execute(wanted.where(mine).order_by(reading.c.at)):
        found[row.thread_id].append(row.at)
    return found


def _changed(since: datetime, until: datetime | None) -> Any:
    def within(column: Any) -> Any:
        return column > since if until is None else (column > since) & (column <= until)

    reworded = select(comment_revision.c.comment_id).where(within(comment_revision.c.seen))
    restated = select(comment_state.c.comment_id).where(within(comment_state.c.at))
    return or_(within(comment.c.first_seen), comment.c.id.in_(reworded), comment.c.id.in_(restated))


def _wordings(conn: Connection, ids: Sequence[int]) -> Mapping[int, list[Wording]]:
    names = ("seen", "visit_id", "source", "change", "author", "author_url", "text", "html", "links")
    columns = (comment_revision.c.comment_id, *(comment_revision.c[name] for name in names))
    mine = comment_revision.c.comment_id.in_(ids)
    found: dict[int, list[Wording]] = defaultdict(list)
    for row in conn.execute(select(*columns).where(mine).order_by(comment_revision.c.id)):
        values = {name: getattr(row, name) for name in names} | {"links": tuple(row.links)}
        found[row.comment_id].append(Wording(**values))
    return found


def _states(conn: Connection, ids: Sequence[int]) -> Mapping[int, list[StateChange]]:
    names = ("state", "at", "gone_after", "gone_before")
    columns = (comment_state.c.comment_id, reading.c.visit_id, *(comment_state.c[name] for name in names))
    wanted = select(*columns).join_from(comment_state, reading).where(comment_state.c.comment_id.in_(ids))
    found: dict[int, list[StateChange]] = defaultdict(list)
    for row in conn.execute(wanted.order_by(comment_state.c.id)):
        found[row.comment_id].append(StateChange(**{name: getattr(row, name) for name in (*names, "visit_id")}))
    return found
