"""Running a crawl from Python: addresses in, a report out."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field, replace

from scrapy.crawler import AsyncCrawlerRunner, Crawler
from scrapy.settings import Settings
from scrapy.spiderloader import get_spider_loader

from archiver.crawl import reactor
from archiver.crawl import settings as our_settings
from archiver.crawl.events import Event, RunStarted, VisitClosed
from archiver.crawl.options import Options
from archiver.crawl.report import Report
from archiver.crawl.session import Session
from archiver.crawl.sites import Site
from archiver.crawl.visits import ClosedVisits
from archiver.errors import BadAddress
from archiver.pages import urls


@dataclass
class _Collected:
    """What the report is made of. An address that was `guessed`, not typed, is no failure where no article is there."""

    guessed: bool
    visits: ClosedVisits = field(default_factory=ClosedVisits)
    passed_over: int = 0

    def __call__(self, event: Event) -> None:
        match event:
            case VisitClosed() if self.guessed and event.visit.outcome == "not_article":
                self.passed_over += 1
            case VisitClosed() if not (self.guessed and event.visit.outcome == "listed"):
                self.visits.add(event.visit)


def archive(urls_: Iterable[str], options: Options, listeners: Sequence[Callable[[Event], None]] = ()) -> Report:
    """Archives each address with its whole thread. What a stopped run of the same archive left is taken up.

    Raises `BadAddress` before anything is fetched where an address is none, `ArchiveUnusable` where the archive
    cannot be written.
    """
    addresses = [checked(url) for url in urls_]
    with Session.begin(options, command="archive") as session:
        for address in addresses:
            session.visit(address)
        return _report(session, listeners, "article")


def crawl_sites(sites: Iterable[Site], options: Options, listeners: Sequence[Callable[[Event], None]] = ()) -> Report:
    """Archives the articles that sites' feeds, sitemaps and sections lead to, by the rules of each.

    Raises as `archive` does.
    """
    with Session.begin(replace(options, sites=checked_sites(sites)), command="crawl") as session:
        return _report(session, listeners, "site")


def _report(session: Session, listeners: Sequence[Callable[[Event], None]], spider: str) -> Report:
    collected = _Collected(guessed=spider == "site")
    session.listeners += [collected, *listeners]
    session.tell(RunStarted(archive=session.database.subject, new=session.database.created))
    interrupted = crawl(spider, session)
    return Report(
        folder=session.options.folder,
        visits=collected.visits,
        passed_over=collected.passed_over,
        unfinished=tuple(session.unfinished()),
        interrupted=interrupted,
    )


def checked_sites(sites: Iterable[Site]) -> tuple[Site, ...]:
    """Sites with addresses as they will be asked for. Raises `BadAddress`."""
    return tuple(replace(site, url=checked(site.url)) for site in sites)


def checked(url: str) -> str:
    """The address as it will be asked for. A missing scheme is added; anything but http and https is refused."""
    whole = url if "://" in url else f"https://{url}"
    bare_word = "://" not in url and "." not in url.partition("/")[0] and not url.startswith("localhost")
    if bare_word or not urls.is_archivable(whole):
        raise BadAddress(url, "not an address that can be archived")
    return whole


def crawl(spider: str, session: Session) -> bool:
    """Runs a spider on an open session until it ends. True where the user interrupted it."""
    settings = crawl_settings(session.options)
    reactor.loop()  # Scrapy expects a running reactor
    runner = AsyncCrawlerRunner(settings)
    crawler = runner.create_crawler(get_spider_loader(settings).load(spider))
    crawler.settings.set(Session.SETTING, session, priority="cmdline")
    crawler.settings.set("ARCHIVER_CAPTURES", session.captures, priority="cmdline")
    interrupted = _run(runner, crawler)
    if session.problem is not None:
        raise session.problem
    return interrupted


def crawl_settings(options: Options) -> Settings:
    """Scrapy's settings for a run with these options."""
    settings = Settings()
    settings.setmodule(our_settings, priority="project")
    agent = settings["USER_AGENT"]
    settings.update(
        {
            "DOWNLOAD_DELAY": options.delay,
            "DOWNLOAD_TIMEOUT": options.timeout,
            "ROBOTSTXT_OBEY": not options.ignore_robots,
            "USER_AGENT": f"{agent} +{options.contact}" if options.contact else agent,
        },
        priority="cmdline",
    )
    return settings


def _run(runner: AsyncCrawlerRunner, crawler: Crawler) -> bool:
    logging.getLogger("scrapy").setLevel(logging.WARNING)

    async def whole() -> None:
        await runner.crawl(crawler)

    future = reactor.submit(whole)
    try:
        future.result()
    except (KeyboardInterrupt, CancelledError):
        reactor.submit(runner.stop).result()
        return True
    return False
