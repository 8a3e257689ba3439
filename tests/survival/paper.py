"""A newspaper of many stories, each with a thread on several pages, and the truth about them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

from tests.site.answers import Answer
from tests.site.server import Site, serving
from tests.site.stories import Remark, Story, story


def stories(count: int) -> tuple[Story, ...]:
    """So many WordPress posts, with 1 to 30 comments each, eight to a page."""
    model = story("ferry")
    return tuple(_story(model, number) for number in range(1, count + 1))


def _story(model: Story, number: int) -> Story:
    first = number * 100
    remarks = tuple(_remark(model, first, place) for place in range(1 + number * 7 % 30))
    return replace(
        model,
        name=f"story-{number}",
        id=number,
        path=f"/2026/03/the-crossing-of-day-{number}/",
        title=f"The crossing of day {number}",
        comments=remarks,
    )


def _remark(model: Story, first: int, place: int) -> Remark:
    """Every fifth answers the one before."""
    return Remark(
        id=first + place,
        at=model.published + timedelta(minutes=place),
        text=f"<p>Remark q{first + place}z on the crossing.</p>",
        parent=first + place - 1 if place % 5 == 4 else None,
        author=f"Reader {place % 11}",
    )


def truth(told: tuple[Story, ...]) -> Mapping[str, Mapping[str, str | None]]:
    """Path → comment → the comment that it answers."""
    return {
        each.path: {str(remark.id): str(remark.parent) if remark.parent else None for remark in each.comments}
        for each in told
    }


@contextmanager
def printed(count: int) -> Iterator[Site]:
    """The newspaper on a port of its own. Its REST API is closed: threads have to be read page by page."""
    with serving(stories(count)) as site:
        answer = site.answer

        def without_api(method: str, target: str, body: bytes) -> Answer:
            closed = target.startswith("/wp-json") or "/feed/" in target
            return Answer("{}", status=401, content_type="application/json") if closed else answer(method, target, body)

        site.answer = without_api  # type: ignore[method-assign]
        yield site


def main() -> None:
    """`python -m tests.survival.paper COUNT` prints its address and serves until its input ends."""
    with printed(int(sys.argv[1])) as site:
        print(site.base, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
