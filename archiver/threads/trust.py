"""Whether a page of a thread is believed, beside what is known of the thread."""

from __future__ import annotations

from dataclasses import replace

from archiver.items import CERTAIN, ThreadPage


def is_certain(confidence: float) -> bool:
    """Whether a thread that was read with this confidence is one, as far as anybody can tell from the page."""
    return confidence >= CERTAIN


def weigh(page: ThreadPage, known: float | None) -> ThreadPage:
    """The page as it may be stored under a thread that was read with the confidence `known` before (None: never).

    What looks like a thread and may be none is kept, and told as uncertain; but it says nothing of a thread that was
    read with certainty before: neither new comments nor that others are gone. The gap says so.
    """
    if known is None or not is_certain(known) or is_certain(page.confidence):
        return page
    gap = f"what looks like the thread on this page is uncertain (confidence {page.confidence:.2f}) and was left aside"
    return replace(page, comments=(), follow_ups=(), claimed=None, state="unknown", gap=page.gap or gap)
