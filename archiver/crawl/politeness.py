"""Crawl-delay of robots.txt, which Scrapy reads but does not keep to."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.utils.httpobj import urlparse_cached

MAX_CRAWL_DELAY = 60.0
"""Seconds. A site that asks for more would never be archived; the pause is capped, as other crawlers cap it."""


def slow_down(crawler: Crawler, request: Request, asked: float | None) -> None:
    """Slows the request's host down to what its robots.txt asks for. It never makes a host faster than the setting."""
    if not asked or crawler.engine is None:
        return
    downloader = crawler.engine.downloader
    name = urlparse_cached(request).hostname or ""
    delay = max(crawler.settings.getfloat("DOWNLOAD_DELAY"), min(float(asked), MAX_CRAWL_DELAY))
    # Scrapy drops a host's slot after a minute without requests: the next one must be as slow.
    downloader.per_slot_settings.setdefault(name, {})["delay"] = delay
    if name in downloader.slots:
        downloader.slots[name].delay = max(downloader.slots[name].delay, delay)
