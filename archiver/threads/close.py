"""The end of a visit's part on one thread: order, depth, missing parents, completeness, what is gone and what is back.

Pure. The store gives what it has of the thread and what this reading saw; it writes down what comes back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from archiver.items import CommentState
from archiver.threads import order, zones
from archiver.threads.values import Claim, Closed, Completeness, Member, Reading, Settled


def close(members: Sequence[Member], reading: Reading) -> Closed:
    """Everything that can be said once a thread has been read."""
    seen = [member for member in members if member.places]
    claimed = claimed_count(reading.claims, seen)
    whole = not reading.failures and not reading.gaps and not (claimed is None and reading.drift)
    unreachable = hidden_below(members, lambda member: not member.places)
    completeness, reason = judge(claimed, len(seen), reading, unreachable=len(unreachable))
    absence = judge_absence(members, reading, claimed, len(seen), unreachable) if whole else NOBODY
    lifted = zones.lift(members)
    timed = [replace(each, published=lifted[each.id][0]) if each.id in lifted else each for each in members]
    places, depths = order.positions(timed), order.depths(members)
    known = {member.id: member for member in members}
    comments = []
    for member in members:
        state, gone_after, gone_before = settle_state(member, reading, absence)
        published, rule = lifted.get(member.id, (None, None))
        comments.append(
            Settled(
                id=member.id,
                position=places[member.id],
                depth=depths[member.id],
                parent_missing=member.parent_id is not None and member.parent_id not in known,
                state=state,
                changed=state != member.state,
                gone_after=gone_after,
                gone_before=gone_before,
                published=published,
                published_rule=rule,
            )
        )
    return Closed(
        claimed=claimed,
        collected=len(seen),
        completeness=completeness,
        reason=reason,
        read_to_end=whole,
        comments=tuple(comments),
    )


def claimed_count(claims: Iterable[Claim], seen: Sequence[Member]) -> int | None:
    """How many comments the site says there are; None where it says nothing.

    A count that leaves pingbacks out is brought to the same kind by adding those that were seen. Of several counts
    the highest holds: comments arrive while pages are read, and a theme may leave out of its heading what it shows.
    """
    pings = sum(member.kind in ("pingback", "trackback") for member in seen)
    counts = [claim.claimed + (0 if claim.kinds == "all" else pings) for claim in claims]
    return max(counts, default=None)


def judge(
    claimed: int | None, collected: int, reading: Reading, *, unreachable: int = 0
) -> tuple[Completeness, str | None]:
    """Whether the thread was read whole, and if not, why. `unreachable` comments are known and hang below others that
    are shown no longer."""
    if reading.failures or reading.gaps:
        return "incomplete", "; ".join(dict.fromkeys([*reading.gaps, *reading.failures]))
    if claimed is None:
        return ("incomplete", reading.drift) if reading.drift else ("unknown", None)
    if collected < claimed:
        hidden = f": {unreachable} stood below comments that are gone" if unreachable == claimed - collected else ""
        return "incomplete", f"the site counts {claimed} and shows {collected}{hidden}"
    return "complete", None


def hidden_below(members: Sequence[Member], is_absent: Callable[[Member], bool]) -> frozenset[str]:
    """The comments that are absent together with one that they answer: a page that does not show a comment may have
    no place for its answers, and still count them."""
    known = {member.id: member for member in members}
    absent = {member.id for member in members if is_absent(member)}
    return frozenset(
        name
        for name in absent
        if known[name].state == "visible" and known[name].parent_id in absent and known[name].parent_id != name
    )


@dataclass(frozen=True, slots=True)
class Absence:
    """Whose absence from a whole reading means that they are gone: `of` tells it of a comment, and since when."""

    of: Callable[[Member], datetime | None]


NOBODY = Absence(lambda _: None)
"""The reading may have missed whatever it did not show."""


def judge_absence(
    members: Sequence[Member], reading: Reading, claimed: int | None, collected: int, unreachable: frozenset[str]
) -> Absence:
    """What it means that a whole reading does not show a comment.

    Sites count comments that they do not show: a gap between count and comments that did not grow is that habit, one
    that grew is a page we may have missed. What it grew by may be answers to a comment that is gone: those are still
    there, and counted, and stay as they are. Where no count is printed, two whole readings must miss a comment.
    """
    before = reading.before
    if before is None or not before.read_to_end:
        return NOBODY
    if claimed is None or before.claimed is None:
        return Absence(lambda member: before.at if member.last_seen and member.last_seen < before.at else None)
    hidden_before = hidden_below(members, lambda each: each.last_seen is not None and each.last_seen < before.at)
    never_shown = before.claimed - before.collected - len(hidden_before)
    not_shown_any_more = claimed - collected - never_shown
    if not_shown_any_more <= 0:
        return Absence(lambda member: reading.at if member.last_seen else None)
    if not_shown_any_more <= len(unreachable):
        return Absence(lambda member: reading.at if member.last_seen and member.id not in unreachable else None)
    return NOBODY


def settle_state(
    member: Member, reading: Reading, absence: Absence
) -> tuple[CommentState, datetime | None, datetime | None]:
    """State of a comment after a reading, and the interval in which it went, where it went."""
    if member.seen_state is not None:
        went = member.seen_state != "visible"
        return member.seen_state, member.last_seen if went else None, reading.at if went else None
    if member.state != "visible" or not member.sources & reading.sources:
        return member.state, None, None
    missed_since = absence.of(member)
    return ("missing", member.last_seen, missed_since) if missed_since else ("visible", None, None)
