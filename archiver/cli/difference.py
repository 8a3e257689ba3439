"""What changed, as text: counts first, then the article, then each thread's comments by what happened to them."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence

import click

from archiver.cli.thread_tree import gone_word, is_coloured, page_width, wrapped
from archiver.cli.words import count, moment, printable
from archiver.exports.past import ArticleEdit, CommentEvent, Difference, ThreadChanges
from archiver.store.history import ThreadReading, Visit
from archiver.threads.history import Event, EventKind
from archiver.threads.wording import Piece, compare

HEADINGS: dict[EventKind, str] = {
    "added": "Added",
    "edited": "Edited",
    "gone": "Gone",
    "back": "Back",
    "restated": "Gone before, now told otherwise",
}
INDENT = "  "
AROUND = 60
"""Characters of unchanged text that are shown before and behind a change."""


def print_difference(found: Difference) -> None:
    """Prints everything; says so where nothing changed."""
    width = page_width()
    click.echo(click.style(printable(found.title or found.url), bold=True))
    click.echo(printable(found.url))
    for line in _head(found):
        click.echo(line)
    for edit in found.article:
        click.echo()
        for line in _article(edit, width):
            click.echo(line)
    for changes in found.threads:
        for kind in HEADINGS:
            some = [each for each in changes.events if each.event.kind == kind]
            for line in _section(kind, some, changes.platform if len(found.threads) > 1 else "", width):
                click.echo(line)


def _section(kind: EventKind, some: Sequence[CommentEvent], platform: str, width: int) -> Iterator[str]:
    """What happened to one or many in the same way. When it happened stands in the heading where it is the same."""
    if not some:
        return
    notes = [_note(each.event) for each in some]
    common = notes[0] if len(set(notes)) == 1 else ""
    heading = f"{HEADINGS[kind]} ({len(some):,})"
    yield "\n" + click.style(f"{platform}: {heading}" if platform else heading, bold=True) + (common and f"  {common}")
    for each, note in zip(some, notes, strict=True):
        yield "\n" + "\n".join(_comment(each, "" if common else note, width))


def _head(found: Difference) -> Iterator[str]:
    if found.since is None or found.until is None:
        yield "Visited but once: there is nothing to compare yet. 'archiver archive URL' visits it again."
        return
    yield f"From {moment(found.since)} to {moment(found.until)}: {count(len(found.visits), 'visit')}"
    yield from (_not_there(visit) for visit in found.visits if visit.outcome != "stored")
    for changes in found.threads:
        yield _summary(changes)
    if not found:
        yield "Nothing changed." if found.visits else "Nobody looked in that time."


def _not_there(visit: Visit) -> str:
    return f"{moment(visit.ended)}: the page was not there any more ({printable(visit.reason or visit.outcome)})"


def _summary(changes: ThreadChanges) -> str:
    counts = changes.counts
    words = {"restated": "told otherwise"}
    parts = [f"{counts[kind]:,} {words.get(kind, kind)}" for kind in HEADINGS if counts.get(kind)]
    before, after = changes.before, changes.after
    numbers = [_number(reading) for reading in (before, after) if reading is not None]
    total = " → ".join(dict.fromkeys(numbers)) + " comments" if numbers else ""
    state = after.state if before and after and after.state != before.state else ""
    incomplete = f"incomplete: {after.reason}" if after and after.completeness == "incomplete" else ""
    told = filter(None, [", ".join(parts) or "no comment changed", total, state and f"now {state}", incomplete])
    return printable(f"{changes.platform}: {'; '.join(told)}")


def _number(reading: ThreadReading) -> str:
    of = f" of {reading.claimed:,}" if reading.claimed is not None and reading.claimed != reading.collected else ""
    return f"{reading.collected:,}{of}"


def _article(edit: ArticleEdit, width: int) -> Iterator[str]:
    yield click.style(f"Article edited between {moment(edit.since)} and {moment(edit.at)}", bold=True)
    for each in edit.fields:
        yield f"{INDENT}{each.field.replace('_', ' ')}"
        yield _marked(compare(each.before, each.after), width, INDENT * 2)


def _comment(each: CommentEvent, note: str, width: int) -> Iterator[str]:
    comment, event = each.comment, each.event
    wording = event.before or event.after
    when = moment(comment.published, comment.published_local, comment.published_raw)
    answers = f"  in answer to #{comment.parent_id}" if comment.parent_id else ""
    author = wording.author if wording else comment.author
    head = f"{INDENT}{author or '(no name)'}  {when}  #{comment.id}{answers}"
    yield click.style(printable(head), bold=True) + (f"  [{note}]" if note else "")
    if event.kind == "edited" and event.before and event.after:
        before, after = event.before, event.after
        if before.author != after.author:
            yield _marked(
                compare(before.author or "(no name)", after.author or "(no name)"), width, f"{INDENT * 2}author: "
            )
        if before.text != after.text:
            yield _marked(compare(before.text, after.text), width, INDENT * 2)
        elif before.links != after.links:
            yield _marked(compare("\n".join(before.links), "\n".join(after.links)), width, f"{INDENT * 2}links: ")
    elif wording and wording.text:
        yield wrapped(wording.text, width, INDENT * 2)


def _note(event: Event) -> str:
    """When it happened: two times that it lies between."""
    if event.kind == "added":
        return event.state if event.state != "visible" else ""
    word = {"edited": "", "back": "visible again "}.get(event.kind, f"{gone_word(event.state)} ")
    if event.kind == "restated" and event.state_before:
        word = f"{gone_word(event.state_before)} before, now {word}"
    return f"{word}between {moment(event.since)} and {moment(event.until)}" if event.since else word.strip()


def _marked(pieces: Sequence[Piece], width: int, indent: str) -> str:
    """The text with its changes: coloured where colours are shown, in brackets elsewhere. Long runs of what did not
    change are left out."""
    last = len(pieces) - 1
    told = "".join(
        _shortened(_plain(piece.text), is_first=place == 0, is_last=place == last)
        if piece.change == "same"
        else _between_signs(_BEGIN[piece.change], _plain(piece.text))
        for place, piece in enumerate(pieces)
    )
    lines = [
        line
        for paragraph in told.split("\n")
        if paragraph.strip()
        for line in textwrap.wrap(paragraph, max(width - len(indent), 20), break_on_hyphens=False) or [""]
    ]
    first = indent if lines else indent.rstrip()
    return first + ("\n" + " " * len(indent)).join(_shown(lines, is_coloured=is_coloured()))


_BEGIN = {"removed": "\ue000", "added": "\ue001"}
_END = "\ue002"
"""Stand for the marks until the lines are broken; characters that no text has in earnest."""
_SIGNS = {"\ue000": ("[-", "-]", "red"), "\ue001": ("{+", "+}", "green")}


def _between_signs(sign: str, text: str) -> str:
    """Line ends at the edge of a change stand outside of the marks."""
    words = text.strip("\n")
    before, behind = text[: len(text) - len(text.lstrip("\n"))], text[len(text.rstrip("\n")) :]
    return f"{before}{sign}{words}{_END}{behind}" if words else text


def _plain(text: str) -> str:
    return printable(text).translate({ord(sign): None for sign in (*_BEGIN.values(), _END)})


def _shown(lines: Sequence[str], *, is_coloured: bool) -> Iterator[str]:
    """Lines with their marks. A change that runs over several lines is coloured anew on each."""
    sign: str | None = None
    for line in lines:
        parts: list[str] = []
        for part in re.split(f"([{''.join(_SIGNS)}{_END}])", line):
            if part in _SIGNS:
                sign = part
                parts += [] if is_coloured else [_SIGNS[part][0]]
            elif part == _END and sign:
                parts += [] if is_coloured else [_SIGNS[sign][1]]
                sign = None
            elif part and sign and is_coloured:
                is_struck = True if sign == _BEGIN["removed"] else None
                parts.append(click.style(part, fg=_SIGNS[sign][2], strikethrough=is_struck))
            else:
                parts.append(part)
        yield "".join(parts)


def _shortened(text: str, *, is_first: bool, is_last: bool) -> str:
    head, tail = ("" if is_first else text[:AROUND]), ("" if is_last else text[-AROUND:])
    if len(text) <= len(head) + len(tail) + AROUND:
        return text
    head = head.rsplit(" ", 1)[0] + " " if head else ""
    tail = " " + tail.split(" ", 1)[-1] if tail else ""
    return f"{head}…{tail}"
