"""One page's comments in one form: each id once, numbered in reading order, parents without cycles, clean text.

What needs other pages (a parent on an earlier page, order over all of them) is the business of `archiver.threads`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from archiver.items import Comment, ThreadPage

CUT = "cycle cut"
"""The rule of a parent that was taken away because comments would answer each other in a ring."""

_LINE_ENDS = re.compile(r"\r\n?|\u2028|\u0085")
_MANY_BLANK_LINES = re.compile(r"\n{4,}")


def normalise(thread: ThreadPage) -> ThreadPage:
    """The thread's page with its comments in one form. A second call changes nothing."""
    kept = _each_once(thread.comments)
    parents = _without_cycles(kept)
    depths = _depths(kept, parents)
    comments = (
        _clean(comment, position, parents[comment.id], depths[comment.id]) for position, comment in enumerate(kept)
    )
    return replace(thread, comments=tuple(comments))


def _each_once(comments: Sequence[Comment]) -> list[Comment]:
    """One comment an id, at the place where it was first shown; of two the one that says more."""
    best: dict[str, Comment] = {}
    for comment in comments:
        if comment.id not in best or _fullness(comment) > _fullness(best[comment.id]):
            best[comment.id] = comment
    return list(dict.fromkeys(best[comment.id] for comment in comments))


def _fullness(comment: Comment) -> tuple[int, int]:
    told = (comment.author, comment.published or comment.published_local, comment.permalink, comment.parent_id)
    return sum(field is not None for field in told) + bool(comment.text), len(comment.text)


def _without_cycles(comments: Sequence[Comment]) -> Mapping[str, str | None]:
    """The parent of each comment; None where going up would lead back to it."""
    parents = {comment.id: comment.parent_id for comment in comments}
    safe: set[str] = set()
    for comment in comments:
        way: dict[str, None] = {}
        at: str | None = comment.id
        while at is not None and at in parents and at not in safe:
            if at in way:
                parents[at] = None
                break
            way[at] = None
            at = parents[at]
        safe.update(way)
    return parents


def _depths(comments: Sequence[Comment], parents: Mapping[str, str | None]) -> Mapping[str, int | None]:
    """Depth from the parents, where they lead to the top on this page; else what the page says."""
    told = {comment.id: comment.depth for comment in comments}
    depths: dict[str, int | None] = {}
    for comment in comments:
        way: list[str] = []
        at: str | None = comment.id
        while at is not None and at in told and at not in depths:
            way.append(at)
            at = parents[at]
        for name in reversed(way):
            parent = parents[name]
            if parent is None:
                depths[name] = 0
            else:
                above = depths.get(parent)
                depths[name] = told[name] if above is None else above + 1
    return depths


def _clean(comment: Comment, position: int, parent: str | None, depth: int | None) -> Comment:
    found_by = comment.found_by if parent == comment.parent_id else {**comment.found_by, "parent": CUT}
    return replace(
        comment,
        parent_id=parent,
        depth=depth,
        position=position,
        text=_clean_text(comment.text),
        author=_clean_name(comment.author),
        title=_clean_name(comment.title),
        published=comment.published.astimezone(UTC) if comment.published and comment.published.tzinfo else None,
        published_local=_local(comment),
        found_by=found_by,
    )


def _local(comment: Comment) -> datetime | None:
    """The printed clock, naive; a time that came without a zone where UTC was meant to be is one too."""
    if comment.published_local is not None:
        return comment.published_local.replace(tzinfo=None)
    if comment.published is not None and comment.published.tzinfo is None:
        return comment.published
    return None


def _clean_text(text: str) -> str:
    """Line ends of one kind, no blanks at the end of a line, no gaps of many lines. The words stay as printed."""
    lines = (line.rstrip(" \t\r\f\v") for line in _LINE_ENDS.sub("\n", text).replace("\x00", "").split("\n"))
    return _MANY_BLANK_LINES.sub("\n\n\n", "\n".join(lines)).strip("\n")


def _clean_name(name: str | None) -> str | None:
    return " ".join(name.split()) or None if name else None
