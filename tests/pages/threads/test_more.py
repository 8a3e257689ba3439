"""The other pages of a thread are follow-ups; the next article, the links that people post, and actions are not."""

from __future__ import annotations

import pytest

from archiver.pages.threads.signs_in_lines import counts_in
from tests.pages.threads.pages import item, thread_of


def _section(paging: str, url: str = "https://news.example/ferries") -> tuple[list[str], int | None, int | None]:
    items = "".join(item(number) for number in range(6))
    thread = thread_of(
        f"<div id='comments'><h3>27 comments</h3><ol class='commentlist'>{items}</ol>{paging}</div>", url=url
    )
    return [follow_up.url for follow_up in thread.follow_ups], thread.claimed, thread.page_number


def test_older_comments_are_a_follow_up() -> None:
    found, claimed, _ = _section("<a href='/ferries/comment-page-1/#comments'>Older comments</a>")
    assert found == ["https://news.example/ferries/comment-page-1/"]
    assert claimed == 27


def test_each_page_is_asked_once() -> None:
    links = "<a href='?cpage=2'>2</a> <a href='?cpage=3'>3</a> <a href='?cpage=2#comments'>Next</a>"
    found, _, _ = _section(links)
    assert found == ["https://news.example/ferries?cpage=2", "https://news.example/ferries?cpage=3"]


def test_the_page_is_numbered_as_it_says() -> None:
    assert _section("<p>Page 2 of 4</p>")[2] == 2
    assert _section("", url="https://news.example/ferries/comment-page-3/")[2] == 3


def test_other_links_are_none() -> None:
    paging = (
        "<a rel='next' href='/another-story'>Next story</a><a href='https://else.example/f?cpage=2'>2</a>"
        "<a href='?replytocom=105#respond'>Reply</a><a href='/login?comment-page-1'>Log in</a>"
    )
    assert _section(paging)[0] == []


def test_counters_are_read_in_many_forms() -> None:
    assert counts_in("27 comments") == [27]
    assert counts_in("comments (1,204)") == [1204]
    assert counts_in("eine meinung, 3 kommentare") == [3]
    assert counts_in("one response to late ferries") == [1]
    assert counts_in("no comments yet") == [0]
    assert counts_in("the ferry of 2012") == []


@pytest.mark.parametrize(
    ("line", "claims"),
    [
        ("Un comentario", [1]),
        ("Deja un comentario", []),
        ("Laisser un commentaire", []),
        ("3 komentáře", [3]),
        ("Komentarze (4)", [4]),
        ("12 yorum", [12]),
        ("5 条评论", [5]),
        ("5件のコメント", [5]),
        ("댓글 12", [12]),
        ("2 תגובות", [2]),
        ("4 σχόλια", [4]),
    ],
)
def test_counters_speak_many_languages_and_an_invitation_is_none(line: str, claims: list[int]) -> None:
    assert counts_in(line.lower()) == claims
