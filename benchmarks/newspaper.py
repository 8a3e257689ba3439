"""A server with many articles and their comments, in a process of its own.

A page has what pages have around an article: styles, scripts, menus, lists of other stories. With twelve comments it
comes to about 68 kB, the median of a thousand saved article pages that we looked at; half of them had 47 to 112 kB.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

from tests.site.answers import Answer
from tests.site.server import Site, serving
from tests.site.stories import Remark, Story, story

ASKED = "/-/asked"
"""Tells which paths were asked for since it was asked last. No article leads here."""

WORDS = [
    "harbour",
    "ferry",
    "council",
    "library",
    "night",
    "bread",
    "timetable",
    "island",
    "storm",
    "driver",
    "lantern",
]


def make_stories(articles: int, comments: int) -> tuple[Story, ...]:
    """The same on every run. Every third comment is a reply."""
    chance = random.Random(20240514)
    return tuple(_story(chance, number, comments) for number in range(1, articles + 1))


def _story(chance: random.Random, number: int, comments: int) -> Story:
    start = datetime(2024, 1, 1, 8, tzinfo=UTC) + timedelta(hours=number)
    model = story("ferry")
    values = {name: getattr(model, name) for name in model.__slots__} | {
        "name": f"story-{number}",
        "id": number,
        "path": f"/2024/01/story-{number}/",
        "title": f"Story {number}: {_sentences(chance, 1)}",
        "published": start,
        "modified": start,
        "body": "\n".join(f"<p>{_sentences(chance, 5)}</p>" for _ in range(9)),
        "comments": tuple(_comment(chance, number * 1000, place, start) for place in range(1, comments + 1)),
    }
    return Story(**values)


def _comment(chance: random.Random, first: int, place: int, start: datetime) -> Remark:
    return Remark(
        id=first + place,
        at=start + timedelta(minutes=7 * place),
        author=f"Reader {chance.randrange(400)}",
        text=f"<p>{_sentences(chance, 3)}</p>",
        parent=first + place - 1 if place % 3 == 2 else None,
    )


def _sentences(chance: random.Random, number: int) -> str:
    return " ".join(" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(number))


def furnished(answer: Answer) -> Answer:
    """The same page with what a theme and its plugins put around it."""
    if not answer.content_type.startswith("text/html"):
        return answer
    rules = "\n".join(f".block-{n} > .item:hover {{ color: #0{n % 10}{n % 7}a3c; margin: {n}px }}" for n in range(230))
    script = "\n".join(f"window.shelf = window.shelf || []; shelf.push({{ id: {n}, on: true }});" for n in range(190))
    menu = _links("menu-item menu-item-type-post_type", 90)
    aside = "".join(
        f'<section class="widget widget_list"><ul>{_links("widget-entry", 25)}</ul></section>' for _ in "abc"
    )
    html = (
        answer.payload.decode()
        .replace("</head>", f"<style>{rules}</style>\n<script>{script}</script>\n</head>", 1)
        .replace("</header>\n<main", f'<nav class="menu"><ul>{menu}</ul></nav></header>\n<main', 1)
        .replace('<footer class="site-footer">', f'<aside>{aside}</aside>\n<footer class="site-footer">', 1)
    )
    return replace(answer, body=html)


def _links(kind: str, number: int) -> str:
    return "\n".join(
        f'<li id="{kind.split("-")[0]}-{n}" class="{kind}"><a href="/section/{n}/">Section {n} of the paper</a></li>'
        for n in range(number)
    )


def answer_from_memory(site: Site) -> None:
    """Each answer is made once: the server shall not be what is measured."""
    plain = site.answer

    @cache
    def made(method: str, target: str, body: bytes) -> Answer:
        return furnished(plain(method, target, body))

    def answer(method: str, target: str, body: bytes) -> Answer:
        if target != ASKED:
            return made(method, target, body)
        paths = [asked.removeprefix("GET ") for asked in site.asked if not asked.endswith(ASKED)]
        site.asked.clear()
        return Answer(json.dumps(paths), content_type="application/json")

    site.answer = answer  # type: ignore[method-assign]


def main() -> None:
    """`python -m benchmarks.newspaper ARTICLES COMMENTS` prints its address and serves until its input ends."""
    with serving(make_stories(int(sys.argv[1]), int(sys.argv[2]))) as site:
        answer_from_memory(site)
        print(site.base, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
