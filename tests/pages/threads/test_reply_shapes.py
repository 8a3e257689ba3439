"""Replies in the shapes in which systems of all decades print them: one small page a shape, six comments, one tree."""

from __future__ import annotations

import pytest

from tests.pages.threads.pages import NAMES, WORDS, comments_of, replies

TREE = [None, 0, 1, 0, None, 4]
DEPTHS = [0, 1, 2, 1, 0, 1]
TWO_LEVELS = [None, 0, 0, 0, None, 4]


def _when(number: int) -> str:
    return f"March {number + 3}, 2015 at 9:1{number} am"


def _head(number: int) -> str:
    return f"<b class='author'>{NAMES[number]}</b> <span class='date'>{_when(number)}</span>"


def _own(number: int) -> str:
    return f"{_head(number)}<div class='text'><p>{WORDS[number]}</p></div>"


def _section(inner: str) -> str:
    return f"<div id='comments'><h3>6 comments</h3>{inner}</div>"


def _flat(*, tag: str = "div", attributes: str = "", lead: str = "", top: str = "", name: str = "comment") -> str:
    """One element a comment. In `attributes` and `lead`, which only replies have, `{depth}`, `{id}`, `{name}`,
    `{number}`, `{words}` are those of the parent, but the depth is the reply's own."""
    found = []
    for number, parent in enumerate(TREE):
        told: dict[str, object] = {
            "depth": DEPTHS[number],
            "far": DEPTHS[number] * 40,
            "near": 100 - 5 * DEPTHS[number],
        }
        if parent is not None:
            told |= {"id": 100 + parent, "name": NAMES[parent], "number": parent + 1, "words": WORDS[parent]}
        own, before = (attributes, lead) if parent is not None else (top, "")
        own, before = own.format(**told), before.format(**told)
        classes = "" if "class=" in own else f" class='{name}'"
        found.append(
            f"<{tag}{classes} id='comment-{100 + number}' {own}>{_head(number)}{before}"
            f"<div class='text'><p>{WORDS[number]}</p></div></{tag}>"
        )
    return _section("".join(found))


def _tree(open_list: str, close_list: str, row: str, *, beside: bool = False, again: bool = False) -> str:
    """Comments within comments, or lists of replies beside the comment that they answer. `again` names the authors of
    replies in another way."""

    def one(number: int, inner: str) -> str:
        replies_of = f"{open_list}{inner}{close_list}" if inner else ""
        own = f"{row.format(id=100 + number)}{_own(number)}"
        if again and DEPTHS[number]:
            own = own.replace("<b class='author'>", "<h5 class='user'>").replace("</b>", "</h5>")
        close = f"</{row[1:].split(' ')[0].rstrip('>')}>"
        return f"{own}{close}{replies_of}" if beside else f"{own}{replies_of}{close}"

    return _section(one(0, one(1, one(2, "")) + one(3, "")) + one(4, one(5, "")))


def _counted(lead: str) -> str:
    """A flat thread with printed numbers."""
    rows = []
    for number, parent in enumerate(TREE):
        told = lead.format(number=parent + 1, name=NAMES[parent]) if parent is not None else ""
        rows.append(
            f"<li class='comment'><span class='nr'>#{number + 1}</span> {_head(number)}"
            f"<p>{told}{WORDS[number]}</p></li>"
        )
    return _section(f"<ul>{''.join(rows)}</ul>")


def _rows_with_spacers(spacer: str) -> str:
    rows = "".join(
        f"<tr class='athing comtr' id='{4300 + n}'><td><table><tr>{spacer.format(far=DEPTHS[n] * 40, depth=DEPTHS[n])}"
        f"<td class='default'><a href='user?id={n}' class='hnuser'>{NAMES[n]}</a> <a href='item?id={4300 + n}'>"
        f"{_when(n)}</a><div class='commtext'>{WORDS[n]}</div></td></tr></table></td></tr>"
        for n in range(6)
    )
    return _section(f"<table class='comment-tree'>{rows}</table>")


def _empty_cells() -> str:
    rows = "".join(
        f"<tr>{'<td class=indent></td>' * DEPTHS[n]}<td colspan='{9 - DEPTHS[n]}' class='comment'>{_own(n)}</td></tr>"
        for n in range(6)
    )
    return _section(f"<table>{rows}</table>")


def _definition_lists() -> str:
    def one(number: int, inner: str) -> str:
        below = f"<dl>{inner}</dl>" if inner else ""
        return f"<dt class='comment'>{_head(number)}</dt><dd class='text'><p>{WORDS[number]}</p>{below}</dd>"

    return _section(f"<dl>{one(0, one(1, one(2, '')) + one(3, '')) + one(4, one(5, ''))}</dl>")


def _heads_beside_bodies() -> str:
    """A head and a body, one after the other, in items that hold a list of replies as well."""

    def one(number: int, inner: str) -> str:
        address = f"post-{40 + number}"
        return (
            f"<li><div class='reply-head' id='{address}'>{_when(number)} <a href='#{address}'>#</a></div>"
            f"<div class='{address} reply'><a class='author-name' href='/users/{number}/'>{NAMES[number]}</a>"
            f"<div class='reply-content'><p>{WORDS[number]}</p></div></div>{f'<ul>{inner}</ul>' if inner else ''}</li>"
        )

    return _section(f"<ul>{one(0, one(1, one(2, '')) + one(3, '')) + one(4, one(5, ''))}</ul>")


def _mailed() -> str:
    def one(number: int, inner: str) -> str:
        title = f"<a name='{10 + number}'></a><table><tr><td><b>{'Re: ' * DEPTHS[number]}Boats</b><br>by "
        return (
            f"{title}<a href='mailto:p{number}@post.example'>{NAMES[number]}</a> on {_when(number)}</td></tr>"
            f"<tr><td>{WORDS[number]}</td></tr></table>{f'<ul>{inner}</ul>' if inner else ''}"
        )

    return _section(one(0, one(1, one(2, "")) + one(3, "")) + one(4, one(5, "")))


def _blanks() -> str:
    rows = "".join(
        f"<p class='comment'>{'&nbsp;' * 4 * DEPTHS[n]}<b class='author'>{NAMES[n]}</b> {_when(n)}<br>{WORDS[n]}</p>"
        for n in range(6)
    )
    return _section(rows)


def _dotted() -> str:
    numbers = ["1", "1.1", "1.1.1", "1.2", "2", "2.1"]
    rows = "".join(f"<div class='comment'><h5>#{numbers[n]} {_head(n)}</h5><p>{WORDS[n]}</p></div>" for n in range(6))
    return _section(rows)


def _wordpress_id_pairs() -> str:
    parents = [0 if parent is None else 100 + parent for parent in TREE]
    rows = "".join(f"<div class='wpd-comment' id='wpd-comm-{100 + n}_{parents[n]}'>{_own(n)}</div>" for n in range(6))
    return _section(rows)


def _quote(mark: str) -> str:
    return _flat(lead=mark)


SHAPES = {
    "list in the item": _tree("<ul>", "</ul>", "<li class='comment' id='comment-{id}'>"),
    "ordered list with a class": _tree("<ol class='children'>", "</ol>", "<li class='comment' id='comment-{id}'>"),
    "list beside the item": _tree("<ul>", "</ul>", "<li class='comment' id='comment-{id}'>", beside=True),
    "replies box in the comment": _tree("<div class='replies'>", "</div>", "<div class='comment' id='c{id}'>"),
    "replies box beside the comment": _tree(
        "<div class='responses'>", "</div>", "<div class='comment' id='c{id}'>", beside=True
    ),
    "indented box beside the comment": _tree("<div class='indented'>", "</div>", "<div class='comment'>", beside=True),
    "boxes within boxes": _tree("", "", "<div class='comment' id='c{id}'>"),
    "articles within articles": _tree("<section>", "</section>", "<article class='comment' id='c{id}'>"),
    "quote blocks as indentation": _tree("<blockquote>", "</blockquote>", "<div class='comment'>", beside=True),
    "details and summary": _tree("<details open><div class='thread'>", "</div></details>", "<div class='comment'>"),
    "custom elements": _tree("<div slot='children'>", "</div>", "<x-comment class='comment' id='c{id}'>"),
    "definition lists": _definition_lists(),
    "heads beside bodies": _heads_beside_bodies(),
    "tables with lists beside": _mailed(),
    "depth-N": _flat(attributes="class='comment depth-{depth}'", top="class='comment depth-0'"),
    "level_N of replies only": _flat(attributes="class='comment level_{depth}'"),
    "indent-N": _flat(attributes="class='comment indent-{depth}'", top="class='comment indent-0'"),
    "twig-N": _flat(attributes="class='b-comment b-twig-{depth}'", top="class='b-comment b-twig-0'"),
    "hashed names": _flat(attributes="class='Comment_root__x3 Indent-level{depth}'", top="class='Comment_root__x3'"),
    "aria-level": _flat(attributes="role='treeitem' aria-level='{depth}'", top="role='treeitem' aria-level='0'"),
    "data-depth": _flat(attributes="data-depth='{depth}'", top="data-depth='0'"),
    "depth attribute": _flat(attributes="depth='{depth}'", top="depth='0'", tag="x-comment"),
    "margin in px": _flat(attributes="style='margin-left:{far}px'"),
    "margin in em": _flat(attributes="style='margin-left: {depth}.5em; color: #333'"),
    "padding in %": _flat(attributes="style='padding-left:{depth}%'"),
    "logical margin": _flat(attributes="style='margin-inline-start:{far}px'"),
    "shorthand margin": _flat(attributes="style='margin: 0 0 4px {far}px'"),
    "custom property": _flat(attributes="style='--depth: {depth}'", top="style='--depth: 0'"),
    "narrower boxes": _flat(attributes="style='width:{near}%;float:right'", top="style='width:100%;float:right'"),
    "margin around": "<div id='comments'><h3>6 comments</h3>"
    + "".join(
        f"<div style='margin-left:{DEPTHS[n] * 20}px'><div class='comment'>{_own(n)}</div></div>" for n in range(6)
    )
    + "</div>",
    "spacer picture": _rows_with_spacers("<td class='ind'><img src='s.gif' height='1' width='{far}'></td>"),
    "spacer cell": _rows_with_spacers("<td width='{far}'></td>"),
    "indent attribute": _rows_with_spacers("<td class='ind' indent='{depth}'></td>"),
    "empty cells": _empty_cells(),
    "blanks": _blanks(),
    "dotted numbers": _dotted(),
    "data-parent": _flat(attributes="data-parent='{id}'"),
    "data-parent-id": _flat(attributes="data-parent-id='comment-{id}'"),
    "data-parent-pid": _flat(attributes="data-parent-pid='{id}'"),
    "data-in-reply-to": _flat(attributes="data-in-reply-to='{id}'"),
    "parentid": _flat(attributes="parentid='t1_{id}'", tag="x-comment"),
    "child-of class": _flat(attributes="class='comment child-of-comment-{id}'"),
    "parent class": _flat(attributes="class='comment parent-{id}'"),
    "ids of child and parent": _wordpress_id_pairs(),
    "in reply to a link": _flat(lead="<div>In reply to <a href='#comment-{id}'>{name}</a></div>"),
    "in reply to, with words": _flat(lead="<p>in reply to a comment by <a href='#comment-{id}'>{name}</a></p>"),
    "in reply to a name": _flat(lead="<div class='ref'>In reply to {name}</div>"),
    "replied to a name": _flat(lead=" replied to {name}"),
    "an arrow to a name": _flat(lead=" <span>▸ {name}</span>"),
    "in another language": _flat(lead="<div>Antwort auf <a href='#comment-{id}'>{name}</a></div>"),
    "link 'parent'": _flat(lead="<div><a href='#comment-{id}'>parent</a> | <a href='#comment-100'>root</a></div>"),
    "link with a class": _flat(lead="<a class='up-to-parent' href='#comment-{id}'>up</a>"),
    "two angles": _flat(lead="<div><a href='#comment-{id}'>&gt;&gt;{id}</a></div>"),
    "@name with a link": _flat(lead="<div><a href='#comment-{id}'>@{name}</a></div>"),
    "in reply to #": _counted("in reply to #{number} "),
    "@ number": _counted("@{number}: "),
    "re #": _counted("Re: #{number} "),
    "replied to, with a link": _flat(lead=" replied to <a href='#comment-{id}'>a comment from {name}</a>"),
    "classes that indent": _flat(attributes="class='comment ml-{far} lg:ml-0'"),
    "custom elements alone": _tree("", "", "<x-comment thing='{id}'>"),
    "names on buttons": _tree("<div class='replies'>", "</div>", "<div class='comment' id='c{id}'>")
    .replace("<b class='author'>", "<button class='comment__username'>")
    .replace("</b>", "</button>"),
    "names of replies under another heading": _tree(
        "<ul>", "</ul>", "<li class='comment' id='comment-{id}'>", again=True
    ),
    "quote with post id": _flat(lead="<aside class='quote' data-post='{id}'><blockquote>{words}</blockquote></aside>"),
    "quote with a link": _flat(
        lead="<blockquote><div><a href='#comment-{id}'>Originally posted by {name}</a></div>{words}</blockquote>"
    ),
    "quote under a name": _flat(lead="<blockquote><cite>{name} wrote:</cite><div>{words}</div></blockquote>"),
    "quote after a name": _flat(lead="<p>{name} said:</p><blockquote>{words}</blockquote>"),
    "quote in a table": _flat(
        lead="<table class='quote-box'><tr><td>Quote from: {name} on March 1, 2015</td></tr>"
        "<tr><td>{words}</td></tr></table>"
    ),
    "quote with an arrow link": _flat(
        lead="<blockquote><div>{name} wrote: <a href='#comment-{id}'>»</a></div>{words}</blockquote>"
    ),
}

NAMED_ONLY = {
    "a name that replies have": _flat(attributes="class='comment comment--reply'"),
    "indented": _flat(attributes="class='comment comment--indented'"),
    "child": _flat(attributes="class='comment child'", tag="li"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_reply_finds_its_parent(shape: str) -> None:
    comments = comments_of(SHAPES[shape])
    assert [comment.author for comment in comments] == list(NAMES)
    assert replies(comments) == TREE
    assert all(words in comment.text for words, comment in zip(WORDS, comments, strict=True))


@pytest.mark.parametrize("shape", NAMED_ONLY)
def test_where_only_replies_have_a_name_there_are_two_levels(shape: str) -> None:
    assert replies(comments_of(NAMED_ONLY[shape])) == TWO_LEVELS


def test_a_head_stands_above_the_words_that_hold_replies_too() -> None:
    """The element that has the id of a comment holds its words and replies, its head stands above that."""

    def one(number: int, inner: str = "") -> str:
        entry = f"<div class='entry' id='comment-{100 + number}'><p>{WORDS[number]}</p>{inner}</div>"
        return f"<li class='comment'><div class='head'>{_head(number)}</div>{entry}</li>"

    reply = f"<div class='child' id='comment-102'>{_own(2)}</div>"
    comments = comments_of(_section(f"<ol>{one(0)}{one(1, reply)}{one(3)}{one(4)}{one(5)}</ol>"))
    assert [comment.author for comment in comments] == list(NAMES)
    assert replies(comments) == [None, None, 1, None, None, None]
    assert all(words in comment.text for words, comment in zip(WORDS, comments, strict=True))


def test_all_others_may_answer_the_first() -> None:
    inner = "".join(f"<li class='comment' id='comment-{100 + n}'>{_own(n)}</li>" for n in (1, 2, 3))
    nested = _section(f"<ul><li class='comment' id='comment-100'>{_own(0)}<ul class='children'>{inner}</ul></li></ul>")
    levels = "".join(f"<div class='comment depth-{min(n, 1)}' id='comment-{100 + n}'>{_own(n)}</div>" for n in range(4))
    assert replies(comments_of(nested)) == [None, 0, 0, 0]
    assert replies(comments_of(_section(levels))) == [None, 0, 0, 0]
    assert replies(comments_of(_section(levels), url="https://board.example/topic/7")) == [None] * 4


FLAT = {
    "a reply link each": _flat(lead="<a class='comment-reply-link' href='#respond' data-parent='0'>Reply</a>"),
    "the first post in a wrapper": f"<div id='posts'><div class='first'><div class='post'>{_own(0)}</div></div><ul>"
    + "".join(f"<li><div class='post'>{_own(n)}</div></li>" for n in range(1, 6))
    + "</ul></div>",
    "tags that are never closed": "<div id='comments'>"
    + "".join(f"<article class='comment' id='c{n}'><div class='inner'><div>{_own(n)}</div>" for n in range(6))
    + "</div>",
    "a list in a comment": _flat().replace(WORDS[3], f"<ul><li>{WORDS[3]}</li><li>{WORDS[2]}</li></ul>"),
    "a quote of somebody else": _flat().replace(
        WORDS[3], f"<blockquote>Mr Nobody wrote: all boats are late, in every year</blockquote>{WORDS[3]}"
    ),
    "indented words in one comment": _flat().replace(
        f"<p>{WORDS[3]}</p>", f"<p>{WORDS[3]}</p><p style='margin-left:40px'>A verse.</p>"
    ),
    "pictures of two of them": _flat()
    .replace(f"<b class='author'>{NAMES[1]}", f"<img width='50' src='/faces/1.jpg'><b class='author'>{NAMES[1]}")
    .replace(f"<b class='author'>{NAMES[3]}", f"<img width='50' src='/faces/3.jpg'><b class='author'>{NAMES[3]}"),
    "the words of the author in a coloured box": _flat().replace(
        f"<p>{WORDS[3]}</p></div>", f"<div style='padding-left:125px'><p>{WORDS[3]}</p></div></div>"
    ),
    "pictures of some": _flat().replace("<b class='author'>Bo", "<img width='50' alt='Bo'><b class='author'>Bo"),
}


@pytest.mark.parametrize("shape", FLAT)
def test_what_looks_like_nesting_and_is_none(shape: str) -> None:
    assert replies(comments_of(FLAT[shape], url="https://board.example/topic/7")) == [None] * 6
