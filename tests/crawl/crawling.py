"""A small crawl with captures, inside the test's own process."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import AsyncCrawlerRunner
from scrapy.http import Response
from twisted.python.failure import Failure

from archiver.crawl import reactor
from archiver.items import Capture
from archiver.warc.writer import Writer

SETTINGS: dict[str, Any] = {
    "DOWNLOAD_HANDLERS": {
        "http": "archiver.crawl.handler.CaptureHandler",
        "https": "archiver.crawl.handler.CaptureHandler",
    },
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": False,
    "HTTPERROR_ALLOW_ALL": True,
    "RETRY_TIMES": 1,
    "RETRY_PRIORITY_ADJUST": 0,
    "TELNETCONSOLE_ENABLED": False,
    "REMOTE_CONTROL_ENABLED": False,
    "LOG_LEVEL": "CRITICAL",
}


@dataclass
class Crawled:
    """What the spider was given: responses, and the captures that their or their failures' requests carry."""

    responses: list[Response] = field(default_factory=list)
    failures: list[Failure] = field(default_factory=list)
    captures: dict[str, Capture] = field(default_factory=dict)
    """By the URL asked for first."""


class _Spider(Spider):
    name = "crawling"

    def __init__(self, requests: Iterable[Request], crawled: Crawled) -> None:
        super().__init__()
        self._requests = requests
        self._crawled = crawled

    async def start(self) -> AsyncIterator[Request]:
        for request in self._requests:
            request.meta["asked"] = request.url
            yield request.replace(callback=self._came, errback=self._failed, dont_filter=True)

    def _came(self, response: Response) -> None:
        self._crawled.responses.append(response)
        self._note(response.meta)

    def _failed(self, failure: Failure) -> None:
        self._crawled.failures.append(failure)
        self._note(failure.request.meta)  # type: ignore[attr-defined]

    def _note(self, meta: dict[str, Any]) -> None:
        if "capture" in meta:
            self._crawled.captures[meta["asked"]] = meta["capture"]


def now() -> datetime:
    return datetime.now(UTC)


def crawl(
    requests: Iterable[Request], folder: Path | None, *, clock: Callable[[], datetime] = now, **settings: object
) -> Crawled:
    """Carry out the requests; captures go into `folder`, or nowhere."""
    logging.disable(logging.CRITICAL)
    crawled = Crawled()
    writer = Writer(folder, clock=clock, software="archiver/test") if folder else None
    reactor.loop()  # Scrapy expects a running reactor
    runner = AsyncCrawlerRunner({**SETTINGS, **settings, "ARCHIVER_CAPTURES": writer})

    async def run() -> None:
        await runner.crawl(_Spider, requests=list(requests), crawled=crawled)

    try:
        reactor.submit(run).result(timeout=60)
    finally:
        logging.disable(logging.NOTSET)
        if writer:
            writer.close()
    return crawled
