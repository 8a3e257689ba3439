"""Threads of two kinds of record: questions and answers, with comments below each of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import COMMENT
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.scores import Scored
from archiver.pages.threads.signs import Signs

_LEAST: Final = 0.5
_LEAST_WHOLE: Final = 0.6
_LEAST_OWN_WORDS: Final = 8
_MAX_RECORDS: Final = 5000


def merged(page: Outline, signs: Signs, scored: list[Scored], chosen: Scored) -> Cut:
    """The chosen cut together with the posts that hold its comments, or the comments that its posts hold; the chosen
    cut itself where the page has no second layer. Only on forums: elsewhere a list in a comment would be one."""
    if not signs.is_forum:
        return chosen.cut
    below = (one for one in scored if _are_layers(page, signs, chosen, one))
    comments = max(below, key=lambda one: one.score, default=None)
    if comments is not None:
        return _merge(chosen.cut, _tight(page, comments.cut))
    above = (one for one in scored if _are_layers(page, signs, one, chosen))
    posts = max(above, key=lambda one: one.score, default=None)
    return chosen.cut if posts is None else _merge(posts.cut, _tight(page, chosen.cut))


def _are_layers(page: Outline, signs: Signs, posts: Scored, comments: Scored) -> bool:
    """Whether each comment lies in a post, and both have an author, a time and words of their own."""
    if not comments.cut.marks & COMMENT or posts.cut.mode != "box" or min(posts.score, comments.score) < _LEAST:
        return False
    below = _tight(page, comments.cut)
    if len(below.spans) + len(posts.cut.spans) > _MAX_RECORDS:
        return False
    within = _posts_of(page, posts.cut, below)
    if within is None or (len(set(within)) == 1 and posts["ids"] < 1):
        return False  # one block of a page that holds all posts is no post
    for sums, least in ((signs.dated, 1), (signs.authors, 1), (page.words, _LEAST_OWN_WORDS)):
        of_comments = [sums[end] - sums[begin] for begin, end in below.spans]
        own = [sums[end] - sums[begin] for begin, end in posts.cut.spans]
        for post, count in zip(within, of_comments, strict=True):
            own[post] -= count
        if any(sum(count >= least for count in of) < _LEAST_WHOLE * len(of) for of in (of_comments, own)):
            return False
    return True


def _tight(page: Outline, cut: Cut) -> Cut:
    """The same records as their members alone: a lone comment's unit reaches up to the post, and over it."""
    spans = [(page.begins[member], page.ends[member]) for member in cut.members]
    return replace(cut, units=cut.members, spans=spans)


def _posts_of(page: Outline, posts: Cut, comments: Cut) -> list[int] | None:
    """For each comment the post in whose own element it lies, behind the words with which the post begins; None where
    one lies elsewhere: what merely surrounds a post may be the whole page."""
    place, spans, found = 0, posts.spans, list[int]()
    for (begin, end), member in zip(comments.spans, comments.members, strict=True):
        while place < len(spans) and spans[place][1] <= begin:
            place += 1
        if place == len(spans) or begin <= spans[place][0] or end > spans[place][1]:
            return None
        if not page.holds(posts.members[place], member):
            return None
        found.append(place)
    return found


def _merge(posts: Cut, comments: Cut) -> Cut:
    """All records in the order of the page; a post ends where its first comment begins."""
    rows = [
        (span, unit, member, layer)
        for layer, cut in enumerate((posts, comments))
        for span, unit, member in zip(cut.spans, cut.units, cut.members, strict=False)
    ]
    rows.sort(key=lambda row: (row[0][0], -row[0][1]))
    spans = [
        (begin, min(end, rows[at + 1][0][0]) if at + 1 < len(rows) else end)
        for at, ((begin, end), *_) in enumerate(rows)
    ]
    return Cut(
        posts.naming,
        "box",
        [row[2] for row in rows],
        [row[1] for row in rows],
        posts.root,
        spans,
        posts.size,
        [*posts.namings, *comments.namings],
        [row[3] for row in rows],
    )
