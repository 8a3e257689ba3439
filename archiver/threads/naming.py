"""Lasting ids for comments that have none of their own: from author and time, else from author and order."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count
from typing import Final

from archiver.items import Comment

NAMELESS: Final = "comment"
_BETWEEN_WORDS: Final = re.compile(r"[\W_]+")
_LONGEST: Final = 40


def lasting_id(comment: Comment, *, is_taken: Callable[[str], bool]) -> str:
    """`ida-holm-2016-01-15-1242`, else `ida-holm-3` for her third; the first that is not taken.

    A time counts only where it is printed with its year: '2 hours ago' is another one at each visit.
    """
    author = _BETWEEN_WORDS.sub("-", (comment.author or "").casefold()).strip("-")[:_LONGEST].strip("-") or NAMELESS
    time = comment.published_local or comment.published
    if time is not None and f"{time.year}" in (comment.published_raw or ""):
        fine = comment.published_precision in ("minute", "second")
        stem = f"{author}-{time:%Y-%m-%d-%H%M}" if fine else f"{author}-{time:%Y-%m-%d}"
        names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    else:
        names = (f"{author}-{number}" for number in count(1))
    return next(name for name in names if not is_taken(name))
