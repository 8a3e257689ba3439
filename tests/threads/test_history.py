"""The life of a comment: what happened to it when, and how it stood at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.history import Event, Life, StateChange, Wording, events, then

MONDAY = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def on(day: float) -> datetime:
    return MONDAY + day * DAY


def wording(day: float, text: str = "First words.", change: str = "first", **more: Any) -> Wording:
    told = {"source": "markup", "author": "Ida", "author_url": None, "html": "", "links": (), "visit_id": int(day)}
    return Wording(seen=on(day), change=change, text=text, **(told | more))  # type: ignore[arg-type]


def life(*wordings: Wording, states: tuple[StateChange, ...] = (), **more: Any) -> Life:
    told: dict[str, Any] = {"first_seen": on(0), "written": on(-1), "readings": tuple(on(day) for day in range(6))}
    return Life(wordings=wordings or (wording(0),), states=states, **(told | more))


def gone(day: int, state: str = "missing") -> StateChange:
    return StateChange(state=state, at=on(day), gone_after=on(day - 1), gone_before=on(day))  # type: ignore[arg-type]


def back(day: int) -> StateChange:
    return StateChange(state="visible", at=on(day))


def told(found: list[Event] | Any) -> list[tuple[str, int]]:
    return [(event.kind, (event.at - MONDAY) // DAY) for event in found]


def test_events_are_those_noticed_after_one_time_and_up_to_the_other() -> None:
    whole = life(wording(0), wording(2, "Second words.", "edited"), states=(gone(3), back(5)))
    assert told(events(whole, since=on(-1))) == [("added", 0), ("edited", 2), ("gone", 3), ("back", 5)]
    assert told(events(whole, since=on(0), until=on(3))) == [("edited", 2), ("gone", 3)]


def test_an_edit_lies_between_the_reading_that_saw_the_old_words_and_that_which_saw_the_new() -> None:
    (edit,) = events(life(wording(0), wording(3, "Second words.", "edited")), since=on(0))
    assert (edit.since, edit.until) == (on(2), on(3))
    assert edit.before
    assert edit.after
    assert (edit.before.text, edit.after.text) == ("First words.", "Second words.")


def test_words_that_only_another_extractor_reads_are_no_edit() -> None:
    assert events(life(wording(0), wording(2, "First  words!", "reread")), since=on(0)) == []


def test_an_edit_seen_by_page_and_api_is_one_edit_to_the_words_of_the_api() -> None:
    whole = life(
        wording(0, "Old.", source="api"),
        wording(2, "New,", "edited"),
        wording(2.1, "New.", "edited", source="api"),
        wording(2.2, "New;", "edited"),
    )
    (edit,) = events(whole, since=on(0))
    assert edit.after
    assert edit.after.text == "New."


def test_the_sites_own_words_for_what_is_gone_are_an_event_of_their_own() -> None:
    whole = life(states=(gone(1), gone(2, "deleted")))
    assert told(events(whole, since=on(0))) == [("gone", 1), ("restated", 2)]
    assert [event.state_before for event in events(whole, since=on(0))] == ["visible", "missing"]


def test_a_comment_never_seen_otherwise_than_deleted_is_added_so_and_not_gone() -> None:
    whole = life(states=(StateChange(state="deleted", at=on(0), gone_before=on(0)), back(2)))
    assert [(event.kind, event.state) for event in events(whole, since=on(-1))] == [
        ("added", "deleted"),
        ("back", "visible"),
    ]


def test_a_comment_stood_as_the_last_reading_before_had_it() -> None:
    whole = life(wording(0), wording(2, "Second words.", "edited"), states=(gone(4),))
    stood = then(whole, on(2.5))
    assert stood is not None
    assert (stood.wording.text, stood.state, stood.next_event) == ("Second words.", "visible", None)
    later = then(whole, on(4.5))
    assert later
    assert (later.state, later.gone_after, later.gone_before) == ("missing", on(3), on(4))


def test_what_the_next_reading_found_changed_may_have_been_so_already() -> None:
    whole = life(wording(0), wording(2, "Second words.", "edited"), states=(gone(4),))
    early, late, sure = (then(whole, on(day)) for day in (1.5, 3.5, 0.5))
    assert early
    assert early.next_event
    assert early.next_event.kind == "edited"
    assert late
    assert late.next_event
    assert late.next_event.kind == "gone"
    assert sure
    assert sure.next_event is None


def test_a_comment_first_seen_later_was_there_if_its_own_time_says_so() -> None:
    assert then(life(), on(-2)) is None
    stood = then(life(), on(-0.5))
    assert stood
    assert stood.only_dated
    assert then(life(written=None), on(-0.5)) is None


lives = st.builds(
    lambda days, kinds, states: life(
        *(
            wording(day, f"Words {n}.", "first" if n == 0 else kind)
            for n, (day, kind) in enumerate(zip(days, kinds, strict=False))
        ),
        states=tuple(states),
        first_seen=on(days[0]),
    ),
    st.lists(st.integers(0, 5), min_size=1, max_size=4).map(sorted),
    st.lists(st.sampled_from(["edited", "reread"]), min_size=4, max_size=4),
    st.lists(st.integers(1, 5), max_size=3, unique=True).map(
        lambda days: [gone(day) if place % 2 == 0 else back(day) for place, day in enumerate(sorted(days))]
    ),
)


@given(lives, st.integers(-1, 6), st.integers(0, 6))
def test_what_happened_in_two_spans_is_what_happened_in_both_together(whole: Life, since: int, length: int) -> None:
    middle, until = on(since + length / 2), on(since + length)
    parts = [*events(whole, since=on(since), until=middle), *events(whole, since=middle, until=until)]
    assert parts == list(events(whole, since=on(since), until=until))


@given(lives, st.floats(-1, 7))
def test_every_event_is_noticed_when_it_had_happened(whole: Life, at: float) -> None:
    for event in events(whole, since=on(-9)):
        assert (event.since or event.until) <= event.until <= event.at
    stood = then(whole, on(at))
    if stood is not None:
        assert (stood.state == "visible") == (stood.gone_before is None)
        assert stood.only_dated or stood.wording.seen <= on(at)
