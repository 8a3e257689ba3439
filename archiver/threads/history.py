"""The life of a comment from its readings: what happened to it between two times, and how it stood at one.

Pure. What happened between two readings was noticed at the later one; when in between nobody knows, so that every
event is an interval.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Literal

from archiver.items import CommentState, Source
from archiver.threads.merge import Change, replaces

EventKind = Literal["added", "edited", "gone", "back", "restated"]
"""`gone`: visible before. `restated`: gone before, and now for another reason, as where the site says who took it
away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Wording:
    """What a comment said from `seen` on, and what kind of change brought it."""

    seen: datetime
    visit_id: int
    source: Source
    change: Change
    author: str | None
    author_url: str | None
    text: str
    html: str
    links: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class StateChange:
    """A state from a reading on, which ended at `at`. Where the comment went: between which times."""

    state: CommentState
    at: datetime
    visit_id: int | None = None
    """The visit that noticed it."""
    gone_after: datetime | None = None
    gone_before: datetime | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """All that is known of what became of a comment, each list in the order in which it was noticed."""

    first_seen: datetime
    written: datetime | None
    """When it was written as far as the page tells; a clock without a zone is taken for UTC."""
    wordings: tuple[Wording, ...]
    states: tuple[StateChange, ...] = ()
    readings: tuple[datetime, ...] = ()
    """When the readings of its thread ended, earliest first."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """One thing that happened to a comment. It was noticed at `at`; it happened after `since` (None: not known) and
    before `until`."""

    kind: EventKind
    at: datetime
    since: datetime | None
    until: datetime
    state: CommentState
    """From then on."""
    visit_id: int | None = None
    """The visit that noticed it."""
    state_before: CommentState | None = None
    before: Wording | None = None
    after: Wording | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Then:
    """How a comment stood at a time. What the next reading found changed may have been so already."""

    wording: Wording
    state: CommentState
    gone_after: datetime | None = None
    gone_before: datetime | None = None
    only_dated: bool = False
    """First seen later: only its own time says that it was there."""
    next_event: Event | None = None
    """What the next reading found changed, if anything."""


def events(life: Life, *, since: datetime, until: datetime | None = None) -> Sequence[Event]:
    """What was noticed after `since`, up to `until`, in that order."""
    found = [*_added(life), *_edits(life), *_changes_of_state(life)]
    return sorted(
        (event for event in found if event.at > since and (until is None or event.at <= until)),
        key=lambda event: event.at,
    )


def then(life: Life, at: datetime) -> Then | None:
    """How a comment stood at a time; None where it was not there yet, or nothing tells that it was."""
    only_dated = life.first_seen > at
    if only_dated and (life.written is None or life.written > at):
        return None
    states = [change for change in life.states if change.at <= at]
    last = states[-1] if states else None
    following = next((reading for reading in life.readings if reading > at), None)
    later = events(life, since=at, until=following) if following is not None else ()
    return Then(
        wording=wording_at(life.wordings, at) or life.wordings[0],
        state=last.state if last else "visible",
        gone_after=last.gone_after if last else None,
        gone_before=last.gone_before if last else None,
        only_dated=only_dated,
        next_event=next((event for event in later if event.kind != "added"), None),
    )


def wording_at(wordings: Sequence[Wording], at: datetime) -> Wording | None:
    """The present words as of a time; None where nothing had been read yet."""
    return _current([wording for wording in wordings if wording.seen <= at])


def _current(wordings: Sequence[Wording]) -> Wording | None:
    """The last, unless the same visit read it from a source that knows better."""
    current: Wording | None = None
    for wording in wordings:
        if current is None or replaces(wording.source, current.source, same_visit=wording.visit_id == current.visit_id):
            current = wording
    return current


def _added(life: Life) -> Iterator[Event]:
    """One that was never seen otherwise than deleted is added in that state."""
    first = life.states[0] if life.states else None
    born_so = first is not None and first.state != "visible" and first.gone_after is None
    yield Event(
        kind="added",
        at=life.first_seen,
        since=None,
        until=life.first_seen,
        state=first.state if first and born_so else "visible",
        visit_id=life.wordings[0].visit_id,
        after=life.wordings[0],
    )


def _edits(life: Life) -> Iterator[Event]:
    """One for each visit that read other words by the same extractor."""
    for visit_id, run in groupby(enumerate(life.wordings), key=lambda pair: pair[1].visit_id):
        numbered = list(run)
        first = next((place for place, wording in numbered if wording.change == "edited"), None)
        if first is None:
            continue
        before = _current(life.wordings[:first])
        after = _current(life.wordings[: numbered[-1][0] + 1])
        if before is None or after is None or _said(before) == _said(after):
            continue
        at = life.wordings[first].seen
        yield Event(
            kind="edited",
            at=at,
            since=_still(life, at, before.seen),
            until=at,
            state=_state_at(life, at),
            visit_id=visit_id,
            before=before,
            after=after,
        )


def _said(wording: Wording) -> tuple[str, str | None, tuple[str, ...]]:
    return wording.text, wording.author, wording.links


def _changes_of_state(life: Life) -> Iterator[Event]:
    before: CommentState = "visible"
    for place, change in enumerate(life.states):
        never_otherwise = place == 0 and change.gone_after is None and change.state != "visible"
        if change.state != before and not never_otherwise:
            yield Event(
                kind="back" if change.state == "visible" else "gone" if before == "visible" else "restated",
                at=change.at,
                since=change.gone_after
                if change.state != "visible"
                else _still(life, change.at, life.states[place - 1].at),
                until=change.gone_before or change.at,
                state=change.state,
                visit_id=change.visit_id,
                state_before=before,
                before=wording_at(life.wordings, change.at),
            )
        before = change.state


def _still(life: Life, changed: datetime, known: datetime) -> datetime:
    """When it was still as it was known to be at `known`: at the last reading before the change."""
    return max([known, *(reading for reading in life.readings if known < reading < changed)])


def _state_at(life: Life, at: datetime) -> CommentState:
    states = [change.state for change in life.states if change.at <= at]
    return states[-1] if states else "visible"


def written_at(published: datetime | None, local: datetime | None) -> datetime | None:
    """When a comment was written as far as is known, in UTC."""
    return published or (local.replace(tzinfo=UTC) if local else None)
