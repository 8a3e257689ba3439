"""An article that was read once more: its states, its quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from archiver.items import Article, Quote
from archiver.store.schema import article, article_revision, quote

DIGEST_VERSION = b"\x01"

_STATES = (
    select(
        article_revision.c.id,
        article_revision.c.digest,
        article_revision.c.confirmed_by,
        article_revision.c.is_current,
    )
    .where(article_revision.c.article_id == bindparam("article"))
    .order_by(article_revision.c.id)
)
_CONFIRM = (
    update(article_revision).where(article_revision.c.id == bindparam("row")).values(confirmed_by=bindparam("by"))
)
_REPLACE = (
    update(article_revision).where(article_revision.c.article_id == bindparam("article")).values(is_current=False)
)
_NEW = insert(article_revision).returning(article_revision.c.id)
_SEEN = select(article.c.first_seen, article.c.last_seen).where(article.c.id == bindparam("article"))
_TOUCH = (
    update(article)
    .where(article.c.id == bindparam("article"))
    .values(first_seen=bindparam("first"), last_seen=bindparam("last"))
)
_FORGET_QUOTES = delete(quote).where(quote.c.article_revision_id == bindparam("state"))
_QUOTES = insert(quote)


def digest(read: Article) -> str:
    """Of what an article says: text, title, deck, authors, dateline, licence, credit. Blanks and markup are outside."""
    parts = [
        read.text,
        read.title,
        read.deck,
        *read.authors,
        read.dateline,
        read.licence_url,
        read.licence_text,
        read.image_credit,
    ]
    told = "\x1f".join(" ".join((part or "").split()) for part in parts)
    return sha256(DIGEST_VERSION + told.encode("utf-8", "surrogatepass")).hexdigest()


def save_article(
    conn: Connection, read: Article, *, article_id: int, capture_id: int, visit_id: int, at: datetime
) -> tuple[int, str | None]:
    """The row of the state that was read, and what is new about it: `first`, `edited`, `reread` or None."""
    words = digest(read)
    old = conn.execute(_STATES, {"article": article_id}).all()
    before = next((row for row in reversed(old) if read.extractor in row.confirmed_by), None)
    current = next((row for row in old if row.is_current), None)
    if before is not None and before.digest == words:
        return int(before.id), None
    if current is not None and current.digest == words:
        confirmed = [*current.confirmed_by, read.extractor]
        conn.execute(_CONFIRM, {"row": current.id, "by": confirmed})
        return int(current.id), None
    change = "first" if current is None else "reread" if before is None else "edited"
    if old:
        conn.execute(_REPLACE, {"article": article_id})
    row = _columns(read) | {
        "article_id": article_id,
        "capture_id": capture_id,
        "visit_id": visit_id,
        "confirmed_by": [read.extractor],
        "digest": words,
        "change": change,
        "is_current": True,
        "seen": at,
    }
    return int(conn.execute(_NEW, row).scalar_one()), change


def touch(conn: Connection, article_id: int, at: datetime) -> None:
    """The article was seen at `at`, which may lie before or after what is known."""
    row = conn.execute(_SEEN, {"article": article_id}).one()
    if not row.first_seen <= at <= row.last_seen:
        seen = {"first": min(row.first_seen, at), "last": max(row.last_seen, at)}
        conn.execute(_TOUCH, {"article": article_id} | seen)


def save_quotes(conn: Connection, quotes: Iterable[Quote], *, revision_id: int) -> int:
    """Puts the quotes of a state of an article in place of those found before; how many they are."""
    conn.execute(_FORGET_QUOTES, {"state": revision_id})
    rows = [_quote_row(found, number, revision_id) for number, found in enumerate(quotes)]
    if rows:
        conn.execute(_QUOTES, rows)
    return len(rows)


def _columns(read: Article) -> dict[str, Any]:
    return {
        "extractor": read.extractor,
        "title": read.title,
        "deck": read.deck,
        "authors": list(read.authors),
        "dateline": read.dateline,
        "published": read.published,
        "published_local": read.published_local,
        "published_raw": read.published_raw,
        "published_precision": read.published_precision,
        "modified": read.modified,
        "modified_local": read.modified_local,
        "modified_raw": read.modified_raw,
        "text": read.text,
        "html": read.html,
        "language": read.language,
        "section": read.section,
        "tags": list(read.tags),
        "licence_url": read.licence_url,
        "licence_text": read.licence_text,
        "image_credit": read.image_credit,
        "media": [asdict(each) for each in read.media],
        "found_by": dict(read.found_by),
        "confidence": read.confidence,
    }


def _quote_row(found: Quote, number: int, revision_id: int) -> dict[str, Any]:
    return {
        "article_revision_id": revision_id,
        "number": number,
        "span_start": found.start,
        "span_end": found.end,
        "text": found.text,
        "kind": found.kind,
        "mark_open": found.marks[0],
        "mark_close": found.marks[1],
        "repaired": found.repaired,
        "speaker": found.speaker,
        "speaker_mention": found.speaker_mention,
        "cue": found.cue,
        "addressee": found.addressee,
        "repeats": found.repeats,
        "url": found.url,
        "rule": found.rule,
        "confidence": found.confidence,
    }
