"""`archiver show URL`: one article and its threads, to read in the terminal."""

from __future__ import annotations

from pathlib import Path

import click

from archiver.cli import options


@click.command("show")
@click.argument("url", metavar="URL")
@click.option("--quotes", is_flag=True, help="The quotations of the article, instead of the thread.")
@click.option("--article", "body", is_flag=True, help="The text of the article, above the thread.")
@options.archive_folder
@options.database
@options.as_json
def command(url: str, quotes: bool, body: bool, archive: Path, database: str | None, as_json: bool) -> int:
    """Print an archived article's thread as a tree, with what was missed.

    \b
    archiver show https://news.example/story
    archiver show https://news.example/story --quotes
    """
    from archiver import api
    from archiver.cli import thread_tree
    from archiver.cli.output import print_json

    with api.open(archive, database) as opened:
        article = next(opened.articles(url=url))
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
            thread_tree.print_quotes(article, list(opened.quotes(url=url)))
        else:
            thread_tree.print_article(article, threads, comments, body=body)
    return 0
