"""One page, fetched as politely as in a crawl, and kept nowhere: for `archiver inspect`."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from twisted.python.failure import Failure as TwistedFailure

from archiver.crawl import failures, reactor
from archiver.crawl.options import Options
from archiver.crawl.responses import page_of
from archiver.crawl.robots import RefusedByRobotsError
from archiver.crawl.run import checked, crawl_settings
from archiver.crawl.session import now
from archiver.errors import Refused, Unreachable
from archiver.pages.page import Page


class _OnePage(Spider):
    name = "one page"

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url
        self.response: Response | None = None
        self.error: BaseException | None = None

    async def start(self) -> AsyncIterator[Request]:
        yield Request(self.url, callback=self.answered, errback=self.broke_off)

    def answered(self, response: Response) -> None:
        self.response = response

    def broke_off(self, failure: TwistedFailure) -> None:
        self.error = failure.value


def fetch(url: str, options: Options | None = None) -> Page:
    """The page at an address. Raises `BadAddress`, `Refused` (robots.txt) or `Unreachable`."""
    address = checked(url)
    settings = crawl_settings(options or Options(folder=Path()))
    settings.update({"ADDONS": {}, "ITEM_PIPELINES": {}}, priority="cmdline")
    reactor.loop()
    crawler = AsyncCrawlerRunner(settings).create_crawler(_OnePage)
    reactor.submit(lambda: crawler.crawl_async(url=address)).result()
    spider = crawler.spider
    assert isinstance(spider, _OnePage)
    if isinstance(spider.error, RefusedByRobotsError):
        raise Refused(address, "robots.txt does not allow this page")
    if spider.response is None:
        cause = failures.of_exception(spider.error or TimeoutError()).cause
        raise Unreachable(address, cause, remedy="Check the address, or try again later.")
    failure = failures.of_status(spider.response.status, None, now())
    if failure is not None:
        raise Unreachable(address, failure.cause, remedy="Check the address, or try again later.")
    return page_of(spider.response, None, at=now())


def read_file(path: Path, url: str | None = None) -> Page:
    """A saved page. Without its address, relative links and the site's own names cannot be told."""
    page = Page(url=url or path.absolute().as_uri(), body=path.read_bytes(), at=None)
    return replace(page, content_type="text/html") if path.suffix.lower() in (".html", ".htm") else page
