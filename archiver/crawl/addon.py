"""Ties Scrapy to an archive. Whoever runs a spider with Scrapy's own command gets one opened here."""

from __future__ import annotations

import os
from pathlib import Path

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.settings import Settings

from archiver.crawl.options import Options
from archiver.crawl.session import Session


class ArchiveAddon:
    """Opens the archive that `ARCHIVER_HOME` names (default: output), unless the caller brought an open one."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> ArchiveAddon:
        return cls(crawler)

    def update_settings(self, settings: Settings) -> None:
        if Session.SETTING in settings:
            return
        folder = Path(settings.get("ARCHIVER_HOME") or os.environ.get("ARCHIVER_HOME") or "output")
        options = Options(folder=folder, ignore_robots=not settings.getbool("ROBOTSTXT_OBEY"))
        kind: type[Session] = getattr(self.crawler.spidercls, "SESSION", Session)
        session = kind.begin(options, command=f"scrapy crawl {self.crawler.spidercls.name}")
        settings.set(Session.SETTING, session, priority="cmdline")
        settings.set("ARCHIVER_CAPTURES", session.captures, priority="cmdline")
        self.crawler.signals.connect(session.end, signals.spider_closed)
