"""What is stored, as values for people and programs. Times are UTC unless their name ends in `_local`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from archiver.items import Capture, CommentKind, CommentState, FollowUp, Precision, QuoteKind, Source, ThreadState
from archiver.threads.values import Completeness

if TYPE_CHECKING:  # beside these words stands what finds links and flags, and that takes long to import
    from archiver.threads.flags.values import FlagKind
    from archiver.threads.links.values import Method, Target


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleRow:
    """An article in its present state. One of which only a thread was ever read has no title and no text."""

    url: str
    title: str | None
    deck: str | None
    authors: tuple[str, ...]
    dateline: str | None
    published: datetime | None
    published_local: datetime | None
    published_raw: str | None
    published_precision: Precision | None
    modified: datetime | None
    text: str
    html: str
    language: str | None
    section: str | None
    tags: tuple[str, ...]
    licence_url: str | None
    licence_text: str | None
    image_credit: str | None
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadRow:
    """A thread with the verdict of its last closed reading; None where none is closed yet."""

    article_url: str
    platform: str
    id: str
    state: ThreadState
    confidence: float
    """How sure the surest reading was; below `archiver.items.CERTAIN` the thread is uncertain."""
    claimed: int | None
    collected: int | None
    completeness: Completeness | None
    reason: str | None
    read_at: datetime | None


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentRow:
    """A comment with its present wording, or with its last words where it is gone."""

    article_url: str
    platform: str
    thread: str
    id: str
    parent_id: str | None
    parent_rule: str | None
    depth: int | None
    position: int | None
    kind: CommentKind
    state: CommentState
    author: str | None
    author_id: str | None
    author_url: str | None
    published: datetime | None
    published_local: datetime | None
    published_raw: str | None
    published_precision: Precision | None
    published_rule: str | None
    title: str | None
    text: str
    html: str
    links: tuple[str, ...]
    permalink: str | None
    score: int | None
    number: int | None
    first_seen: datetime
    last_seen: datetime
    gone_after: datetime | None
    gone_before: datetime | None
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class QuoteRow:
    """A quotation in the present state of an article. `start` and `end` are offsets into its text."""

    article_url: str
    start: int
    end: int
    text: str
    kind: QuoteKind
    speaker: str | None
    speaker_mention: str | None
    cue: str | None
    addressee: str | None
    repaired: bool
    rule: str
    confidence: float
    repeats: int | None
    """The place, in this order from 0, of the quotation whose words it shows again."""
    url: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkRow:
    """A comment refers to another comment, to the article, or to somebody of whom only the name is known."""

    article_url: str
    platform: str
    thread: str
    comment_id: str
    method: Method
    target: Target
    target_id: str | None
    target_name: str | None
    rule: str
    start: int | None
    end: int | None
    target_start: int | None
    target_end: int | None
    similarity: float | None
    confidence: float


@dataclass(frozen=True, kw_only=True, slots=True)
class FlagRow:
    """A suspicion about a comment: `rule` says why, `score` how strongly, from 0 to 1."""

    article_url: str
    platform: str
    thread: str
    comment_id: str
    kind: FlagKind
    rule: str
    score: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CaptureRow:
    """A capture, the article it belongs to (None: to none), and the follow-up it answers (None: an article's page).

    `purpose` is what was asked for: `article`, `listing`, …; None for what was needed beside, such as robots.txt.
    """

    id: int
    visit_id: int
    article_url: str | None
    capture: Capture
    follow_up: FollowUp | None
    purpose: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Incomplete:
    """A thread whose last reading missed something, or that is uncertain."""

    article_url: str
    platform: str
    claimed: int | None
    collected: int
    reason: str | None
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FailedVisit:
    """An address whose last visit did not store it."""

    url: str
    outcome: str
    reason: str | None
    ended: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class OpenVisit:
    """An address with requests still to be made; `due` is when the first of them may be sent."""

    url: str
    stored: bool
    """Whether the article's own page is in the archive, and only more of its threads is missing."""
    waiting: int
    due: datetime
    error: str | None
    """What went wrong last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class NextLook:
    """When an article is looked at again, and why then."""

    url: str
    due: datetime
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Looks:
    """How many articles are due now, due later and let go; `next` are the first of them, the earliest first."""

    due: int
    later: int
    let_go: int
    next: tuple[NextLook, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Outgoing:
    """Messages to one notifier that wait, or that were given up; `due` is when the first of them is sent."""

    notifier: str
    waiting: int
    given_up: int
    due: datetime | None
    error: str | None
    """What went wrong last."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """What is here, what is missing, what is still to be done."""

    articles: int
    threads: int
    comments: int
    gone: int
    quotes: int
    captures: int
    incomplete: tuple[Incomplete, ...]
    failed: tuple[FailedVisit, ...]
    open: tuple[OpenVisit, ...]
    looks: Looks
    messages: tuple[Outgoing, ...]
