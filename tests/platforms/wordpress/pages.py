"""WordPress pages for tests, small ones, in whatever theme is asked for."""

from __future__ import annotations

from archiver.items import ThreadPage
from archiver.pages import replies
from archiver.pages.page import Page
from archiver.platforms import wordpress

URL = "https://gazette.example/2024/03/bridge/"
STYLE = "<title>The bridge</title><link rel='stylesheet' href='/wp-content/themes/walnut/style.css' />"


def page(body: str, *, head: str = "", url: str = URL, lang: str = "en-US") -> Page:
    source = f'<html lang="{lang}"><head>{STYLE}{head}</head><body class="single postid-41">{body}</body></html>'
    return Page(url=url, body=source.encode(), content_type="text/html; charset=UTF-8")


def read(body: str, *, head: str = "", url: str = URL, lang: str = "en-US") -> ThreadPage:
    """The thread that the page carries."""
    made = page(body, head=head, url=url, lang=lang)
    (candidate,) = wordpress.detect(made)
    return replies.normalise(wordpress.extract(made, candidate))


def item(number: int, inside: str, *, depth: int = 1, tag: str = "li", kids: str = "") -> str:
    """A comment in a theme of one's own."""
    return f'<{tag} id="comment-{number}" class="comment even depth-{depth}">{inside}{kids}</{tag}>'


def comment(number: int, name: str = "Ann", words: str = "Words.", *, depth: int = 1, kids: str = "") -> str:
    """A comment as WordPress prints it."""
    inside = (
        f'<div class="comment-author vcard"><b class="fn">{name}</b> <span class="says">says:</span></div>'
        f'<div class="comment-metadata"><a href="{URL}#comment-{number}">'
        '<time datetime="2024-03-05T20:00:00+01:00">March 5</time></a></div>'
        f'<div class="comment-content"><p>{words}</p></div>'
    )
    return item(number, inside, depth=depth, kids=kids)
