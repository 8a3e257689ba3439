"""The page, written to the archive."""

from __future__ import annotations

import asyncio
from typing import Self

from scrapy.crawler import Crawler

from archiver.crawl.session import Session
from archiver.errors import ArchiverError
from archiver.items import PageItem


class StoragePipeline:
    """Writes a page in one transaction, and closes the visit once nothing of it is left to fetch."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler
        self.session = Session.of(crawler)
        self.stopping: asyncio.Future[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_item(self, item: PageItem) -> PageItem:
        try:
            self.session.store(item)
        except ArchiverError as error:  # a full disk, a locked database: nothing more can be kept
            self.session.problem = error
            self.stopping = asyncio.ensure_future(self.crawler.stop_async())
        return item
