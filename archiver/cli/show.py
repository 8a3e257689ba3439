"""`archiver show URL`: one article and its threads, to read in the terminal."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options

if TYPE_CHECKING:
    from archiver.exports.archive import Archive


@click.command("show")
@click.argument("url", metavar="URL")
@click.option("--quotes", is_flag=True, help="The quotations of the article, instead of the thread.")
@click.option("--evidence", is_flag=True, help="Where each row comes from, with commands that print the very bytes.")
@click.option("--article", "body", is_flag=True, help="The text of the article, above the thread.")
@options.archive_folder
@options.database
@options.as_json
def command(
    url: str, quotes: bool, evidence: bool, body: bool, archive: Path, database: str | None, as_json: bool
) -> int:
    """Print an archived article's thread as a tree, with what was missed.

    \b
    archiver show https://news.example/story
    archiver show https://news.example/story --quotes
    archiver show https://news.example/story --evidence
    """
    from archiver import api
    from archiver.cli import quotes_shown, thread_tree
    from archiver.cli.output import print_json

    with api.open(archive, database) as opened:
        if evidence:
            _print_evidence(opened, archive, url, as_json=as_json)
            return 0
        [article] = opened.articles(url=url)
        threads, comments = list(opened.threads(url=url)), opened.comments(url=url)
        if as_json:
            print_json(
                {
                    "article": article,
                    "threads": threads,
                    "comments": list(comments),
                    "quotes": list(opened.quotes(url=url)),
                }
            )
        elif quotes:
            quotes_shown.print_quotes(article, list(opened.quotes(url=url)))
        else:
            thread_tree.print_article(article, threads, comments, body=body)
    return 0


def _print_evidence(opened: Archive, folder: Path, url: str, *, as_json: bool) -> None:
    from archiver.cli import shown_evidence
    from archiver.cli.output import print_json
    from archiver.cli.words import printable
    from archiver.evidence.places import evidence_of
    from archiver.warc import FOLDER

    found = evidence_of(opened.database, folder / FOLDER, url)
    if as_json:
        print_json(found)
        return
    for line in shown_evidence.lines(found):
        click.echo(printable(line))
