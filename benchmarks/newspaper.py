"""A server with many articles and their comments, in a process of its own."""

from __future__ import annotations

import json
import random
import sys
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


def answer_from_memory(site: Site) -> None:
    """Each answer is made once: the server shall not be what is measured."""
    made = cache(site.answer)

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
