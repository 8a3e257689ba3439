"""`archiver status`: what is here, what is missing, what is still to be done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.words import count

if TYPE_CHECKING:
    from archiver.store.rows import FailedVisit, Incomplete, OpenVisit, Status

AT_MOST = 20


@click.command("status")
@click.option("--all", "everything", is_flag=True, help=f"Whole lists, instead of the first {AT_MOST} lines of each.")
@options.archive_folder
@options.database
@options.as_json
def command(everything: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Tell what the archive holds, which threads are incomplete and why, what failed and how to try again.

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
    yield from _section("Incomplete threads", map(_incomplete, status.incomplete), at_most, "")
    yield from _section("Not finished", map(_open, status.open), at_most, "Go on with: archiver archive URL")
    yield from _section("Not stored", map(_failed, status.failed), at_most, "Try again with: archiver archive URL")


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
    return f"{thread.article_url}  {thread.platform}  {thread.collected:,}{of}: {thread.reason}"


def _open(visit: OpenVisit) -> str:
    return f"{visit.url}  {count(visit.waiting, 'request')} to make" + (f": {visit.error}" if visit.error else "")


def _failed(visit: FailedVisit) -> str:
    return f"{visit.url}  {visit.outcome.replace('_', ' ')}: {visit.reason}"
