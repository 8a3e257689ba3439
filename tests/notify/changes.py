"""Changes of invented comments, as values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from archiver.notify.sample import sample
from archiver.store.changes import Change, VisitChanges
from archiver.store.outbox import Message

NEW, EDITED, GONE = sample().content.changes


def change(like: Change = NEW, *, first: bool = False, before: str | None = None, **comment: Any) -> Change:
    """A change like one of the sample's, with other values in its comment; `before`: its words before an edit."""
    event = like.event
    if before is not None and event.before is not None:
        event = replace(event, before=replace(event.before, text=before))
    if event.after is not None and "text" in comment:
        event = replace(event, after=replace(event.after, text=comment["text"]))
    return replace(like, event=event, first=first, comment=replace(like.comment, **comment))


def changes(*found: Change, **about: Any) -> VisitChanges:
    return replace(sample().content, changes=found, **about)


def message(*found: Change, uid: str = "6f1d8f6e-6f3c-4a55-9d0e-0d3f9a3f3b11", **about: Any) -> Message:
    return Message(uid=uid, content=changes(*found, **about))
