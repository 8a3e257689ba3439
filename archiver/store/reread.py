"""What a rebuild needs of the store: what was asked and what came, in order, and everything read from it taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Select, delete, func, or_, select, text, update

from archiver.items import Capture, FollowUp
from archiver.store.closing import Outcome
from archiver.store.frontier import Purpose, follow_up_of
from archiver.store.read import BATCH, capture_of
from archiver.store.schema import (
    article,
    article_revision,
    article_url,
    author,
    capture,
    comment,
    comment_revision,
    comment_state,
    flag,
    link,
    quote,
    reading,
    reading_page,
    request,
    run,
    score,
    sighting,
    thread,
    visit,
)

UNREADABLE = "the page could not be read"
"""Begins the error of a request whose answer came and was one, and an extractor failed on it."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """A visit as it was recorded: `last_capture` is the last that it brought, None where it brought none."""

    visit_id: int
    article_id: int | None
    url: str
    started: datetime
    ended: datetime | None
    outcome: Outcome | None
    reason: str | None
    last_capture: int | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request as it was recorded, and what the frontier now knows of it: a page read before may have told more."""

    request_id: int
    visit_id: int
    purpose: Purpose
    state: str
    error: str | None
    follow_up: FollowUp | None
    last_capture: int | None
    """The capture that answered it; one that redirected or was asked again has earlier ones too."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Came:
    """A capture, the visit and the request that it belongs to, and the run that made it."""

    id: int
    visit_id: int
    article_id: int | None
    request_id: int | None
    run_id: int | None
    capture: Capture


def only_writer(conn: Connection) -> None:
    """Makes every other writer wait until the transaction ends. SQLite has one writer anyway."""
    if conn.dialect.name == "postgresql":
        conn.execute(text("LOCK TABLE capture, visit, request IN SHARE ROW EXCLUSIVE MODE"))


def past_visits(conn: Connection) -> Iterator[Past]:
    """All visits, in the order in which they were begun."""
    last = select(func.max(capture.c.id)).where(capture.c.visit_id == visit.c.id).scalar_subquery()
    columns = ("article_id", "url", "started", "ended", "outcome", "reason")
    wanted = select(visit.c.id.label("visit_id"), *(visit.c[name] for name in columns), last.label("last_capture"))
    for row in conn.execute(wanted.order_by(visit.c.id)):
        yield Past(**row._mapping)


def captures(conn: Connection) -> Iterator[Came]:
    """All captures in the order in which they came, some at a time: between two of them anything may be written."""
    wanted = select(capture, visit.c.article_id).join(visit).order_by(capture.c.id).limit(BATCH)
    last = 0
    while rows := conn.execute(wanted.where(capture.c.id > last)).mappings().all():
        for row in rows:
            yield Came(
                **{name: row[name] for name in ("id", "visit_id", "article_id", "request_id", "run_id")},
                capture=capture_of(row),
            )
        last = rows[-1]["id"]


def led_to(conn: Connection, came: Came) -> tuple[str, ...]:
    """The addresses of the earlier captures of the same request: those that redirected to it, as asked first."""
    earlier = (capture.c.request_id == came.request_id) & (capture.c.id < came.id) & (capture.c.status < 400)
    rows = conn.scalars(select(capture.c.url).where(earlier).order_by(capture.c.id))
    return tuple(dict.fromkeys(url for url in rows if url != came.capture.url))


def platforms_of_runs(conn: Connection) -> Mapping[int, tuple[str, ...] | None]:
    """Run → the comment systems that it was told to look for; None for all."""
    rows = conn.execute(select(run.c.id, run.c.settings)).all()
    chosen = {row.id: row.settings.get("platforms") for row in rows}
    return {run_id: None if names is None else tuple(names) for run_id, names in chosen.items()}


def asked(conn: Connection, request_id: int) -> Asked:
    """One request."""
    return _asked(conn.execute(_requests().where(request.c.id == request_id)).mappings().one())


def unanswered(conn: Connection, visit_id: int, *, ended: bool) -> list[Asked]:
    """The requests of a visit that have no answer, and that a page read so far asks for.

    Of a visit that has not `ended` only those that were given up: the others may still be made.
    """
    without = ~select(capture.c.id).where(capture.c.request_id == request.c.id).exists()
    states = ("failed", "pending") if ended else ("failed",)
    mine = (request.c.visit_id == visit_id) & request.c.state.in_(states) & request.c.thread_id.is_not(None)
    return [_asked(row) for row in conn.execute(_requests().where(mine, without).order_by(request.c.id)).mappings()]


def _requests() -> Select[Any]:
    last = select(func.max(capture.c.id)).where(capture.c.request_id == request.c.id).scalar_subquery()
    return select(request, last.label("last_capture"))


def _asked(row: Any) -> Asked:
    return Asked(
        request_id=row["id"],
        visit_id=row["visit_id"],
        purpose=row["purpose"],
        state=row["state"],
        error=row["error"],
        follow_up=follow_up_of(row),
        last_capture=row["last_capture"],
    )


def authors_with_comments(conn: Connection) -> frozenset[int]:
    """The authors whose comments are here."""
    return frozenset(conn.scalars(select(comment.c.author_id).where(comment.c.author_id.is_not(None)).distinct()))


def forget_authors(conn: Connection, ids: Collection[int]) -> None:
    """Takes away those of the authors who have no comment any longer."""
    for author_id in sorted(ids):
        conn.execute(delete(author).where(author.c.id == author_id))


def forget_readings(conn: Connection, keep: Collection[int]) -> None:
    """Takes away everything that was read from pages: all but articles, their addresses, visits and captures.

    Articles whose ids are in `keep` stay as they are.
    """
    articles = select(article.c.id).where(article.c.id.not_in(keep))
    threads = select(thread.c.id).where(thread.c.article_id.in_(articles))
    comments = select(comment.c.id).where(comment.c.thread_id.in_(threads))
    readings = select(reading.c.id).where(reading.c.thread_id.in_(threads))
    revisions = select(article_revision.c.id).where(article_revision.c.article_id.in_(articles))
    conn.execute(delete(link).where(or_(link.c.comment_id.in_(comments), link.c.target_comment_id.in_(comments))))
    for table in (flag, score, comment_state, comment_revision, sighting):
        conn.execute(delete(table).where(table.c.comment_id.in_(comments)))
    conn.execute(delete(reading_page).where(reading_page.c.reading_id.in_(readings)))
    mine = comment.c.thread_id.in_(threads)
    conn.execute(update(comment).where(mine).values(parent_id=None, last_reading_id=None))
    conn.execute(delete(comment).where(mine))
    conn.execute(delete(reading).where(reading.c.thread_id.in_(threads)))
    conn.execute(update(request).where(request.c.thread_id.in_(threads)).values(thread_id=None))
    conn.execute(delete(thread).where(thread.c.article_id.in_(articles)))
    conn.execute(delete(quote).where(quote.c.article_revision_id.in_(revisions)))
    conn.execute(delete(article_revision).where(article_revision.c.article_id.in_(articles)))
    told_anew = article_url.c.article_id.not_in(keep)
    conn.execute(update(article_url).where(told_anew).values(origin="given"))  # until a page tells it again
    pages = capture.join(visit).join(request, request.c.id == capture.c.request_id)
    own = (visit.c.article_id == article.c.id) & (request.c.purpose == "article") & (request.c.state == "done")
    first, last = (
        func.coalesce(select(which(capture.c.at)).select_from(pages).where(own).scalar_subquery(), known)
        for which, known in ((func.min, article.c.first_seen), (func.max, article.c.last_seen))
    )
    conn.execute(update(article).where(article.c.id.not_in(keep)).values(first_seen=first, last_seen=last))


def reopened(past: Past) -> bool:
    """Whether the visit is to be judged again once its pages are read."""
    return past.ended is not None and past.outcome != "listed"


def recorded_outcome(past: Past) -> tuple[Outcome | None, str | None]:
    """What does not follow from pages: that the article's own page was refused, missing or failed."""
    if past.outcome in ("refused", "missing", "failed"):
        return cast("Outcome", past.outcome), past.reason
    return None, None
