"""The comments of one page, folded into the archive: few statements, however many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Connection, bindparam, insert, update

from archiver.items import Comment, ThreadPage
from archiver.store.authors import author_key, author_rows
from archiver.store.dialect import Prepared, short
from archiver.store.identities import with_lasting_ids
from archiver.store.known import Stored, stored
from archiver.store.readings import Read
from archiver.store.schema import comment, comment_revision, score, sighting
from archiver.store.types import LARGEST
from archiver.threads.merge import Facts, Folded, fold

_FACT_COLUMNS = (
    "parent_native_id",
    *(each.name for each in fields(Facts) if each.name not in ("parent_id", "author_id")),
)
_CHANGING = (*_FACT_COLUMNS, "author_id", "score", "printed_depth", "first_seen")

_NEW = insert(comment).returning(comment.c.native_id, comment.c.id)
_CHANGE = (
    update(comment)
    .where(comment.c.id == bindparam("row"))
    .values({name: bindparam(f"new_{name}", type_=comment.c[name].type) for name in _CHANGING})
)
_WORDS = insert(comment_revision)
_REPLACE = (
    update(comment_revision)
    .where(comment_revision.c.comment_id == bindparam("row"), comment_revision.c.is_current)
    .values(is_current=False)
)
_CONFIRM = (
    update(comment_revision).where(comment_revision.c.id == bindparam("row")).values(confirmed_by=bindparam("by"))
)
_SCORE = Prepared(
    score,
    lambda insert: insert.on_conflict_do_update(
        index_elements=["comment_id", "reading_id"], set_={"score": insert.excluded.score}
    ),
)
_SIGHT = insert(sighting)


@dataclass(frozen=True, kw_only=True, slots=True)
class Counts:
    """How many comments a page showed, and how many of them were new or had been edited."""

    seen: int = 0
    new: int = 0
    edited: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Origin:
    """The page that comments were read from."""

    page: ThreadPage
    read: Read
    capture_id: int
    visit_id: int
    article_url: str
    at: datetime
    shown_before: int = 0
    """How many comments earlier pieces of the same page showed."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Change:
    """A comment on the page, what was known of it, and what should now be held."""

    seen: Comment
    old: Stored | None
    folded: Folded
    author_row: int | None


def save_comments(conn: Connection, origin: Origin) -> Counts:
    """Folds each comment of the page into what is known of it, and notes where it was seen."""
    page = with_lasting_ids(conn, origin.page, origin.read)
    seen = _once_each(page.comments)
    if not seen:
        return Counts()
    old = stored(conn, origin.read.thread_id, list(seen))
    authors = author_rows(
        conn, seen.values(), platform=origin.page.platform, site=urlsplit(origin.article_url).netloc.lower()
    )
    changes = {key: _change(each, old.get(key), authors, origin) for key, each in seen.items()}
    ids = {key: row.id for key, row in old.items()} | dict(_insert_new(conn, changes, origin))
    _update_known(conn, changes.values(), origin)
    _save_revisions(conn, changes, ids, origin)
    _save_scores(conn, changes, ids, origin)
    if not origin.read.closed:
        _save_sightings(conn, seen, ids, origin)
    return Counts(
        seen=len(seen),
        new=sum(each.old is None for each in changes.values()),
        edited=sum(each.folded.change == "edited" for each in changes.values()),
    )


def _once_each(shown: Sequence[Comment]) -> Mapping[str, Comment]:
    """By id as stored. A page that shows the same comment again, as a teaser, tells nothing new by it."""
    seen: dict[str, Comment] = {}
    for each in shown:
        if (key := short(each.id)) not in seen:
            seen[key] = _comparable(each)
    return seen


def _comparable(each: Comment) -> Comment:
    """The comment with ids and numbers as the database gives them back."""
    parent = None if each.parent_id is None else short(each.parent_id)
    if parent != each.parent_id:
        each = replace(each, parent_id=parent)
    return replace(each, score=None) if each.score is not None and abs(each.score) > LARGEST else each


def _change(seen: Comment, old: Stored | None, authors: Mapping[str, int], origin: Origin) -> _Change:
    page = origin.page
    known = old.known if old else None
    folded = fold(known, seen, source=page.source, extractor=page.extractor, visit_id=origin.visit_id)
    return _Change(seen=seen, old=old, folded=folded, author_row=_author_row(seen, old, folded, authors))


def _author_row(seen: Comment, old: Stored | None, folded: Folded, authors: Mapping[str, int]) -> int | None:
    """The account where one is known; else who signed the present words."""
    told = authors.get(author_key(folded.facts.author_id, seen.author) or "")
    if old is None or old.author_row is None:
        return told
    better = folded.becomes_current or seen.author_id is not None
    return told if better and told is not None else old.author_row


def _insert_new(conn: Connection, changes: Mapping[str, _Change], origin: Origin) -> Mapping[str, int]:
    new = {key: each for key, each in changes.items() if each.old is None}
    if not new:
        return {}
    rows = [_columns(each, origin) | _columns_of_new(key, each, origin) for key, each in new.items()]
    made = conn.execute(_NEW, rows)
    return {row.native_id: row.id for row in made}


def _columns(change: _Change, origin: Origin) -> dict[str, Any]:
    """What another page may tell better."""
    facts, old, seen = change.folded.facts, change.old, change.seen
    columns = {name: getattr(facts, name) for name in _FACT_COLUMNS if name != "parent_native_id"}
    return columns | {
        "parent_native_id": facts.parent_id,
        "author_id": change.author_row,
        "score": seen.score if seen.score is not None or old is None else old.score,
        "printed_depth": seen.depth if seen.depth is not None or old is None else old.printed_depth,
        "first_seen": origin.at if old is None else min(old.first_seen, origin.at),
    }


def _columns_of_new(key: str, change: _Change, origin: Origin) -> dict[str, Any]:
    return {
        "thread_id": origin.read.thread_id,
        "native_id": key,
        "id_origin": change.seen.id_origin,
        "state": "visible",
        "last_seen": origin.at,
        "sources": [origin.page.source],
        "confidence": change.seen.confidence,
    }


def _update_known(conn: Connection, changes: Sequence[_Change] | Any, origin: Origin) -> None:
    rows = [
        {f"new_{name}": value for name, value in _columns(each, origin).items()} | {"row": each.old.id}
        for each in changes
        if each.old is not None and _differs(each, origin)
    ]
    if rows:
        conn.execute(_CHANGE, rows)


def _differs(change: _Change, origin: Origin) -> bool:
    old, seen = change.old, change.seen
    assert old is not None
    return (
        change.folded.facts != old.known.facts
        or change.author_row != old.author_row
        or (seen.score is not None and seen.score != old.score)
        or (seen.depth is not None and seen.depth != old.printed_depth)
        or origin.at < old.first_seen
    )


def _save_revisions(conn: Connection, changes: Mapping[str, _Change], ids: Mapping[str, int], origin: Origin) -> None:
    worded = {key: each for key, each in changes.items() if each.folded.change is not None}
    replaced = [{"row": ids[key]} for key, each in worded.items() if each.old and each.folded.becomes_current]
    if replaced:
        conn.execute(_REPLACE, replaced)
    if worded:
        conn.execute(_WORDS, [_revision(ids[key], each, origin) for key, each in worded.items()])
    confirmed = [row for each in changes.values() if (row := _confirmation(each, origin.page.extractor)) is not None]
    if confirmed:
        conn.execute(_CONFIRM, confirmed)


def _revision(comment_id: int, change: _Change, origin: Origin) -> dict[str, Any]:
    seen = change.seen
    return {
        "comment_id": comment_id,
        "capture_id": origin.capture_id,
        "visit_id": origin.visit_id,
        "source": origin.page.source,
        "extractor": origin.page.extractor,
        "confirmed_by": [origin.page.extractor],
        "digest": change.folded.digest,
        "change": change.folded.change,
        "is_current": change.folded.becomes_current,
        "seen": origin.at,
        "author": seen.author,
        "author_url": seen.author_url,
        "text": seen.text,
        "html": seen.html,
        "links": list(seen.links),
        "published_raw": seen.published_raw,
        "locator": seen.locator,
        "found_by": dict(seen.found_by),
    }


def _confirmation(change: _Change, extractor: str) -> dict[str, Any] | None:
    key = change.folded.confirms
    if key is None or change.old is None:
        return None
    confirmed = next(each.confirmed_by for each in change.old.known.revisions if each.key == key)
    return {"row": key, "by": sorted(confirmed | {extractor})}


def _save_scores(conn: Connection, changes: Mapping[str, _Change], ids: Mapping[str, int], origin: Origin) -> None:
    rows = [
        {"comment_id": ids[key], "reading_id": origin.read.reading_id, "score": each.seen.score}
        for key, each in changes.items()
        if each.seen.score is not None and (each.old is None or each.old.score != each.seen.score)
    ]
    if rows:
        conn.execute(_SCORE(conn), rows)


def _save_sightings(conn: Connection, seen: Mapping[str, Comment], ids: Mapping[str, int], origin: Origin) -> None:
    page = origin.page
    rows = [
        {
            "reading_id": origin.read.reading_id,
            "comment_id": ids[key],
            "capture_id": origin.capture_id,
            "source": page.source,
            "page_number": page.page_number,
            "newest_first": page.newest_first,
            "place": place,
            "state": each.state,
            "at": origin.at,
        }
        for place, (key, each) in enumerate(seen.items(), start=origin.shown_before)
    ]
    conn.execute(_SIGHT, rows)
