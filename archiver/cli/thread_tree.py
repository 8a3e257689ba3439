"""An article with its threads as text: head, what is missing, comments indented under what they answer."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

import click

from archiver.cli.words import moment, printable
from archiver.store.rows import ArticleRow, CommentRow, ThreadRow

INDENT = 2
DEEPEST = 12
"""Levels that are still indented further: below, the text would have no room."""


def print_article(
    article: ArticleRow, threads: Sequence[ThreadRow], comments: Iterable[CommentRow], *, body: bool
) -> None:
    """Prints as it reads: the thread may be longer than memory."""
    width = min(shutil.get_terminal_size().columns, 100)
    for line in _head(article, threads):
        click.echo(line)
    if body and article.text:
        click.echo("\n" + _wrapped(article.text, width, ""))
    verdicts = {(thread.platform, thread.id): thread for thread in threads}
    for key, of_thread in groupby(comments, key=lambda comment: (comment.platform, comment.thread)):
        if len(threads) > 1:
            click.echo(f"\n{verdicts[key].platform}")
        for comment in of_thread:
            click.echo("\n" + _comment(comment, width))


def _head(article: ArticleRow, threads: Sequence[ThreadRow]) -> Iterator[str]:
    yield click.style(printable(article.title or article.url), bold=True)
    byline = ", ".join(article.authors)
    when = moment(article.published, article.published_local, article.published_raw)
    yield printable(" · ".join(filter(None, [byline, when if when != "time not told" else "", article.url])))
    if not threads:
        yield "No comment thread was found on the page."
    for thread in threads:
        yield _verdict(thread)


def _verdict(thread: ThreadRow) -> str:
    if thread.completeness is None:
        return f"{thread.platform}: not read to its end yet"
    of = f" of {thread.claimed:,}" if thread.claimed is not None else ""
    collected = thread.collected or 0
    noun = "comment" if (thread.claimed if of else collected) == 1 else "comments"
    reason = f": {thread.reason}" if thread.reason else ""
    words = {"unknown": "the site prints no count"}.get(thread.completeness, f"{thread.completeness}{reason}")
    state = ", closed" if thread.state == "closed" else ""
    return f"{thread.platform}: {collected:,}{of} {noun}, {words}{state}; read {moment(thread.read_at)}"


def _comment(comment: CommentRow, width: int) -> str:
    indent = " " * (INDENT * min(comment.depth or 0, DEEPEST))
    when = moment(comment.published, comment.published_local, comment.published_raw)
    marks = [comment.kind if comment.kind != "comment" else "", _gone(comment)]
    note = "".join(f"  [{mark}]" for mark in marks if mark)
    head = f"{indent}{printable(comment.author or '(no name)')}  {when}  #{printable(comment.id)}{note}"
    text = _wrapped(comment.text, width, indent)
    return f"{click.style(head, bold=True)}\n{text}" if text else click.style(head, bold=True)


def _gone(comment: CommentRow) -> str:
    if comment.state == "visible":
        return ""
    word = "not seen any more" if comment.state == "missing" else comment.state
    if comment.gone_after and comment.gone_before:
        return f"{word} between {moment(comment.gone_after)} and {moment(comment.gone_before)}"
    return word


def _wrapped(text: str, width: int, indent: str) -> str:
    """Paragraphs kept, lines broken at the width, nothing in it that could drive a terminal."""
    lines = (
        textwrap.fill(line, max(width, len(indent) + 20), initial_indent=indent, subsequent_indent=indent)
        if line
        else ""
        for line in printable(text).splitlines()
    )
    return "\n".join(lines)
