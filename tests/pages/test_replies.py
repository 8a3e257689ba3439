"""One page's comments in one form."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from archiver.items import Comment, ThreadPage
from archiver.pages import replies

NAIVE = datetime(2024, 3, 5, 20, 0, tzinfo=UTC).replace(tzinfo=None)


def page(*comments: Comment) -> ThreadPage:
    return ThreadPage(platform="wordpress", id="41", comments=comments)


def test_positions_count_from_zero_and_depth_follows_the_parents() -> None:
    found = replies.normalise(
        page(Comment(id="1"), Comment(id="2", parent_id="1", depth=7), Comment(id="3", parent_id="2"), Comment(id="4"))
    )
    assert [(c.position, c.depth) for c in found.comments] == [(0, 0), (1, 1), (2, 2), (3, 0)]


def test_below_a_parent_of_another_page_the_depth_is_the_pages_own() -> None:
    found = replies.normalise(
        page(Comment(id="2", parent_id="1", depth=3), Comment(id="3", parent_id="2"), Comment(id="4", parent_id="1"))
    )
    assert [c.depth for c in found.comments] == [3, 4, None]


def test_a_ring_of_parents_is_cut_once_and_says_so() -> None:
    found = replies.normalise(
        page(Comment(id="1", parent_id="3"), Comment(id="2", parent_id="1"), Comment(id="3", parent_id="2"))
    )
    assert [c.parent_id for c in found.comments] == [None, "1", "2"]
    assert found.comments[0].found_by["parent"] == replies.CUT
    assert [c.depth for c in found.comments] == [0, 1, 2]


def test_a_comment_is_not_its_own_parent() -> None:
    (found,) = replies.normalise(page(Comment(id="1", parent_id="1"))).comments
    assert found.parent_id is None


def test_of_two_comments_with_one_id_the_fuller_stays_at_the_first_place() -> None:
    found = replies.normalise(page(Comment(id="1"), Comment(id="2", text="b"), Comment(id="1", text="a", author="Ann")))
    assert [(c.id, c.text, c.author) for c in found.comments] == [("1", "a", "Ann"), ("2", "b", None)]


def test_times_are_utc_or_local() -> None:
    east = datetime(2024, 3, 5, 20, 0, tzinfo=timezone(timedelta(hours=2)))
    found = replies.normalise(page(Comment(id="1", published=east), Comment(id="2", published=NAIVE))).comments
    assert found[0].published == datetime(2024, 3, 5, 18, 0, tzinfo=UTC)
    assert found[0].published is not None
    assert found[0].published.tzinfo is UTC
    assert (found[1].published, found[1].published_local) == (None, NAIVE)


def test_text_keeps_its_words() -> None:
    (found,) = replies.normalise(
        page(Comment(id="1", text="\n\na\r\nb  \n\n\n\n\n\nc\u200b\u00a0d \n", author="  Ann\n Lee ", title=" "))
    ).comments
    assert found.text == "a\nb\n\n\nc\u200b\u00a0d"
    assert (found.author, found.title) == ("Ann Lee", None)


@given(
    st.lists(
        st.builds(
            Comment,
            id=st.sampled_from("abcde"),
            parent_id=st.sampled_from(["a", "b", "c", "d", "e", "z", None]),
            text=st.text(max_size=4),
        )
    )
)
def test_any_page_is_settled_by_one_pass(comments: list[Comment]) -> None:
    """Each id once, no rings, and a second pass changes nothing."""
    found = replies.normalise(page(*comments))
    assert len({c.id for c in found.comments}) == len(found.comments) == len({c.id for c in comments})
    parents = {c.id: c.parent_id for c in found.comments}
    for name in parents:
        seen: list[str] = []
        at: str | None = name
        while at in parents:
            assert at not in seen
            seen.append(at)
            at = parents[at]
    assert replies.normalise(found) == found


def test_a_chain_of_a_hundred_thousand_is_no_danger() -> None:
    chain = [Comment(id=str(i), parent_id=str(i - 1) if i else None) for i in range(100_000)]
    assert replies.normalise(page(*chain)).comments[-1].depth == 99_999
