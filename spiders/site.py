"""Finds articles on a site, by its feeds, its sitemaps and its section pages, and archives each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from scrapy.http import Response

from archiver.crawl.listings import read_listing
from archiver.crawl.responses import page_of
from archiver.crawl.sites import Site, choose
from archiver.items import PageItem
from archiver.store.frontier import Leased

from .article import ArticleSpider


class SiteSpider(ArticleSpider):
    """`scrapy crawl site -a url=https://news.example/feed/ -a limit=20`. From Python: `sites`, several with rules."""

    name = "site"

    def __init__(
        self, url: str | None = None, limit: str | int | None = None, sites: Sequence[Site] = (), **arguments: Any
    ) -> None:
        super().__init__(**arguments)
        given = (Site(url=url, limit=None if limit is None else int(limit)),) if url else ()
        self.sites = {site.url: site for site in (*given, *sites)}
        self.left = {site.url: site.limit for site in self.sites.values()}

    def begin(self) -> None:
        for site in self.sites.values():
            self.session.begin_listing(site.url)

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
        choice = choose(site, listing, site.steps if leased.steps is None else leased.steps)
        left = self.left[site.url]
        begun = self.session.found(leased, capture, choice, limit=left)
        self.left[site.url] = None if left is None else left - begun
