"""What a comment that is read again does to what the archive knows."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archiver.items import Comment
from archiver.threads.merge import Facts, Folded, Known, Revision, digest, fold

MARKUP, API = "wordpress.markup 1", "wordpress.rest 1"
SEEN = Comment(id="7", author="Ada Quill", text="First words.", links=("https://a.example/",))


def known(*revisions: Revision, current: int | None = None, **facts: object) -> Known:
    chosen = current if current is not None else revisions[-1].key
    return Known(facts=Facts(**facts), state="visible", revisions=revisions, current=chosen)  # type: ignore[arg-type]


def revision(key: int, comment: Comment, *, visit: int = 1, by: str = MARKUP, source: str = "markup") -> Revision:
    return Revision(key=key, digest=digest(comment), visit_id=visit, source=source, confirmed_by=frozenset({by}))  # type: ignore[arg-type]


def read(before: Known | None, comment: Comment, *, visit: int = 2, by: str = MARKUP) -> Folded:
    source = "api" if by == API else "markup"
    return fold(before, comment, source=source, extractor=by, visit_id=visit)  # type: ignore[arg-type]


def test_a_comment_read_for_the_first_time_has_a_first_revision() -> None:
    assert read(None, SEEN).change == "first"


def test_the_same_words_make_no_revision() -> None:
    assert read(known(revision(1, SEEN)), SEEN).change is None


def test_other_words_by_the_same_extractor_are_an_edit() -> None:
    folded = read(known(revision(1, SEEN)), replace(SEEN, text="Second words."))
    assert (folded.change, folded.becomes_current) == ("edited", True)


def test_likes_dates_markup_and_blanks_are_no_edit() -> None:
    again = replace(SEEN, score=9, published_raw="3 hours ago", html="<p>First words.</p>", text="First  words.\n")
    assert read(known(revision(1, SEEN)), again).change is None


def test_another_extractor_that_words_it_apart_does_not_make_an_edit() -> None:
    folded = read(known(revision(1, SEEN)), replace(SEEN, text="First words!"), by=API)
    assert folded.change == "reread"


def test_another_extractor_that_agrees_confirms_and_can_see_an_edit_later() -> None:
    first = revision(1, SEEN)
    assert read(known(first), SEEN, by=API).confirms == 1
    confirmed = replace(first, confirmed_by=first.confirmed_by | {API})
    assert read(known(confirmed), replace(SEEN, text="Second words."), by=API).change == "edited"


def test_an_edit_seen_by_both_sources_of_a_visit_is_one_revision() -> None:
    edited = replace(SEEN, text="Second words.")
    first = replace(revision(1, SEEN), confirmed_by=frozenset({MARKUP, API}))
    by_api = revision(2, edited, visit=2, by=API, source="api")
    folded = read(known(first, by_api), edited)
    assert (folded.change, folded.confirms) == (None, 2)


def test_an_edit_taken_back_is_a_revision_again() -> None:
    first, second = revision(1, SEEN), revision(2, replace(SEEN, text="Second words."), visit=2)
    assert read(known(first, second), SEEN, visit=3).change == "edited"


def test_markup_does_not_push_the_api_aside_within_a_visit() -> None:
    by_api = revision(1, SEEN, visit=2, by=API, source="api")
    assert not read(known(by_api), replace(SEEN, text="First words…")).becomes_current


def test_a_tombstone_leaves_the_words_alone() -> None:
    folded = read(known(revision(1, SEEN)), replace(SEEN, text="", author=None, links=(), state="deleted"))
    assert folded.change is None


def test_the_api_knows_the_parent_best() -> None:
    flattened = replace(SEEN, parent_id="3", found_by={"parent": "nesting"})
    true = replace(SEEN, parent_id="6", found_by={"parent": "API"})
    facts = read(None, flattened).facts
    facts = read(known(revision(1, SEEN), **_fields(facts)), true, by=API).facts
    assert (facts.parent_id, facts.parent_rule) == ("6", "API")
    facts = read(known(revision(1, SEEN), **_fields(facts)), flattened).facts
    assert facts.parent_id == "6"


def test_a_feed_that_names_the_parent_knows_better_than_a_page_that_flattens() -> None:
    page = replace(SEEN, parent_id="3", found_by={"parent": "nesting"})
    in_feed = replace(SEEN, parent_id="6", found_by={"parent": "in reply to"})
    facts = read(None, page).facts
    named = fold(
        known(revision(1, SEEN), **_fields(facts)), in_feed, source="feed", extractor="feed 1", visit_id=2
    ).facts
    assert (named.parent_id, named.parent_rule) == ("6", "in reply to")
    assert read(known(revision(1, SEEN), **_fields(named)), page).facts.parent_id == "6"
    silent = replace(in_feed, parent_id=None)
    assert (
        fold(known(revision(1, SEEN), **_fields(facts)), silent, source="feed", extractor="feed 1", visit_id=2).facts
        == facts
    )


def test_a_moment_beats_a_printed_clock_and_the_clock_is_kept() -> None:
    clock = datetime(2016, 1, 15, 12, 42)  # noqa: DTZ001 - a page's clock has no zone
    printed = replace(
        SEEN, published_local=clock, published_raw="January 15, 2016 at 12:42 pm", published_precision="minute"
    )
    moment = replace(SEEN, published=datetime(2016, 1, 15, 20, 42, tzinfo=UTC), published_precision="second")
    facts = read(None, printed).facts
    facts = read(known(revision(1, SEEN), **_fields(facts)), moment, by=API).facts
    assert facts.published == moment.published
    assert facts.published_local == clock
    assert read(known(revision(1, SEEN), **_fields(facts)), printed).facts == facts


def test_a_day_alone_is_not_kept_as_a_clock_beside_a_moment() -> None:
    day = datetime(2016, 1, 15)  # noqa: DTZ001 - a page's clock has no zone
    printed = replace(SEEN, published_local=day, published_raw="January 15, 2016", published_precision="day")
    moment = replace(SEEN, published=datetime(2016, 1, 15, 8, tzinfo=UTC), published_precision="second")
    facts = read(None, printed).facts
    assert facts.published_local == day
    assert read(known(revision(1, SEEN), **_fields(facts)), moment, by=API).facts.published_local is None


def test_a_time_of_which_nothing_else_is_told_is_kept() -> None:
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    assert read(None, replace(SEEN, published=moment)).facts.published == moment
    assert read(known(revision(1, SEEN)), replace(SEEN, published=moment)).facts.published == moment


def test_a_pingback_stays_one_where_an_api_calls_it_a_comment() -> None:
    facts = read(None, replace(SEEN, kind="pingback")).facts
    assert read(known(revision(1, SEEN), **_fields(facts)), SEEN, by=API).facts.kind == "pingback"


@given(st.text(), st.text(), st.lists(st.text(max_size=20), max_size=3))
def test_reading_twice_changes_nothing(text: str, author: str, links: list[str]) -> None:
    comment = Comment(id="1", text=text, author=author, links=tuple(links))
    facts = read(None, comment).facts
    again = read(known(revision(1, comment), **_fields(facts)), comment)
    assert (again.change, again.facts) == (None, facts)


def _fields(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}
