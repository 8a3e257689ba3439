"""Answers and the comments below them are one thread of two kinds of record."""

from __future__ import annotations

from tests.pages.threads.pages import NAMES, WORDS, comments_of, replies

LONG = " I asked at the desk, and they showed me the list of the last quarter, which says it plainly."


def _post(number: int, below: str) -> str:
    return (
        f"<div class='answer-box' id='post-{900 + number}' itemscope itemtype='https://schema.org/Answer'>"
        f"<div class='words'><p>{WORDS[number]}{LONG}</p></div><div class='signature'>answered "
        f"<span class='when'>March {number + 3}, 2015 at 9:1{number}</span> <a class='user' href='/users/{number}'>"
        f"{NAMES[number]}</a></div><ul class='comments-list'>{below}</ul></div>"
    )


def _comment(number: int) -> str:
    return (
        f"<li class='comment' id='comment-{100 + number}'><span class='comment-copy'>{WORDS[number]}</span> – "
        f"<a class='comment-user' href='/users/{number}'>{NAMES[number]}</a> "
        f"<span class='comment-date'><a href='#comment-{100 + number}'>"
        f"March {number + 3}, 2015 at 9:1{number}</a></span></li>"
    )


def test_comments_stand_below_their_posts() -> None:
    posts = _post(0, _comment(1) + _comment(2)) + _post(3, _comment(4)) + _post(5, "")
    thread = f"<div id='answers' itemscope itemtype='https://schema.org/QAPage'>{posts}</div>"
    comments = comments_of(thread, url="https://ask.example/questions/77/late-ferries")
    assert [comment.author for comment in comments] == list(NAMES)
    assert replies(comments) == [None, 0, 0, None, 3, None]
    assert comments[1].text == WORDS[1]
    assert comments[3].text == WORDS[3] + LONG
