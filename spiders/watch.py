"""Looks again at what is due: articles, the lists by which sites tell what is new on all of them, and new articles."""

from __future__ import annotations

from collections.abc import Iterator

from scrapy.http import Response

from archiver.crawl.looking import LookSession
from archiver.crawl.responses import kept_before, page_of
from archiver.items import PageItem
from archiver.platforms import newest
from archiver.store.frontier import Leased

from .site import SiteSpider


class WatchSpider(SiteSpider):
    """What `archiver watch` runs. `scrapy crawl watch` does the same once."""

    name = "watch"
    newest = True
    SESSION = LookSession

    @property
    def session(self) -> LookSession:
        return LookSession.of(self.crawler)

    def begin(self) -> None:
        self.session.take_up()

    def answered(self, response: Response) -> Iterator[PageItem]:
        """A site's newest comments make articles due; all else is a listing, an article's page or a follow-up."""
        leased: Leased = response.meta["leased"]
        if leased.purpose == "probe" and response.status < 400:
            capture = response.meta["capture"]
            page = page_of(response, None, at=capture.at)
            named = newest(page, self.session.platform_of(leased))
            self.session.answered(leased, named, *kept_before(response.meta), capture)
            self.settle(leased.request_id)
            return
        yield from super().answered(response)
