"""`archiver inspect URL|FILE`: what is on a page, what would be stored and asked. Stores nothing."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options


@click.command("inspect", short_help="What would be found on a page, and why.")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", help="The address of a saved page: tells relative links and the site's own names.")
@click.option("--explain", is_flag=True, help="Tell what was weighed and why, and the rule that found each field.")
@click.option(
    "--html",
    "picture",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="Write the page there with the found parts coloured; it runs no script and asks no server.",
)
@options.fetching
@options.as_json
def command(
    target: str, url: str | None, explain: bool, picture: Path | None, as_json: bool, **fetching: object
) -> int:
    """Tell which comment systems a page carries, what would be found in it and asked for next. Stores nothing.

    \b
    archiver inspect https://news.example/story
    archiver inspect saved.html --url https://news.example/story
    archiver inspect saved.html --platforms none --explain --html seen.html
    """
    from archiver.api import extract_page
    from archiver.cli.explained import lines
    from archiver.cli.inspected import as_object, as_text
    from archiver.cli.output import print_json
    from archiver.cli.words import printable
    from archiver.items import CERTAIN
    from archiver.pages.marked import marked

    chosen = options.crawl_options(Path(), None, fetching)
    from archiver.crawl import fetch

    file = Path(target)
    page = fetch.read_file(file, url) if file.is_file() else fetch.fetch(target, chosen)
    found = extract_page(page, platforms=chosen.platforms)
    if picture is not None:
        picture.write_text(marked(page, found, CERTAIN), encoding="utf-8", errors="replace")
    if as_json:
        print_json(as_object(page, found, explain=explain))
        return 0
    click.echo(printable(as_text(page, found)))
    if explain:
        click.echo(printable("\n".join(lines(page, found))))
    return 0
