"""What the thread level is told, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from archiver.items import CommentKind, CommentState, Precision, Source, ThreadState

Completeness = Literal["complete", "incomplete", "unknown"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where a page showed a comment. `page_number` counts from 1 for the page with the earliest comments."""

    source: Source
    page_number: int | None
    newest_first: bool
    index: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Member:
    """One comment of the thread: what is known of it, and where this reading saw it (nowhere: `places` is empty)."""

    id: str
    parent_id: str | None
    kind: CommentKind
    state: CommentState
    """As before this reading; `visible` for a comment that is new."""
    depth: int | None
    position: int | None
    """Its place in the thread before this reading; None for a comment that is new."""
    published: datetime | None
    published_local: datetime | None
    published_precision: Precision | None
    last_seen: datetime | None
    """The last time it was seen before this reading; None for a comment that is new."""
    sources: frozenset[Source]
    """Which sources have ever shown it."""
    places: tuple[Place, ...] = ()
    seen_state: CommentState | None = None
    """What the platform said of it in this reading; None where it was not seen."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A count that one page printed, and whether it covers pingbacks and trackbacks."""

    claimed: int
    kinds: Literal["all", "comments"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Before:
    """The last reading of the thread that was closed."""

    at: datetime
    claimed: int | None
    collected: int
    read_to_end: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """What a visit saw of one thread. `failures` are the needed pages that did not come, and why, one each."""

    at: datetime
    claims: tuple[Claim, ...] = ()
    gaps: tuple[str, ...] = ()
    failures: tuple[str, ...] = ()
    sources: frozenset[Source] = frozenset()
    """Whose pages were read to their end."""
    drift: str | None = None
    """Why comments may have been missed although every page came, where the site prints no count."""
    thread_state: ThreadState = "unknown"
    before: Before | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Settled:
    """What is now held of one comment."""

    id: str
    position: int
    depth: int
    parent_missing: bool
    state: CommentState
    changed: bool
    """Whether the state is another than before; the interval below is that of the change."""
    gone_after: datetime | None = None
    gone_before: datetime | None = None
    published: datetime | None = None
    """Set only where the thread told what the comment's own page did not, see `archiver.threads.zones`."""
    published_rule: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Closed:
    """The verdict on a reading, and on each comment of its thread."""

    claimed: int | None
    collected: int
    completeness: Completeness
    reason: str | None
    read_to_end: bool
    comments: tuple[Settled, ...]
    """One for each member, in their order."""
