"""A crawl's hold on the archive: what spiders and pipelines ask of it, and nothing they need not know.

One session is one run: it opens the archive for writing, leases requests from the frontier, stores pages, notes
failures and closes visits. It tells what happens to whoever listens.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from scrapy.crawler import Crawler

from archiver import __version__
from archiver.crawl.events import Event, PageStored, VisitClosed, Waiting
from archiver.crawl.failures import Failure, next_try
from archiver.crawl.options import Options
from archiver.crawl.sites import Choice
from archiver.errors import ArchiverError
from archiver.items import Capture, Extraction, PageItem
from archiver.notify.notifier import wanted
from archiver.notify.postman import Postman
from archiver.store import closing, frontier, hosts, runs, save
from archiver.store.captures import save_capture
from archiver.store.database import DATABASE_FILE, Database, open_database
from archiver.store.frontier import Leased
from archiver.store.revisits import Paces
from archiver.store.rows import OpenVisit
from archiver.store.status import open_visits
from archiver.warc import FOLDER
from archiver.warc.adopt import adopt
from archiver.warc.writer import Writer

LEASE_SECONDS = 600
"""How long a leased request is ours. A killed run's requests are free again after it, or at the next run's start."""


def now() -> datetime:
    """The clock, in UTC. The one place where crawling reads it."""
    return datetime.now(UTC)


@dataclass
class _Tally:
    """What a visit has brought so far, for whoever watches, and since when."""

    began: datetime = field(default_factory=now)
    article_url: str = ""
    comments: set[tuple[str, str]] = field(default_factory=set)
    claimed: dict[str, int] = field(default_factory=dict)
    platforms: dict[str, None] = field(default_factory=dict)
    pages: int = 0

    def add(self, found: Extraction) -> None:
        self.pages += 1
        self.article_url = self.article_url or found.url
        for thread in found.threads:
            self.platforms[thread.platform] = None
            self.comments.update((thread.platform, comment.id) for comment in thread.comments)
            if thread.claimed is not None:
                self.claimed[thread.platform] = max(thread.claimed, self.claimed.get(thread.platform, 0))


class Session:
    """An archive open for one run. Use as a context manager, or call `end`."""

    SETTING = "ARCHIVER_SESSION"
    """The Scrapy setting that carries it."""

    def __init__(self, database: Database, captures: Writer, run_id: int, options: Options) -> None:
        self.database = database
        self.captures = captures
        self.run_id = run_id
        self.options = options
        self.listeners: list[Callable[[Event], None]] = []
        self.problem: ArchiverError | None = None
        """Why the archive could not be written to any longer; the run ends with it."""
        self.wanted = wanted(options.notifiers)
        """What is told of the changes of a visit, and to whom."""
        self._postman = Postman(database, options.notifiers, clock=now)
        self._postman.start()
        self.paces: Paces = {}
        """How fast each host's articles are looked at again, where that is not the least pace."""
        self._tallies: defaultdict[int, _Tally] = defaultdict(_Tally)
        self._overdue: set[int] = set()
        self._counts: Counter[str] = Counter()

    @classmethod
    def begin(cls, options: Options, *, command: str) -> Self:
        """Opens or makes the archive. Raises `ArchiveUnusable` and its kin."""
        database = open_database(options.database or options.folder / DATABASE_FILE, create=True)
        closing.close_finished(database, now=now(), wanted=wanted(options.notifiers))
        adopt(options.folder / FOLDER)
        captures = Writer(
            options.folder / FOLDER, clock=now, software=f"archiver/{__version__}", durable=options.durable
        )
        with database.write() as connection:
            run_id = runs.start_run(
                connection,
                command=command,
                software=f"archiver/{__version__}",
                settings=options.recorded(),
                now=now(),
            )
        return cls(database, captures, run_id, options)

    @classmethod
    def of(cls, crawler: Crawler) -> Self:
        """The session that a crawler works for."""
        session = crawler.settings[cls.SETTING]
        assert isinstance(session, cls)
        return session

    def __deepcopy__(self, memo: object) -> Self:
        return self  # Scrapy copies its settings; an open archive is not copied

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> None:
        """Closes everything. A second call is harmless."""
        if not self.run_id:
            return
        run_id, self.run_id = self.run_id, 0
        with ExitStack() as last:
            last.callback(self.database.close)
            last.callback(self.captures.close)
            last.callback(self._postman.end)
            with self.database.write() as connection:
                runs.end_run(connection, run_id, counts=self._counts, now=now())

    def visit(self, url: str) -> int:
        """Begins a visit, or takes up an unfinished one of the same address."""
        with self.database.write() as connection:
            return frontier.add_visit(connection, url=url, run_id=self.run_id, now=now())

    def begin_listing(self, url: str) -> None:
        """Begins with a feed, a sitemap or a section page, and takes up what earlier runs left of the same host."""
        with self.database.write() as connection:
            frontier.take_up(connection, host=hosts.host_of(url), run_id=self.run_id)
            frontier.add_visit(connection, url=url, run_id=self.run_id, now=now(), purpose="listing")

    def found(self, leased: Leased, capture: Capture, choice: Choice, limit: int | None) -> int:
        """Begins visits to the articles that were chosen from a listing and that are new: how many."""
        listed = save.save_listing(
            self.database,
            request_id=leased.request_id,
            capture=capture,
            articles=choice.articles,
            more=choice.listings,
            limit=limit,
            now=now(),
        )
        if not listed.remaining:
            self.close(leased.visit_id)
        return listed.begun

    def lease(self, limit: int, *, not_at: Collection[str] = ()) -> Sequence[Leased]:
        """Up to `limit` requests of this run that are due now, none of the hosts `not_at`."""
        if limit <= 0 or self.problem is not None:
            return ()
        with self.database.write() as connection:
            return frontier.lease(
                connection, now=now(), for_seconds=LEASE_SECONDS, limit=limit, run_id=self.run_id, not_at=not_at
            )

    def next_due(self) -> datetime | None:
        """When the next request of this run may be sent; None where none is left."""
        if self.problem is not None:
            return None
        with self.database.read() as connection:
            return frontier.next_due(connection, run_id=self.run_id)

    def unfinished(self) -> Sequence[OpenVisit]:
        """This run's visits that still have requests to be made."""
        with self.database.read() as connection:
            return open_visits(connection, run_id=self.run_id)

    def store(self, item: PageItem) -> None:
        """Writes a page, and closes its visit where it was the last."""
        saved = save.save_page(self.database, item, now=now())
        self._counts.update(pages=1, comments=saved.new, edited=saved.edited)
        tally = self._tallies[item.visit_id]
        tally.add(item.extraction)
        self.tell(
            PageStored(
                visit_id=item.visit_id,
                article_url=tally.article_url,
                url=item.capture.url,
                platforms=tuple(tally.platforms),
                collected=len(tally.comments),
                claimed=sum(tally.claimed.values()) if tally.claimed else None,
                pages=tally.pages,
                waiting=saved.remaining,
            )
        )
        if saved.article_id is None:
            self.close(item.visit_id, outcome="not_article", reason=closing.why_nothing(item.extraction))
        elif not saved.remaining:
            self.close(item.visit_id)
        elif now() - tally.began > self.options.visit_time:
            hours = self.options.visit_time / timedelta(hours=1)
            self.close(item.visit_id, reason=f"the visit was ended after {hours:g} hours")
            self._overdue.add(item.visit_id)

    def keep(self, leased: Leased, *captures: Capture) -> None:
        """Notes captures that belong to a request and are not its answer: redirects, refusals to serve."""
        if not captures:
            return
        with self.database.write() as connection:
            for kept in captures:
                save_capture(connection, kept, visit_id=leased.visit_id, request_id=leased.request_id)

    def keep_beside(self, leased: Leased, *captures: Capture) -> None:
        """Notes captures that a visit needed and that answer none of its requests: robots.txt."""
        with self.database.write() as connection:
            for kept in captures:
                save_capture(connection, kept, visit_id=leased.visit_id, request_id=None)

    def host(self, name: str) -> hosts.Host | None:
        """What the archive knows of a web server."""
        with self.database.read() as connection:
            return hosts.known(connection, name)

    def remember_host(self, name: str, **known: Any) -> None:
        """Notes what is to be known of a web server when the next run begins, see `hosts.remember`."""
        with self.database.write() as connection:
            hosts.remember(connection, name, **known)

    def try_later(self, leased: Leased, failure: Failure, *, captures: Sequence[Capture] = ()) -> bool:
        """Puts a failed request off, and its host where the host asked for that. False: it has had its tries.

        `captures` are what came in place of an answer.
        """
        wait = next_try(failure, leased.attempts)
        if wait is None:
            return False
        until = now() + wait
        self.keep(leased, *captures)
        with self.database.write() as connection:
            frontier.postpone(connection, leased.request_id, until=until, error=failure.cause)
            if failure.pauses_host:
                hosts.remember(connection, hosts.host_of(leased.url), not_before=until)
        self.tell(Waiting(url=leased.url, cause=failure.cause, until=until))
        return True

    def give_up(
        self,
        leased: Leased,
        failure: Failure,
        *,
        capture: Capture | None = None,
        before: Sequence[Capture] = (),
        found: Extraction | None = None,
    ) -> None:
        """Notes that a request has failed for good. `found` holds what its platform asks for instead; `capture` is
        the answer that was no use, `before` are the redirects that led to it."""
        self._counts.update(failed=1)
        self.keep(leased, *before)
        saved = save.record_failure(
            self.database,
            request_id=leased.request_id,
            error=failure.cause,
            capture=capture,
            instead=found.threads if found else (),
            now=now(),
        )
        if leased.is_own_page and failure.kind != "failed":
            self.close(leased.visit_id, outcome=failure.kind, reason=failure.cause)
        elif not saved.remaining:
            self.close(leased.visit_id)

    def close(self, visit_id: int, outcome: closing.Outcome | None = None, reason: str | None = None) -> None:
        """Closes a visit and tells of it."""
        self._tallies.pop(visit_id, None)
        if visit_id in self._overdue:  # a page that was under way when its time was up
            return
        visit = closing.close_visit(
            self.database,
            visit_id,
            now=now(),
            outcome=outcome,
            reason=reason,
            manners=self.options.manners,
            paces=self.paces,
            wanted=self.wanted,
        )
        self._postman.wake()
        self._counts.update(visits=1)
        self.tell(VisitClosed(visit=visit))

    def tell(self, event: Event) -> None:
        for listener in self.listeners:
            listener(event)
