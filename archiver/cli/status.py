"""`archiver status`: what is here, what is missing, what is still to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.words import count, due_in, look_line
from archiver.threads.trust import is_certain

if TYPE_CHECKING:
    from archiver.store.rows import FailedVisit, Incomplete, Looks, OpenVisit, Outgoing, Status

AT_MOST = 20
NEXT = 5
"""Looks to come that are named without --all."""


@click.command("status", short_help="What is here, what comes next, what failed.")
@click.option("--all", "everything", is_flag=True, help=f"Whole lists, instead of the first {AT_MOST} lines of each.")
@options.archive_folder
@options.database
@options.as_json
def command(everything: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Tell what the archive holds, what is looked at next and why, which threads are incomplete, what failed and how to
    try again.

    \b
    archiver status
    archiver status --json
    """
    from archiver import api
    from archiver.cli.output import print_json

    with api.open(archive, database) as opened:
        status = opened.status()
    if as_json:
        print_json(status)
        return 0
    for line in _lines(status, str(archive), None if everything else AT_MOST):
        click.echo(line)
    return 0


def _lines(status: Status, folder: str, at_most: int | None) -> Iterator[str]:
    gone = f" ({status.gone:,} of them gone from the site)" if status.gone else ""
    comments = f"{count(status.comments, 'comment')}{gone} in {count(status.threads, 'thread')}"
    yield f"{folder}: {count(status.articles, 'article')}, {comments}"
    yield f"{count(status.quotes, 'quote')}, {count(status.captures, 'capture')}"
    yield from _looks(status.looks, datetime.now(UTC), at_most)
    yield from _section("Incomplete or uncertain threads", map(_incomplete, status.incomplete), at_most, "")
    yield from _section("Not finished", map(_open, status.open), at_most, "Go on with: archiver watch --once")
    yield from _section("Not stored", map(_failed, status.failed), at_most, "Try again with: archiver archive URL")
    told = (_message(each, datetime.now(UTC)) for each in status.messages)
    yield from _section("Not delivered to", told, at_most, "Try again with: archiver notify --retry NAME")


def _looks(looks: Looks, now: datetime, at_most: int | None) -> Iterator[str]:
    """What is looked at next, and why."""
    planned = looks.due + looks.later
    let_go = f", {looks.let_go:,} let go" if looks.let_go else ""
    if not planned + looks.let_go:
        return
    yield f"\nLooks to come: {planned:,} ({looks.due:,} due now{let_go})"
    named = looks.next[: NEXT if at_most is not None else None]
    yield from (f"  {look_line(look, now)}" for look in named)
    if planned > len(named):
        yield f"  … and {planned - len(named):,} more."
    if planned:
        yield "  Look now with: archiver watch --once   Always: archiver watch   By a timer: archiver schedule"


def _section(title: str, lines: Iterable[str], at_most: int | None, remedy: str) -> Iterator[str]:
    """A heading with the number of lines, the lines, and what to do about them. Nothing where there are none."""
    whole = list(lines)
    if not whole:
        return
    yield f"\n{title}: {len(whole)}"
    yield from (f"  {line}" for line in whole[:at_most])
    if at_most is not None and len(whole) > at_most:
        yield f"  … and {len(whole) - at_most} more; --all shows them."
    if remedy:
        yield f"  {remedy}"


def _incomplete(thread: Incomplete) -> str:
    of = f" of {thread.claimed:,}" if thread.claimed is not None else ""
    unsure = None if is_certain(thread.confidence) else f"uncertain ({thread.confidence:.2f})"
    why = "; ".join(filter(None, (thread.reason, unsure)))
    return f"{thread.article_url}  {thread.platform}  {thread.collected:,}{of}: {why}"


def _open(visit: OpenVisit) -> str:
    return f"{visit.url}  {count(visit.waiting, 'request')} to make" + (f": {visit.error}" if visit.error else "")


def _failed(visit: FailedVisit) -> str:
    return f"{visit.url}  {visit.outcome.replace('_', ' ')}: {visit.reason}"


def _message(to: Outgoing, now: datetime) -> str:
    """What waits for a notifier, or was given up, and why."""
    parts = [f"{count(to.waiting, 'message')} to come"] if to.waiting else []
    if to.due is not None and to.error is not None:
        parts.append(f"next try {due_in(to.due, now)}")
    parts += [f"{to.given_up:,} given up after a week"] if to.given_up else []
    return f"{to.notifier}  {', '.join(parts)}" + (f": {to.error}" if to.error else "")
