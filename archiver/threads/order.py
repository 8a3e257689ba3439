"""Reading order and depth of a thread's comments. Iterative and linear, and safe against parents that form a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from archiver.threads.values import Member, Place


def positions(members: Sequence[Member]) -> Mapping[str, int]:
    """Each comment's place in the thread, from 0.

    Where the pages show every comment of the reading, theirs is the order. Where only an API knows some of them, the
    thread is read depth first, replies of one comment by time. Comments that this reading did not see stay in the
    tree, so that a deleted comment keeps its place among the others.
    """
    return {member.id: index for index, member in enumerate(_in_order(members))}


def depths(members: Sequence[Member]) -> Mapping[str, int]:
    """How many ancestors each comment has. Below a parent that nobody has seen, the page's own depth holds."""
    known = {member.id: member for member in members}
    found: dict[str, int] = {}
    for member in members:
        chain: list[str] = []
        at: str | None = member.id
        while at is not None and at in known and at not in found:
            found[at] = 0  # marks the way, so that a cycle ends here
            chain.append(at)
            at = known[at].parent_id
        for name in reversed(chain):
            parent = known[name].parent_id
            if parent is None:
                found[name] = 0
            elif parent in known:
                found[name] = found[parent] + 1
            else:
                found[name] = known[name].depth or 1
    return found


def _in_order(members: Sequence[Member]) -> Sequence[Member]:
    shown = [(_shown_at(member), member) for member in members]
    seen = [(place, member) for place, member in shown if member.places]
    if seen and len(seen) == len(members) and all(place is not None for place, _ in seen):
        return [member for _, member in sorted(seen, key=lambda pair: pair[0] or (0, 0))]
    return list(_depth_first(members))


def _shown_at(member: Member) -> tuple[int, int] | None:
    """Page and place on it, in the order in which a reader turns the pages; None where no page shows the comment."""
    places = [place for place in member.places if place.source == "markup"]
    return min((_turned(place) for place in places), default=None)


def _turned(place: Place) -> tuple[int, int]:
    page = place.page_number or 1
    return (-page if place.newest_first else page, place.index)


def _depth_first(members: Sequence[Member]) -> Iterator[Member]:
    known = {member.id for member in members}
    by_time = _by_time(members)
    replies: dict[str | None, list[Member]] = defaultdict(list)
    for member in by_time:
        replies[member.parent_id if member.parent_id in known else None].append(member)
    done: set[str] = set()
    stack = list(reversed(replies[None]))
    rest = iter(by_time)
    while True:
        while stack:
            member = stack.pop()
            if member.id not in done:
                done.add(member.id)
                yield member
                stack.extend(reversed(replies[member.id]))
        # Whoever has not been reached yet hangs on a cycle of parents: it is read from its earliest comment on.
        leftover = next((member for member in rest if member.id not in done), None)
        if leftover is None:
            return
        stack.append(leftover)


def _by_time(members: Sequence[Member]) -> Sequence[Member]:
    """Earliest first. A comment without a time, such as a pingback, follows the one that was given its id before."""
    counted = sorted(members, key=_number)
    times: dict[str, datetime] = {}
    last = datetime.min  # noqa: DTZ901 - compared with naive times only
    for member in counted:
        last = times[member.id] = _clock(member) or last
    return sorted(counted, key=lambda member: times[member.id])


def _clock(member: Member) -> datetime | None:
    return member.published.replace(tzinfo=None) if member.published else member.published_local


def _number(member: Member) -> tuple[int, str]:
    """Ids that count up sort as numbers, all others as words."""
    return (int(member.id) if member.id.isdecimal() and len(member.id) < 20 else 0, member.id)
