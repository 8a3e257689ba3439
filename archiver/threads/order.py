"""Reading order and depth of a thread's comments. Iterative and linear, and safe against parents that form a cycle."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from archiver.threads.values import Member


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


def woven(before: Sequence[str], now: Sequence[str], depths: Mapping[str, int] | None = None) -> Sequence[str]:
    """`now`, and what only `before` has in it: each behind the one that it stood behind, and behind what is deeper
    there, such as answers that came since."""
    shown, levels = set(now), depths or {}
    behind: dict[str | None, list[str]] = defaultdict(list)
    last: str | None = None
    for name in before:
        if name in shown:
            last = name
        else:
            behind[last].append(name)
    found: list[str] = list(behind[None])
    waiting: list[str] = []
    for name in now:
        while waiting and levels.get(name, 0) <= levels.get(waiting[0], 0):
            found.append(waiting.pop(0))
        found.append(name)
        waiting = behind.get(name, []) + waiting
    return [*found, *waiting]


def _in_order(members: Sequence[Member]) -> Sequence[Member]:
    """As the pages show it, the others where they stood before; where that is not known, as a tree."""
    turned = _is_newest_first(members)
    shown = {member.id: place for member in members if (place := _shown_at(member, newest_first=turned)) is not None}
    others = [member for member in members if member.id not in shown]
    if not shown or any(member.places or member.position is None for member in others):
        return list(_depth_first(members))
    before = sorted((member for member in members if member.position is not None), key=lambda each: each.position or 0)
    names = woven([member.id for member in before], sorted(shown, key=shown.__getitem__), depths(members))
    known = {member.id: member for member in members}
    return [known[name] for name in names]


def _is_newest_first(members: Sequence[Member]) -> bool:
    """Whether the thread's pages run backwards. A page of which its few comments tell otherwise is outvoted."""
    votes = Counter(place.newest_first for member in members for place in member.places if place.source == "markup")
    return votes[True] > votes[False]


def _shown_at(member: Member, *, newest_first: bool) -> tuple[int, int] | None:
    """Page and place on it, in the order in which a reader turns the pages; None where no page shows the comment."""
    pages = [(place.page_number or 1, place.index) for place in member.places if place.source == "markup"]
    return min(((-page if newest_first else page, index) for page, index in pages), default=None)


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
