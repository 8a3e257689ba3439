"""What a WordPress page remembers for the answers to its follow-ups, and those follow-ups.

The order of asking: the API first, which is one request where twenty pages would be twenty. What it answers decides
whether the pages are asked too: they are where it refuses, and where the page counts more comments than the API gives
(pingbacks are not in it). The feed is asked only where nothing else tells the minute in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from archiver.items import FollowUp
from archiver.platforms.wordpress.paging import PLACE, Paging

NAME = "wordpress"
PER_PAGE = 100
"""The most that the API gives in one answer."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Context:
    """Where the thread can be read, and what its first page counted."""

    post_id: str = ""
    api_root: str = ""
    feed: str = ""
    pages: str = ""
    """Address of a comment page with `{page}` in place of its number; empty where the thread has one page."""
    last: int = 1
    shown: int = 0
    """The comment page that the article's own address shows; 0 where it is not told."""
    claimed: int = -1
    """The count that the page claims; -1 for none."""
    comments: int = 0
    """How many comments the first page showed, pingbacks aside."""
    pings: int = 0
    wants_feed: int = 0
    newest_first: int = 0
    """Whether the first page showed later comments before earlier ones: a page of one comment cannot tell."""
    answer: int = 1
    """Which answer of the API is asked for."""

    @classmethod
    def load(cls, told: Mapping[str, str]) -> Self:
        """From the context of a follow-up. What is missing or no number keeps its default."""
        kept: dict[str, Any] = {}
        for known in fields(cls):
            value = told.get(known.name)
            if value is not None and (isinstance(known.default, str) or _is_number(value)):
                kept[known.name] = value if isinstance(known.default, str) else int(value)
        return cls(**kept)

    def dump(self) -> Mapping[str, str]:
        """For a follow-up: only what differs from the default."""
        default = asdict(type(self)())
        return {name: str(value) for name, value in asdict(self).items() if value != default[name]}

    def with_paging(self, paging: Paging) -> Self:
        """The same, with the pages that a further page of the thread links."""
        return replace(self, pages=paging.template or self.pages, last=max(self.last, paging.last))

    def ask_api(self, thread_id: str, answer: int = 1) -> FollowUp:
        """One answer of the API. The pages can stand in for it, so that a reading without it may still be complete."""
        return FollowUp(
            url=api_address(self.api_root, self.post_id, answer),
            platform=NAME,
            thread_id=thread_id,
            purpose="api",
            context=replace(self, answer=answer).dump(),
            needed=False,
        )

    def ask_pages(self, thread_id: str, after: int = 0) -> Iterator[FollowUp]:
        """All comment pages behind the one numbered `after`, but the one that the article's address shows."""
        if self.pages:
            for number in Paging.numbers(self.last):
                if number > after and number != self.shown:
                    yield FollowUp(
                        url=self.pages.replace(PLACE, str(number)),
                        platform=NAME,
                        thread_id=thread_id,
                        purpose="next page",
                        context=self.dump(),
                    )

    def ask_feed(self, thread_id: str) -> Iterator[FollowUp]:
        if self.feed and self.wants_feed:
            yield FollowUp(
                url=self.feed, platform=NAME, thread_id=thread_id, purpose="feed", context=self.dump(), needed=False
            )

    def first_requests(self, thread_id: str) -> tuple[FollowUp, ...]:
        """What to ask once the article's page is read."""
        if self.api_root and self.post_id:
            return (self.ask_api(thread_id),)
        return self.without_api(thread_id)

    def without_api(self, thread_id: str) -> tuple[FollowUp, ...]:
        """What to ask where the API gives nothing."""
        return (*self.ask_pages(thread_id), *self.ask_feed(thread_id))

    def beside_api(self, thread_id: str, total: int | None) -> tuple[FollowUp, ...]:
        """What to ask although the API answered: the pages, unless it has all that the page counts."""
        everything = total is not None and self.claimed in (total, total + self.pings) and total >= self.comments
        return () if everything else tuple(self.ask_pages(thread_id))


def api_address(root: str, post_id: str, answer: int) -> str:
    """One answer of a post's comments. The root may be a path (`/wp-json/`) or a query (`/?rest_route=/`)."""
    asked = urlencode({"post": post_id, "per_page": PER_PAGE, "page": answer, "order": "asc", "orderby": "id"})
    before, mark, query = root.partition("?")
    if "rest_route=" in query:
        return f"{root.rstrip('/')}/wp/v2/comments&{asked}"
    return f"{before.rstrip('/')}/wp/v2/comments?{asked}" + (f"&{query}" if mark and query else "")


def _is_number(value: str) -> bool:
    return value.lstrip("-").isascii() and value.lstrip("-").isdecimal() and len(value) < 12
