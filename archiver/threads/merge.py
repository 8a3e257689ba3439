"""A comment that was just read, folded into what the archive already knows of it.

Two sources may tell of the same comment: the page and the platform's API. They are one comment. What is true of it
once and for all (parent, time, kind, permalink) is taken from whoever knows it best; what it says is a revision, new
only where the words changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

from archiver.items import Comment, CommentKind, CommentState, Precision, Source

DIGEST_VERSION = b"\x01"
"""Stands in front of what is digested: another rule gives other digests, and those are never compared."""

_SOURCES: dict[Source, int] = {"api": 3, "markup": 2, "feed": 1}
_PRECISIONS: dict[Precision | None, int] = {
    None: 0,
    "year": 1,
    "month": 2,
    "day": 3,
    "hour": 4,
    "minute": 5,
    "second": 6,
}

Change = Literal["first", "edited", "reread"]
"""`first`: never read before. `edited`: the same extractor read other words. `reread`: only another extractor did."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is true of a comment once and for all, as far as the archive knows."""

    parent_id: str | None = None
    parent_source: Source = "feed"
    parent_rule: str | None = None
    kind: CommentKind = "comment"
    permalink: str | None = None
    author_id: str | None = None
    title: str | None = None
    number: int | None = None
    published: datetime | None = None
    published_local: datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    published_rule: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Revision:
    """One wording of a comment that the archive holds."""

    key: int
    digest: str
    visit_id: int
    source: Source
    confirmed_by: frozenset[str]
    """The extractors that have read exactly these words."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """A comment as the archive has it: `revisions` as they were read, `current` the key of one of them."""

    facts: Facts
    state: CommentState
    revisions: tuple[Revision, ...]
    current: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Folded:
    """What is to be written: new facts, and a new revision, or the old one that the words agree with."""

    facts: Facts
    digest: str
    change: Change | None
    confirms: int | None = None
    """Key of a revision that another extractor has now read as well."""
    becomes_current: bool = False


def digest(comment: Comment) -> str:
    """Of what the comment says: text, author, links. Blanks, likes, dates and markup are outside it.

    An absent value and an empty one are the same.
    """
    parts = (" ".join(comment.text.split()), " ".join((comment.author or "").split()), *comment.links)
    return sha256(DIGEST_VERSION + "\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def fold(known: Known | None, seen: Comment, *, source: Source, extractor: str, visit_id: int) -> Folded:
    """What the archive should hold of a comment after reading it once more."""
    facts = merge_facts(known.facts if known else None, seen, source)
    words = digest(seen)
    if known is None or not known.revisions:
        return Folded(facts=facts, digest=words, change="first", becomes_current=True)
    if seen.state != "visible" and not seen.text:
        return Folded(facts=facts, digest=words, change=None)  # a tombstone says nothing: the words before it stay
    current = next((revision for revision in known.revisions if revision.key == known.current), known.revisions[-1])
    before = next((revision for revision in reversed(known.revisions) if extractor in revision.confirmed_by), None)
    if before is not None and before.digest == words:
        return Folded(facts=facts, digest=words, change=None)
    if current.digest == words:
        return Folded(facts=facts, digest=words, change=None, confirms=current.key)
    change: Change = "reread" if before is None else "edited"
    is_best = replaces(source, current.source, same_visit=current.visit_id == visit_id)
    return Folded(facts=facts, digest=words, change=change, becomes_current=is_best)


def replaces(source: Source, current: Source, *, same_visit: bool) -> bool:
    """Whether words from a source become the present ones: within a visit not those of one that knows less."""
    return not same_visit or _SOURCES[source] >= _SOURCES[current]


def merge_facts(known: Facts | None, seen: Comment, source: Source) -> Facts:
    """The best of what was known and what was just seen."""
    old = known or Facts()
    facts = replace(
        old,
        kind=seen.kind
        if old.kind == "comment"
        else old.kind,  # an API may call a pingback a comment, never the reverse
        permalink=old.permalink or seen.permalink,
        author_id=old.author_id or seen.author_id,
        title=old.title or seen.title,
        number=seen.number if seen.number is not None else old.number,
    )
    if _parent_rank(source, seen.parent_id) >= max(_parent_rank(old.parent_source, old.parent_id), 1):
        facts = replace(
            facts, parent_id=seen.parent_id, parent_source=source, parent_rule=seen.found_by.get("parent", source)
        )
    local = _clock(seen.published_local, seen.published_precision) or _clock(
        old.published_local, old.published_precision
    )
    if _tells_more(seen, old):
        facts = replace(
            facts,
            published=seen.published or old.published,
            published_local=local or seen.published_local,
            published_raw=seen.published_raw,
            published_precision=seen.published_precision,
            published_rule=seen.found_by.get("published", source),
        )
    elif old.published is not None and local is not None:
        facts = replace(facts, published_local=local)  # beside the moment, the page's clock tells the site's zone
    return facts


def _clock(local: datetime | None, precision: Precision | None) -> datetime | None:
    """A printed time where it is one to the minute; a day alone says nothing of the clock."""
    return local if _PRECISIONS[precision] >= _PRECISIONS["minute"] else None


def _parent_rank(source: Source, parent_id: str | None) -> int:
    """Who knows the parent best. A feed names it ('In reply to') or says nothing; pages flatten what is nested deep."""
    if source == "feed":
        return 2 if parent_id else 0
    return 3 if source == "api" else 1


def _tells_more(seen: Comment, old: Facts) -> bool:
    """Whether a time is a better one: a moment beats a clock without a zone, a minute beats a day."""
    return _time_rank(seen) > _time_rank(old)


def _time_rank(told: Comment | Facts) -> tuple[bool, int, bool, bool]:
    fine = _PRECISIONS[told.published_precision]
    is_moment = told.published is not None
    is_read = is_moment or told.published_local is not None
    return (is_moment and fine >= _PRECISIONS["minute"], fine, is_read, told.published_raw is not None)
