"""`archiver inspect URL|FILE`: what is on a page, what would be stored and asked. Stores nothing."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options


@click.command("inspect")
@click.argument("target", metavar="URL|FILE")
@click.option("--url", help="The address of a saved page: tells relative links and the site's own names.")
@options.fetching
@options.as_json
def command(target: str, url: str | None, as_json: bool, **fetching: object) -> int:
    """Tell which comment systems a page carries, what would be found in it and asked for next. Stores nothing.

    \b
    archiver inspect https://news.example/story
    archiver inspect saved.html --url https://news.example/story
    """
    from archiver.api import extract_page
    from archiver.cli.inspected import as_text
    from archiver.cli.output import print_json

    chosen = options.crawl_options(Path(), None, fetching)
    from archiver.crawl import fetch

    file = Path(target)
    page = fetch.read_file(file, url) if file.is_file() else fetch.fetch(target, chosen)
    found = extract_page(page, platforms=chosen.platforms)
    if as_json:
        print_json(found)
    else:
        click.echo(as_text(page, found))
    return 0
