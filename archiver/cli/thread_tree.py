"""An article with its threads as text: head, what is missing, comments indented under what they answer."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from types import MappingProxyType

import click

from archiver.cli.words import moment, printable
from archiver.items import CommentState
from archiver.store.rows import ArticleRow, CommentRow, FlagRow, LinkRow, ThreadRow
from archiver.threads.trust import is_certain

INDENT = 2
DEEPEST = 12
"""Levels that are still indented further: below, the text would have no room."""


Notes = Mapping[tuple[str, str, str], Sequence[str]]
"""What is to be said beside a comment, by platform, thread and id."""


def notes_on(links: Iterable[LinkRow], flags: Iterable[FlagRow]) -> Notes:
    """Whom a comment answers where the page does not say, and what makes it suspicious."""
    notes: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for link in links:
        if link.method == "answers":
            whom = f"#{link.target_id}" if link.target_id is not None else link.target_name
            notes[link.platform, link.thread, link.comment_id].append(f"answers {whom}: {link.rule}")
    for flag in flags:
        notes[flag.platform, flag.thread, flag.comment_id].append(f"{flag.kind}? {flag.rule}")
    return notes


def print_article(
    article: ArticleRow,
    threads: Sequence[ThreadRow],
    comments: Iterable[CommentRow],
    *,
    body: bool,
    notes: Notes = MappingProxyType({}),
) -> None:
    """Prints as it reads: the thread may be longer than memory."""
    width = page_width()
    for line in _head(article, threads):
        click.echo(line)
    if body and article.text:
        click.echo("\n" + wrapped(article.text, width, ""))
    verdicts = {(thread.platform, thread.id): thread for thread in threads}
    for key, of_thread in groupby(comments, key=lambda comment: (comment.platform, comment.thread)):
        if len(threads) > 1:
            click.echo(f"\n{verdicts[key].platform}")
        for comment in of_thread:
            click.echo("\n" + comment_text(comment, width, *notes.get((*key, comment.id), ())))


def title_lines(article: ArticleRow) -> Iterator[str]:
    """The headline, and below it who, when and where."""
    yield click.style(printable(article.title or article.url), bold=True)
    byline = ", ".join(article.authors)
    when = moment(article.published, article.published_local, article.published_raw)
    yield printable(" · ".join(filter(None, [byline, when if when != "time not told" else "", article.url])))


def _head(article: ArticleRow, threads: Sequence[ThreadRow]) -> Iterator[str]:
    yield from title_lines(article)
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
    state += "" if is_certain(thread.confidence) else f", uncertain ({thread.confidence:.2f})"
    return f"{thread.platform}: {collected:,}{of} {noun}, {words}{state}; read {moment(thread.read_at)}"


def comment_text(comment: CommentRow, width: int, *notes: str) -> str:
    """One comment, indented by its depth: who, when, its id, what became of it, the words."""
    indent = " " * (INDENT * min(comment.depth or 0, DEEPEST))
    when = moment(comment.published, comment.published_local, comment.published_raw)
    marks = [comment.kind if comment.kind != "comment" else "", _gone(comment), *map(printable, notes)]
    note = "".join(f"  [{mark}]" for mark in marks if mark)
    head = f"{indent}{printable(comment.author or '(no name)')}  {when}  #{printable(comment.id)}{note}"
    text = wrapped(comment.text, width, indent)
    return f"{click.style(head, bold=True)}\n{text}" if text else click.style(head, bold=True)


def _gone(comment: CommentRow) -> str:
    if comment.state == "visible":
        return ""
    if comment.gone_after and comment.gone_before:
        return f"{gone_word(comment.state)} between {moment(comment.gone_after)} and {moment(comment.gone_before)}"
    return gone_word(comment.state)


def gone_word(state: CommentState) -> str:
    """The site's own word for what became of a comment; ours, where it merely is not shown any more."""
    return "not seen any more" if state == "missing" else state


def page_width() -> int:
    """Columns of the terminal, at most 100: longer lines are hard to read."""
    return min(shutil.get_terminal_size().columns, 100)


def is_coloured() -> bool:
    """Whether the output is a terminal that shows colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def wrapped(text: str, width: int, indent: str) -> str:
    """Paragraphs kept, lines broken at the width, nothing in it that could drive a terminal."""
    lines = (
        textwrap.fill(line, max(width, len(indent) + 20), initial_indent=indent, subsequent_indent=indent)
        if line
        else ""
        for line in printable(text).splitlines()
    )
    return "\n".join(lines)
