"""A message about nothing real, to try a setting with."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

from archiver.store.changes import Change, VisitChanges
from archiver.store.outbox import Message
from archiver.store.rows import CommentRow
from archiver.threads.history import Event, EventKind, Wording

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://news.example/ferry"


def sample() -> Message:
    """One new comment, one edited and one gone, always the same."""
    changes = (
        _change("1", "added", "Ida Holm", "Is the night ferry back on Fridays, too?"),
        _change("2", "edited", "Jon Vik", "It sails on Fridays at ten.", before="It sails on Fridays."),
        _change("3", "gone", "Pia Lund", "A comment that is no longer there."),
    )
    content = VisitChanges(url=URL, title="A sample: the ferry sails again", at=NOON, changes=changes)
    return Message(uid=str(UUID(int=0)), content=content)


def _change(name: str, kind: EventKind, author: str, text: str, before: str | None = None) -> Change:
    gone = kind == "gone"
    hour = timedelta(hours=1)
    comment = CommentRow(
        article_url=URL,
        platform="sample",
        thread="1",
        id=name,
        parent_id=None,
        parent_rule=None,
        depth=0,
        position=int(name) - 1,
        kind="comment",
        state="missing" if gone else "visible",
        author=author,
        author_id=None,
        author_url=None,
        published=NOON - hour,
        published_local=None,
        published_raw="an hour ago",
        published_precision="second",
        published_rule=None,
        title=None,
        text=text,
        html=f"<p>{text}</p>",
        links=(),
        permalink=f"{URL}#comment-{name}",
        score=None,
        number=None,
        first_seen=NOON - hour,
        last_seen=NOON - hour if gone else NOON,
        gone_after=NOON - hour if gone else None,
        gone_before=NOON if gone else None,
        sources=("api",),
    )
    event = Event(
        kind=kind,
        at=NOON,
        since=NOON - hour,
        until=NOON,
        state=comment.state,
        before=_wording(author, before) if before else None,
        after=_wording(author, text),
    )
    return Change(event=event, comment=comment, first=False)


def _wording(author: str, text: str) -> Wording:
    return Wording(
        seen=NOON,
        visit_id=1,
        source="api",
        change="edited",
        author=author,
        author_url=None,
        text=text,
        html=f"<p>{text}</p>",
        links=(),
    )
