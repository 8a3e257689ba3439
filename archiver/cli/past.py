"""An article with its threads as it stood at a time, and what of that is not certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import click

from archiver.cli.thread_tree import comment_text, gone_word, page_width, title_lines, wrapped
from archiver.cli.words import moment, printable
from archiver.exports.past import Past, PastComment, PastThread
from archiver.threads.history import Then


def print_past(past: Past, comments: Iterable[PastComment], *, body: bool) -> None:
    """Prints as it reads: the thread may be longer than memory."""
    width = page_width()
    for line in (*title_lines(past.article), *map(printable, _between(past))):
        click.echo(line)
    if body and past.article.text:
        click.echo("\n" + wrapped(past.article.text, width, ""))
    for (platform, _), of_thread in groupby(comments, key=lambda each: (each.comment.platform, each.comment.thread)):
        if len(past.threads) > 1:
            click.echo(f"\n{platform}")
        for each in of_thread:
            notes = uncertain(each.then) if past.before else ()  # before the first visit all of it is uncertain
            click.echo("\n" + comment_text(each.comment, width, *notes))


def uncertain(then: Then) -> Iterator[str]:
    """What is not certain of a comment, a note each."""
    if then.only_dated:
        yield "first seen later, the time is its own"
    event = then.next_event
    if event is not None:
        word = {"edited": "edited", "back": "visible again"}.get(event.kind, gone_word(event.state))
        yield f"perhaps already {word}: noticed {moment(event.at)}"


def _between(past: Past) -> Iterator[str]:
    yield f"As it stood on {moment(past.at)}, {_visits(past)}"
    yield from (f"{thread.platform}: {_readings(thread)}" for thread in past.threads)


def _visits(past: Past) -> str:
    before, after = past.before, past.after
    if before and after:
        return f"between the visits of {moment(before.ended)} and {moment(after.ended)}"
    if before:
        return f"after the last visit, of {moment(before.ended)}"
    first = f", of {moment(after.ended)}" if after else ""
    return f"before the first visit{first}: shown is what by its own time was there"


def _readings(thread: PastThread) -> str:
    reading = thread.before
    if reading is None:
        return "not read before that time"
    of = f" of {reading.claimed:,}" if reading.claimed is not None else ""
    reason = f": {reading.reason}" if reading.reason else ""
    words = {"unknown": "the site prints no count"}.get(reading.completeness, f"{reading.completeness}{reason}")
    state = ", closed" if reading.state == "closed" else ""
    return f"{reading.collected:,}{of} comments, {words}{state}; read {moment(reading.at)}"
