"""What was weighed is told, with scores and reasons, and the chosen one is marked."""

from __future__ import annotations

from archiver.pages import threads
from tests.pages.threads.pages import item, page_of


def test_the_chosen_cut_is_told_with_its_names() -> None:
    items = "".join(item(number) for number in range(6))
    told = threads.explain(page_of(f"<div id='comments'><h3>6 comments</h3><ol>{items}</ol></div>"))
    (chosen,) = (one for one in told if one.chosen)
    assert chosen.records == 6
    assert "class li.comment" in chosen.names
    assert dict(chosen.signs)["counter_equal"] == 1
    assert [one.score for one in told] == sorted((one.score for one in told), reverse=True)


def test_nothing_is_chosen_where_there_is_no_thread() -> None:
    assert not any(one.chosen for one in threads.explain(page_of("<p>0 comments</p>")))


def test_confidence_goes_with_what_is_missing() -> None:
    items = "".join(item(number) for number in range(5))
    words = "<div class='comment-text'><p>No name and no time here at all.</p></div>"
    bare = f"<li class='comment' id='comment-109'>{words}</li>"
    (thread,) = threads.find(page_of(f"<div id='comments'><h3>7 comments</h3><ol>{items}{bare}{item(5)}</ol></div>"))
    assert thread.comments[5].confidence < thread.comments[0].confidence == thread.confidence
