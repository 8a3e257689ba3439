"""Finds articles on a site, by its feed, its sitemap or a section page, and archives each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from archiver.crawl.listings import read_listing
from archiver.crawl.responses import page_of
from archiver.items import PageItem
from archiver.store.frontier import Leased

from .article import ArticleSpider


class SiteSpider(ArticleSpider):
    """`scrapy crawl site -a url=https://news.example/feed/ -a limit=20`"""

    name = "site"

    def __init__(self, url: str | None = None, limit: str | int | None = None, **arguments: Any) -> None:
        super().__init__(url=url, **arguments)
        self.left = int(limit) if limit is not None else None

    def begin(self, url: str) -> None:
        self.session.begin_listing(url)

    def answered(self, response: Response) -> Iterator[PageItem]:
        """A listing leads to visits; everything else is an article's page or a follow-up of its thread."""
        leased: Leased = response.meta["leased"]
        if leased.purpose == "listing" and response.status < 400:
            listing = read_listing(page_of(response, None, at=response.meta["capture"].at))
            begun = self.session.found(leased, response.meta["capture"], listing, limit=self.left)
            self.left = None if self.left is None else self.left - begun
            self.settle(leased.request_id)
            return
        yield from super().answered(response)
