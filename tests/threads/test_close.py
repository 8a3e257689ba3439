"""The verdict on a reading, and what it means for each comment."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.threads import zones
from archiver.threads.close import close
from archiver.threads.values import Before, Claim, Closed, Member, Place, Reading, Settled

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
EARLIER = NOW - timedelta(days=1)


def member(name: str, index: int | None = 0, *, parent: str | None = None, seen: bool = True, **more: object) -> Member:
    values: dict[str, object] = {
        "id": name,
        "parent_id": parent,
        "kind": "comment",
        "state": "visible",
        "depth": None,
        "position": None,
        "published": None,
        "published_local": None,
        "published_precision": None,
        "last_seen": EARLIER,
        "sources": frozenset({"markup"}),
        "places": (Place(source="markup", page_number=1, newest_first=False, index=index or 0),) if seen else (),
        "seen_state": "visible" if seen else None,
    }
    return Member(**(values | more))  # type: ignore[arg-type]


def reading(claimed: int | None = None, **more: object) -> Reading:
    claims = () if claimed is None else (Claim(claimed=claimed, kinds="all"),)
    values: dict[str, object] = {"at": NOW, "claims": claims, "sources": frozenset({"markup"})}
    return Reading(**(values | more))  # type: ignore[arg-type]


def before(claimed: int | None, collected: int, *, whole: bool = True) -> Before:
    return Before(at=EARLIER, claimed=claimed, collected=collected, read_to_end=whole)


def one(closed: Closed, name: str) -> Settled:
    return next(comment for comment in closed.comments if comment.id == name)


def test_a_thread_that_shows_what_it_counts_is_complete() -> None:
    closed = close([member("1", 0), member("2", 1)], reading(2))
    assert (closed.claimed, closed.collected, closed.completeness, closed.reason) == (2, 2, "complete", None)


def test_a_thread_without_a_count_is_unknown() -> None:
    assert close([member("1")], reading()).completeness == "unknown"


def test_a_gap_is_said_with_both_numbers() -> None:
    closed = close([member("1")], reading(3))
    assert closed.completeness == "incomplete"
    assert closed.reason == "the site counts 3 and shows 1"


def test_a_page_that_did_not_come_is_the_reason_even_if_the_count_fits() -> None:
    closed = close([member("1")], reading(1, failures=("page 2: no answer in time",)))
    assert (closed.completeness, closed.reason) == ("incomplete", "page 2: no answer in time")


def test_a_count_without_pingbacks_is_met_by_adding_those_seen() -> None:
    claims = (Claim(claimed=1, kinds="comments"),)
    closed = close([member("1", 0), member("2", 1, kind="pingback")], reading(claims=claims))
    assert (closed.claimed, closed.completeness) == (2, "complete")


def test_a_heading_that_leaves_out_the_pingbacks_it_shows_does_not_hide_them() -> None:
    claims = (Claim(claimed=1, kinds="all"), Claim(claimed=1, kinds="comments"))
    closed = close([member("1", 0), member("2", 1, kind="pingback")], reading(claims=claims))
    assert (closed.claimed, closed.completeness) == (2, "complete")


def test_a_comment_not_seen_in_a_whole_reading_is_missing_within_an_interval() -> None:
    closed = close([member("1"), member("2", seen=False)], reading(1, before=before(2, 2)))
    gone = one(closed, "2")
    assert (gone.state, gone.changed, gone.gone_after, gone.gone_before) == ("missing", True, EARLIER, NOW)


@pytest.mark.parametrize(
    "what",
    [
        reading(2, before=before(2, 2)),  # the gap grew: a page may have been missed
        reading(1, before=before(2, 2), failures=("page 2: 500",)),
        reading(1, before=before(2, 2), gaps=("password",)),
        reading(1, before=before(2, 2, whole=False)),
        reading(1),
        reading(1, before=before(2, 2), sources=frozenset({"api"})),  # only the markup ever showed it
    ],
)
def test_a_reading_that_may_have_missed_it_never_marks_a_comment_as_gone(what: Reading) -> None:
    assert one(close([member("1"), member("2", seen=False)], what), "2").state == "visible"


def test_a_gap_that_grew_by_answers_to_a_comment_that_is_gone_is_no_missed_page() -> None:
    """The site took 2 away, and shows its answers 3 and 4 no longer, though it counts them."""
    members = [member("1"), member("2", seen=False), *(member(n, parent="2", seen=False) for n in "34")]
    closed = close(members, reading(3, before=before(4, 4)))
    assert [one(closed, name).state for name in "1234"] == ["visible", "missing", "visible", "visible"]
    assert closed.reason == "the site counts 3 and shows 1: 2 stood below comments that are gone"


def test_answers_below_a_comment_that_is_gone_stay_as_long_as_the_site_counts_them() -> None:
    long_ago: dict[str, Any] = {"last_seen": EARLIER - timedelta(days=1), "seen": False}
    members = [member("1"), member("2", state="missing", **long_ago), member("3", parent="2", **long_ago)]
    assert one(close(members, reading(2, before=before(2, 1))), "3").state == "visible"
    assert one(close(members, reading(1, before=before(2, 1))), "3").state == "missing"


def test_a_page_that_was_missed_with_a_comment_and_its_answers_is_no_deletion() -> None:
    members = [member("1"), member("2", seen=False), *(member(n, parent="2", seen=False) for n in "34")]
    assert all(each.state == "visible" for each in close(members, reading(4, before=before(4, 4))).comments)


def test_without_a_count_it_takes_two_readings() -> None:
    once = reading(before=before(None, 2))
    assert one(close([member("1"), member("2", seen=False)], once), "2").state == "visible"
    long_ago = EARLIER - timedelta(days=1)
    twice = one(close([member("1"), member("2", seen=False, last_seen=long_ago)], once), "2")
    assert (twice.state, twice.gone_after, twice.gone_before) == ("missing", long_ago, EARLIER)


def test_a_tombstone_says_it_at_once_even_in_an_incomplete_reading() -> None:
    closed = close([member("1", seen_state="deleted")], reading(5))
    assert (one(closed, "1").state, one(closed, "1").gone_before) == ("deleted", NOW)


def test_what_comes_back_is_visible_again() -> None:
    back = one(close([member("1", state="missing")], reading(1)), "1")
    assert (back.state, back.changed, back.gone_before) == ("visible", True, None)


def test_what_is_gone_stays_gone() -> None:
    gone = one(close([member("1"), member("2", seen=False, state="deleted")], reading(1)), "2")
    assert (gone.state, gone.changed) == ("deleted", False)


def test_a_parent_nobody_has_seen_is_marked() -> None:
    closed = close([member("1", parent="99")], reading(1))
    assert one(closed, "1").parent_missing
    assert one(closed, "1").depth == 1


def printed(name: str, clock: datetime, *, precision: str = "minute", utc: datetime | None = None) -> Member:
    return member(name, published=utc, published_local=clock, published_precision=precision)


def test_times_printed_without_a_zone_follow_those_that_tell_it() -> None:
    clock = datetime(2013, 3, 14, 11, 30)  # noqa: DTZ001 - a page's clock has no zone
    closed = close(
        [
            printed("told", clock, utc=datetime(2013, 3, 14, 18, 30, tzinfo=UTC)),
            printed("same day", clock + timedelta(hours=1)),
            printed("summer before", clock - timedelta(days=190)),
            printed("winter before", clock - timedelta(days=80)),
            printed("day only", clock, precision="day"),
        ],
        reading(),
    )
    assert one(closed, "same day").published == datetime(2013, 3, 14, 19, 30, tzinfo=UTC)
    assert one(closed, "same day").published_rule == zones.RULE
    # Nearly every place seven hours behind UTC that day was so in September too; in December hardly half of them.
    assert one(closed, "summer before").published_rule == zones.LIKELY_RULE
    assert one(closed, "summer before").published == datetime(2012, 9, 5, 18, 30, tzinfo=UTC)
    assert one(closed, "winter before").published is None
    assert one(closed, "day only").published is None


def test_a_clock_that_contradicts_a_known_moment_makes_all_of_them_worthless() -> None:
    clock = datetime(2013, 3, 14, 11, 30)  # noqa: DTZ001 - a page's clock has no zone
    misread = printed("2", datetime(2013, 2, 1, 9), utc=datetime(2013, 1, 2, 16, tzinfo=UTC))  # noqa: DTZ001
    told = printed("1", clock, utc=datetime(2013, 3, 14, 18, 30, tzinfo=UTC))
    assert one(close([told, misread, printed("3", clock)], reading()), "3").published is None


def test_a_clock_that_was_lifted_stands_among_the_moments() -> None:
    api = (Place(source="api", page_number=1, newest_first=False, index=0),)
    clock = datetime(2013, 3, 14, 11, 30)  # noqa: DTZ001 - a page's clock has no zone
    moment = datetime(2013, 3, 14, 18, 30, tzinfo=UTC)
    members = [
        replace(printed("1", clock, utc=moment), places=api),
        replace(printed("2", clock + timedelta(minutes=1)), places=api),
        replace(printed("3", clock + timedelta(minutes=2), utc=moment + timedelta(minutes=2)), places=api),
    ]
    assert [one(close(members, reading()), name).position for name in ("1", "2", "3")] == [0, 1, 2]


def test_clocks_that_no_zone_explains_stay_clocks() -> None:
    clock = datetime(2013, 3, 14, 11, 30)  # noqa: DTZ001 - a page's clock has no zone
    told = [
        printed("1", clock, utc=datetime(2013, 3, 14, 18, 30, tzinfo=UTC)),
        printed("2", clock, utc=datetime(2013, 3, 14, 9, 30, tzinfo=UTC)),
    ]
    assert one(close([*told, printed("3", clock)], reading()), "3").published is None


def test_closing_is_the_same_twice() -> None:
    members = [member("1", 0), member("2", 1, parent="1"), replace(member("3", seen=False), state="missing")]
    assert close(members, reading(2)) == close(members, reading(2))


members_of_any_thread = st.lists(
    st.tuples(st.booleans(), st.none() | st.integers(0, 9), st.sampled_from(["visible", "deleted", "missing"])),
    max_size=8,
).map(
    lambda told: [
        member(str(n), n, parent=None if parent is None else str(parent), seen=seen, state=state)
        for n, (seen, parent, state) in enumerate(told)
    ]
)
counts = st.none() | st.integers(0, 12)
befores = st.none() | st.builds(before, counts, st.integers(0, 12), whole=st.booleans())


@given(members_of_any_thread, counts, befores, st.sampled_from(["failures", "gaps", "drift"]))
def test_a_reading_that_missed_something_calls_nothing_missing(
    members: list[Member], claimed: int | None, earlier: Before | None, what: str
) -> None:
    missed: dict[str, Any] = {what: "comments moved" if what == "drift" else ("page 2: 500",)}
    closed = close(members, reading(claimed if what != "drift" else None, before=earlier, **missed))
    assert closed.completeness == "incomplete"
    assert not any(each.changed and each.state == "missing" for each in closed.comments)


@given(members_of_any_thread, counts, befores)
def test_what_is_called_missing_was_there_before_and_was_not_seen(
    members: list[Member], claimed: int | None, earlier: Before | None
) -> None:
    closed = close(members, reading(claimed, before=earlier))
    for was, each in zip(members, closed.comments, strict=True):
        if each.changed and each.state == "missing":
            assert (was.places, was.state) == ((), "visible")
            assert each.gone_after is not None
            assert each.gone_before is not None
            assert each.gone_after <= each.gone_before
    gone = sum(each.changed and each.state == "missing" for each in closed.comments)
    assert not gone or (earlier is not None and earlier.read_to_end)
