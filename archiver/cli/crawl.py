"""`archiver crawl SITE|FEED|SITEMAP|SECTION`: find articles and archive them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.config import read_sites
from archiver.errors import BadSetting

if TYPE_CHECKING:
    from archiver.crawl.sites import Site


@click.command("crawl", short_help="Find the articles of a site, and archive each.")
@click.argument("urls", metavar="[SITE|FEED|SITEMAP|SECTION]...", nargs=-1)
@click.option("--include", metavar="PATTERN", multiple=True, help="Only articles such as '/world/*'. May be repeated.")
@click.option("--exclude", metavar="PATTERN", multiple=True, help="Nothing such as '/live/*'. May be repeated.")
@click.option("--host", "hosts", metavar="HOST", multiple=True, help="Another host that it may lead to.")
@click.option(
    "--depth",
    type=click.IntRange(0),
    help="Steps away that feeds, sitemaps and sections may be.  [default: 1 from a front page, else 0]",
)
@click.option("--limit", type=click.IntRange(1), help="At most this many new articles.")
@click.option("--since", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Nothing known to be older.")
@click.option("--dry-run", is_flag=True, help="Read the listings, say what would be archived, store nothing.")
@options.archive_folder
@options.database
@options.fetching
@options.durable
@options.as_json
@options.quiet
def command(
    urls: tuple[str, ...],
    dry_run: bool,
    archive: Path,
    database: str | None,
    as_json: bool,
    quiet: bool,
    **given: Any,
) -> int:
    """Find the articles of a site, a feed, a sitemap or a section, and archive each with its thread.

    \b
    archiver crawl https://news.example/world/ --since 2026-11-01
    archiver crawl https://news.example/feed/ --limit 20
    archiver crawl https://news.example/ --dry-run

    A section is read with all its pages; a site's front page with its feeds, sitemaps and sections too. Calendars,
    searches and other hosts are left alone, and so is what is archived already. Stopped and started again, it goes on.
    Without an address: the sites in archiver.toml.
    """
    sites = chosen_sites(urls, read_sites(), given)
    chosen = options.crawl_options(archive, database, given)
    if dry_run:
        from archiver.cli.planned import print_plans
        from archiver.crawl.plan import plan

        print_plans(plans := plan(sites, chosen), as_json=as_json)
        return int(any(each.unread and not each.listings for each in plans))
    from archiver.cli.progress import Progress
    from archiver.cli.summary import print_report
    from archiver.crawl import run

    with Progress(chosen, shown=not quiet and not as_json) as progress:
        report = run.crawl_sites(sites, chosen, listeners=[progress])
    print_report(report, as_json=as_json)
    return report.exit_status


def chosen_sites(urls: Sequence[str], configured: Sequence[Site], given: Mapping[str, Any]) -> list[Site]:
    """The sites to crawl: those asked for, each by its rules in archiver.toml if it stands there, else all of them.
    What is given on the command line comes before the file."""
    from archiver.crawl.sites import Site

    rules: dict[str, Any] = {
        name: given[name] for name in ("include", "exclude", "hosts", "depth", "limit") if given[name]
    }
    if given["depth"] is not None:
        rules["depth"] = given["depth"]
    if given["since"] is not None:
        rules["since"] = _day(given["since"])
    by_url = {site.url: site for site in configured}
    if not urls and not by_url:
        raise BadSetting(
            "archiver crawl", "nothing to crawl", remedy="Give an address, or a [[site]] in archiver.toml."
        )
    return [replace(by_url.get(url) or Site(url=url), **rules) for url in urls or by_url]


def _day(given: Any) -> date:
    day: date = given.date()
    return day
