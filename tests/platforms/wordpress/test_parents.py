"""Who answers whom: nesting, `depth-N`, ids that name the parent, and what a page cannot tell."""

from __future__ import annotations

from tests.platforms.wordpress.pages import comment, item, read

SIMPLE = '<b class="fn">Ann</b><p>Words.</p>'
LINK = '<a class="comment-reply-link" href="?replytocom=1#respond">Reply</a>'


def test_nesting_in_lists() -> None:
    inner = f'<ol class="children">{comment(2, depth=2)}{comment(3, depth=2)}</ol>'
    found = read(f"<ol>{comment(1, kids=inner)}{comment(4)}</ol>").comments
    assert [(c.id, c.parent_id, c.depth) for c in found] == [
        ("1", None, 0),
        ("2", "1", 1),
        ("3", "1", 1),
        ("4", None, 0),
    ]


def test_depth_classes_where_a_theme_does_not_nest() -> None:
    levels = [(1, 1), (2, 2), (3, 3), (4, 2), (5, 1), (6, 2)]
    found = read("<div>" + "".join(item(n, SIMPLE, depth=level, tag="div") for n, level in levels) + "</div>").comments
    assert [c.parent_id for c in found] == [None, "1", "2", "1", None, "5"]
    assert found[1].found_by["parent"] == "depth class"


def test_wpdiscuz_names_the_parent_in_the_id() -> None:
    one = (
        '<div id="wpd-comm-1_0" class="comment depth-1"><div id="comment-1"><div '
        'class="wpd-comment-author">Ann</div><div class="wpd-comment-text"><p>A.</p></div></div>'
        "</div>"
    )
    two = one.replace("1_0", "2_1").replace("comment-1", "comment-2").replace("depth-1", "depth-2")
    found = read(f"<div>{one}{two}</div>").comments
    assert [(c.id, c.parent_id, c.author) for c in found] == [("1", None, "Ann"), ("2", "1", "Ann")]


def test_the_deepest_level_says_that_the_parent_may_be_another() -> None:
    inner = f"<ol>{item(2, SIMPLE, depth=2)}{item(3, SIMPLE, depth=2)}</ol>"
    found = read(f"<ol>{item(1, SIMPLE + LINK, kids=inner)}</ol>").comments
    assert [c.found_by.get("parent") for c in found] == [
        None,
        "nesting, deepest level shown",
        "nesting, deepest level shown",
    ]


def test_a_flat_thread_says_so() -> None:
    found = read(f"<ol>{item(1, SIMPLE)}{item(2, SIMPLE)}</ol>").comments
    assert [(c.parent_id, c.found_by["parent"]) for c in found] == [(None, "flat thread")] * 2


def test_an_id_shown_twice_is_one_comment() -> None:
    """Themes print a list of pingbacks with the id of the last comment, or a picked comment on top."""
    ping = '<li id="comment-2" class="pingback odd depth-1"><a href="https://b.example/">Boats</a></li>'
    found = read(f"<ol>{comment(1)}{comment(2, name='Bo')}</ol><ul>{ping}</ul>").comments
    assert [(c.id, c.author, c.kind) for c in found] == [("1", "Ann", "comment"), ("2", "Bo", "comment")]


def test_ids_of_form_fields_and_widgets_are_no_comments() -> None:
    body = (
        f'<ol>{comment(1)}</ol><textarea id="your_comment-9"></textarea><li '
        'id="recent-comment-8">Bo</li><input id="comment-7">'
    )
    assert [c.id for c in read(body).comments] == ["1"]
