"""While the pages of a thread are read, comments come and go, and the others move from page to page.

Where the site prints a count, the count tells whether one was missed. Where it prints none, pages that overlap tell it,
or the first page read once more at the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadPage:
    """A page of a thread as it was read: ids of its comments in their order, the time of the newest, the count that it
    claims."""

    url: str
    ids: tuple[str, ...]
    newest: datetime | None = None
    claimed: int | None = None


def ask_again(pages: Sequence[ReadPage], *, claimed: int | None, collected: int, never_shown: int) -> ReadPage | None:
    """The page to be read once more before the reading ends; None where nothing makes it necessary.

    `pages` are those of one source, in the order in which they were read. With a count: where more are missing than
    the `never_shown` of the reading before. If the count fell meanwhile, comments moved up and may now stand on the
    first; else some came, and stand where the newest stand. Without a count: the first, unless the pages overlap.
    """
    if len(pages) < 2 or _repeats(pages):
        return None
    if claimed is None:
        return None if _overlap(pages) else pages[0]
    if claimed - collected <= never_shown:
        return None
    counts = [page.claimed for page in pages if page.claimed is not None]
    if counts and counts[-1] < max(counts):
        return pages[0]
    dated = [page for page in pages if page.newest is not None]
    return max(dated, key=lambda page: page.newest or datetime.min, default=pages[0])  # noqa: DTZ901 - never compared


def moved(pages: Sequence[ReadPage]) -> str | None:
    """Why comments may have been missed between the pages of a thread that prints no count; None: they were not."""
    repeats = _repeats(pages)
    if len(pages) < 2 or (not repeats and _overlap(pages)):
        return None
    first = pages[0]
    again = next((page for page in repeats if page.url == first.url), None)
    if again is None:
        return "whether comments moved while its pages were read is not known"
    if first.ids and not set(first.ids) & set(again.ids):
        return "more comments came while its pages were read than one of them holds"
    is_longer = again.ids[: len(first.ids)] == first.ids
    if is_longer or any(_is_pushed(first.ids, again.ids, by) for by in range(len(again.ids))):
        return None
    return "comments went or changed places while its pages were read: some may have been missed"


def _is_pushed(before: tuple[str, ...], after: tuple[str, ...], by: int) -> bool:
    """Whether so many came at the head of a page, and at most as many left it at its end."""
    return len(after) >= len(before) and after[by:] == before[: len(after) - by]


def _repeats(pages: Sequence[ReadPage]) -> Sequence[ReadPage]:
    seen: set[str] = set()
    again = []
    for page in pages:
        again += [page] if page.url in seen else []
        seen.add(page.url)
    return again


def _overlap(pages: Sequence[ReadPage]) -> bool:
    return all(set(one.ids) & set(other.ids) for one, other in pairwise(pages))
