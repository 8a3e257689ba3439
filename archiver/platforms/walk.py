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
            follow_up = waiting.popleft()
            page = fetch(follow_up)
            if page is None:  # its platform may know another way to the same comments
                nothing = Page(url=follow_up.url, body=b"", status=0, follow_up=follow_up)
                waiting.extend(_new(read(nothing, platforms), asked))
            continue
        found = read(page, platforms)
        yield page, found
        waiting.extend(_new(found, asked))
        page = None


def _new(found: Extraction, asked: set[str]) -> Iterator[FollowUp]:
    """The follow-ups that were not known before; from now on they are."""
    for thread in found.threads:
        for follow_up in thread.follow_ups:
            if follow_up.key not in asked:
                asked.add(follow_up.key)
                yield follow_up
