"""One page into the archive, in one transaction: capture, article, comments, follow-ups, and its request is done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from sqlalchemy import Connection, bindparam, select, update

from archiver.items import Capture, Extraction, PageItem, ThreadPage
from archiver.pages.urls import clean
from archiver.store import addresses, again, articles, frontier, revisits
from archiver.store.captures import save_capture
from archiver.store.database import Database
from archiver.store.schema import request, visit
from archiver.store.threads import Answer, save_thread

_ARTICLE = select(visit.c.article_id).where(visit.c.id == bindparam("visit"))
_ASKED = select(visit.c.url).where(visit.c.id == bindparam("visit"))
_FOUND = (
    update(visit)
    .where(visit.c.id == bindparam("visit"))
    .values(article_id=bindparam("article"), reason=bindparam("unread"))
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Saved:
    """What a page brought. `remaining` counts the visit's requests that are still to be answered: at 0 it is over."""

    visit_id: int
    article_id: int | None
    capture_id: int | None
    remaining: int
    seen: int = 0
    new: int = 0
    edited: int = 0
    quotes: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """What a listing brought: how many visits were begun, and how many requests of its own visit remain."""

    visit_id: int
    begun: int
    remaining: int


def save_page(database: Database, item: PageItem, *, now: datetime) -> Saved:
    """Stores one page whole, or not at all. A second call with the same page changes nothing."""
    with database.write() as conn:
        return _with_pages_again(conn, store_page(conn, item, now=now), now)


def store_page(conn: Connection, item: PageItem, *, now: datetime) -> Saved:
    """The same within a transaction of the caller's."""
    for earlier in item.before:
        save_capture(conn, earlier, visit_id=item.visit_id, request_id=item.request_id)
    capture_id = save_capture(conn, item.capture, visit_id=item.visit_id, request_id=item.request_id)
    article_id = _article(conn, item)
    quotes = _own_page(conn, item, article_id, capture_id) if article_id and item.follow_up is None else 0
    answer = Answer(
        request_id=item.request_id,
        visit_id=item.visit_id,
        follow_up=item.follow_up,
        capture_id=capture_id,
        at=item.capture.at,
    )
    counts = [
        save_thread(conn, answer, page, article_id=article_id, now=now, goes_on=number > 0)
        for number, found in enumerate(chain((item.extraction,), item.rest))
        for page in _marked(found)
        if article_id
    ]
    frontier.done(conn, item.request_id)
    return Saved(
        visit_id=item.visit_id,
        article_id=article_id,
        capture_id=capture_id,
        remaining=frontier.pending(conn, item.visit_id),
        seen=sum(each.seen for each in counts),
        new=sum(each.new for each in counts),
        edited=sum(each.edited for each in counts),
        quotes=quotes,
    )


def save_listing(
    database: Database,
    *,
    request_id: int,
    capture: Capture,
    articles: Sequence[str],
    more: Sequence[tuple[str, int]] = (),
    limit: int | None = None,
    now: datetime,
) -> Listed:
    """A listing that was read: begins visits to the articles that are new, at most `limit`, and asks for `more`,
    further listings with the steps left, unless that was the limit."""
    with database.write() as conn:
        row = conn.execute(
            select(request.c.visit_id, visit.c.run_id).join(visit).where(request.c.id == request_id)
        ).one()
        save_capture(conn, capture, visit_id=row.visit_id, request_id=request_id)
        for url in (begun := frontier.new_addresses(conn, articles)[:limit]):
            frontier.add_visit(conn, url=url, run_id=row.run_id, now=now)
        if limit is None or len(begun) < limit:
            frontier.add_listings(conn, visit_id=row.visit_id, listings=more, now=now)
        frontier.done(conn, request_id)
        remaining = frontier.pending(conn, row.visit_id)
        return Listed(visit_id=row.visit_id, begun=len(begun), remaining=remaining)


def record_failure(
    database: Database,
    *,
    request_id: int,
    error: str,
    now: datetime,
    capture: Capture | None = None,
    instead: Sequence[ThreadPage] = (),
) -> Saved:
    """A request that finally failed. `capture` is the answer that was no use, where one came and was kept; `instead`
    is what its platform asks for in its place.

    What the failure means for the thread is said when the visit is closed: a page that was needed makes its reading
    incomplete.
    """
    with database.write() as conn:
        saved = store_failure(conn, request_id=request_id, error=error, now=now, capture=capture, instead=instead)
        return _with_pages_again(conn, saved, now)


def store_failure(
    conn: Connection,
    *,
    request_id: int,
    error: str,
    now: datetime,
    capture: Capture | None = None,
    instead: Sequence[ThreadPage] = (),
) -> Saved:
    """The same within a transaction of the caller's."""
    found = select(request, visit.c.article_id).join(visit).where(request.c.id == request_id)
    row = conn.execute(found).mappings().one()
    visit_id, article_id = row["visit_id"], row["article_id"]
    capture_id = save_capture(conn, capture, visit_id=visit_id, request_id=request_id) if capture else None
    answer = Answer(
        request_id=request_id,
        visit_id=visit_id,
        follow_up=frontier.follow_up_of(row),
        capture_id=capture_id,
        at=capture.at if capture else now,
    )
    for page in instead if article_id and answer.follow_up else ():
        save_thread(conn, answer, page, article_id=article_id, now=now)
    frontier.give_up(conn, request_id, error=error)
    return Saved(
        visit_id=visit_id,
        article_id=article_id,
        capture_id=capture_id,
        remaining=frontier.pending(conn, visit_id),
    )


def _with_pages_again(conn: Connection, saved: Saved, now: datetime) -> Saved:
    """The same; where it was the visit's last page, pages between which comments may have moved are asked for again."""
    if saved.remaining or saved.article_id is None:
        return saved
    again.ask(conn, saved.visit_id, now=now)
    return replace(saved, remaining=frontier.pending(conn, saved.visit_id))


def _marked(found: Extraction) -> Sequence[ThreadPage]:
    """The thread pages; what could not be read of the page may be comments of theirs."""
    if not found.problems:
        return found.threads
    unread = " ".join(found.problems).rstrip(".")
    return [page if page.gap else replace(page, gap=unread) for page in found.threads]


def _article(conn: Connection, item: PageItem) -> int | None:
    """The article that the page belongs to; None for a page that holds neither an article nor a thread."""
    if item.follow_up is not None:
        return conn.scalar(_ARTICLE, {"visit": item.visit_id})
    found = item.extraction
    if found.article is None and not found.threads:
        return None
    asked = conn.execute(_ASKED, {"visit": item.visit_id}).scalar_one()
    article_id = addresses.article_at(
        conn,
        read=found.article.url if found.article else clean(found.url),
        asked=(asked, *item.asked),
        given=found.article.other_urls if found.article else (),
        at=item.capture.at,
    )
    unread = " ".join(found.problems).rstrip(".") or None
    conn.execute(_FOUND, {"visit": item.visit_id, "article": article_id, "unread": unread})
    articles.touch(conn, article_id, item.capture.at)
    return article_id


def _own_page(conn: Connection, item: PageItem, article_id: int, capture_id: int) -> int:
    """The article's state and quotes, from its own page; how many quotes."""
    revisits.remember_tellers(conn, article_id, item.extraction.probes, at=item.capture.at)
    if item.extraction.article is None:
        return 0
    revision_id, _ = articles.save_article(
        conn,
        item.extraction.article,
        article_id=article_id,
        capture_id=capture_id,
        visit_id=item.visit_id,
        at=item.capture.at,
    )
    return articles.save_quotes(conn, item.extraction.quotes, revision_id=revision_id)
