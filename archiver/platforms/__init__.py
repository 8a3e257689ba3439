"""The comment systems, one module each, and the one function that reads a page with all of them.

A platform is a module (or a package, where it has several sources) of this folder. It names

    NAME     the word for it in tables, commands and docs
    RANK     who goes first where two systems know the same page: the lower number
    EXAMPLE  an address at which such a thread can be seen, for the docs

and has two pure functions:

    detect(page) -> Iterable[Candidate]        how this page carries a thread of the system, with the evidence
    extract(page, candidate) -> ThreadPage     the comments on the page, the count it claims, the follow-ups

One whose sites tell in a single answer which of their threads moved offers two more

    probes(page) -> tuple[Probe, ...]          the requests for such answers, for an article's own page
    newest(page) -> tuple[NewestComment, ...] | None     what an answer names; None for one that is of no use

No platform imports another; what they share lies in `archiver.pages`, named for what it knows.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Protocol, cast, runtime_checkable

from archiver.items import Extraction, NewestComment, Probe, ThreadPage
from archiver.pages import article as articles
from archiver.pages import urls
from archiver.pages.page import Page
from archiver.pages.piecewise import in_pieces, together

LAST_RESORT = 1000
"""The rank from which on a platform is asked only where no other claims the page."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A thread that a page seems to carry. `context` holds what `extract` needs to know again."""

    thread_id: str
    evidence: tuple[str, ...] = ()
    context: Mapping[str, str] = field(default_factory=dict)
    confidence: float = 1.0


class Platform(Protocol):
    """What a module of this folder offers."""

    NAME: str
    RANK: int
    EXAMPLE: str

    def detect(self, page: Page) -> Iterable[Candidate]: ...

    def extract(self, page: Page, candidate: Candidate) -> ThreadPage: ...


@cache
def known() -> Mapping[str, Platform]:
    """All platforms by name, the lowest rank first."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    platforms = [cast(Platform, module) for module in modules if hasattr(module, "detect")]
    return {platform.NAME: platform for platform in sorted(platforms, key=lambda platform: platform.RANK)}


@runtime_checkable
class TellsNewest(Protocol):
    """What a platform offers beside, where its sites tell which threads moved."""

    def probes(self, page: Page) -> tuple[Probe, ...]: ...

    def newest(self, page: Page) -> tuple[NewestComment, ...] | None: ...


def newest(page: Page, platform: str) -> tuple[NewestComment, ...] | None:
    """The comments that the answer to a probe names; None for one that is of no use."""
    teller = known().get(platform)
    return teller.newest(page) if isinstance(teller, TellsNewest) else None


def read(page: Page, platforms: Collection[str] | None = None) -> Extraction:
    """What one page holds, as printed: article and threads.

    `platforms` names the systems to look for (None: all); where they find nothing, the page is read as any other. The
    answer to a follow-up holds a page of that thread and no article. Pages that are neither HTML nor the answer to a
    follow-up hold nothing; `problems` says so.
    """
    return together(read_in_pieces(page, platforms))


def read_in_pieces(page: Page, platforms: Collection[str] | None = None) -> Iterator[Extraction]:
    """The same bit by bit, for a page that is too large to be read at once: the first tells of the article and its
    threads, the others of further comments. Of any other page there is one."""
    if page.cut is None:
        yield _read(page, platforms)
    else:
        yield from in_pieces(page, page.cut, lambda piece: _read(piece, platforms))


def _read(page: Page, platforms: Collection[str] | None) -> Extraction:
    if page.too_large_at_once:
        return Extraction(url=page.url, problems=(f"Not read: {page.too_large_at_once}.",))
    if page.follow_up is not None:
        asked = page.follow_up
        candidate = Candidate(thread_id=asked.thread_id, context=asked.context, evidence=(asked.purpose,))
        thread = known()[asked.platform].extract(page, candidate)
        return Extraction(url=page.url, threads=(thread,), problems=tuple(page.problems))
    if not page.is_html:
        return Extraction(url=page.url, problems=(f"Not a web page: {page.mime or 'unknown content'}.",))
    threads = tuple(_threads(page, platforms))
    cut = [region for thread in threads for region in thread.regions]
    article = articles.read(page, cut=cut)
    return Extraction(
        url=page.url, article=article, threads=threads, probes=_probes(page, threads), problems=tuple(page.problems)
    )


def _probes(page: Page, threads: Collection[ThreadPage]) -> tuple[Probe, ...]:
    """Those on the page's own host, of the systems that carry a thread here."""
    names = dict.fromkeys(thread.platform for thread in threads)
    tellers = [teller for name in names if isinstance(teller := known()[name], TellsNewest)]
    return tuple(probe for teller in tellers for probe in teller.probes(page) if urls.same_host(probe.url, page.url))


def _threads(page: Page, platforms: Collection[str] | None) -> Iterator[ThreadPage]:
    """The threads of the systems asked for. Where they show nothing and know of nothing more, that of a last resort; it
    is asked too where they show nothing but pingbacks: then the comments are another system's."""
    empty: list[ThreadPage] = []
    claimed: list[ThreadPage] = []
    for name, platform in known().items():
        last = platform.RANK >= LAST_RESORT
        if (last and not all(map(_has_only_pings, claimed))) or not (last or platforms is None or name in platforms):
            continue
        for candidate in platform.detect(page):
            thread = platform.extract(page, candidate)
            if last and claimed and not (thread := _without(claimed, thread)).comments:
                continue
            if thread.comments or thread.follow_ups or thread.gap:
                claimed.append(thread)
                yield thread
            else:
                empty.append(thread)
    if not claimed:
        yield from empty


def _has_only_pings(thread: ThreadPage) -> bool:
    pings = all(comment.kind in ("pingback", "trackback") for comment in thread.comments)
    return pings and bool(thread.comments) and not thread.follow_ups and not thread.gap


def _without(others: Collection[ThreadPage], thread: ThreadPage) -> ThreadPage:
    """The thread without the comments that others show."""
    theirs = {place for other in others for one in other.comments for place in (one.locator, one.permalink) if place}
    comments = tuple(one for one in thread.comments if theirs.isdisjoint((one.locator, one.permalink)))
    return replace(thread, comments=comments)
