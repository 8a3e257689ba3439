"""Delivers what waits, beside the crawl: a thread for each notifier, so that none holds up another, or the crawl."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from types import TracebackType
from typing import Self

from archiver.errors import ArchiverError, NotDelivered
from archiver.notify import command, webhook
from archiver.notify.deliver import deliver, write_feed
from archiver.notify.notifier import Notifier
from archiver.store import outbox
from archiver.store.database import Database
from archiver.store.outbox import LeasedMessage

LAST_START = 10.0
"""Seconds after the end of a crawl in which a delivery is still begun. What is left waits for the next run."""

LAST_WAIT = LAST_START + max(command.TIMEOUT, webhook.TIMEOUT) + 2
"""Seconds that a run waits at its end for messages under way, at most: whatever has begun comes to its end in them."""

ROUND = 30.0
"""Seconds after which a thread without work looks whether something is due."""


class Postman:
    """Use as a context manager on an archive that is open for writing, or call `start` and `end`.

    A message is marked as delivered once it is: killed in between, it is sent a second time, with the same id.
    """

    def __init__(self, database: Database, notifiers: Sequence[Notifier], *, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock
        self._last_start: float | None = None
        """When the run has come to its end: until then a delivery may be begun."""
        self._gone = False
        """Whether the archive may be closed by now: nothing is read or written any more."""
        self._lock = threading.Lock()
        self._woken = {notifier.name: threading.Event() for notifier in notifiers}
        self._threads = [
            threading.Thread(target=self._work, args=(each,), name=f"archiver-notify-{each.name}", daemon=True)
            for each in notifiers
        ]

    def start(self) -> None:
        for thread in self._threads:
            thread.start()

    def wake(self) -> None:
        """There may be something new."""
        for woken in self._woken.values():
            woken.set()

    def end(self) -> None:
        """Delivers what is due once more, and waits for that, but not for long. A second call is harmless."""
        deadline = time.monotonic() + LAST_WAIT
        self._last_start = self._last_start or time.monotonic() + LAST_START
        self.wake()
        try:
            for thread in self._threads:
                if thread.is_alive():
                    thread.join(max(deadline - time.monotonic(), 0))
        finally:
            with self._lock:
                self._gone = True

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.end()

    def _work(self, notifier: Notifier) -> None:
        woken = self._woken[notifier.name]
        # An archive that cannot be used any more is the crawl's to tell of; what waits in it goes on waiting.
        with contextlib.suppress(_Gone, ArchiverError):
            while True:
                woken.clear()
                ending = self._last_start is not None
                while not self._is_too_late() and self._is_due(notifier):
                    self._bring(notifier)
                if ending:
                    return
                woken.wait(ROUND)

    def _is_too_late(self) -> bool:
        return self._last_start is not None and time.monotonic() > self._last_start

    def _is_due(self, notifier: Notifier) -> bool:
        with self._archive() as database, database.read() as conn:
            due = outbox.next_due(conn, [notifier.name])
        return due is not None and due <= self._clock()

    def _bring(self, notifier: Notifier) -> None:
        """One message, or of a feed all that wait."""
        with self._archive() as database, database.write() as conn:
            leased = outbox.lease(conn, notifier.name, now=self._clock())
        if leased is None:
            return
        try:
            if notifier.atom is None:
                deliver(notifier, leased.message)
                with self._archive() as database, database.write() as conn:
                    outbox.delivered(conn, leased)
            else:
                self._show(notifier)
        except NotDelivered as error:
            self._put_off(notifier, leased, error)

    def _show(self, notifier: Notifier) -> None:
        with self._archive() as database, database.read() as conn:
            messages = outbox.latest(conn, notifier.name, notifier.entries)
        write_feed(notifier, messages)
        with self._archive() as database, database.write() as conn:
            outbox.shown(conn, notifier.name, [message.uid for message in messages])

    def _put_off(self, notifier: Notifier, leased: LeasedMessage, error: NotDelivered) -> None:
        cause = f"{error.subject}: {error.cause}"
        with self._archive() as database, database.write() as conn:
            outbox.failed(conn, leased, notifier.name, cause, now=self._clock())

    @contextlib.contextmanager
    def _archive(self) -> Iterator[Database]:
        with self._lock:
            if self._gone:
                raise _Gone
            yield self._database


class _Gone(Exception):
    """The run has ended without waiting any longer."""
