"""What `archiver inspect` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from archiver.items import CERTAIN, Article, Extraction, ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page

WIDTH = 96


def as_text(page: Page, found: Extraction) -> str:
    """Article, threads with their evidence, what would be asked next, what could not be read."""
    return "\n".join(_lines(page, found))


def as_object(page: Page, found: Extraction, *, explain: bool) -> dict[str, Any]:
    """The shape of `--json`, frozen by a test: the extraction, and with `--explain` also what was `weighed`."""
    told = {name: getattr(found, name) for name in found.__slots__}
    return told | {"weighed": threads.explain(page) if page.is_html else ()} if explain else told


def _lines(page: Page, found: Extraction) -> Iterator[str]:
    yield f"{page.url}  {len(page.body):,} bytes, {page.mime or 'type not told'}"
    yield ""
    yield from _article(found.article, len(found.quotes))
    yield ""
    if not found.threads:
        yield "Thread    none found. --explain tells what was weighed"
    for thread in found.threads:
        yield from _thread(thread)
    for problem in found.problems:
        yield f"Problem   {problem}"


def _article(article: Article | None, quotes: int) -> Iterator[str]:
    if article is None:
        yield "Article   none found"
        return
    published = article.published or article.published_local
    rows = {
        "Article": article.title or "(no title)",
        "by": ", ".join(article.authors),
        "published": f"{published}" + ("" if article.published else " (zone not told)")
        if published
        else article.published_raw,
        "dateline": article.dateline,
        "licence": article.licence_text or article.licence_url,
        "text": f"{len(article.text):,} characters, {quotes} quotes: {article.text[:60]!r} …",
        "found by": ", ".join(f"{field}: {rule}" for field, rule in article.found_by.items()),
    }
    for name, value in rows.items():
        if value:
            yield f"{name:<10}{value}"


def _thread(thread: ThreadPage) -> Iterator[str]:
    claimed = "no count printed" if thread.claimed is None else f"the page counts {thread.claimed}"
    here = f"{len(thread.comments)} comments on this page, {claimed}"
    yield f"Thread    {thread.platform} {thread.id} ({thread.state}): {here}"
    if thread.confidence < CERTAIN:
        yield f"  uncertain: confidence {thread.confidence:.2f}, less than {CERTAIN}"
    if thread.evidence:
        yield f"  because {', '.join(thread.evidence)}"
    if thread.gap:
        yield f"  not to be had: {thread.gap}"
    kinds = Counter(comment.kind for comment in thread.comments)
    if len(kinds) > 1:
        yield "  kinds   " + ", ".join(f"{count} {kind}" for kind, count in kinds.items())
    for comment in thread.comments[:3]:
        text = " ".join(comment.text.split())
        yield f"  {'↳ ' if comment.parent_id else ''}{comment.author or '(no name)'}: {text}"[:WIDTH]
    if len(thread.comments) > 3:
        yield f"  … and {len(thread.comments) - 3} more"
    for follow_up in thread.follow_ups:
        yield f"  would ask ({follow_up.purpose}) {follow_up.method} {follow_up.url}"
