"""Crawl-delay of robots.txt, which Scrapy reads but does not keep to."""

from __future__ import annotations

from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached

MAX_CRAWL_DELAY = 60.0
"""Seconds. A site that asks for more would never be archived; the pause is capped, as other crawlers cap it."""


class CrawlDelay:
    """Slows a host down to what its robots.txt asks for. It never makes a host faster than the setting says."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.agent = crawler.settings["ROBOTSTXT_USER_AGENT"]

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        extension = cls(crawler)
        crawler.signals.connect(extension.robots_parsed, signals.robots_parsed)
        return extension

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        asked = robotparser.crawl_delay(self.agent)
        if not asked or self.crawler.engine is None:
            return
        downloader = self.crawler.engine.downloader
        slot = downloader.slots.get(urlparse_cached(request).hostname or "")
        if slot is not None:
            slot.delay = max(slot.delay, min(float(asked), MAX_CRAWL_DELAY))
