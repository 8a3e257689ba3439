"""Fetches what the frontier holds: an article's page first, then all that its threads lead to."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from archiver.crawl import failures
from archiver.crawl.responses import asked_for, kept_before, page_of, request_for, retry_after
from archiver.crawl.session import Session, now
from archiver.errors import ArchiverError
from archiver.items import Capture, Extraction, PageItem
from archiver.pages.page import Page
from archiver.platforms import read_in_pieces
from archiver.store.frontier import Leased
from archiver.store.hosts import host_of
from archiver.store.reread import UNREADABLE

AT_ONCE = 32
"""Requests handed to Scrapy at a time: enough to keep every host busy, few enough to lose little in a crash."""

AT_A_HOST = AT_ONCE // 4
"""Those of one host. It gets more once half of them are settled: a slow one does not keep the others waiting."""

GLANCE = 1.0
"""Seconds after which the frontier is looked at again although no page came: a request may have fallen due."""


class ArticleSpider(Spider):
    """`scrapy crawl article -a url=https://…` archives one article and its thread."""

    name = "article"
    SESSION: type[Session] = Session
    """The hold on the archive that the spider needs; `scrapy crawl` begins one of this kind."""

    def __init__(self, url: str | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.url = url
        self.under_way: dict[int, str] = {}
        """Request → host."""
        self.in_vain: frozenset[str] = frozenset()
        """The busy hosts beside which nothing was due when the frontier was last asked."""
        self.settled = asyncio.Event()
        self.stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **named: Any) -> Self:
        spider = super().from_crawler(crawler, *arguments, **named)
        crawler.signals.connect(spider.stored, signals.item_scraped)
        crawler.signals.connect(spider.unreadable, signals.item_error)
        crawler.signals.connect(spider.unreadable, signals.spider_error)
        return spider

    @property
    def session(self) -> Session:
        return Session.of(self.crawler)

    async def start(self) -> AsyncIterator[Request]:
        """Requests as they fall due, until the run has none left or the next one is too far off."""
        self.begin()
        while True:
            self.settled.clear()
            while some := self.lease():
                for leased in some:
                    self.under_way[leased.request_id] = host_of(leased.url)
                    yield request_for(
                        leased, self.answered, self.broke_off, ignore_robots=self.session.options.ignore_robots
                    )
            if self.under_way:
                await self.glance()
            elif not await self.rest():
                return

    def lease(self) -> Sequence[Leased]:
        """Further requests, where there is room for them: none of hosts that have enough under way."""
        room = AT_ONCE - len(self.under_way)
        at_hosts = Counter(self.under_way.values())
        busy = frozenset(host for host, requests in at_hosts.items() if requests > AT_A_HOST // 2)
        if room < AT_A_HOST or (busy and busy == self.in_vain):
            return ()
        leased = self.session.lease(AT_A_HOST, not_at=busy)
        self.in_vain = frozenset() if leased else busy
        return leased

    def begin(self) -> None:
        """Puts what was asked for into the frontier; a run from Python has done so before."""
        if self.url:
            self.session.visit(self.url)

    async def glance(self) -> None:
        """Waits until a request is settled, or a moment has passed."""
        try:
            await asyncio.wait_for(self.settled.wait(), GLANCE)
        except TimeoutError:
            self.in_vain = frozenset()

    async def rest(self) -> bool:
        """Waits until the next request is due. False where none is, or none soon enough."""
        due = self.session.next_due()
        if due is None or due - now() > self.session.options.patience:
            return False
        await asyncio.sleep(max((due - now()).total_seconds(), 0.01))
        return True

    def answered(self, response: Response) -> Iterator[PageItem]:
        """A response, whatever its status, becomes a page item, or a request to be made again later."""
        leased: Leased = response.meta["leased"]
        capture: Capture = response.meta["capture"]
        before = kept_before(response.meta)
        failure = failures.of_status(response.status, retry_after(response), now())
        if failure and self.session.try_later(leased, failure, captures=(*before, capture)):
            self.settle(leased.request_id)
            return
        page = page_of(response, leased.follow_up, at=capture.at)
        if page.too_large:
            failure = failures.too_large(page.too_large)
            page = nothing_came(leased)
        pieces = self.read(page)
        found = next(pieces)
        if failure and (leased.follow_up is None or leased.follow_up.needed):
            self.session.give_up(leased, failure, capture=capture, before=before, found=found)
            self.settle(leased.request_id)
            return
        yield PageItem(
            capture=capture,
            before=before,
            request_id=leased.request_id,
            visit_id=leased.visit_id,
            asked=asked_for(response),
            extraction=found,
            rest=pieces,
            follow_up=leased.follow_up,
        )

    def broke_off(self, failure: TwistedFailure) -> None:
        """No response came, or none that could be read."""
        if isinstance(failure.value, ArchiverError):
            self.stop(failure.value)
            return
        meta = failure.request.meta  # type: ignore[attr-defined]  # Scrapy sets it
        leased: Leased = meta["leased"]
        capture: Capture | None = meta.get("capture")  # what came before it broke off
        before = kept_before(meta)
        cause = failures.of_exception(failure.value or TimeoutError())
        if not self.session.try_later(leased, cause, captures=(*before, *([capture] if capture else []))):
            found = next(self.read(nothing_came(leased))) if leased.follow_up else None
            self.session.give_up(leased, cause, capture=capture, before=before, found=found)
        self.settle(leased.request_id)

    def read(self, page: Page) -> Iterator[Extraction]:
        return read_in_pieces(page, self.session.options.platforms)

    def stored(self, item: PageItem) -> None:
        """Scrapy's signal that an item has gone through all pipelines."""
        self.settle(item.request_id)

    def stop(self, problem: ArchiverError) -> None:
        """Ends the run: a full disk, a database that is locked. What is leased is free again for the next run."""
        self.session.problem = problem
        self.stopping = asyncio.ensure_future(self.crawler.stop_async())

    def unreadable(self, response: Response, failure: TwistedFailure) -> None:
        """Scrapy's signal that a page could not be read or stored: our own fault, so the page is kept and named."""
        if isinstance(failure.value, ArchiverError):
            self.stop(failure.value)
            return
        leased: Leased = response.meta["leased"]
        cause = f"{UNREADABLE} ({failure.value!r}); please report it"
        self.session.give_up(leased, failures.Failure(cause=cause), capture=response.meta["capture"])
        self.settle(leased.request_id)

    def settle(self, request_id: int) -> None:
        self.under_way.pop(request_id, None)
        self.settled.set()


def nothing_came(leased: Leased) -> Page:
    """What a platform is shown in place of an answer: it may know another way to the same comments."""
    return Page(url=leased.url, body=b"", status=0, follow_up=leased.follow_up)
