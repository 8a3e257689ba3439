"""The latest changes as an Atom feed (RFC 4287), an entry each. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape
from itertools import islice
from uuid import NAMESPACE_URL, UUID, uuid5

from lxml import etree

from archiver.notify.message import one_line, title
from archiver.notify.notifier import Notifier, kind_of
from archiver.store.changes import Change
from archiver.store.outbox import Message

ATOM = "http://www.w3.org/2005/Atom"
_LONG_AGO = "1970-01-01T00:00:00Z"


def feed(notifier: Notifier, messages: Iterable[Message], *, place: str) -> bytes:
    """The feed with the newest messages first. `place` is the address of the file: the feed is named after it.

    An entry keeps its name for ever, so that a reader shows none twice.
    """
    root = etree.Element(f"{{{ATOM}}}feed", nsmap={None: ATOM})  # type: ignore[dict-item] # the stubs lack the default namespace
    _add(root, "id", uuid5(NAMESPACE_URL, place).urn)
    _add(root, "title", f"Comments: {notifier.name}")
    updated = _add(root, "updated", _LONG_AGO)
    _add(_add(root, "author"), "name", "archiver")
    for uid, change, headline in islice(_changes(messages), notifier.entries):
        if updated.text == _LONG_AGO:
            updated.text = _moment(change.event.at)
        _entry(root, uid, change, headline)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8", pretty_print=True)


def _changes(messages: Iterable[Message]) -> Iterator[tuple[UUID, Change, str]]:
    for message in messages:
        headline = one_line(message.content.title or message.content.url)
        for place, change in enumerate(message.content.changes):
            yield uuid5(UUID(message.uid), str(place)), change, headline


def _entry(root: etree._Element, uid: UUID, change: Change, headline: str) -> None:
    comment = change.comment
    entry = _add(root, "entry")
    _add(entry, "id", uid.urn)
    _add(entry, "title", f"{title(change)}, on {headline}")
    _add(entry, "updated", _moment(change.event.at))
    if comment.published is not None:
        _add(entry, "published", _moment(comment.published))
    _add(_add(entry, "author"), "name", one_line(comment.author or "") or "nobody named")
    _add(entry, "category").set("term", kind_of(change))
    _add(entry, "link").set("href", _clean(comment.permalink or comment.article_url))
    _add(entry, "content", "".join(_html(change))).set("type", "html")


def _html(change: Change) -> Iterator[str]:
    """The words as harmless markup: what a stranger wrote is text."""
    event = change.event
    if event.kind == "edited" and event.before is not None:
        yield f"<p>Before:</p><blockquote>{_paragraphs(event.before.text)}</blockquote><p>Now:</p>"
    yield _paragraphs(change.comment.text)


def _paragraphs(words: str) -> str:
    parts = (escape(part).replace("\n", "<br>") for part in words.split("\n\n") if part.strip())
    return "".join(f"<p>{part}</p>" for part in parts)


def _add(parent: etree._Element, name: str, words: str | None = None) -> etree._Element:
    element = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    element.text = None if words is None else _clean(words)
    return element


def _clean(words: str) -> str:
    """Without what XML cannot hold."""
    return "".join(letter for letter in words if letter in "\t\n\r" or " " <= letter <= "\ud7ff" or letter >= "\ue000")


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
