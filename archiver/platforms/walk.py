"""One walk over an article's page and all that it leads to: inspecting, rebuilding and the tests share it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterator

from archiver.items import Extraction, FollowUp
from archiver.pages.page import Page
from archiver.platforms import read


def walk(
    first: Page, fetch: Callable[[FollowUp], Page | None], platforms: Collection[str] | None = None
) -> Iterator[tuple[Page, Extraction]]:
    """The first page, then the answer to each follow-up, each asked once, in the order in which they became known.

    `fetch` gives the answering page, with its `follow_up` set, or None where there is no answer to be had.
    """
    asked: set[str] = set()
    waiting: deque[FollowUp] = deque()
    page: Page | None = first
    while page is not None or waiting:
        if page is None:
            page = fetch(waiting.popleft())
            continue
        found = read(page, platforms)
        yield page, found
        for thread in found.threads:
            for follow_up in thread.follow_ups:
                if follow_up.key not in asked:
                    asked.add(follow_up.key)
                    waiting.append(follow_up)
        page = None
