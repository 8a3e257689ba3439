"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archiver.cli.config import read_notifiers

if TYPE_CHECKING:
    from archiver.crawl.options import Options
    from archiver.threads.revisits import Manners

F = TypeVar("F", bound=Callable[..., Any])

archive_folder = click.option(
    "--archive",
    "archive",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("output"),
    envvar=["ARCHIVER_HOME", "ARCHIVER_ARCHIVE"],
    show_default=True,
    help="Folder of the archive.",
)
database = click.option("--database", metavar="URL", help="A database elsewhere, as an SQLAlchemy URL.")
as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
quiet = click.option("-q", "--quiet", is_flag=True, help="No progress, only the summary.")

durable = click.option(
    "--durable", is_flag=True, help="Sync captures to disk before their rows are written: survives a power cut."
)


def fetching(command: F) -> F:
    """The options of every command that asks sites for pages."""
    for option in (
        click.option(
            "--delay",
            type=click.FloatRange(0),
            default=1.0,
            show_default=True,
            help="Seconds between two requests to a host; its robots.txt may ask for more.",
        ),
        click.option(
            "--timeout",
            type=click.FloatRange(0.1),
            default=60.0,
            show_default=True,
            help="Seconds until a request without an answer is given up.",
        ),
        click.option("--ignore-robots", is_flag=True, help="Fetch what robots.txt forbids. The archive records it."),
        click.option("--contact", metavar="WHO", help="Your page or e-mail, shown to the sites in the user agent."),
        click.option(
            "--platforms",
            metavar="NAMES",
            help="Comment systems to look for, comma separated; 'none' for none.  [default: all]",
        ),
    ):
        command = option(command)
    return command


def manners(command: F) -> F:
    """The options that say when articles are looked at again."""
    for option in (
        click.option(
            "--let-go",
            type=click.FloatRange(1),
            default=30.0,
            show_default=True,
            help="Days without a new comment after which an article is not looked at any more.",
        ),
        click.option(
            "--soonest",
            type=click.FloatRange(0),
            default=10.0,
            show_default=True,
            help="Minutes between two looks at an article, at least.",
        ),
        click.option(
            "--site-budget",
            type=click.FloatRange(1),
            default=1000.0,
            show_default=True,
            help="Looks a day at one site, at most.",
        ),
        click.option(
            "--budget",
            type=click.FloatRange(1),
            default=10_000.0,
            show_default=True,
            help="Looks a day in all, at most.",
        ),
    ):
        command = option(command)
    return command


def platform_names(given: str | None) -> tuple[str, ...] | None:
    """The value of --platforms as names; None for all. Raises click's usage error for a name that is unknown."""
    if given is None or given == "all":
        return None
    if given == "none":
        return ()
    from archiver.platforms import known

    names = tuple(name.strip() for name in given.split(",") if name.strip())
    unknown = [name for name in names if name not in known()]
    if unknown:
        raise click.BadParameter(
            f"unknown: {', '.join(unknown)}. Known: {', '.join(known())}.", param_hint="--platforms"
        )
    return names


def crawl_options(archive: Path, database: str | None, fetching: Mapping[str, Any]) -> Options:
    """The crawl's options from what was given on the command line."""
    from archiver.crawl.options import Options

    return Options(
        folder=archive,
        database=database,
        delay=fetching["delay"],
        timeout=fetching["timeout"],
        ignore_robots=fetching["ignore_robots"],
        durable=bool(fetching.get("durable")),
        contact=fetching["contact"],
        platforms=platform_names(fetching["platforms"]),
        manners=chosen_manners(fetching),
        notifiers=tuple(read_notifiers()),
    )


def chosen_manners(given: Mapping[str, Any]) -> Manners:
    """When articles are looked at again, from the options of `manners`, where a command has them."""
    from archiver.threads.revisits import DEFAULT_MANNERS

    if "budget" not in given:
        return DEFAULT_MANNERS
    return replace(
        DEFAULT_MANNERS,
        a_day=given["budget"],
        a_day_at_a_site=given["site_budget"],
        shortest=timedelta(minutes=given["soonest"]),
        quiet=timedelta(days=given["let_go"]),
    )
