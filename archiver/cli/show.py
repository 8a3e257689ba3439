"""`archiver show URL`: one article and its threads, to read in the terminal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archiver.cli import options
from archiver.cli.moments import MomentType

if TYPE_CHECKING:
    from archiver.exports.archive import Archive


@click.command("show", short_help="Read an article's thread, quotes or evidence.")
@click.argument("url", metavar="URL")
@click.option("--quotes", is_flag=True, help="The quotations of the article, instead of the thread.")
@click.option("--evidence", is_flag=True, help="Where each row comes from, with commands that print the very bytes.")
@click.option("--at", type=MomentType("end"), metavar="DATE", help="As it stood at that time; without a zone, UTC.")
@click.option("--article", "body", is_flag=True, help="The text of the article, above the thread.")
@options.archive_folder
@options.database
@options.as_json
def command(
    url: str,
    quotes: bool,
    evidence: bool,
    at: datetime | None,
    body: bool,
    archive: Path,
    database: str | None,
    as_json: bool,
) -> int:
    """Print an archived article's thread as a tree, with what was missed.

    \b
    archiver show https://news.example/story
    archiver show https://news.example/story --quotes
    archiver show https://news.example/story --evidence
    archiver show https://news.example/story --at 2026-03-01T14:30+01:00
    """
    from archiver import api
    from archiver.cli import quotes_shown, thread_tree
    from archiver.cli.output import print_json

    if at is not None and (quotes or evidence):
        raise click.UsageError(
            "--at shows the thread as it stood; it goes with --article, not with --quotes or --evidence."
        )
    with api.open(archive, database) as opened:
        if at is not None:
            _print_past(opened, url, at, body=body, as_json=as_json)
            return 0
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
                    "links": list(opened.links(url=url)),
                    "flags": list(opened.flags(url=url)),
                }
            )
        elif quotes:
            quotes_shown.print_quotes(article, list(opened.quotes(url=url)))
        else:
            notes = thread_tree.notes_on(opened.links(url=url), opened.flags(url=url))
            thread_tree.print_article(article, threads, comments, body=body, notes=notes)
    return 0


def _print_past(opened: Archive, url: str, at: datetime, *, body: bool, as_json: bool) -> None:
    import msgspec

    from archiver.cli import past
    from archiver.cli.output import print_json

    stood, comments = opened.past(url, at), opened.past_comments(url, at)
    if not as_json:
        past.print_past(stood, comments, body=body)
        return
    told = [msgspec.to_builtins(each.comment) | {"uncertain": list(past.uncertain(each.then))} for each in comments]
    print_json(
        {
            "at": stood.at,
            "after_visit": stood.before,
            "before_visit": stood.after,
            "article": stood.article,
            "threads": stood.threads,
            "comments": told,
        }
    )


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
