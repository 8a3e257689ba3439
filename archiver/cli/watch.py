"""`archiver watch`: look again at what is due."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.config import read_sites
from archiver.errors import INTERRUPTED

if TYPE_CHECKING:
    from archiver.cli.progress import Progress
    from archiver.crawl.events import Event
    from archiver.crawl.options import Options
    from archiver.crawl.report import Report


@click.command("watch", short_help="Look again when it is worth it; find new articles.")
@click.option("--once", is_flag=True, help="Look at all that is due now, then end: for timers.")
@options.archive_folder
@options.database
@options.manners
@options.fetching
@options.durable
@click.option("--log", type=click.Choice(["text", "json"]), default="text", help="json: one JSON object an event.")
@options.as_json
@options.quiet
def command(once: bool, archive: Path, database: str | None, log: str, as_json: bool, quiet: bool, **given: Any) -> int:
    """Look again at archived articles when it is worth it, until stopped; go on with what was left unfinished.

    \b
    archiver watch
    archiver watch --once --budget 2000
    archiver watch --log json >> watch.log

    New articles are looked for on the sites in archiver.toml. Lively threads are looked at often, old ones seldom;
    threads that closed or died are let go. 'archiver status' says what comes next and why. Everything is in the
    archive: stopped or killed, the next start goes on. While it sleeps, other commands may use the archive.
    """
    from archiver.cli.progress import Progress
    from archiver.crawl import run

    if as_json and not once:
        raise click.UsageError("--json prints one object at the end: it goes with --once. Otherwise: --log json.")
    sites = run.checked_sites(read_sites())
    chosen = replace(options.crawl_options(archive, database, given), sites=sites)
    shown = not quiet and not as_json and log == "text"
    with _stopped_by_sigterm(), Progress(chosen, shown=shown) as progress:
        listeners: list[Callable[[Event], None]] = [_json_lines] if log == "json" else [progress]
        return _look_once(chosen, listeners, log, as_json) if once else _watch(chosen, listeners, progress)


def _look_once(chosen: Options, listeners: list[Callable[[Event], None]], log: str, as_json: bool) -> int:
    from archiver.cli.summary import print_report
    from archiver.crawl.watch import look_once

    report = look_once(chosen, listeners)
    if log == "json":
        _print_line("ended", exit_status=report.exit_status, interrupted=report.interrupted)
        return report.exit_status
    if report.visits or report.unfinished or as_json:
        print_report(report, as_json=as_json)
    if not as_json:
        click.echo(_next(report, chosen))
    return report.exit_status


def _watch(chosen: Options, listeners: list[Callable[[Event], None]], progress: Progress) -> int:
    from archiver.crawl.watch import watch

    progress.tells_failures = True
    watch(chosen, listeners)
    if progress.shown:
        click.echo("Stopped. What was stored is kept; 'archiver watch' goes on from here.", err=True)
    return INTERRUPTED


def _next(report: Report, chosen: Options) -> str:
    from archiver import api
    from archiver.cli.words import look_line
    from archiver.crawl.session import now

    with api.open(chosen.folder, chosen.database) as opened:
        looks = opened.status().looks
    nothing = "" if report.visits or report.unfinished else "Nothing was due. "
    if not looks.next:
        return f"{nothing}No further look is planned."
    return f"{nothing}Next: {look_line(looks.next[0], now())}"


def _json_lines(event: Event) -> None:
    """An event as a line of its own, written at once."""
    import msgspec

    name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in type(event).__name__)
    _print_line(name.lstrip("_"), **msgspec.to_builtins(event))


def _print_line(name: str, **told: Any) -> None:
    import msgspec

    click.echo(msgspec.json.encode({"at": datetime.now(UTC), "event": name, **told}).decode())


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """SIGTERM ends it as Ctrl-C does: what is under way is stored, and the status says that it can go on."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
