"""The threads that a page shows, put together: the chosen one, and the further lists of comments beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final

from archiver.items import Comment, ThreadPage
from archiver.pages import urls
from archiver.pages.page import Page
from archiver.pages.threads import lists, picks
from archiver.pages.threads.comments import read_comments
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.kinds import PINGS, ended_at_headings
from archiver.pages.threads.marks import HOSTED, masked
from archiver.pages.threads.more import PLATFORM, more_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.places import Places
from archiver.pages.threads.region import region_of
from archiver.pages.threads.scores import Scored
from archiver.pages.threads.signs import Signs

EXTRACTOR: Final = "generic 2"
"""Raised whenever the same page would give other words."""
_OF_TAG: Final = re.compile(r"^(?:li|div|dd|dt|article|section|tr|td|p|a|span)[-_]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A page with its outline and signs: what every list of it is read from."""

    page: Page
    text: Outline
    signs: Signs
    places: Places


def threads_of(shown: Shown, chosen: Cut, confidence: float, others: list[Scored]) -> tuple[ThreadPage, ...]:
    """The chosen cut as a thread, with what the page says of it elsewhere, and the other cuts: lists of the same system
    are part of that thread, any other is one of its own. None where no record is a comment."""
    main = _read(shown, chosen, confidence)
    if main is None:
        return ()
    more = more_of(shown.text, shown.signs, chosen, shown.page.url)
    main = replace(main, claimed=more.claimed, follow_ups=more.follow_ups, page_number=more.page_number)
    apart: list[ThreadPage] = []
    for one in others:
        read = _read(shown, one.cut, one.confidence)
        if read is None:
            continue
        name = lists.name_of(shown.text, one.cut, chosen)
        comments = _without_twins(read.comments, main.comments)
        if len(comments) < len(read.comments) or _belong_together(shown, chosen, one.cut, main.comments, comments):
            begins_before = one.cut.spans[0][0] < chosen.spans[0][0]
            main = _joined(main, replace(read, comments=comments), name, begins_before=begins_before)
        elif comments:
            apart.append(replace(read, id=f"{main.id}#{_unlike(name, apart)}"))
    return (main, *apart)


def _read(shown: Shown, cut: Cut, confidence: float) -> ThreadPage | None:
    """A cut as a thread of the page; None where no record is a comment."""
    cut = ended_at_headings(shown.text, cut)
    confidence = round(confidence, 2)
    comments = read_comments(shown.page, shown.text, shown.signs, cut, shown.places, confidence)
    if not comments:
        return None
    return ThreadPage(
        platform=PLATFORM,
        id=urls.clean(shown.page.url),
        comments=picks.marked(picks.apart(comments)),
        regions=region_of(shown.text, shown.signs, cut, shown.places),
        evidence=tuple(str(naming) for naming in cut.namings[:4]),
        extractor=EXTRACTOR,
        confidence=confidence,
    )


def _without_twins(comments: tuple[Comment, ...], main: tuple[Comment, ...]) -> tuple[Comment, ...]:
    """Of a further list those that are not in the chosen one. Where all are, and are a part of that, they are picks."""
    twins = picks.repeated(comments, main)
    if len(twins) == len(comments) < len(main):
        return picks.as_picks(comments)
    return tuple(one for place, one in enumerate(comments) if place not in twins or one.kind == "pick")


def _belong_together(
    shown: Shown, chosen: Cut, cut: Cut, main: tuple[Comment, ...], comments: tuple[Comment, ...]
) -> bool:
    """Whether a further list is part of the chosen thread: picked out of it, or made by the same system. That shows in
    ids of one pattern; where one list has none, in class names. Pingbacks without ids are the site's own. On a forum
    the page is the thread."""
    if shown.signs.is_forum or any(comment.kind == "pick" for comment in comments):
        return True
    ids, other_ids = _id_patterns(main), _id_patterns(comments)
    if ids and other_ids:
        return not ids.isdisjoint(other_ids)
    are_pings = all(comment.kind in PINGS for comment in comments)
    return (are_pings and not chosen.marks & HOSTED) or lists.share_a_class(shown.text, chosen, cut)


def _id_patterns(comments: tuple[Comment, ...]) -> set[str]:
    """How the ids look that are the site's own: `li-comment-7` and `div-comment-7` are both of `comment-7`."""
    return {_OF_TAG.sub("", masked(comment.id)) for comment in comments if comment.id_origin == "native"}


def _joined(main: ThreadPage, more: ThreadPage, name: str, *, begins_before: bool) -> ThreadPage:
    return replace(
        main,
        comments=picks.marked(picks.together(main.comments, more.comments, name, begins_before=begins_before)),
        regions=tuple(dict.fromkeys((*main.regions, *more.regions))),
        evidence=(*main.evidence, *(f"beside it: {naming}" for naming in more.evidence[:1])),
    )


def _unlike(name: str, threads: list[ThreadPage]) -> str:
    """The name, numbered where a list before has it too."""
    same = sum(thread.id.partition("#")[2].partition("~")[0] == name for thread in threads)
    return f"{name}~{same + 1}" if same else name
