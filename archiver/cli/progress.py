"""What a person sees while a crawl works: a line that changes on a terminal, plain lines elsewhere. On stderr."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.status import Status

from archiver.cli.words import due_in
from archiver.crawl.events import Event, PageStored, Resting, RunStarted, VisitClosed, Waiting
from archiver.crawl.options import Options

EVERY = 5.0
"""Seconds between two plain lines about one thread: a log is read afterwards."""


class Progress:
    """A listener of the crawl. `shown=False` makes it silent."""

    def __init__(self, options: Options, *, shown: bool) -> None:
        self.shown = shown
        self.options = options
        self.tells_failures = False
        """Whether no summary will tell of them."""
        self.console = Console(file=sys.stderr, highlight=False, soft_wrap=True)
        self.status: Status | None = None
        self.last_line = 0.0
        self.started: dict[int, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self.status is not None:
            self.status.stop()

    def __call__(self, event: Event) -> None:
        if not self.shown:
            return
        match event:
            case RunStarted():
                self._begin(event)
            case PageStored():
                self.started.setdefault(event.visit_id, time.monotonic())
                self._now(_page_line(event))
            case Waiting():
                self._print(f"{event.url}: {event.cause}; trying again at {event.until.astimezone():%H:%M:%S}.")
            case VisitClosed():
                began = self.started.pop(event.visit.visit_id, time.monotonic())
                if event.visit.outcome == "stored":  # what failed stands in the summary
                    self._print(_visit_line(event, time.monotonic() - began))
                elif self.tells_failures and event.visit.outcome != "listed":
                    self._print(f"{event.visit.url}: {event.visit.reason or event.visit.outcome}.")
            case Resting():
                self._rest(event)

    def _begin(self, event: RunStarted) -> None:
        robots = "robots.txt: ignored" if self.options.ignore_robots else "robots.txt: obeyed"
        pace = f"one request in {self.options.delay:g} s a host" if self.options.delay else "no delay"
        self._print(f"{event.archive}{' (new)' if event.new else ''}   {robots}, {pace}")
        if self.console.is_terminal:
            self.status = self.console.status("Asking for the page …")
            self.status.start()

    def _rest(self, event: Resting) -> None:
        if event.url is not None and event.until is not None:
            line = f"Next look {due_in(event.until, datetime.now(UTC))}: {event.url}  {event.why}"
        else:
            line = f"Resting: {event.why}."
        if self.status is not None:
            self.status.update(line.replace("[", "\\["))
        else:
            self._print(line)

    def _now(self, line: str) -> None:
        """The state of things: replaces the last one on a terminal, is rarely printed elsewhere."""
        if self.status is not None:
            self.status.update(line.replace("[", "\\["))
        elif time.monotonic() - self.last_line >= EVERY:
            self.last_line = time.monotonic()
            self._print(line)

    def _print(self, line: str) -> None:
        self.console.print(line, markup=False)


def _page_line(event: PageStored) -> str:
    of = f" of {event.claimed}" if event.claimed is not None else ""
    rest = f", {event.waiting} to come" if event.waiting else ""
    systems = " + ".join(event.platforms)
    if not systems:
        return f"{event.article_url}  {_pages(event.pages)}"
    return f"{event.article_url}  {systems}  {event.collected}{of} comments, {_pages(event.pages)}{rest}"


def _visit_line(event: VisitClosed, seconds: float) -> str:
    visit = event.visit
    if not visit.threads:
        return f"{visit.url}  no comment thread  {seconds:.0f} s"
    systems = " + ".join(thread.platform for thread in visit.threads)
    counts = [(thread.collected, thread.claimed) for thread in visit.threads]
    collected = sum(count for count, _ in counts)
    claims = [claimed for _, claimed in counts if claimed is not None]
    of = f" of {sum(claims)}" if claims and len(claims) == len(counts) else ""
    return f"{visit.url}  {systems}  {collected}{of} comments  {seconds:.0f} s"


def _pages(number: int) -> str:
    return f"{number} page" if number == 1 else f"{number} pages"
