"""How a message is worded: as JSON for programs, as text for people, as a chat wants it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from archiver.notify.notifier import Body, Kind, Notifier, kind_of
from archiver.store.changes import Change, VisitChanges
from archiver.store.outbox import Message
from archiver.store.rows import CommentRow

CHAT = 3000
"""Characters that a chat shows of a message; more is cut there without a word."""

CONTENT_TYPES: Mapping[Body, str] = {
    "json": "application/json",
    "chat": "application/json",
    "text": "text/plain; charset=utf-8",
}
_NAMES: Mapping[Kind, str] = {
    "first": "found at first",
    "new": "new",
    "edited": "edited",
    "gone": "gone",
    "back": "back",
    "restated": "now with a reason",
}


def body(notifier: Notifier, message: Message) -> bytes:
    """What is sent."""
    if notifier.body == "json":
        return msgspec.json.encode(as_object(notifier, message)) + b"\n"
    if notifier.body == "chat":
        return msgspec.json.encode({"text": text(message.content, at_most=CHAT)})
    return text(message.content).encode()


def as_object(notifier: Notifier, message: Message) -> dict[str, Any]:
    """The shape of the JSON, frozen by a test: `id` is the same when a message is sent again."""
    content = message.content
    return {
        "id": message.uid,
        "notifier": notifier.name,
        "summary": subject(content),
        "article": {"url": content.url, "title": content.title},
        "visited": content.at,
        "counts": counts(content),
        "changes": [_change(each) for each in content.changes],
    }


def _change(change: Change) -> dict[str, Any]:
    event = change.event
    return {
        "change": kind_of(change),
        "noticed": event.at,
        "happened": {"after": event.since, "before": event.until},
        "words_before": event.before if event.kind == "edited" else None,
        "comment": change.comment,
    }


def counts(content: VisitChanges) -> dict[Kind, int]:
    """How many changes there are of each kind."""
    found = Counter(map(kind_of, content.changes))
    return {kind: found[kind] for kind in _NAMES}


def subject(content: VisitChanges) -> str:
    """One line: '2 new, 1 gone: The ferry sails again'."""
    numbers = ", ".join(f"{number} {_NAMES[kind]}" for kind, number in counts(content).items() if number)
    return f"{numbers}: {one_line(content.title or content.url)}"


def text(content: VisitChanges, *, at_most: int | None = None) -> str:
    """The whole message for people. With `at_most` characters as many changes as fit, and how many do not."""
    written = f"{subject(content)}\n{content.url}\n"
    for place, change in enumerate(content.changes):
        block = "\n" + "\n".join(_lines(change)) + "\n"
        if at_most is not None and len(written) + len(block) > at_most:
            if place == 0:
                return f"{(written + block)[:at_most]} …\n" + _more(len(content.changes) - 1)
            return written + _more(len(content.changes) - place)
        written += block
    return written


def _more(number: int) -> str:
    return f"\n… and {number} more.\n" if number else ""


def _lines(change: Change) -> Iterator[str]:
    comment, event = change.comment, change.event
    yield f"{title(change)}{_when(comment)}"
    if comment.permalink:
        yield comment.permalink
    if event.kind == "gone" and event.since is not None:
        yield f"It went between {event.since:%Y-%m-%d %H:%M} and {event.until:%Y-%m-%d %H:%M} UTC."
    if event.kind == "edited" and event.before is not None:
        yield from ("Before:", _indented(event.before.text), "Now:")
    yield _indented(comment.text)


def title(change: Change) -> str:
    """What happened, and whose comment it is: 'Edited: Ida Holm', 'Gone (removed): Jon Vik'."""
    state = change.comment.state
    why = f" ({state})" if state != "visible" else ""
    return f"{_NAMES[kind_of(change)].capitalize()}{why}: {one_line(change.comment.author or 'nobody named')}"


def _when(comment: CommentRow) -> str:
    if comment.published is not None:
        return f", {comment.published:%Y-%m-%d %H:%M} UTC"
    if comment.published_local is not None:
        return f", {comment.published_local:%Y-%m-%d %H:%M}"
    return f", {one_line(comment.published_raw)}" if comment.published_raw else ""


def _indented(words: str) -> str:
    return "\n".join(f"  {line}".rstrip() for line in words.splitlines()) or "  (no words)"


def one_line(words: str) -> str:
    """Without line breaks and control characters: a stranger's headline must not add a header to a mail."""
    return "".join(character for character in " ".join(words.split()) if character.isprintable())[:200]
