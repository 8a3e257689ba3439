"""Finds articles on a site, by its feeds, its sitemaps and its section pages, and archives each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from scrapy.http import Response

from archiver.crawl.listings import read_listing
from archiver.crawl.responses import page_of
from archiver.crawl.sites import Site, choose
from archiver.items import PageItem
from archiver.store.frontier import Leased

from .article import ArticleSpider


class SiteSpider(ArticleSpider):
    """`scrapy crawl site -a url=https://news.example/feed/ -a limit=20`; from Python the sites are in the options."""

    name = "site"
    newest = False
    """Whether only what a site has now is looked for, instead of all that it ever had."""

    def __init__(self, url: str | None = None, limit: str | int | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.given = (Site(url=url, limit=None if limit is None else int(limit)),) if url else ()
        self.left: dict[int, int | None] = {}
        """How many articles a visit to a listing may still begin; None: any number."""

    @property
    def sites(self) -> dict[str, Site]:
        """By the address that each begins with."""
        return {site.url: site for site in (*self.given, *self.session.options.sites)}

    def begin(self) -> None:
        for url in self.sites:
            self.session.begin_listing(url)

    def answered(self, response: Response) -> Iterator[PageItem]:
        """A listing leads to visits; everything else is an article's page or a follow-up of its thread."""
        leased: Leased = response.meta["leased"]
        if leased.purpose == "listing" and response.status < 400:
            self.follow(leased, response)
            self.settle(leased.request_id)
            return
        yield from super().answered(response)

    def follow(self, leased: Leased, response: Response) -> None:
        """Begins visits to what the site's rules take of a listing."""
        site, capture = self.sites[leased.begun_at], response.meta["capture"]
        listing = read_listing(page_of(response, None, at=capture.at), response.meta.get("sitemaps", ()))
        choice = choose(site, listing, site.steps if leased.steps is None else leased.steps, newest=self.newest)
        left = self.left.setdefault(leased.visit_id, site.limit)
        begun = self.session.found(leased, capture, choice, limit=left)
        self.left[leased.visit_id] = None if left is None else left - begun
