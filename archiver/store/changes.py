"""What a visit noticed in the threads of its article: each event with the comment that it happened to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, bindparam, func, select

from archiver.store.history import lives_touched
from archiver.store.rows import CommentRow
from archiver.store.schema import article, article_revision, reading, thread, visit
from archiver.threads.history import Event, events

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """`comment` as it was after the event; one that is gone with its last words."""

    event: Event
    comment: CommentRow
    first: bool
    """Whether it came with the first reading of its thread: nobody can say since when it has been there."""


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitChanges:
    """All that one visit noticed, in reading order."""

    url: str
    """The article's."""
    title: str | None
    at: datetime
    """When the visit began, UTC."""
    changes: tuple[Change, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _Read:
    """A visit's reading of a thread."""

    thread_id: int
    platform: str
    native_id: str
    first: bool


_VISIT = (
    select(article.c.url, article_revision.c.title, visit.c.started.label("at"))
    .join_from(visit, article, article.c.id == visit.c.article_id)
    .outerjoin(article_revision, (article_revision.c.article_id == article.c.id) & article_revision.c.is_current)
    .where(visit.c.id == bindparam("visit"))
)
_EARLIER = reading.alias("earlier")
_READ_BEFORE = (
    select(func.count())
    .where(_EARLIER.c.thread_id == thread.c.id, _EARLIER.c.id < reading.c.id, _EARLIER.c.closed.is_not(None))
    .scalar_subquery()
)
_READ = (
    select(thread.c.id, thread.c.platform, thread.c.native_id, _READ_BEFORE.label("before"))
    .join_from(reading, thread)
    .where(reading.c.visit_id == bindparam("visit"))
)


def of_visit(conn: Connection, visit_id: int, *, first: bool = True) -> VisitChanges | None:
    """What a visit that has been judged noticed; None where that is nothing.

    Without `first` the comments that came with the first reading of a thread are left out, and not even read.
    """
    about = conn.execute(_VISIT, {"visit": visit_id}).mappings().one_or_none()
    if about is None:
        return None
    readings = [
        _Read(thread_id=row.id, platform=row.platform, native_id=row.native_id, first=not row.before)
        for row in conn.execute(_READ, {"visit": visit_id})
    ]
    wanted = {(each.platform, each.native_id): each for each in readings if first or not each.first}
    touched = lives_touched(conn, visit_id, [each.thread_id for each in wanted.values()])
    changes = tuple(
        Change(event=event, comment=comment, first=event.kind == "added" and read.first)
        for comment, life in touched
        for read in (wanted[comment.platform, comment.thread],)
        for event in events(life, since=LONG_AGO)
        if event.visit_id == visit_id
    )
    return VisitChanges(**about, changes=changes) if changes else None
