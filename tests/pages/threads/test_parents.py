"""Whom a comment answers is read from every means by which pages show it."""

from __future__ import annotations

from tests.pages.threads.pages import NAMES, WORDS, comments_of, item, replies

TREE = [None, 0, 1, 0, None, 4]


def _section(items: str) -> str:
    return f"<div id='comments'><h3>6 comments</h3>{items}</div>"


def _flat(attributes: list[str], lead: list[str] | None = None) -> str:
    lead = lead or [""] * 6
    return "".join(
        f"<div class='comment' id='comment-{100 + n}' {attributes[n]}><b class='author'>{NAMES[n]}</b> "
        f"<span class='date'>March {n + 3}, 2015 at 9:1{n} am</span>{lead[n]}<p>{WORDS[n]}</p></div>"
        for n in range(6)
    )


def test_nested_lists() -> None:
    first = item(0, inner=f"<ul class='children'>{item(1, inner=f'<ul>{item(2)}</ul>')}{item(3)}</ul>")
    second = item(4, inner=f"<ul class='children'>{item(5)}</ul>")
    assert replies(comments_of(_section(f"<ol class='commentlist'>{first}{second}</ol>"))) == TREE


def test_boxes_within_boxes_without_a_telling_class() -> None:
    def box(number: int, inner: str = "") -> str:
        return (
            f"<div class='comment'><div class='row'>"
            f"<h6><b>{NAMES[number]}</b> March {number + 3}, 2015, 9:1{number}</h6>"
            f"<div class='words'>{WORDS[number]}</div><div class='py-3'>{inner}</div></div></div>"
        )

    thread = box(0, box(1, box(2)) + box(3)) + box(4, box(5))
    assert replies(comments_of(_section(thread))) == TREE


def test_level_classes() -> None:
    levels = [1, 2, 3, 2, 1, 2]
    items = "".join(item(n, classes=f"comment depth-{levels[n]}", tag="div") for n in range(6))
    assert replies(comments_of(_section(items))) == TREE


def test_indentation_by_style() -> None:
    styles = [f"style='margin-left:{depth * 4}ex'" if depth else "" for depth in (0, 1, 2, 1, 0, 1)]
    assert replies(comments_of(_section(_flat(styles)))) == TREE


def test_the_parent_in_an_attribute() -> None:
    attributes = [f"data-parent-id='{100 + parent}'" if parent is not None else "" for parent in TREE]
    assert replies(comments_of(_section(_flat(attributes)))) == TREE


def test_in_reply_to_a_link() -> None:
    lead = [
        f"<div>in reply to <a href='#comment-{100 + parent}'>{NAMES[parent]}</a></div>" if parent is not None else ""
        for parent in TREE
    ]
    assert replies(comments_of(_section(_flat([""] * 6, lead)))) == TREE


def test_in_reply_to_a_number() -> None:
    items = "".join(
        f"<div class='comment'><h5>({n + 1}) By <a href='/u/{n}'>{NAMES[n]}</a> on 2015-03-0{n + 3} 09:1{n}:00"
        f"{f' in reply to {parent + 1}' if parent is not None else ''}</h5><p>{WORDS[n]}</p></div>"
        for n, parent in enumerate(TREE)
    )
    comments = comments_of(_section(items))
    assert [comment.number for comment in comments] == [1, 2, 3, 4, 5, 6]
    assert replies(comments) == TREE


def test_the_quote_of_an_earlier_post() -> None:
    lead = [
        f"<blockquote data-source='post: {100 + parent}'>{WORDS[parent]}</blockquote>" if parent is not None else ""
        for parent in TREE
    ]
    assert replies(comments_of(_section(_flat([""] * 6, lead)))) == TREE


def test_a_flat_thread_has_no_replies() -> None:
    assert replies(comments_of(_section(_flat([""] * 6)))) == [None] * 6


def test_parents_that_name_each_other_are_no_circle() -> None:
    attributes = ["data-parent-id='101'", "data-parent-id='100'", "", "", "", "data-parent-id='105'"]
    found = replies(comments_of(_section(_flat(attributes))))
    assert found[0] is None or found[1] is None
    assert found[5] is None


def test_the_rule_is_told() -> None:
    comments = comments_of(_section(_flat([""] * 5 + ["data-parent-id='100'"])))
    assert comments[5].found_by["parent"] == "data-parent-id"
