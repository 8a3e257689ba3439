"""The quotations of an article as text: the speaker in the margin, the words beside."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

import click

from archiver.cli.words import count, printable
from archiver.store.rows import ArticleRow, QuoteRow

WIDEST = 100
MARGIN = 24
"""Columns for the speaker, the gap to the words included."""


def print_quotes(article: ArticleRow, quotes: Sequence[QuoteRow]) -> None:
    """Prints every quotation with who said it, how that is told there, and how sure it is."""
    for line in lines(article.title or article.url, quotes, min(shutil.get_terminal_size().columns, WIDEST)):
        click.echo(line)


def lines(title: str, quotes: Sequence[QuoteRow], width: int) -> Iterator[str]:
    """The same as lines of at most `width` columns, where that is not too few for a margin."""
    speakers = {quote.speaker for quote in quotes if quote.speaker}
    yield printable(title)
    yield count(len(quotes), "quote") + (f" by {count(len(speakers), 'speaker')}" if speakers else "")
    room = max(width - MARGIN, 20)
    for quote in quotes:
        yield ""
        words = [part for line in _words(quote) for part in textwrap.wrap(line, room) or [""]]
        for name, said in zip_longest(_margin(quote), words, fillvalue=""):
            yield f"{name:{MARGIN}}{said}".rstrip()


def _margin(quote: QuoteRow) -> list[str]:
    """Who speaks, and in brackets the words that say so there, where they are others."""
    known, told = printable(quote.speaker or ""), printable(quote.speaker_mention or "")
    names = [known or (told and "?") or "–", f"({told})" if told and told != known else ""]
    return [line for name in names for line in textwrap.wrap(name, MARGIN - 2)]


def _words(quote: QuoteRow) -> list[str]:
    shown = quote.kind if quote.kind != "direct" else ""
    again = f"again, as in quote {quote.repeats + 1}" if quote.repeats is not None else ""
    mended = "mark repaired" if quote.repaired else ""
    told = " ".join(word for word in (quote.cue, quote.addressee) if word)
    sure = f"{quote.confidence:.0%} sure" if quote.speaker_mention else ""
    notes = ", ".join(printable(note) for note in (shown, again, mended, told, sure, quote.url or "") if note)
    return [*printable(f"“{quote.text.strip()}”").splitlines(), *([f"[{notes}]"] if notes else [])]
