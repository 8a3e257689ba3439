"""Stored captures, read once more by today's extractors and through the same steps, into the same tables.

What was asked and what came of it are facts: visits, requests and captures stay. Everything that was read from pages
is taken away and read again, page by page in the order in which the pages came, within one transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import Connection

from archiver.items import Extraction, PageItem
from archiver.pages.page import Page
from archiver.pages.steps import STEPS
from archiver.platforms import read_in_pieces
from archiver.store import closing, reread, save, seals
from archiver.store.reread import Asked, Came, Past
from archiver.store.schema import visit
from archiver.warc.reader import page_of, read_record
from archiver.warc.verify import Finding, check_capture

NEVER_ASKED = "not asked for when the page was archived"


@dataclass(frozen=True, kw_only=True, slots=True)
class Replayed:
    """What a replay did. `damaged` are captures that cannot be read: their articles, `kept`, stay as they were."""

    pages: int = 0
    kept: frozenset[int] = frozenset()
    damaged: tuple[Finding, ...] = ()
    unreadable: tuple[str, ...] = ()
    """Pages on which an extractor failed, each with what it failed on."""


@dataclass(kw_only=True)
class _Replay:
    conn: Connection
    folder: Path
    damaged: Collection[int]
    """Captures that cannot be read."""
    kept: Collection[int]
    visits: Mapping[int, Past]
    platforms: Mapping[int, tuple[str, ...] | None]
    sealed: Collection[int]
    """Visits that are as they were when they ended."""
    pages: int = 0
    unreadable: list[str] = field(default_factory=list)
    failed: set[int] = field(default_factory=set)
    """Requests without an answer that were told of already."""
    nothing: dict[int, str] = field(default_factory=dict)
    """Visits whose page holds neither an article nor a thread, and why."""

    def capture(self, came: Came) -> None:
        past = self.visits[came.visit_id]
        if past.article_id in self.kept:
            return
        if came.request_id is not None and came.id not in self.damaged:
            self.answer(came, reread.asked(self.conn, came.request_id))
        if past.last_capture == came.id and reread.reopened(past):
            self.close(past)

    def answer(self, came: Came, asked: Asked) -> None:
        """The capture that a request ended with: a page, or an answer that was no use."""
        if asked.last_capture != came.id or asked.state not in ("done", "failed"):
            return
        if asked.purpose in ("listing", "probe"):
            return
        if asked.follow_up is not None and came.visit_id in self.nothing:
            return  # today the page that led to it is no article's
        page = self.page_that_came(came, asked)
        platforms = self.platforms.get(came.run_id or 0)
        pieces = self.read(page, platforms)
        found = next(pieces, None)
        if found is not None and (asked.state == "done" or was_unreadable(asked)):
            self.page(came, asked, found, pieces)
        else:
            self.no_page(came, asked, found if asked.follow_up is not None else None)
        self.without_answer(came.visit_id, platforms)

    def page_that_came(self, came: Came, asked: Asked) -> Page:
        """The page; none of a request that broke off or got lost after a redirect, and none that is too large."""
        record = read_record(self.folder, came.capture.file, came.capture.offset, came.capture.length)
        page = page_of(record)
        lost = asked.state == "failed" and page.status < 400 and not was_unreadable(asked)
        if lost or page.too_large:
            page = Page(url=came.capture.url, body=b"", status=0)
        page.follow_up = asked.follow_up
        page.problems.clear()  # what a crawl does not see of a page that it reads all the same
        return page

    def read(self, page: Page, platforms: Collection[str] | None) -> Iterator[Extraction]:
        """What the page holds, piece by piece. Nothing where an extractor trips over it: it is named, and the others
        are read all the same."""
        try:
            yield from read_in_pieces(page, platforms)
        except Exception as error:  # noqa: BLE001 - as in a crawl: one page must not keep all others from being read
            self.unreadable.append(f"{page.url}: {error!r}")

    def page(self, came: Came, asked: Asked, found: Extraction, rest: Iterator[Extraction]) -> None:
        item = PageItem(
            capture=came.capture,
            request_id=asked.request_id,
            visit_id=came.visit_id,
            asked=reread.led_to(self.conn, came),
            extraction=found,
            rest=rest,
            follow_up=asked.follow_up,
        )
        for step in STEPS:
            item = item.after(step)
        saved = save.store_page(self.conn, item, now=came.capture.at)
        self.pages += 1
        if saved.article_id is None:
            self.nothing[came.visit_id] = closing.why_nothing(item.extraction)

    def no_page(self, came: Came, asked: Asked, found: Extraction | None) -> None:
        save.store_failure(
            self.conn,
            request_id=asked.request_id,
            error=asked.error or reread.UNREADABLE,
            now=came.capture.at,
            capture=came.capture,
            instead=found.threads if found else (),
        )

    def without_answer(self, visit_id: int, platforms: Collection[str] | None) -> None:
        """Requests that a page asks for and to which nothing came: their platform may know another way."""
        past = self.visits[visit_id]
        for asked in reread.unanswered(self.conn, visit_id, ended=past.ended is not None):
            if asked.request_id in self.failed or asked.follow_up is None:
                continue
            self.failed.add(asked.request_id)
            nothing = Page(url=asked.follow_up.url, body=b"", status=0, follow_up=asked.follow_up)
            found = next(self.read(nothing, platforms), None)
            save.store_failure(
                self.conn,
                request_id=asked.request_id,
                error=asked.error or NEVER_ASKED,
                now=past.ended or past.started,
                instead=found.threads if found else (),
            )

    def close(self, past: Past) -> None:
        assert past.ended is not None
        outcome, reason = reread.recorded_outcome(past)
        if past.visit_id in self.nothing:
            outcome, reason = "not_article", self.nothing[past.visit_id]
        is_sealed = past.visit_id in self.sealed
        closing.judge_visit(self.conn, past.visit_id, now=past.ended, outcome=outcome, reason=reason)
        if is_sealed:  # a visit that somebody changed stays marked
            seals.seal(self.conn, visit, past.visit_id)


def replay(conn: Connection, folder: Path) -> Replayed:
    """Takes away what was read and reads it again, in the caller's transaction."""
    reread.only_writer(conn)
    damaged = {came.id: (finding, came) for came in reread.captures(conn) if (finding := _wrong(folder, came))}
    kept = frozenset(came.article_id for _, came in damaged.values() if came.article_id is not None)
    visits = {past.visit_id: past for past in reread.past_visits(conn)}
    running = _Replay(
        conn=conn,
        folder=folder,
        damaged=damaged,
        kept=kept,
        visits=visits,
        platforms=reread.platforms_of_runs(conn),
        sealed=frozenset(visits) - {row["id"] for table, row in seals.broken(conn) if table == "visit"},
    )
    authors = reread.authors_with_comments(conn)
    reread.forget_readings(conn, kept)
    for came in reread.captures(conn):
        running.capture(came)
    reread.forget_authors(conn, authors - reread.authors_with_comments(conn))
    return Replayed(
        pages=running.pages,
        kept=kept,
        damaged=tuple(finding for finding, _ in damaged.values()),
        unreadable=tuple(running.unreadable),
    )


def _wrong(folder: Path, came: Came) -> Finding | None:
    return check_capture(folder, came.capture)


def was_unreadable(asked: Asked) -> bool:
    """Whether an extractor failed on the answer then: today's may do better."""
    return asked.state == "failed" and (asked.error or "").startswith(reread.UNREADABLE)
