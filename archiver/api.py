"""The public functions, behind `import archiver`. Each is thin: the layers below do the work.

Each imports what it needs when it is called: Scrapy, SQLAlchemy and what understands pages take half a second each, and
nobody needs all three.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archiver.crawl.report import Report
    from archiver.exports.archive import Archive
    from archiver.items import Extraction, Quote
    from archiver.pages.page import Page


def extract(
    html: bytes,
    url: str | None,
    *,
    content_type: str | None = None,
    at: datetime | None = None,
    platforms: Collection[str] | None = None,
) -> Extraction:
    """What one page holds: article, threads, quotes. Pure: nothing is fetched.

    `at` is the aware time of the capture, which relative dates ('2 hours ago') count from; without it they stay
    unread. `platforms` names the comment systems to look for: None for all, () for none.
    """
    from archiver.pages.page import Page

    return extract_page(Page(url=url or "", body=html, content_type=content_type, at=at), platforms=platforms)


def extract_page(page: Page, *, platforms: Collection[str] | None = None) -> Extraction:
    """The same of a page that is there already."""
    from archiver.pages.steps import STEPS
    from archiver.platforms import read

    found = read(page, platforms)
    for step in STEPS:
        found = step(found)
    return replace(found, problems=tuple(dict.fromkeys(page.problems)) or found.problems)


def extract_quotes(text: str, language: str | None = None) -> tuple[Quote, ...]:
    """The quotations in a text, in order. `language` is a BCP 47 tag; None: told from the text."""
    from archiver.pages import quotes

    return quotes.find(text, language)


def archive(urls: str | Iterable[str], to: str | Path = "output", **options: Any) -> Report:
    """Archives each address with its quotes and its whole thread into the folder `to`.

    `options` are those of `archiver.crawl.options.Options`: delay, timeout, ignore_robots, contact, … May be called
    again and again, from a script or a notebook. Raises `BadAddress` and `ArchiveUnusable`; what goes wrong with a
    page is in the report.
    """
    from archiver.crawl import run
    from archiver.crawl.options import Options

    addresses = [urls] if isinstance(urls, str) else list(urls)
    return run.archive(addresses, Options(folder=Path(to), **options))


def open(folder: str | Path = "output", database: str | None = None) -> Archive:  # noqa: A001 - the public name
    """An archive, to read. `database` is an SQLAlchemy URL where it is not the file in `folder`.

    Raises `NotArchived` where there is none, `ArchiveTooNew` where a later version wrote it.
    """
    from archiver.exports.archive import Archive

    return Archive.open(Path(folder), database)
