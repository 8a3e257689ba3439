"""What changed between two wordings."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archiver.threads.wording import compare


def marked(before: str, after: str) -> str:
    signs = {"same": ("", ""), "removed": ("[-", "-]"), "added": ("{+", "+}")}
    return "".join(f"{signs[piece.change][0]}{piece.text}{signs[piece.change][1]}" for piece in compare(before, after))


def test_a_word_that_was_replaced() -> None:
    assert marked("The ferry was late.", "The ferry was on time.") == "The ferry was [-late-]{+on time+}."


def test_what_came_at_the_end_and_what_went() -> None:
    assert marked("Late again.", "Late again. EDIT: sorry!") == "Late again.{+ EDIT: sorry!+}"
    assert marked("Late, as ever, again.", "Late again.") == "Late[-, as ever,-] again."


def test_a_sentence_that_was_rewritten_is_one_change() -> None:
    before, after = "Yes, Einar. I will ring you tonight.", "Now I have changed my mind about that."
    assert marked(before, after) == "[-Yes, Einar. I will ring you tonight-]{+Now I have changed my mind about that+}."


def test_only_the_paragraph_that_changed_is_compared_by_words() -> None:
    assert marked("One.\nTwo here.\nThree.", "One.\nTwo there.\nThree.") == "One.\nTwo [-here-]{+there+}.\nThree."


def test_two_long_texts_that_differ_all_over_are_shown_whole() -> None:
    before, after = "a " * 2500, "b " * 2500
    assert [(piece.change, piece.text) for piece in compare(before, after)] == [("removed", before), ("added", after)]


texts = st.text(alphabet="ab ,.\n", max_size=60)


@given(texts, texts)
def test_the_pieces_make_both_texts(before: str, after: str) -> None:
    pieces = compare(before, after)
    assert "".join(piece.text for piece in pieces if piece.change != "added") == before
    assert "".join(piece.text for piece in pieces if piece.change != "removed") == after
    assert all(piece.text for piece in pieces)


@given(texts)
def test_a_text_and_itself_do_not_differ(text: str) -> None:
    assert all(piece.change == "same" for piece in compare(text, text))
