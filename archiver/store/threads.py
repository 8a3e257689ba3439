"""A thread's page into the archive: what it claims, its comments, and where it leads to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from archiver.items import FollowUp, ThreadPage
from archiver.store import addresses, frontier, readings
from archiver.store.comments import Counts, Origin, save_comments
from archiver.store.schema import article, request
from archiver.threads.trust import weigh

_ADDRESS = select(article.c.url).where(article.c.id == bindparam("article"))
_ASKED_THREAD = select(request.c.thread_id).where(request.c.id == bindparam("request"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Answer:
    """What came of a request. `capture_id` is None where nothing came; `at` is then the time of giving up."""

    request_id: int
    visit_id: int
    follow_up: FollowUp | None
    capture_id: int | None
    at: datetime


def save_thread(
    conn: Connection, answer: Answer, page: ThreadPage, *, article_id: int, now: datetime, goes_on: bool = False
) -> Counts:
    """Stores what one answer tells of one thread; its follow-ups go into the frontier. `goes_on`: it is a further piece
    of an answer that is read in pieces."""
    url = conn.execute(_ADDRESS, {"article": article_id}).scalar_one()
    thread_id = _asked_thread(conn, answer, page) or readings.thread_row(
        conn,
        page,
        article_id=article_id,
        addresses=addresses.known_addresses(conn, article_id),
        article_url=url,
        at=answer.at,
    )
    if answer.follow_up is None:  # further pages were asked for by a page that was believed
        page = weigh(page, readings.confidence_of(conn, thread_id))
        readings.raise_confidence(conn, thread_id, page.confidence)
    read = readings.reading_row(
        conn, thread_id=thread_id, visit_id=answer.visit_id, at=answer.at, came=answer.capture_id is not None
    )
    before = 0
    if not read.closed:
        if goes_on and answer.capture_id is not None:
            before = readings.add_claims(conn, page, reading_id=read.reading_id, capture_id=answer.capture_id)
        else:
            readings.save_claims(conn, page, reading_id=read.reading_id, capture_id=answer.capture_id)
        follow_ups = {each.key: (each, thread_id) for each in page.follow_ups}
        frontier.add_follow_ups(conn, visit_id=answer.visit_id, follow_ups=follow_ups, now=now)
    if answer.capture_id is None:
        return Counts()
    origin = Origin(
        page=page,
        read=read,
        capture_id=answer.capture_id,
        visit_id=answer.visit_id,
        article_url=url,
        at=answer.at,
        shown_before=before,
    )
    return save_comments(conn, origin)


def _asked_thread(conn: Connection, answer: Answer, page: ThreadPage) -> int | None:
    """The row of the thread that the request was made for, where the page is of that thread."""
    asked = answer.follow_up
    if asked is None or (asked.platform, asked.thread_id) != (page.platform, page.id):
        return None
    return conn.scalar(_ASKED_THREAD, {"request": answer.request_id})
