"""What stands at the edges of a thread and is cut like a record of it: headings, hints, footers."""

from __future__ import annotations

from archiver.pages.threads.all_signs import read_signs
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.edges import without_strangers
from archiver.pages.threads.outline import Outline, outline
from archiver.pages.threads.sets import Naming
from tests.pages.threads.pages import NAMES, WORDS, page_of


def _post(number: int) -> str:
    return (
        f"<div class='post' id='p{500 + number}'><p class='author'>by <a class='username' href='/members/{number}/'>"
        f"{NAMES[number]}</a> on March {number + 3}, 2020 9:1{number} am</p>"
        f"<div class='content'>{WORDS[number]}</div></div>"
    )


POSTS = "".join(map(_post, range(4)))


def _cut(thread: str) -> tuple[Outline, Cut]:
    """All boxes that stand next to one another, as one cut, after a look at their edges."""
    page = page_of(f"<div id='thread'>{thread}</div>", before="<h1>Late ferries</h1>")
    text = outline(page.root)
    root = text.anchors.index("thread")
    boxes = text.children(root)
    spans = [(text.begins[box], text.ends[box]) for box in boxes]
    members = [next((e for e in range(box, text.lasts[box] + 1) if "post" in text.classes[e]), box) for box in boxes]
    naming = Naming("class", "div", "post")
    cut = Cut(naming, "box", members, boxes, root, spans, text.size(spans[0][0], spans[-1][1]), [naming])
    return text, without_strangers(text, read_signs(text, page.url), cut)


def _words(text: Outline, cut: Cut) -> list[str]:
    return [text.text(begin, end) for begin, end in cut.spans]


def test_what_has_nothing_of_a_post_is_none() -> None:
    head = "<div class='bar'>Asked 9 years ago. Viewed 22k times.</div>"
    foot = "<div class='bar'><div class='content'>Find the answer by asking.</div></div>"
    text, cut = _cut(head + POSTS + foot + foot)
    assert [text.anchors[unit] for unit in cut.units] == [f"p{500 + number}" for number in range(4)]
    assert len(cut.members) == len(cut.spans) == 4


def test_a_record_of_the_same_kind_stays_whatever_it_lacks() -> None:
    gone = "<div class='post'>This post was removed at the wish of its author.</div>"
    text, cut = _cut(POSTS + gone)
    assert _words(text, cut)[-1].startswith("This post was removed")


def test_a_record_of_another_kind_that_is_signed_and_dated_stays() -> None:
    first = _post(4).replace("class='post'", "class='question'").replace("id='p504'", "")
    text, cut = _cut(first + POSTS)
    assert len(cut.spans) == 5
    assert _words(text, cut)[0].endswith(WORDS[4])


def test_a_record_that_reaches_over_a_notice_is_cut_back_to_the_post() -> None:
    text, cut = _cut(f"<div class='block'><p>Not open for further replies.</p>{_post(4)}</div>" + POSTS)
    assert text.anchors[cut.units[0]] == "p504"
    assert _words(text, cut)[0].startswith("by Eda Quist")


def test_a_record_that_holds_a_post_and_its_comment_is_not_cut_back() -> None:
    long = "<div class='answer'><p>" + " ".join(WORDS) + f"</p>{_post(4)}</div>"
    text, cut = _cut(POSTS + long)
    assert _words(text, cut)[-1].startswith(WORDS[0])


def test_the_head_of_a_page_is_no_record_though_it_links_to_numbered_pages() -> None:
    head = "<header class='bar'><a id='menu-7' href='/pages/77'>About this site</a> Log in</header>"
    first, second = _post(0).replace("class='post'", "class='question'"), _post(1).replace("class='post'", "")
    text, cut = _cut(head + first + second)
    assert [text.anchors[unit] for unit in cut.units] == ["p500", "p501"]


def test_a_button_beside_the_only_post_is_none() -> None:
    text, cut = _cut(_post(0) + "<div class='post'>Continue with Email</div>")
    assert [text.anchors[unit] for unit in cut.units] == ["p500"]
