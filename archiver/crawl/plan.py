"""What a crawl of a site would fetch: its listings are read as in a crawl, its articles are not. Stores nothing."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from archiver.crawl import failures, reactor
from archiver.crawl.listings import read_listing
from archiver.crawl.options import Options
from archiver.crawl.responses import page_of
from archiver.crawl.run import checked, crawl_settings
from archiver.crawl.session import now
from archiver.crawl.sites import Site, choose
from archiver.errors import NotArchived
from archiver.store import frontier
from archiver.store.database import DATABASE_FILE, open_database
from archiver.store.hosts import host_of

IsNew = Callable[[Sequence[str]], Sequence[str]]


@dataclass(kw_only=True, slots=True)
class Plan:
    """What is to be done for one site. Addresses in the order in which they were found."""

    site: str
    listings: list[str] = field(default_factory=list)
    """The feeds, sitemaps and section pages that were read."""
    would_archive: list[str] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    """Archived already, or found to be no article."""
    left_out: dict[str, str] = field(default_factory=dict)
    """Addresses that a rule leaves out, each with the reason."""
    unread: dict[str, str] = field(default_factory=dict)
    """Listings that did not come, each with the reason."""


def plan(sites: Sequence[Site], options: Options) -> list[Plan]:
    """One plan a site. Raises `BadAddress`; a listing that does not come stands in its plan."""
    return [_plan(replace(site, url=checked(site.url)), options) for site in sites]


def _plan(site: Site, options: Options) -> Plan:
    settings = crawl_settings(options)
    settings.update({"ADDONS": {}, "ITEM_PIPELINES": {}}, priority="cmdline")
    reactor.loop()
    crawler = AsyncCrawlerRunner(settings).create_crawler(_Listings)
    reactor.submit(lambda: crawler.crawl_async(site=site, is_new=_new_addresses(options))).result()
    spider = crawler.spider
    assert isinstance(spider, _Listings)
    return spider.plan


def _new_addresses(options: Options) -> IsNew:
    """Tells addresses that the archive does not know from those that it does; without an archive all are new."""
    try:
        database = open_database(options.database or options.folder / DATABASE_FILE, create=False, write=False)
    except NotArchived:
        return lambda found: found

    def is_new(found: Sequence[str]) -> Sequence[str]:
        with database.read() as connection:
            return frontier.new_addresses(connection, found)

    return is_new


class _Listings(Spider):
    name = "listings"

    def __init__(self, site: Site, is_new: IsNew) -> None:
        super().__init__()
        self.site = site
        self.is_new = is_new
        self.plan = Plan(site=site.url)
        self.asked: set[str] = set()

    async def start(self) -> AsyncIterator[Request]:
        for request in self.ask([(self.site.url, self.site.steps)]):
            yield request

    def ask(self, listings: Sequence[tuple[str, int]]) -> Iterator[Request]:
        """Each listing once: the crawl's frontier does the same."""
        for url, steps in listings:
            if url not in self.asked:
                self.asked.add(url)
                meta = {"steps": steps, "first": url, "typed": host_of(self.site.url)}
                yield Request(url, callback=self.answered, errback=self.broke_off, meta=meta, dont_filter=True)

    def answered(self, response: Response) -> Iterator[Request]:
        failure = failures.of_status(response.status, None, now())
        if failure is not None:
            self.plan.unread[response.url] = failure.cause
            return
        listing = read_listing(page_of(response, None, at=now()), response.meta.get("sitemaps", ()))
        choice = choose(self.site, listing, response.meta["steps"])
        self.plan.listings.append(response.url)
        self.plan.left_out.update(choice.left_out)
        if self.take(choice.articles):
            yield from self.ask(choice.listings)

    def take(self, articles: Sequence[str]) -> bool:
        """Sorts articles into new and known ones. False where the limit is reached: what follows is not asked."""
        fresh = [url for url in articles if url not in self.plan.would_archive and url not in self.plan.known]
        new = list(self.is_new(fresh)) if fresh else []
        self.plan.known += [url for url in fresh if url not in set(new)]
        room = None if self.site.limit is None else self.site.limit - len(self.plan.would_archive)
        self.plan.would_archive += new[:room]
        return room is None or len(new) < room

    def broke_off(self, failure: TwistedFailure) -> None:
        cause = failures.of_exception(failure.value or TimeoutError()).cause
        self.plan.unread[failure.request.meta["first"]] = cause  # type: ignore[attr-defined]  # Scrapy sets it
