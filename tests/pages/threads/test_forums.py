"""Boards: the first post belongs to the thread, the blocks and lists around it do not."""

from __future__ import annotations

import pytest

from archiver.pages.threads.marks import is_of_forum
from tests.pages.threads.pages import NAMES, WORDS, comments_of

URL = "https://board.example/threads/late-ferries.77/"


def _post(number: int, kind: str = "itemprop='comment' itemscope itemtype='https://schema.org/Comment'") -> str:
    return (
        f"<article class='message message--post' id='post-{500 + number}' {kind}><header><ul class='attribution'><li>"
        f"<a href='/threads/late-ferries.77/post-{500 + number}'><time datetime='2020-03-0{number + 3}T09:10:00+0100'>"
        f"Mar {number + 3}, 2020</time></a></li></ul></header><section class='message-user'><h4 class='message-name'>"
        f"<a class='username' href='/members/{number}/'>{NAMES[number]}</a></h4></section>"
        f"<div class='message-body'>{WORDS[number]}</div></article>"
    )


def _similar(number: int) -> str:
    return (
        f"<li class='contentrow'><a href='/threads/other.{number}/'>Another ferry question no. {number}</a> "
        f"<a class='username' href='/members/{number}/'>{NAMES[number]}</a> <time>Jan {number + 3}, 2020</time></li>"
    )


POSTS = _post(0, kind="") + "".join(map(_post, range(1, 6)))
BOARD = (
    f"<div class='block'><div class='block-container'>{POSTS}</div></div>"
    f"<div class='block'><div class='block-container'><h3>Similar threads</h3>{''.join(map(_similar, range(6)))}"
    "</div></div><div class='block'><div class='block-container'>Facebook X Reddit Share Link</div></div>"
)


def test_a_block_that_holds_all_posts_is_no_post() -> None:
    comments = comments_of(BOARD, url=URL, before="<h1>Late ferries</h1>")
    assert [comment.text for comment in comments] == list(WORDS)
    assert [comment.author for comment in comments] == list(NAMES)


def test_the_first_post_is_found_where_only_the_others_are_marked_as_comments() -> None:
    assert (
        comments_of(f"<div class='thread'>{POSTS}</div>", url=URL, before="<h1>Late ferries</h1>")[0].id == "post-500"
    )


def test_a_text_that_is_there_shortened_and_whole_is_said_once() -> None:
    def folded(number: int) -> str:
        words, last = f"{WORDS[number]} {WORDS[5 - number]}", WORDS[number][:50].strip()
        return (
            f"<div class='answer' id='answer-{number}'><a class='user' href='/profile/{number}'>{NAMES[number]}</a> "
            f"<span>March {number + 3}, 2020</span><div class='text'><div><p>{words}</p><p>{last}…</p></div>"
            f"<div><p>{words}</p><p>{last} and so on, at length.</p></div></div></div>"
        )

    comments = comments_of("<div id='answers'>" + "".join(map(folded, range(6))) + "</div>", url=URL)
    assert comments[0].text == f"{WORDS[0]} {WORDS[5]}\n{WORDS[0][:50].strip()} and so on, at length."


def test_answers_are_a_thread_though_nothing_speaks_of_comments() -> None:
    def answer(number: int) -> str:
        return (
            f"<div class='box answer_item_{number}'><a class='bold' href='/profile/{number}'>{NAMES[number]}</a>"
            f"<span>3y</span><div class='log_answer_content'><p>{WORDS[number]}</p>"
            f"<p>{WORDS[5 - number]}</p></div></div>"
        )

    comments = comments_of(
        f"<div>{''.join(map(answer, range(6)))}</div>",
        url="https://ask.example/Are-ferries-late",
        before="<h1>Late?</h1>",
    )
    assert [comment.author for comment in comments] == list(NAMES)


def test_a_post_without_rank_or_signature_is_found_beside_those_that_have_them() -> None:
    def post(number: int) -> str:
        rank = "<li class='rank'>Old hand</li>" if number in (1, 3) else ""
        signature = f"<div class='signature'>{NAMES[number]}, at sea</div>" if number in (0, 1, 3) else ""
        return (
            f"<div class='windowbg' id='msg{500 + number}'><div class='poster'><h4><a href='/members/{number}'>"
            f"{NAMES[number]}</a></h4><ul>{rank}<li class='ip'>Logged</li></ul></div><div class='keyinfo'>"
            f"<a class='smalltext' href='#msg{500 + number}'>March {number + 3}, 2020, 09:10:00 AM</a></div>"
            f"<div class='post'><div class='inner'>{WORDS[number]}</div></div>{signature}</div>"
        )

    comments = comments_of(
        f"<div id='topic'>{''.join(map(post, range(4)))}</div>",
        url="https://board.example/index.php?topic=77.0",
        before="<h1>Late ferries</h1>",
    )
    assert [comment.text for comment in comments] == list(WORDS[:4])
    assert [comment.author for comment in comments] == list(NAMES[:4])


@pytest.mark.parametrize("every", [2, 3])
def test_guests_among_members_have_posts_of_their_own(every: int) -> None:
    """Only members carry a link that says who writes; each post has its id and its time all the same."""
    posts = ""
    for number in range(12):
        name = NAMES[number % 6]
        who = name if number % every else f"<a class='username' href='/members/{number}/'>{name}</a>"
        posts += (
            f"<div class='message' id='post-{40 + number}'><div>{who}</div>"
            f"<i>March {number + 3}, 2015 at 9:1{number % 6} am</i><p>{WORDS[number % 6]}</p></div>"
        )
    comments = comments_of(f"<div class='block'>{posts}</div>")
    assert [comment.author for comment in comments] == [*NAMES, *NAMES]


@pytest.mark.parametrize(
    ("url", "is_board"),
    [
        ("https://board.example/forum/late-ferries-7.html", True),
        ("https://forum.example/late-ferries", True),
        ("https://board.example/viewtopic.php?t=7", True),
        ("https://board.example/threads/why-the-ferries-are-late.7/", True),
        ("https://news.example/2015/03/the-answer-to-late-ferries/", False),
        ("https://news.example/ferry-lines-forum-mirror-is-up/", False),
    ],
)
def test_a_title_in_an_address_names_no_board(url: str, is_board: bool) -> None:
    assert is_of_forum(url) is is_board


def test_folded_comments_are_told_from_the_one_they_follow() -> None:
    def comment(number: int, inner: str = "") -> str:
        is_full = number % 3 == 0
        shown = f" on March {number + 3}, 2020 @09:10AM" if is_full else ""
        share = f"<a href='/share?cid={500 + number}'>Share</a>" if is_full else ""
        return (
            f"<li id='tree_{500 + number}' class='comment {'full' if is_full else 'line'}'><div id='comment_{number}5'>"
            f"<h4><a href='/comments.pl?cid={500 + number}'>Re:</a></h4>by <a href='//tech.example/~{number}ann'>"
            f"{NAMES[number]}</a>{shown}<div class='commentBody'>{WORDS[number]}</div>{share}</div>"
            f"<ul>{inner}</ul></li>"
        )

    inner = comment(1, comment(2)), comment(4, comment(5))
    comments = comments_of(
        f"<ul id='commentlisting'>{comment(0, inner[0])}{comment(3, inner[1])}</ul>",
        url="https://tech.example/story/late-ferries",
    )
    assert [comment.text for comment in comments] == list(WORDS)
    assert [comment.author for comment in comments] == list(NAMES)
