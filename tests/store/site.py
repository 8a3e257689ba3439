"""An invented site in values: pages as the pipelines would hand them over, without HTTP and without HTML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import text

from archiver.items import Article, Capture, Comment, Extraction, FollowUp, PageItem, ThreadPage
from archiver.store import frontier
from archiver.store.closing import ClosedVisit, close_visit
from archiver.store.database import Database
from archiver.store.frontier import Leased
from archiver.store.outbox import Wanted
from archiver.store.save import Saved, save_page

URL = "https://news.example/harbour"
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
MARKUP, API, FEED = "wordpress.markup 1", "wordpress.api 1", "wordpress.feed 1"

_records = count()


def comment(native_id: str, text: str = "The ferry was late again.", **more: Any) -> Comment:
    """A comment by Ida Holm, unless told otherwise."""
    given: dict[str, Any] = {
        "author": "Ida Holm",
        "html": f"<p>{text}</p>",
        "published": NOW - timedelta(days=1),
        "published_raw": "yesterday",
        "published_precision": "second",
    }
    return Comment(id=native_id, text=text, **given | more)


def thread(*comments: Comment, **more: Any) -> ThreadPage:
    """A page of the thread under the article, as markup shows it."""
    given: dict[str, Any] = {"platform": "wordpress", "id": "7", "extractor": MARKUP, "claimed": len(comments)}
    return ThreadPage(comments=comments, **given | more)


def api(*comments: Comment, **more: Any) -> ThreadPage:
    """The same thread as its API tells it."""
    return thread(*comments, **{"source": "api", "extractor": API} | more)


def follow_up(name: str, **more: Any) -> FollowUp:
    given: dict[str, Any] = {"platform": "wordpress", "thread_id": "7", "purpose": "next page"}
    return FollowUp(url=f"{URL}/{name}", **given | more)


def article(**more: Any) -> Article:
    given: dict[str, Any] = {
        "url": URL,
        "title": "The harbour stays open",
        "authors": ("Jon Vik",),
        "text": "“It stays open,” the mayor said.",
        "extractor": "article 1",
    }
    return Article(**given | more)


def capture(url: str = URL, at: datetime = NOW) -> Capture:
    """A capture with a record of its own."""
    number = next(_records)
    return Capture(
        url=url,
        status=200,
        at=at,
        content_type="text/html",
        file="captures.warc.gz",
        offset=number * 1000,
        length=1000,
        record_id=f"<urn:uuid:{number}>",
        sha256="00" * 32,
    )


def page(leased: Leased, *threads: ThreadPage, at: datetime = NOW, **more: Any) -> PageItem:
    """The answer to a request: the article's own page, or one of its threads."""
    own = article(url=leased.url) if leased.follow_up is None else None
    found = Extraction(url=leased.url, article=more.pop("article", own), threads=threads, quotes=more.pop("quotes", ()))
    return PageItem(
        capture=capture(leased.url, at),
        request_id=leased.request_id,
        visit_id=leased.visit_id,
        follow_up=leased.follow_up,
        extraction=found,
        **more,
    )


def begin(database: Database, url: str = URL, *, at: datetime = NOW) -> Leased:
    """A new visit's first request, leased."""
    with database.write() as conn:
        visit_id = frontier.add_visit(conn, url=url, run_id=None, now=at)
    (leased,) = lease(database, visit_id, at=at)
    return leased


def lease(database: Database, visit_id: int, *, at: datetime = NOW) -> list[Leased]:
    with database.write() as conn:
        return frontier.lease(conn, now=at, for_seconds=60, limit=50, visits=[visit_id])


def save(database: Database, item: PageItem) -> Saved:
    return save_page(database, item, now=item.capture.at)


def visit(
    database: Database,
    *threads: ThreadPage,
    at: datetime = NOW,
    answers: Callable[[FollowUp], Sequence[ThreadPage]] = lambda _: (),
    wanted: Wanted | None = None,
    **more: Any,
) -> ClosedVisit:
    """One whole visit: the article's page with `threads`, then the answers to all that they lead to."""
    first = begin(database, at=at)
    save(database, page(first, *threads, at=at, **more))
    while waiting := lease(database, first.visit_id, at=at):
        for leased in waiting:
            assert leased.follow_up is not None
            save(database, page(leased, *answers(leased.follow_up), at=at))
    return close_visit(database, first.visit_id, now=at, wanted=wanted)


def rows(database: Database, statement: str) -> list[dict[str, Any]]:
    """What a person with SQL sees."""
    with database.read() as conn:
        return [dict(row) for row in conn.execute(text(statement)).mappings()]


def latest(database: Database) -> dict[str, dict[str, Any]]:
    """The rows of `latest_comment` by native id."""
    return {row["native_id"]: row for row in rows(database, "SELECT * FROM latest_comment")}


def with_text(thread_page: ThreadPage, text: str) -> ThreadPage:
    """The page with other words in every comment."""
    return replace(thread_page, comments=tuple(replace(each, text=text) for each in thread_page.comments))
