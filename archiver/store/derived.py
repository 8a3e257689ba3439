"""Links and flags of a thread, computed anew from its rows: what can be dropped and made again at any time."""

from __future__ import annotations

from itertools import islice
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, union_all

from archiver.store.read import BATCH
from archiver.store.schema import article, article_revision, comment, comment_revision, flag, link, thread
from archiver.threads import flags, links
from archiver.threads.links import Said

_CHANGED = union_all(
    select(thread.c.id)
    .join_from(comment_revision, comment)
    .join(thread, thread.c.id == comment.c.thread_id)
    .where(comment_revision.c.visit_id == bindparam("visit")),
    select(thread.c.id)
    .join_from(article_revision, thread, thread.c.article_id == article_revision.c.article_id)
    .where(article_revision.c.visit_id == bindparam("visit")),
).subquery()
_THREADS = select(_CHANGED.c.id).distinct().order_by(_CHANGED.c.id)

_WORDED = (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current
_SAID = (
    select(
        comment.c.id,
        comment.c.native_id,
        comment.c.parent_native_id,
        comment.c.number,
        comment.c.published,
        comment_revision.c.author,
        comment_revision.c.text,
    )
    .join_from(comment, comment_revision, _WORDED)
    .where(comment.c.thread_id == bindparam("thread"), comment.c.kind.in_(("comment", "pick")))
    .order_by(comment.c.position.is_(None), comment.c.position, comment.c.id)
)
_PRESENT = (article_revision.c.article_id == article.c.id) & article_revision.c.is_current
_ARTICLE = (
    select(article_revision.c.text)
    .join_from(thread, article)
    .join(article_revision, _PRESENT)
    .where(thread.c.id == bindparam("thread"))
)
_OF_THREAD = select(comment.c.id).where(comment.c.thread_id == bindparam("thread"))
_DROP_LINKS = delete(link).where(link.c.comment_id.in_(_OF_THREAD))
_DROP_FLAGS = delete(flag).where(flag.c.comment_id.in_(_OF_THREAD), flag.c.kind != "campaign")
_LINKS = insert(link)
_FLAGS = insert(flag)


def derive(conn: Connection, visit_id: int) -> None:
    """Links and flags of the threads in which a visit brought other words: in the thread, or in its article."""
    for thread_id in conn.scalars(_THREADS, {"visit": visit_id}).all():
        derive_thread(conn, thread_id)


def derive_thread(conn: Connection, thread_id: int) -> None:
    """Links and flags of one thread, in place of those it had. Campaigns are found over all threads, and stay."""
    said, own = _said(conn, thread_id)
    conn.execute(_DROP_LINKS, {"thread": thread_id})
    conn.execute(_DROP_FLAGS, {"thread": thread_id})
    text = conn.scalar(_ARTICLE, {"thread": thread_id}) or ""
    found, raised = links.find(said, text), flags.find(said)
    while some_links := list(islice(found, BATCH)):
        conn.execute(_LINKS, [_link_row(each, own) for each in some_links])
    while some_flags := list(islice(raised, BATCH)):
        conn.execute(_FLAGS, [_flag_row(each, own) for each in some_flags])


def _said(conn: Connection, thread_id: int) -> tuple[list[Said], dict[str, int]]:
    """A thread's comments in the order of their times where all are known, else in reading order; and the row of each,
    by its id on the page."""
    rows = conn.execute(_SAID, {"thread": thread_id}).all()
    own = {row.native_id: row.id for row in rows}
    if all(row.published is not None for row in rows):
        rows = sorted(rows, key=lambda row: row.published)
    said = [
        Said(id=row.native_id, text=row.text, author=row.author, parent_id=row.parent_native_id, number=row.number)
        for row in rows
    ]
    return said, own


def _link_row(found: links.Link, own: dict[str, int]) -> dict[str, Any]:
    start, end = found.span or (None, None)
    target_start, target_end = found.target_span or (None, None)
    return {
        "comment_id": own[found.comment_id],
        "method": found.method,
        "target": found.target,
        "target_comment_id": own[found.target_id] if found.target_id is not None else None,
        "target_name": found.target_name,
        "rule": found.rule,
        "span_start": start,
        "span_end": end,
        "target_start": target_start,
        "target_end": target_end,
        "similarity": found.similarity,
        "confidence": found.confidence,
    }


def _flag_row(found: flags.Flag, own: dict[str, int]) -> dict[str, Any]:
    return {"comment_id": own[found.comment_id], "kind": found.kind, "rule": found.rule, "score": found.score}
