"""Comments of pages that show no ids, under the ids that the archive knows them by, or new ones that last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, select

from archiver.items import Comment, ThreadPage
from archiver.store.dialect import short
from archiver.store.readings import Read
from archiver.store.schema import comment, comment_revision, sighting
from archiver.threads.identity import recognise
from archiver.threads.likeness import Look, look_of
from archiver.threads.naming import lasting_id


def with_lasting_ids(conn: Connection, page: ThreadPage, read: Read) -> ThreadPage:
    """The page; comments with derived ids, good only within it, are those of the archive that they are, or new."""
    if all(each.id_origin == "native" for each in page.comments):
        return page
    known = _known(conn, read.thread_id)
    taken = {look.id for look in known}
    own = {each.id: short(each.id) for each in page.comments if each.id_origin == "native"}
    names = dict(
        recognise(
            [look_of(each) for each in page.comments],
            known,
            seen=_seen(conn, read.reading_id, page),
            certain={here: there for here, there in own.items() if there in taken},
        )
    )
    taken |= set(own.values())
    for each in page.comments:
        if each.id not in names:
            names[each.id] = own.get(each.id) or lasting_id(each, is_taken=taken.__contains__)
            taken.add(names[each.id])
    return replace(page, comments=tuple(_renamed(each, names) for each in page.comments))


def _renamed(each: Comment, names: Mapping[str, str]) -> Comment:
    parent = names.get(each.parent_id, each.parent_id) if each.parent_id is not None else None
    return replace(each, id=names[each.id], parent_id=parent)


def _known(conn: Connection, thread_id: int) -> Sequence[Look]:
    """All comments of the thread with their present words, in reading order; those of this reading are the last."""
    words = (comment_revision.c.comment_id == comment.c.id) & comment_revision.c.is_current
    columns = (
        comment.c.native_id.label("id"),
        comment.c.parent_native_id.label("parent"),
        *(comment.c[name] for name in ("published", "published_local", "published_precision")),
        *(comment_revision.c[name] for name in ("author", "text", "digest")),
    )
    wanted = select(*columns).join_from(comment, comment_revision, words).where(comment.c.thread_id == thread_id)
    order = (comment.c.position.is_(None), comment.c.position, comment.c.id)
    return [_look(row) for row in conn.execute(wanted.order_by(*order))]


def _look(row: Any) -> Look:
    return Look(**row._mapping)


def _seen(conn: Connection, reading_id: int, page: ThreadPage) -> frozenset[str]:
    """What other pages of the same source have shown in this reading already."""
    wanted = select(comment.c.native_id).join_from(sighting, comment)
    mine = (sighting.c.reading_id == reading_id) & (sighting.c.source == page.source)
    return frozenset(conn.scalars(wanted.where(mine)))
