"""The end of a visit's part on one thread: order, depth, missing parents, completeness, what is gone and what is back.

Pure. The store gives what it has of the thread and what this reading saw; it writes down what comes back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from archiver.items import CommentState
from archiver.threads import order, zones
from archiver.threads.values import Claim, Closed, Completeness, Member, Reading, Settled


def close(members: Sequence[Member], reading: Reading) -> Closed:
    """Everything that can be said once a thread has been read."""
    seen = [member for member in members if member.places]
    claimed = claimed_count(reading.claims, seen)
    completeness, reason = judge(claimed, len(seen), reading)
    whole = not reading.failures and not reading.gaps
    lifted = zones.lift(members)
    timed = [replace(each, published=lifted[each.id][0]) if each.id in lifted else each for each in members]
    places, depths = order.positions(timed), order.depths(members)
    known = {member.id for member in members}
    comments = []
    for member in members:
        state, gone_after, gone_before = settle_state(member, reading, claimed, len(seen), whole)
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


def judge(claimed: int | None, collected: int, reading: Reading) -> tuple[Completeness, str | None]:
    """Whether the thread was read whole, and if not, why."""
    if reading.failures or reading.gaps:
        return "incomplete", "; ".join(dict.fromkeys([*reading.gaps, *reading.failures]))
    if claimed is None:
        return "unknown", None
    if collected < claimed:
        return "incomplete", f"the site counts {claimed} and shows {collected}"
    return "complete", None


def settle_state(
    member: Member, reading: Reading, claimed: int | None, collected: int, whole: bool
) -> tuple[CommentState, datetime | None, datetime | None]:
    """State of a comment after a reading, and the interval in which it went, where it went."""
    if member.seen_state is not None:
        went = member.seen_state != "visible"
        return member.seen_state, member.last_seen if went else None, reading.at if went else None
    if member.state != "visible" or not whole or not member.sources & reading.sources:
        return member.state, None, None
    missed_since = _missed_since(member, reading, claimed, collected)
    return ("missing", member.last_seen, missed_since) if missed_since else ("visible", None, None)


def _missed_since(member: Member, reading: Reading, claimed: int | None, collected: int) -> datetime | None:
    """When a whole reading first did not show a comment that is gone; None where it may only not be shown.

    Sites count comments that they do not show: a gap between count and comments that did not grow is that habit, one
    that grew is a page we may have missed. Where no count is printed, two whole readings in a row must miss it.
    """
    before = reading.before
    if before is None or not before.read_to_end or member.last_seen is None:
        return None
    if claimed is not None and before.claimed is not None:
        return reading.at if claimed - collected <= before.claimed - before.collected else None
    return before.at if member.last_seen < before.at else None
