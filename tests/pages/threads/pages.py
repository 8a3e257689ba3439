"""Pages in the shape of real ones, with invented names and words."""

from __future__ import annotations

from archiver.items import Comment, ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page

NAMES = ("Ada Fern", "Bo Lind", "Cleo Marsh", "Dov Hale", "Eda Quist", "Finn Ott")
WORDS = (
    "The ferry was late again on Monday, and nobody at the landing could say why.",
    "It has been late since the new timetable came in, which everybody knew would happen.",
    "My neighbour counted nine delays in a week. Who pays for the missed shifts?",
    "Write to the council, they meet on the first Thursday of every month.",
    "I did write, twice, and the answer was a form letter about weather.",
    "A form letter is more than the rest of us ever got from them.",
)
ARTICLE = "<h1>Late ferries</h1>" + "".join(
    f"<p>The council said on day {day} that the crossing would be looked at, and that the figures for the quarter were"
    " not yet in. Passengers waited at the landing.</p>"
    for day in range(1, 9)
)


def page_of(thread: str, *, before: str = ARTICLE, url: str = "https://news.example/ferries") -> Page:
    source = f"<html lang='en-GB'><body><div class='story'>{before}</div>{thread}</body></html>"
    return Page(url=url, body=source.encode(), content_type="text/html; charset=utf-8")


def thread_of(thread: str, **options: str) -> ThreadPage:
    found = threads.find(page_of(thread, **options))
    assert len(found) == 1
    return found[0]


def comments_of(thread: str, **options: str) -> tuple[Comment, ...]:
    return thread_of(thread, **options).comments


def replies(comments: tuple[Comment, ...]) -> list[int | None]:
    """For each comment the place of its parent."""
    places = {comment.id: place for place, comment in enumerate(comments)}
    return [None if comment.parent_id is None else places[comment.parent_id] for comment in comments]


def item(number: int, *, inner: str = "", classes: str = "comment", tag: str = "li", style: str = "") -> str:
    """One comment as blog software prints it."""
    return (
        f'<{tag} class="{classes}" id="comment-{100 + number}"{style}>'
        f'<div class="comment-author"><cite class="fn">{NAMES[number]}</cite> <span class="says">says:</span></div>'
        f'<div class="comment-meta"><a href="#comment-{100 + number}">'
        f"March {number + 3}, 2015 at 9:1{number} am</a></div>"
        f'<div class="comment-text"><p>{WORDS[number]}</p></div>'
        f'<div class="reply"><a href="?replytocom={100 + number}">Reply</a></div>{inner}</{tag}>'
    )
