"""A page that a script would fill says in its head how its text begins."""

from __future__ import annotations

import json

from archiver.pages import article
from archiver.pages.page import Page

WORDS = (
    "The ferry was late again on Monday, and nobody at the landing could say why. It has been late since the new"
    " timetable came in, which everybody knew would happen, and so I ask..."
)
HEAD = (
    f'<title>Late ferries</title><meta property="og:title" content="Late ferries"><meta property="og:description"'
    f' content="{WORDS}"><meta property="article:published_time" content="2024-05-03T08:45:00+00:00">'
)


def _read(body: str, head: str = HEAD) -> tuple[str, str]:
    source = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    found = article.read(Page(url="https://board.example/t/late-ferries/77", body=source))
    assert found is not None
    return found.text, found.found_by.get("text", "")


def test_an_empty_page_has_the_words_of_its_description() -> None:
    assert _read("<div id='splash'>Loading</div><script>start()</script>") == (WORDS, "meta og:description")


def test_the_body_in_json_ld_is_more() -> None:
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Late ferries",
        "articleBody": 2 * WORDS,
    }
    text, rule = _read(
        "<div id='splash'></div>", f'{HEAD}<script type="application/ld+json">{json.dumps(data)}</script>'
    )
    assert (text, rule) == (2 * WORDS, "json-ld articleBody")


def test_a_page_that_shows_words_is_not_empty() -> None:
    shown = "".join(
        f"<p>On day {day} the council said that the crossing would be looked at, and waited.</p>" for day in range(9)
    )
    text, rule = _read(f"<noscript><h1>Late ferries</h1>{shown}</noscript>")
    assert rule == ""
    assert WORDS not in text
