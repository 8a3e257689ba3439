"""Suspicions: spam, and the same words twice in a thread. A flag hides and deletes nothing; it says why, and how sure.

    signs      what can be seen of a comment
    spam       a sum of weights, and offers of money
    duplicates the same words once more

Pure: the comments of one thread in, flags out. What shows only over many threads is in `campaigns`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.threads.flags import duplicates, spam
from archiver.threads.flags.values import Flag
from archiver.threads.links.values import Said

__all__ = ["Flag", "find"]


def find(comments: Sequence[Said]) -> Iterator[Flag]:
    """The flags of a thread's comments, which come in the order in which they were written."""
    yield from _spam(comments)
    yield from duplicates.find(comments)


def _spam(comments: Sequence[Said]) -> Iterator[Flag]:
    for comment in comments:
        found = spam.suspicion(comment.text)
        if found is not None:
            yield Flag(comment_id=comment.id, kind="spam", rule=found.rule, score=round(found.score, 3))
