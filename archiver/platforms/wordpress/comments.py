"""From boxes to comments: what only the whole page tells (names from labels, order of day and month, parents)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC
from itertools import pairwise

from archiver.items import Comment, Moment
from archiver.pages.page import Page
from archiver.platforms.wordpress import boxes, fields, locate, names, times
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.fields import Read

_ID_IN_BYTES = re.compile(
    r"<(?:li|div|article|section|dt|tr)\b[^<>]{0,400}?\bid\s*=\s*[\"']?(?:li-|div-)?comment-(\d{1,18})\b"
)
_HIDDEN_PARTS = (("<!--", "-->"), ("<script", "</script"), ("<template", "</template"), ("<style", "</style"))
DEEPEST = "nesting, deepest level shown"
FLAT = "flat thread"


def read(page: Page, found: Sequence[Box]) -> tuple[list[Comment], bool]:
    """The comments in page order, and whether any has a reply link. A box without any words is no comment."""
    told = {box: fields.read(box, page.url) for box in boxes.walk(page.root, found)}
    kept = [box for box in found if box in told and (told[box].text or told[box].author or told[box].head)]
    reads = [told[box] for box in kept]
    names.settle(reads)
    languages = [tag for tag in (page.root.get("lang"), page.root.get("xml:lang")) if tag]
    moments = times.read({one.id: one.dates for one in reads}, page.at, languages)
    parents = _parents(kept, told)
    locators = locate.Locators(page.root)
    shown = [
        _comment(told[box], index, moments.get(box.id), parents[box.id], locators.of(box))
        for index, box in enumerate(kept)
    ]
    return shown, any(one.can_be_answered for one in reads)


def _comment(
    one: Read, index: int, moment: Moment | None, parent: tuple[str | None, str], locator: str | None
) -> Comment:
    rules = {
        "author": one.author_rule,
        "parent": parent[1],
        "published": moment.rule if moment else "",
        "text": one.text_rule,
        "permalink": one.permalink_rule,
    }
    return Comment(
        id=one.id,
        parent_id=parent[0],
        author=one.author,
        author_id=one.author_id,
        author_url=one.author_url,
        published=moment.utc if moment else None,
        published_local=moment.local if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        text=one.text,
        html=one.html,
        links=one.links,
        permalink=one.permalink,
        kind=one.kind,
        state="hidden" if one.held else "visible",
        number=one.number,
        depth=one.level - 1 if one.level else None,
        position=index,
        locator=locator,
        found_by={field: rule for field, rule in rules.items() if rule},
    )


def is_vague(comment: Comment) -> bool:
    """Whether its minute in UTC is not known, or its parent is hidden by a thread that nests no further."""
    if comment.kind != "comment":
        return False
    exact = comment.published is not None and comment.published_precision in ("second", "minute")
    return not exact or comment.found_by.get("parent") in (DEEPEST, FLAT)


# --- parents --------------------------------------------------------------------------------------------------------


def _parents(found: Sequence[Box], told: Mapping[Box, Read]) -> dict[str, tuple[str | None, str]]:
    """Parent and rule of each comment. Nesting first; where a theme does not nest, the `depth-N` that WordPress writes.

    At the deepest level that a site shows, WordPress prints answers beside what they answer and leaves out the reply
    link: such a parent is an ancestor for sure, the parent perhaps.
    """
    levels = {box.id: told[box].level for box in found}
    deepest = max((level for level in levels.values() if level), default=1)
    answerable = any(told[box].can_be_answered for box in found)
    at_level: dict[int, str] = {}
    way: list[tuple[int, str]] = []
    parents: dict[str, tuple[str | None, str]] = {}
    for box in found:
        level = levels[box.id]
        parent, rule = box.nested_in, "nesting" if box.nested_in else ""
        if level and level > 1 and levels.get(parent or "") != level - 1 and level - 1 in at_level:
            parent, rule = at_level[level - 1], "depth class"
        if box.told_parent is not None:
            parent, rule = (box.told_parent if box.told_parent != "0" else None), "id names the parent"
        elif level == deepest and answerable and not told[box].can_be_answered:
            rule = DEEPEST if parent else rule
        elif deepest == 1 and not answerable and not parent:
            rule = FLAT
        parents[box.id] = parent, rule
        if level:
            while way and way[-1][0] >= level:
                at_level.pop(way.pop()[0], None)
            way.append((level, box.id))
            at_level[level] = box.id
    return parents


# --- the page as a whole --------------------------------------------------------------------------------------------


def are_newest_first(read: Sequence[Comment], hint: bool) -> bool:
    """Whether the comments that answer the article run backwards: by time, else by id, which WordPress counts up.
    `hint` is what other pages of the thread show; it decides where there are not two comments to compare."""
    tops = [comment for comment in read if comment.parent_id is None and comment.kind == "comment"]
    numbers = [int(comment.id) for comment in tops]
    times = [comment.published or comment.published_local for comment in tops]
    known = [time.replace(tzinfo=UTC) for time in times if time is not None]
    series = [time.timestamp() for time in known] if len(known) == len(tops) and len(set(known)) > 1 else numbers
    falls = sum(a > b for a, b in pairwise(series))
    rises = sum(a < b for a, b in pairwise(series))
    return hint if falls == rises else falls > rises


def lost(page: Page, read: Iterable[Comment]) -> str | None:
    """A sentence on comments whose ids are in the bytes and which the parsed page does not show; None: none are."""
    missing = set(_ID_IN_BYTES.findall(page.text)) - {comment.id for comment in read}
    if missing:
        missing &= set(_ID_IN_BYTES.findall(_shown_part(page.text)))
    if not missing:
        return None
    reason = f"{len(missing)} of the comments in the page's markup could not be read"
    page.problems.append(f"{reason}.")
    return reason


def _shown_part(source: str) -> str:
    """The markup without HTML comments, scripts and templates."""
    for opening, closing in _HIDDEN_PARTS:
        first, *rest = source.split(opening)
        source = first + "".join(part.partition(closing)[2] if closing in part else "" for part in rest)
    return source
