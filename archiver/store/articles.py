"""An article that was read once more: its states, its quotes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from archiver.items import Article, Quote
from archiver.store.schema import article, article_revision, quote

DIGEST_VERSION = b"\x01"


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
    old = conn.execute(
        select(
            article_revision.c.id,
            article_revision.c.digest,
            article_revision.c.confirmed_by,
            article_revision.c.is_current,
        )
        .where(article_revision.c.article_id == article_id)
        .order_by(article_revision.c.id)
    ).all()
    before = next((row for row in reversed(old) if read.extractor in row.confirmed_by), None)
    current = next((row for row in old if row.is_current), None)
    if before is not None and before.digest == words:
        return int(before.id), None
    if current is not None and current.digest == words:
        confirmed = [*current.confirmed_by, read.extractor]
        conn.execute(update(article_revision).where(article_revision.c.id == current.id).values(confirmed_by=confirmed))
        return int(current.id), None
    change = "first" if current is None else "reread" if before is None else "edited"
    conn.execute(update(article_revision).where(article_revision.c.article_id == article_id).values(is_current=False))
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
    return int(conn.execute(insert(article_revision).values(row).returning(article_revision.c.id)).scalar_one()), change


def touch(conn: Connection, article_id: int, at: datetime) -> None:
    """The article was seen at `at`, which may lie before or after what is known."""
    row = conn.execute(select(article.c.first_seen, article.c.last_seen).where(article.c.id == article_id)).one()
    if not row.first_seen <= at <= row.last_seen:
        seen = {"first_seen": min(row.first_seen, at), "last_seen": max(row.last_seen, at)}
        conn.execute(update(article).where(article.c.id == article_id).values(seen))


def save_quotes(conn: Connection, quotes: Iterable[Quote], *, revision_id: int) -> int:
    """Puts the quotes of a state of an article in place of those found before; how many they are."""
    conn.execute(delete(quote).where(quote.c.article_revision_id == revision_id))
    rows = [_quote_row(found, number, revision_id) for number, found in enumerate(quotes)]
    if rows:
        conn.execute(insert(quote), rows)
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
        "rule": found.rule,
        "confidence": found.confidence,
    }
