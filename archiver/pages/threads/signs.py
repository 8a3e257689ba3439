"""The signs of a thread, counted once over the page: times, authors, ids, permalinks, labels, headings, counters.

Each sign is a running sum over chunks, so that 'how many of these lie in this record' costs two look-ups.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

ASIDES: Final = frozenset(("nav", "aside", "footer"))


@dataclass(slots=True)
class Signs:
    """Running sums have one more entry than the page has chunks: the sign lies in `[a, b)` if `sums[b] > sums[a]`."""

    times: dict[int, re.Match[str]] = field(default_factory=dict)
    """Line → the time it prints, if it is the time of something written."""
    counters: list[tuple[int, int]] = field(default_factory=list)
    """Line and the number of comments that it claims."""
    headings: list[int] = field(default_factory=list)
    """Chunks at which a heading of comments begins."""
    heading_lines: set[int] = field(default_factory=set)
    forms: list[int] = field(default_factory=list)
    """Elements that are comment forms."""
    form_begins: list[int] = field(default_factory=list)
    """The chunks at which they begin, in order."""
    in_comments: list[bool] = field(default_factory=list)
    """By element: whether it lies in something that is named after comments."""
    in_aside: list[bool] = field(default_factory=list)
    named: list[bool] = field(default_factory=list)
    """By element: whether its own class or id is named after comments."""
    is_forum: bool = False
    title_at: int = 0
    """The chunk at which the first `h1` begins."""

    dated: list[int] = field(default_factory=list)
    other_dates: list[int] = field(default_factory=list)
    says: list[int] = field(default_factory=list)
    actions: list[int] = field(default_factory=list)
    permalinks: list[int] = field(default_factory=list)
    ids: list[int] = field(default_factory=list)
    comment_ids: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    profiles: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    """Words of running text."""
    counted: list[int] = field(default_factory=list)
    """Counters of comments: a record that holds one is an article in a list."""
    headlines: list[int] = field(default_factory=list)
    """Links of several words that lead to another page."""
    moments: dict[int, str] = field(default_factory=dict)
    """Element → its machine-readable time."""

    def is_dated(self, span: tuple[int, int]) -> bool:
        """Whether a time is printed in a range of chunks."""
        return self.dated[span[1]] > self.dated[span[0]]

    def are_enough(self, named: int, begin: int, end: int, records: int) -> bool:
        """Whether a run of chunks can be a thread of so many records: three kinds of sign (who, when, words, ids) stand
        in half of them at least. `named`: how many names say so already."""
        least = records / 2
        dated = self.dated[end] - self.dated[begin] >= least
        signed = self.authors[end] - self.authors[begin] >= least
        said = self.says[end] - self.says[begin] >= least
        profiled = self.profiles[end] - self.profiles[begin] >= least
        worded = self.bodies[end] - self.bodies[begin] >= least
        anchored = self.ids[end] - self.ids[begin] >= least or self.permalinks[end] - self.permalinks[begin] >= least
        return named + dated + signed + said + profiled + worded + anchored >= 3


def running(counts: list[int]) -> list[int]:
    return list(accumulate(counts))
