"""The past of one article: what changed between two times, and how it stood at one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby, pairwise

from sqlalchemy import Connection

from archiver.store import history, read
from archiver.store.history import ArticleState, ThreadReading, Visit
from archiver.store.rows import ArticleRow, CommentRow
from archiver.threads.history import Event, EventKind, Then, events, then

LOOKED = frozenset(("stored", "missing"))
"""Outcomes of a visit that saw what had become of the article."""

FIELDS = ("title", "deck", "authors", "dateline", "text", "licence_url", "licence_text", "image_credit")
"""What of an article makes an edit."""


@dataclass(frozen=True, kw_only=True, slots=True)
class FieldEdit:
    """One field of an article that changed; several authors in one line."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, kw_only=True, slots=True)
class ArticleEdit:
    """An edit of the article: noticed at `at`, it was still otherwise at `since`."""

    at: datetime
    since: datetime
    fields: tuple[FieldEdit, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CommentEvent:
    """Something that happened to a comment, which is given in its present state."""

    comment: CommentRow
    event: Event


@dataclass(frozen=True, kw_only=True, slots=True)
class ThreadChanges:
    """A thread's readings before and after, as far as there are any, and what happened to its comments."""

    platform: str
    id: str
    before: ThreadReading | None
    after: ThreadReading | None
    events: tuple[CommentEvent, ...]

    @property
    def counts(self) -> Mapping[EventKind, int]:
        """How many comments each kind of event happened to."""
        return Counter(kind for kind, _ in {(each.event.kind, each.comment.id) for each in self.events})


@dataclass(frozen=True, kw_only=True, slots=True)
class Difference:
    """What was noticed of an article after `since`, up to `until`. Both None: it has been visited but once.

    `visits` are those in between, the one that ended at `until` among them.
    """

    url: str
    title: str | None
    since: datetime | None
    until: datetime | None
    visits: tuple[Visit, ...]
    article: tuple[ArticleEdit, ...]
    threads: tuple[ThreadChanges, ...]

    def __bool__(self) -> bool:
        """Whether anything changed."""
        moved = any(each.before and each.after and each.before.state != each.after.state for each in self.threads)
        return bool(self.article) or moved or any(each.events for each in self.threads)


@dataclass(frozen=True, kw_only=True, slots=True)
class PastThread:
    """A thread at a time: its last reading before, and the first after it."""

    platform: str
    id: str
    before: ThreadReading | None
    after: ThreadReading | None


@dataclass(frozen=True, kw_only=True, slots=True)
class PastComment:
    """A comment as it stood: its row with the words and the state of then, and what is not certain of it."""

    comment: CommentRow
    then: Then


@dataclass(frozen=True, kw_only=True, slots=True)
class Past:
    """An article as it stood at a time: `before` and `after` are the visits that the time lies between."""

    at: datetime
    article: ArticleRow
    before: Visit | None
    after: Visit | None
    threads: tuple[PastThread, ...]


def difference(conn: Connection, url: str, since: datetime | None, until: datetime | None) -> Difference:
    """What changed after `since`, up to `until`; by default what the last visit found changed. Raises `NotArchived`."""
    looks = [visit for visit in history.visits(conn, url) if visit.outcome in LOOKED]
    until = until or (looks[-1].ended if looks else None)
    known = [visit for visit in looks if until and visit.ended <= until]
    since = since or (known[-2].ended if len(known) > 1 else None)
    states = history.article_states(conn, url)
    found = Difference(
        url=history.address(conn, url),
        title=states[-1].title if states else None,
        since=since,
        until=until if since else None,
        visits=tuple(visit for visit in known if since and visit.ended > since),
        article=(),
        threads=(),
    )
    if since is None or until is None:
        return found
    return replace(
        found,
        article=tuple(_article_edits(states, looks, since, until)),
        threads=tuple(_thread_changes(conn, url, since, until)),
    )


def _article_edits(
    states: Sequence[ArticleState], looks: Sequence[Visit], since: datetime, until: datetime
) -> Iterator[ArticleEdit]:
    for before, after in pairwise(states):
        if after.change != "edited" or not since < after.seen <= until:
            continue
        edits = [
            FieldEdit(field=name, before=_words(getattr(before, name)), after=_words(getattr(after, name)))
            for name in FIELDS
            if getattr(before, name) != getattr(after, name)
        ]
        still = max((visit.ended for visit in looks if visit.ended < after.seen), default=before.seen)
        yield ArticleEdit(at=after.seen, since=max(still, before.seen), fields=tuple(edits))


def _words(told: str | tuple[str, ...] | None) -> str:
    return ", ".join(told) if isinstance(told, tuple) else told or ""


def _thread_changes(conn: Connection, url: str, since: datetime, until: datetime) -> Iterator[ThreadChanges]:
    found: dict[tuple[str, str], list[CommentEvent]] = {}
    for comment, life in history.lives(conn, url, since=since, until=until):
        for event in events(life, since=since, until=until):
            found.setdefault((comment.platform, comment.thread), []).append(CommentEvent(comment=comment, event=event))
    for key, some in groupby(history.readings(conn, url), key=lambda reading: (reading.platform, reading.thread)):
        read_then = [reading for reading in some if reading.at <= until]
        if read_then or key in found:
            yield ThreadChanges(
                platform=key[0],
                id=key[1],
                before=next((reading for reading in reversed(read_then) if reading.at <= since), None),
                after=read_then[-1] if read_then else None,
                events=tuple(found.get(key, ())),
            )


def past(conn: Connection, url: str, at: datetime) -> Past:
    """The article and its threads at a time. Raises `NotArchived`."""
    looks = [visit for visit in history.visits(conn, url) if visit.outcome in LOOKED]
    (article,) = read.articles(conn, url=url, at=at)
    threads = []
    for key, some in groupby(history.readings(conn, url), key=lambda reading: (reading.platform, reading.thread)):
        read_of = list(some)
        threads.append(
            PastThread(
                platform=key[0],
                id=key[1],
                before=next((reading for reading in reversed(read_of) if reading.at <= at), None),
                after=next((reading for reading in read_of if reading.at > at), None),
            )
        )
    return Past(
        at=at,
        article=article,
        before=next((visit for visit in reversed(looks) if visit.ended <= at), None),
        after=next((visit for visit in looks if visit.ended > at), None),
        threads=tuple(threads),
    )


def past_comments(conn: Connection, url: str, at: datetime) -> Iterator[PastComment]:
    """The comments that were there at a time, in reading order; those that were gone by then with their last words."""
    for comment, life in history.lives(conn, url):
        stood = then(life, at)
        if stood is not None:
            wording = stood.wording
            was = replace(
                comment,
                author=wording.author,
                author_url=wording.author_url,
                text=wording.text,
                html=wording.html,
                links=wording.links,
                state=stood.state,
                gone_after=stood.gone_after,
                gone_before=stood.gone_before,
            )
            yield PastComment(comment=was, then=stood)
