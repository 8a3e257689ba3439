"""What a crawl tells while it works, as values: the command line prints them, a program may count them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from archiver.store.closing import ClosedVisit


@dataclass(frozen=True, kw_only=True, slots=True)
class RunStarted:
    """The archive is open, and nothing was fetched yet. `archive` is its file or server."""

    archive: str
    new: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class PageStored:
    """A page is in the archive. Counts are those of the visit so far; `claimed` is None where no count is printed."""

    visit_id: int
    article_url: str
    """The visit's first page, as far as this run knows it."""
    url: str
    platforms: tuple[str, ...]
    collected: int
    claimed: int | None
    pages: int
    waiting: int
    """Requests of the visit that are still to be made."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A request is put off, or the crawl rests until `until`."""

    url: str
    cause: str
    until: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitClosed:
    """A visit has ended, well or not."""

    visit: ClosedVisit


@dataclass(frozen=True, kw_only=True, slots=True)
class Resting:
    """`watch` sleeps: nothing is due, or nothing can be done. `until` is None where nothing is planned at all."""

    why: str
    until: datetime | None = None
    url: str | None = None
    """The article that is due next."""
    held: bool = False
    """Whether something is due, and cannot be done."""


Event = RunStarted | PageStored | Waiting | VisitClosed | Resting
