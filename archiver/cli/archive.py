"""`archiver archive URL…`: one-off archiving."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from archiver.cli import options


@click.command("archive", short_help="Archive articles with quotes and whole comment threads.")
@click.argument("urls", metavar="URL...", nargs=-1)
@click.option(
    "--from",
    "file",
    type=click.File(encoding="utf-8"),
    help="Read addresses from a file, one a line; '-' is standard input.",
)
@options.archive_folder
@options.database
@options.fetching
@options.durable
@options.as_json
@options.quiet
def command(
    urls: tuple[str, ...],
    file: Iterable[str] | None,
    archive: Path,
    database: str | None,
    as_json: bool,
    quiet: bool,
    **fetching: object,
) -> int:
    """Archive articles with their quotes and their whole comment threads.

    \b
    archiver archive https://news.example/story
    archiver archive --from addresses.txt --delay 2

    Stopped half-way, the same command goes on where it was. An address that begins with '-' goes after '--'.
    """
    from archiver.cli.progress import Progress
    from archiver.cli.summary import print_report
    from archiver.crawl import run

    addresses = [*urls, *_lines(file)]
    if not addresses:
        raise click.UsageError("Give at least one address, such as https://news.example/story.")
    chosen = options.crawl_options(archive, database, fetching)
    with Progress(chosen, shown=not quiet and not as_json) as progress:
        report = run.archive(addresses, chosen, listeners=[progress])
    print_report(report, as_json=as_json)
    return report.exit_status


def _lines(file: Iterable[str] | None) -> list[str]:
    """The addresses of a file: blank lines and lines that begin with '#' are left out."""
    lines = [line.strip() for line in file or ()]
    return [line for line in lines if line and not line.startswith("#")]
