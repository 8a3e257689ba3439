"""What a visit changed in the threads of its article, as values: each change with the comment that it is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Select, bindparam, func, or_, select

from archiver.store.read import COMMENT_COLUMNS
from archiver.store.rows import CommentRow
from archiver.store.schema import (
    article,
    article_revision,
    author,
    comment,
    comment_revision,
    comment_state,
    reading,
    thread,
    visit,
)

ChangeKind = Literal["first", "new", "edited", "gone", "back"]
"""`first`: found by the first reading of its thread, so that nobody can say since when it has been there."""

_BEST_LAST = ("feed", "markup", "api")


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a comment said before it was edited."""

    author: str | None
    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """`comment` as it was after the change; of one that is gone the last words. `before` only where it was edited."""

    change: ChangeKind
    at: datetime
    """When the change was noticed, UTC."""
    comment: CommentRow
    before: Wording | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitChanges:
    """All changes that one visit noticed: new and edited comments, then those that went or came back, each in reading
    order."""

    url: str
    """The article's."""
    title: str | None
    at: datetime
    """When the visit began, UTC."""
    changes: tuple[Change, ...]


_EARLIER_STATE = comment_state.alias("earlier_state")
_STATE_BEFORE = (
    select(_EARLIER_STATE.c.state)
    .where(_EARLIER_STATE.c.comment_id == comment_state.c.comment_id, _EARLIER_STATE.c.id < comment_state.c.id)
    .order_by(_EARLIER_STATE.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
WENT = (
    (comment_state.c.state != "visible")
    & comment_state.c.gone_after.is_not(None)
    & (func.coalesce(_STATE_BEFORE, "visible") == "visible")
)
"""Of a row of `comment_state`: the comment went. One that was never seen otherwise did not go, nor did one of which
the site now says why it went."""

CAME_BACK = comment_state.c.state == "visible"
"""Of a row of `comment_state`: a comment that was gone is there again."""

_EARLIER_READING = reading.alias("earlier_reading")
_READ_BEFORE = (
    select(_EARLIER_READING.c.id)
    .where(
        _EARLIER_READING.c.thread_id == reading.c.thread_id,
        _EARLIER_READING.c.id < reading.c.id,
        _EARLIER_READING.c.closed.is_not(None),
    )
    .exists()
)
_VISIT = (
    select(article.c.url, article_revision.c.title, visit.c.started.label("at"))
    .join_from(visit, article, article.c.id == visit.c.article_id)
    .outerjoin(article_revision, (article_revision.c.article_id == article.c.id) & article_revision.c.is_current)
    .where(visit.c.id == bindparam("visit"))
)
_IN_ORDER = (thread.c.id, comment.c.position.is_(None), comment.c.position, comment.c.id)
_WORDED = (
    select(
        *COMMENT_COLUMNS,
        comment.c.id.label("row"),
        comment_revision.c.id.label("revision"),
        *(comment_revision.c[name] for name in ("change", "seen", "source", "extractor")),
        _READ_BEFORE.label("read_before"),
    )
    .select_from(
        comment.join(thread)
        .join(article)
        .join(comment_revision, comment_revision.c.comment_id == comment.c.id)
        .join(reading, (reading.c.thread_id == thread.c.id) & (reading.c.visit_id == comment_revision.c.visit_id))
        .outerjoin(author)
    )
    .where(comment_revision.c.visit_id == bindparam("visit"), comment_revision.c.change.in_(("first", "edited")))
    .order_by(*_IN_ORDER, comment_revision.c.id)
)
_NOT_FIRST = _WORDED.where(_READ_BEFORE)
_MOVED = (
    select(
        *COMMENT_COLUMNS,
        comment_state.c.at,
        comment_state.c.state.label("then"),
        comment_state.c.gone_after.label("then_after"),
        comment_state.c.gone_before.label("then_before"),
    )
    .select_from(
        comment.join(thread)
        .join(article)
        .join(comment_revision, (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current)
        .join(comment_state, comment_state.c.comment_id == comment.c.id)
        .join(reading, reading.c.id == comment_state.c.reading_id)
        .outerjoin(author)
    )
    .where(reading.c.visit_id == bindparam("visit"), or_(WENT, CAME_BACK))
    .order_by(*_IN_ORDER)
)
_WORDS_BEFORE = (
    select(*(comment_revision.c[name] for name in ("author", "text", "confirmed_by")))
    .where(comment_revision.c.comment_id == bindparam("comment"), comment_revision.c.id < bindparam("revision"))
    .order_by(comment_revision.c.id.desc())
)


def of_visit(conn: Connection, visit_id: int, *, first: bool = True) -> VisitChanges | None:
    """What a visit that has been judged changed; None where it has no article or changed nothing.

    Without `first` the comments that the first reading of a thread found are left out, and not even read.
    """
    about = conn.execute(_VISIT, {"visit": visit_id}).mappings().one_or_none()
    if about is None:
        return None
    changes = (*_worded(conn, visit_id, _WORDED if first else _NOT_FIRST), *_moved(conn, visit_id))
    return VisitChanges(**about, changes=changes) if changes else None


def _worded(conn: Connection, visit_id: int, wanted: Select[Any]) -> Iterator[Change]:
    """New and edited comments. Where two sources read an edit each in its own way, it is told as the better one did."""
    read: dict[int, list[Any]] = defaultdict(list)
    for row in conn.execute(wanted, {"visit": visit_id}).mappings():
        read[row["row"]].append(row)
    for rows in read.values():
        best = max(reversed(rows), key=lambda row: _BEST_LAST.index(row["source"]))
        if any(row["change"] == "first" for row in rows):
            kind: ChangeKind = "new" if best["read_before"] else "first"
            yield Change(change=kind, at=rows[0]["seen"], comment=_comment(best))
        else:
            yield Change(change="edited", at=best["seen"], comment=_comment(best), before=_before(conn, best))


def _before(conn: Connection, row: Mapping[str, Any]) -> Wording | None:
    """What the same extractor read before: only against that an edit is told, see `archiver.threads.merge`."""
    earlier = conn.execute(_WORDS_BEFORE, {"comment": row["row"], "revision": row["revision"]})
    same = (each for each in earlier if row["extractor"] in each.confirmed_by)
    return next((Wording(author=each.author, text=each.text) for each in same), None)


def _moved(conn: Connection, visit_id: int) -> Iterator[Change]:
    """Comments that went or came back."""
    for row in conn.execute(_MOVED, {"visit": visit_id}).mappings():
        kind: ChangeKind = "back" if row["then"] == "visible" else "gone"
        then = {"state": row["then"], "gone_after": row["then_after"], "gone_before": row["then_before"]}
        yield Change(change=kind, at=row["at"], comment=_comment({**row, **then}))


def _comment(row: Mapping[str, Any]) -> CommentRow:
    told = {name: row[name] for name in CommentRow.__slots__}
    return CommentRow(**told | {"links": tuple(row["links"]), "sources": tuple(row["sources"])})
