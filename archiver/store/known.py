"""What the archive knows of the comments that a page shows, in a few statements for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select

from archiver.store.dialect import chunks
from archiver.store.schema import author, comment, comment_revision
from archiver.threads.merge import Facts, Known, Revision

FACTS = {
    "parent_id": comment.c.parent_native_id,
    "author_id": author.c.native_id,
    **{each.name: comment.c[each.name] for each in fields(Facts) if each.name not in ("parent_id", "author_id")},
}
"""Field of `Facts` → the column that holds it."""

_COMMENTS = (
    select(
        comment.c.id,
        comment.c.native_id,
        comment.c.author_id.label("author_row"),
        comment.c.state,
        comment.c.score,
        comment.c.printed_depth,
        comment.c.first_seen,
        *(column.label(f"facts_{name}") for name, column in FACTS.items()),
    )
    .outerjoin_from(comment, author)
    .where(comment.c.thread_id == bindparam("thread"), comment.c.native_id.in_(bindparam("ids", expanding=True)))
)
_REVISIONS = (
    select(
        *(
            comment_revision.c[name]
            for name in ("comment_id", "id", "digest", "visit_id", "source", "confirmed_by", "is_current")
        )
    )
    .where(comment_revision.c.comment_id.in_(bindparam("ids", expanding=True)))
    .order_by(comment_revision.c.id)
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Stored:
    """A comment's row, and what `merge.fold` wants to know of it."""

    id: int
    known: Known
    author_row: int | None
    score: int | None
    printed_depth: int | None
    first_seen: datetime


def stored(conn: Connection, thread_id: int, native_ids: Sequence[str]) -> Mapping[str, Stored]:
    """Those of the comments that the archive has, by native id."""
    rows = [row for some in chunks(native_ids) for row in _rows(conn, thread_id, some)]
    revisions = _revisions(conn, [row["id"] for row in rows])
    return {row["native_id"]: _stored(row, revisions[row["id"]]) for row in rows}


def _rows(conn: Connection, thread_id: int, native_ids: Sequence[str]) -> Sequence[RowMapping]:
    return conn.execute(_COMMENTS, {"thread": thread_id, "ids": native_ids}).mappings().all()


def _revisions(conn: Connection, comment_ids: Sequence[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for some in chunks(comment_ids):
        for row in conn.execute(_REVISIONS, {"ids": some}):
            found[row.comment_id].append(row)
    return found


def _stored(row: RowMapping, revisions: Sequence[Any]) -> Stored:
    facts = Facts(
        **{name: row[f"facts_{name}"] for name in FACTS} | {"parent_source": row["facts_parent_source"] or "feed"}
    )
    known = Known(
        facts=facts,
        state=row["state"],
        revisions=tuple(
            Revision(
                key=each.id,
                digest=each.digest,
                visit_id=each.visit_id,
                source=each.source,
                confirmed_by=frozenset(each.confirmed_by),
            )
            for each in revisions
        ),
        current=next((each.id for each in revisions if each.is_current), None),
    )
    return Stored(
        id=row["id"],
        known=known,
        author_row=row["author_row"],
        score=row["score"],
        printed_depth=row["printed_depth"],
        first_seen=row["first_seen"],
    )
