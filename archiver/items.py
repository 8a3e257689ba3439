"""The values that travel through the archiver: what a page holds, what it leads to, what was kept of it.

Frozen, with keyword arguments, and free of behaviour beyond what follows from their own fields. Nothing here knows
HTML, HTTP, a database or Scrapy. Times are aware and in UTC, except where a name ends in `_local`: those are the
clock that the page prints where it tells no zone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from hashlib import sha256
from typing import Literal

Precision = Literal["second", "minute", "hour", "day", "month", "year"]
"""The finest unit that a page gives of a time."""

CommentKind = Literal["comment", "pingback", "trackback", "pick"]
"""`pick`: a comment that editors or votes singled out, shown in a list of its own, mostly beside its place."""

CommentState = Literal["visible", "deleted", "removed", "hidden", "missing"]
"""What the platform says of a comment: `deleted` by its author, `removed` by a moderator, `hidden` for some readers.
`missing` is ours: seen before, not seen in a reading that would have shown it."""

ThreadState = Literal["open", "closed", "unavailable", "unknown"]

Source = Literal["api", "markup", "feed"]
"""Where a page of a thread was read. Of two sources that tell the same thing, the first named here knows it best."""

CERTAIN = 0.65
"""The confidence from which on a thread, or a comment, is certain; below it is told as uncertain wherever people look,
and never replaces what was read with certainty."""

QuoteKind = Literal["direct", "mixed", "scare", "nickname", "title", "block", "embed"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Moment:
    """A time as a page tells it. `utc` is aware; `local` is naive, for a page that prints a clock without a zone.

    Both are None where the printed words could not be read; `raw` is what was printed, always. `rule` names what
    was read: an attribute, an API field, a format of printed words.
    """

    raw: str
    utc: datetime | None = None
    local: datetime | None = None
    precision: Precision | None = None
    rule: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Comment:
    """One comment as one page shows it."""

    id: str
    id_origin: Literal["native", "derived"] = "native"
    parent_id: str | None = None
    author: str | None = None
    author_id: str | None = None
    author_url: str | None = None
    published: datetime | None = None
    published_local: datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    title: str | None = None
    text: str = ""
    html: str = ""
    links: tuple[str, ...] = ()
    """Absolute addresses the text links to, in order."""
    permalink: str | None = None
    kind: CommentKind = "comment"
    state: CommentState = "visible"
    score: int | None = None
    number: int | None = None
    """The number the page prints beside the comment (`#12`)."""
    depth: int | None = None
    """0 for a comment that answers the article itself."""
    position: int | None = None
    """Place in reading order, from 0: within the page at first, within the thread once the visit is closed."""
    locator: str | None = None
    """Where in the page it stands: an XPath, or a JSON pointer (RFC 6901) for an API's answer."""
    found_by: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Field → the rule that found it, such as {"parent": "nesting"}. Fields read in the obvious way are left out."""
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class FollowUp:
    """A request that would bring more of a thread: a value, made by a platform, carried out by whoever walks."""

    url: str
    platform: str
    thread_id: str
    purpose: Literal["next page", "api", "replies", "feed"]
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    context: Mapping[str, str] = field(default_factory=dict, hash=False)
    """What the platform needs to know again when it reads the answer. No part of `key`."""
    needed: bool = True
    """Whether a reading without the answer is incomplete."""

    @property
    def key(self) -> str:
        """Equal for two requests that ask the same thing."""
        return request_key(self.method, self.url, self.body)


def request_key(method: str, url: str, body: bytes = b"") -> str:
    """`GET https://…`; for a request with a body its digest is appended."""
    return f"{method} {url}" + (f" {sha256(body).hexdigest()}" if body else "")


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadPage:
    """What one page tells of one thread of one platform."""

    platform: str
    id: str
    """The platform's own name for the thread (a post's id, a path); the article's URL where it has none, with `#` and
    the name of the list for a second thread of the page."""
    source: Source = "markup"
    state: ThreadState = "unknown"
    claimed: int | None = None
    """How many comments the site says there are. Never counted by us."""
    claimed_kinds: Literal["all", "comments"] = "all"
    """Whether `claimed` covers pingbacks and trackbacks too."""
    comments: tuple[Comment, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    page_number: int | None = None
    """Which page of the thread this is, from 1 for the page with the earliest comments; None: not told."""
    newest_first: bool = False
    """Whether this page shows later comments before earlier ones."""
    gap: str | None = None
    """Why comments that exist cannot be had from this page (`password`, `API refused: 401`); None: no reason known."""
    regions: tuple[str, ...] = ()
    """XPaths of the elements that are the thread, with its heading and form: no part of the article."""
    evidence: tuple[str, ...] = ()
    """What on the page says that this platform carries a thread here."""
    extractor: str = ""
    """Name and version of what read the page: `wordpress.markup 1`. Two versions may word the same comment apart."""
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Probe:
    """A request whose answer names the newest comments of a whole site: a value, made by a platform."""

    platform: str
    url: str


@dataclass(frozen=True, kw_only=True, slots=True)
class NewestComment:
    """A comment that the answer to a probe names, and where it stands: its thread, the article's address, or both."""

    id: str
    thread_id: str | None = None
    url: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Media:
    """One picture, video, sound or embedded post of an article."""

    kind: Literal["image", "video", "audio", "embed"]
    url: str
    title: str | None = None
    caption: str | None = None
    credit: str | None = None
    at: int | None = None
    """Where it stands: an offset into the article's text, in characters."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Article:
    """An article as one page shows it."""

    url: str
    """The address it was read at, cleaned."""
    other_urls: tuple[str, ...] = ()
    """Further addresses that the page gives for itself: canonical, short link. Same host only."""
    title: str | None = None
    deck: str | None = None
    authors: tuple[str, ...] = ()
    dateline: str | None = None
    published: datetime | None = None
    published_local: datetime | None = None
    published_raw: str | None = None
    published_precision: Precision | None = None
    modified: datetime | None = None
    modified_local: datetime | None = None
    modified_raw: str | None = None
    text: str = ""
    """The body, paragraphs parted by blank lines. No comment, share button or author box in it."""
    html: str = ""
    language: str | None = None
    """A BCP 47 tag."""
    section: str | None = None
    tags: tuple[str, ...] = ()
    licence_url: str | None = None
    licence_text: str | None = None
    image_credit: str | None = None
    media: tuple[Media, ...] = ()
    extractor: str = ""
    """Name and version of what read the page: `article 1`. Only words that the same one read can make an edit."""
    found_by: Mapping[str, str] = field(default_factory=dict, hash=False)
    """Field → the rule that found it: {"published": "json-ld datePublished"}."""
    confidence: float = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Quote:
    """One quotation in an article. `start` and `end` are offsets into the article's text, marks left out."""

    start: int
    end: int
    text: str
    kind: QuoteKind = "direct"
    marks: tuple[str, str] = ("", "")
    """The opening and the closing mark as printed; an empty string where the page has lost it."""
    repaired: bool = False
    """Whether a missing mark was inferred."""
    speaker: str | None = None
    speaker_mention: str | None = None
    cue: str | None = None
    addressee: str | None = None
    rule: str = ""
    confidence: float = 1.0
    repeats: int | None = None
    """The number of the quotation, among the article's from 0, whose words it shows again, as a pull quote does."""
    url: str | None = None
    """The address of an embedded post."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Extraction:
    """Everything that one page holds."""

    url: str
    article: Article | None = None
    threads: tuple[ThreadPage, ...] = ()
    quotes: tuple[Quote, ...] = ()
    probes: tuple[Probe, ...] = ()
    """By which the site of an article tells what is new on all its pages, the best first."""
    problems: tuple[str, ...] = ()
    """What could not be read, and why, one sentence each."""

    @property
    def comments(self) -> tuple[Comment, ...]:
        """In reading order, over all threads of the page."""
        return tuple(comment for thread in self.threads for comment in thread.comments)


@dataclass(frozen=True, kw_only=True, slots=True)
class Capture:
    """One HTTP exchange that was kept, and where its bytes are."""

    url: str
    method: str = "GET"
    status: int
    at: datetime
    content_type: str | None = None
    file: str
    """Name of the WARC file, without folder."""
    offset: int
    length: int
    record_id: str
    sha256: str
    """Hex digest of the payload: the body as the server meant it, transfer coding removed, content coding kept."""
    robots: str = "unknown"
    """What robots.txt said: `allowed`, `none` (there is no robots.txt), `ignored` (the user asked to)."""
    fidelity: Literal["exact", "reconstructed"] = "exact"


@dataclass(frozen=True, kw_only=True, slots=True)
class PageItem:
    """One page on its way through the pipelines: its capture, the request that it answers, and what it holds."""

    capture: Capture
    request_id: int
    visit_id: int
    extraction: Extraction
    asked: tuple[str, ...] = ()
    """Addresses that redirected here, as asked first."""
    before: tuple[Capture, ...] = ()
    """The captures of those redirects."""
    follow_up: FollowUp | None = None
    """The follow-up that this page answers; None for the article's own page."""
    rest: Iterable[Extraction] = ()
    """Of a page that is read in pieces what the others hold, to be gone through once: they are read meanwhile."""

    def after(self, step: Callable[[Extraction], Extraction]) -> PageItem:
        """The same, once a step has been taken with what the page holds."""
        return replace(self, extraction=step(self.extraction), rest=map(step, self.rest))
