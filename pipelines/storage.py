"""The page, written to the archive."""

from __future__ import annotations

from typing import Self

from scrapy.crawler import Crawler

from archiver.crawl.session import Session
from archiver.items import PageItem


class StoragePipeline:
    """Writes a page in one transaction, and closes the visit once nothing of it is left to fetch."""

    def __init__(self, session: Session) -> None:
        self.session = session

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(Session.of(crawler))

    async def process_item(self, item: PageItem) -> PageItem:
        self.session.store(item)
        return item
