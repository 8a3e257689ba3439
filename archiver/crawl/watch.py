"""Watching an archive: what is due is looked at, then the process sleeps until the next look is due.

All state is in the archive: killed at any moment, the next start goes on. While it sleeps the archive is free for
other commands.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

from archiver.crawl.events import Event, Resting, RunStarted, VisitClosed
from archiver.crawl.looking import LookSession, listings_due
from archiver.crawl.options import Options
from archiver.crawl.report import Report
from archiver.crawl.run import crawl
from archiver.crawl.session import now
from archiver.errors import ArchiveBusy, NotArchived
from archiver.notify.postman import Postman
from archiver.store import looks, outbox
from archiver.store.closing import ClosedVisit
from archiver.store.database import DATABASE_FILE, Database, open_database
from archiver.store.rows import OpenVisit

GLANCE = 30.0
"""Seconds after which a sleeper looks whether other commands have changed what is due."""

BUSY = timedelta(seconds=30)
"""How long another process is left alone that writes to the archive."""

Listener = Callable[[Event], None]


def look_once(options: Options, listeners: Sequence[Listener] = ()) -> Report:
    """Looks at all that is due, and goes on with what earlier runs left.

    Raises `NotArchived` where there is no archive and no site to fill one, `ArchiveBusy` where another process
    writes to it.
    """
    _begin(options, listeners)
    collected = _Collected()
    ended = _session(options, [collected, *listeners], lingers=False)
    return Report(
        folder=options.folder,
        visits=tuple(collected.visits),
        unfinished=tuple(ended.unfinished),
        interrupted=ended.interrupted,
    )


def watch(options: Options, listeners: Sequence[Listener] = (), *, sleep: Callable[[float], None] = time.sleep) -> None:
    """Looks at what is due until it is interrupted: then it returns, with everything stored that came.

    Raises `NotArchived` where there is no archive and no site to fill one, and what else keeps it from being written.
    While another process writes to the archive it waits.
    """
    _begin(options, listeners)
    told: Resting | None = None
    resting: Resting | None = None
    try:
        while True:
            if resting is None:
                resting = _work(options, listeners)
            if resting != told:
                _tell(listeners, resting)
                told = resting
            sleep(_seconds(resting))
            _deliver(options)
            if not resting.held or now() >= (resting.until or now()):
                resting = _rest(options)
    except KeyboardInterrupt:
        return


def _work(options: Options, listeners: Sequence[Listener]) -> Resting:
    """Looks at what is due; what is to be waited for then."""
    try:
        ended = _session(options, listeners, lingers=True)
    except ArchiveBusy as busy:
        return Resting(why=busy.cause, until=now() + BUSY, held=True)
    if ended.interrupted:
        raise KeyboardInterrupt
    why = "what is due has to wait: for its site, or for the budget"
    return _rest(options) or Resting(why=why, until=now() + ended.next_look_in, held=True)


def _deliver(options: Options) -> None:
    """Messages that failed before and whose turn it is again: a crawl delivers beside its work, a sleeper here."""
    if not options.notifiers:
        return
    names = [notifier.name for notifier in options.notifiers]
    with _reading(options) as database, database.read() as conn:
        due = outbox.next_due(conn, names)
    if due is None or due > now():
        return
    with (
        suppress(ArchiveBusy),  # whoever works there delivers
        open_database(options.database or options.folder / DATABASE_FILE, create=False) as database,
        Postman(database, options.notifiers, clock=now),
    ):
        pass


def _seconds(resting: Resting) -> float:
    """A sleeper looks around now and then: other commands may have changed what is due."""
    left = GLANCE if resting.until is None else (resting.until - now()).total_seconds()
    return min(max(left, 0.1), GLANCE)


def _rest(options: Options) -> Resting | None:
    """What is waited for; None where something is due."""
    with _reading(options) as database, database.read() as conn:
        first = next(iter(looks.upcoming(conn, limit=1)), None)
        left = looks.unfinished_due(conn)
        listings = listings_due(conn, options.sites)
    coming = [Resting(why="new articles are looked for", until=due, url=url) for url, due in listings.items()]
    coming += [Resting(why="an unfinished visit goes on", until=left)] if left is not None else []
    coming += [Resting(why=first.why, until=first.due, url=first.url)] if first is not None else []
    due = [(resting.until, resting) for resting in coming if resting.until is not None]
    if not due:
        return Resting(why="no look is planned")
    until, resting = min(due, key=lambda each: each[0])
    return None if until <= now() else resting


@dataclass
class _Collected:
    visits: list[ClosedVisit] = field(default_factory=list)

    def __call__(self, event: Event) -> None:
        if isinstance(event, VisitClosed) and event.visit.outcome != "listed":
            self.visits.append(event.visit)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Ended:
    interrupted: bool
    unfinished: Sequence[OpenVisit]
    next_look_in: timedelta
    """How long what is due and could not be begun has to wait at least."""


def _session(options: Options, listeners: Sequence[Listener], *, lingers: bool) -> _Ended:
    """One run: until nothing is due, and where it `lingers`, nothing soon either."""
    with LookSession.begin(options, command="watch") as session:
        session.lingers = lingers
        session.listeners += listeners
        interrupted = crawl("watch", session)
        return _Ended(interrupted=interrupted, unfinished=session.unfinished(), next_look_in=session.next_look_in())


def _begin(options: Options, listeners: Sequence[Listener]) -> None:
    """Tells that the archive is there; makes it where sites are to fill it."""
    try:
        with _reading(options) as database:
            subject, new = database.subject, False
    except NotArchived:
        if not options.sites:
            raise
        with open_database(options.database or options.folder / DATABASE_FILE, create=True) as database:
            subject, new = database.subject, True
    _tell(listeners, RunStarted(archive=subject, new=new))


def _reading(options: Options) -> Database:
    return open_database(options.database or options.folder / DATABASE_FILE, create=False, write=False)


def _tell(listeners: Sequence[Listener], event: Event) -> None:
    for listener in listeners:
        listener(event)
