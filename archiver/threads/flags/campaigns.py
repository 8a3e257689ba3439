"""The same text, or the same link, in many threads: what nobody sees who reads only one.

Pure: the comments of an archive go by one after the other, in any order and number; what is kept of each is a digest.
A comment counts by the thread that it stands in: twice in one thread is a duplicate, no campaign.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal

from archiver.pages import urls
from archiver.threads.links.words import Words

THREADS = 3
"""Threads in which the same must stand."""

MIN_WORDS = 8
"""Words from which two comments are not alike by chance."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """A comment and where it stands. `key` is whatever names it; `site` the host of its article."""

    key: int
    thread: int
    site: str
    text: str
    links: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Campaign:
    """What a comment has in common with those of other threads. `score` grows with their number, up to 1."""

    key: int
    what: Literal["text", "link"]
    threads: int

    @property
    def rule(self) -> str:
        return f"the same {self.what} in {self.threads} threads"

    @property
    def score(self) -> float:
        return round(1 - 1 / self.threads, 3)


def find(comments: Iterable[Spoken]) -> Iterator[Campaign]:
    """The comments that say or link what others say or link in other threads. One rule a comment: text before link."""
    places: dict[bytes, set[int]] = {}
    held: list[tuple[int, bytes | None, tuple[bytes, ...]]] = []
    for comment in comments:
        said, linked = _said(comment.text), tuple(_linked(comment))
        for mark in (said, *linked):
            if mark is not None:
                places.setdefault(mark, set()).add(comment.thread)
        if said is not None or linked:
            held.append((comment.key, said, linked))
    for key, said, linked in held:
        if said is not None and len(places[said]) >= THREADS:
            yield Campaign(key=key, what="text", threads=len(places[said]))
            continue
        widest = max((len(places[mark]) for mark in linked), default=0)
        if widest >= THREADS:
            yield Campaign(key=key, what="link", threads=widest)


def _said(text: str) -> bytes | None:
    words = Words(text).forms
    return _digest("said " + " ".join(words)) if len(words) >= MIN_WORDS else None


def _linked(comment: Spoken) -> Iterator[bytes]:
    """The links that lead to another site, and there to a page: everybody links the front page of a newspaper."""
    for link in dict.fromkeys(comment.links):
        host = urls.host_of(link)
        if host and host != comment.site and not urls.is_front_page(link):
            yield _digest("link " + urls.clean(link))


def _digest(text: str) -> bytes:
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).digest()
