"""Which cut is the thread: the one that looks most like it, if that is enough."""

from __future__ import annotations

from typing import Final

from archiver.pages.threads.outline import Outline
from archiver.pages.threads.scores import Scored, has_name, kind_of
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.whole import whole

LEAST: Final = 0.5
LEAST_ON_FORUM: Final = 0.2
"""The least confidence that makes a cut the thread: as likely as not. A forum's page is a thread, and half of one is
better than none."""


def choose(page: Outline, signs: Signs, scored: list[Scored]) -> Scored | None:
    """The thread; None where nothing on the page looks enough like one."""
    best = max(scored, key=lambda one: one.score, default=None)
    if best is not None and best.confidence < least_for(signs, best):
        named = (one for one in scored if has_name(signs, one) and one.confidence >= least_for(signs, one))
        best = max(named, key=lambda one: one.score, default=None)
    if best is None:
        return None
    chosen = whole(page, scored, best, has_posts=signs.is_forum)
    chosen.confidence = best.confidence
    return chosen


def least_for(signs: Signs, one: Scored) -> float:
    """How sure one must be of a cut to take it for the thread."""
    return LEAST_ON_FORUM if kind_of(signs, one) == "forum" else LEAST
