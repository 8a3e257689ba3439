"""robots.txt (RFC 9309): fetched once a day for each server, kept in the archive, obeyed, noted with each capture.

A server that has no robots.txt (any 4xx but 429) allows everything. One that cannot say at the moment (5xx, 429)
allows nothing: the request is put off, and fails in the end, unless a copy not older than a month is in the archive.
Where the server cannot be reached at all, neither can the page: the request fails for that reason.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, NotConfigured
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from archiver.crawl.failures import read_retry_after
from archiver.crawl.politeness import slow_down
from archiver.crawl.responses import kept_before, retry_after
from archiver.crawl.session import Session, now
from archiver.items import Capture
from archiver.pages.page import decode
from archiver.store.hosts import host_of

FRESH = timedelta(days=1)
"""How long a copy is used without asking again (RFC 9309, 2.4)."""

LAST_RESORT = timedelta(days=30)
"""How long a copy is used while the server cannot say."""

MAX_SIZE = 512 * 1024
"""Bytes that are read: the RFC asks for 500 KiB at least."""


class RefusedByRobotsError(IgnoreRequest):
    """robots.txt does not allow the request."""


class RobotsUnknownError(IgnoreRequest):
    """The server cannot say at the moment what it allows: its status, and how long it wants to be left alone."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a server allows. `parser` is None where it has no robots.txt; `sitemaps` are those that it names."""

    parser: RobotParser | None
    fetched: datetime
    sitemaps: tuple[str, ...] = ()


class RobotsMiddleware:
    """Raises `RefusedByRobotsError` for what robots.txt forbids, and notes in `request.meta["robots"]` what it says:
    `allowed`, or `none` where there is no such file; the sitemaps that it names go into `request.meta["sitemaps"]`."""

    def __init__(self, crawler: Crawler) -> None:
        if not crawler.settings.getbool("ROBOTSTXT_OBEY"):
            raise NotConfigured
        self.crawler = crawler
        self.agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self.session: Session | None = crawler.settings.get(Session.SETTING)
        self.rules: dict[str, asyncio.Task[Rules]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        request.meta.pop("download_slot", None)  # a redirect brings that of another host
        if request.meta.get("is_robots_txt"):
            return
        rules = await self.rules_for(request)
        request.meta["robots"] = "none" if rules.parser is None else "allowed"
        request.meta["sitemaps"] = rules.sitemaps
        if rules.parser is not None and not rules.parser.allowed(request.url, self.agent):
            raise RefusedByRobotsError("Forbidden by robots.txt")

    async def rules_for(self, request: Request) -> Rules:
        """What the request's server allows: known already, or asked for once by all that want to know."""
        host = host_of(request.url)
        task = self.rules.get(host)
        if task is None or (task.done() and (task.exception() or task.result().fetched < now() - FRESH)):
            task = self.rules[host] = asyncio.ensure_future(self.find(request, host))
        return await asyncio.shield(task)

    async def find(self, request: Request, host: str) -> Rules:
        """From the archive where its copy is fresh, else from the server."""
        kept = self.session.host(host) if self.session else None
        if kept and kept.robots is not None and kept.robots_fetched and kept.robots_fetched > now() - FRESH:
            return self.parsed(request, kept.robots, kept.robots_fetched)
        try:
            response = await self.fetch(request)
        except IgnoreRequest:  # it redirects in a circle, or unpacks to more than is read: no robots.txt at all
            return Rules(parser=None, fetched=now())
        if response.status == 429 or response.status >= 500:
            if kept and kept.robots is not None and kept.robots_fetched and kept.robots_fetched > now() - LAST_RESORT:
                return self.parsed(request, kept.robots, kept.robots_fetched)
            raise RobotsUnknownError(response.status, read_retry_after(retry_after(response), now()))
        text = decode(response.body[:MAX_SIZE]) if response.status < 300 else ""
        rules = self.parsed(request, text, now())
        if self.session:
            delay = rules.parser.crawl_delay(self.agent) if rules.parser else None
            self.session.remember_host(host, robots=text, robots_fetched=rules.fetched, delay=delay)
        return rules

    async def fetch(self, request: Request) -> Response:
        """The server's robots.txt; its captures belong to the visit that wanted to know."""
        assert self.crawler.engine is not None
        scheme, _, rest = request.url.partition("://")
        meta = {name: request.meta[name] for name in ("leased", "typed") if name in request.meta}
        asked = Request(
            f"{scheme}://{rest.partition('/')[0].partition('?')[0]}/robots.txt",
            priority=1000,
            meta=meta | {"is_robots_txt": True},
            callback=NO_CALLBACK,
        )
        response = await self.crawler.engine.download_async(asked)
        leased, capture = response.meta.get("leased"), response.meta.get("capture")
        if self.session and leased is not None and isinstance(capture, Capture):
            self.session.keep_beside(leased, *kept_before(response.meta), capture)
        return response

    def parsed(self, request: Request, text: str, fetched: datetime) -> Rules:
        """An empty file is as good as none."""
        if not text.strip():
            return Rules(parser=None, fetched=fetched)
        parser = ProtegoRobotParser.from_crawler(self.crawler, text.encode("utf-8", "replace"))
        slow_down(self.crawler, request, parser.crawl_delay(self.agent))
        return Rules(parser=parser, fetched=fetched, sitemaps=tuple(parser.rp.sitemaps))
