"""`archiver crawl FEED|SITEMAP|PAGE`: find articles and archive them."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options


@click.command("crawl")
@click.argument("url", metavar="FEED|SITEMAP|PAGE")
@click.option("--limit", type=click.IntRange(1), help="Archive at most this many articles.")
@options.archive_folder
@options.database
@options.fetching
@options.durable
@options.as_json
@options.quiet
def command(
    url: str,
    limit: int | None,
    archive: Path,
    database: str | None,
    as_json: bool,
    quiet: bool,
    **fetching: object,
) -> int:
    """Find the articles that a feed, a sitemap or a page leads to, and archive each with its thread.

    \b
    archiver crawl https://news.example/feed/ --limit 20

    Only addresses on the same host. What is archived already is left alone; stopped and started again, it goes on.
    """
    from archiver.cli.progress import Progress
    from archiver.cli.summary import print_report
    from archiver.crawl import run

    chosen = options.crawl_options(archive, database, fetching)
    with Progress(chosen, shown=not quiet and not as_json) as progress:
        report = run.crawl_site(url, chosen, limit=limit, listeners=[progress])
    print_report(report, as_json=as_json)
    return report.exit_status
