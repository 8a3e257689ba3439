"""From boxes to comments: what only the whole page tells (names from labels, order of day and month, parents)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import cast

from archiver.items import Comment, CommentKind, Moment
from archiver.pages import dates
from archiver.pages.page import Page
from archiver.platforms.wordpress import boxes, fields, locate
from archiver.platforms.wordpress.boxes import Box
from archiver.platforms.wordpress.fields import Read

_ID_IN_BYTES = re.compile(
    r"<(?:li|div|article|section|dt|tr)\b[^<>]{0,400}?\bid\s*=\s*[\"']?(?:li-|div-)?comment-(\d{1,18})\b"
)
_HIDDEN_PARTS = (("<!--", "-->"), ("<script", "</script"), ("<template", "</template"), ("<style", "</style"))
_FINE = ("second", "minute")
_TYPED = {ord(printed): typed for printed, typed in zip("‘’‚“”„″′–—×", "'''\"\"\"\"'--x", strict=True)}
DEEPEST = "nesting, deepest level shown"
FLAT = "flat thread"


def read(page: Page, found: Sequence[Box]) -> tuple[list[Comment], bool]:
    """The comments in page order, and whether any has a reply link. A box without words, name and time is none."""
    told = {box: fields.read(box, page.url) for box in boxes.walk(page.root, found)}
    kept = [box for box in found if box in told and _is_comment(told[box])]
    reads = [told[box] for box in kept]
    names = fields.names_from_labels((one.id, one.label) for one in reads)
    _undo_typography(reads, names)
    moments = _moments(page, reads)
    parents = _parents(kept, told)
    locators = locate.Locators(page.root)
    shown = [
        _comment(told[box], index, names.get(box.id), moments.get(box.id), parents[box.id], locators.of(box))
        for index, box in enumerate(kept)
    ]
    return shown, any(one.can_be_answered for one in reads)


def _is_comment(one: Read) -> bool:
    return bool(
        one.level or one.permalink or one.label or (one.author and (one.text or one.dates)) or (one.text and one.dates)
    )


def _comment(
    one: Read, index: int, label: str | None, moment: Moment | None, parent: tuple[str | None, str], locator: str | None
) -> Comment:
    author, rule = _author(one, label)
    by = {"author": rule, "parent": parent[1], "published": moment.rule if moment else "", "text": one.text_rule}
    return Comment(
        id=one.id,
        parent_id=parent[0],
        author=author,
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
        kind=cast(CommentKind, one.kind),
        state="hidden" if one.held else "visible",
        number=one.number,
        depth=one.level - 1 if one.level else None,
        position=index,
        locator=locator,
        found_by={field: found for field, found in by.items() if found},
    )


def _author(one: Read, label: str | None) -> tuple[str | None, str]:
    """The printed name without 'says:'; whom the reply link names, where that is all there is, or the name's beginning."""
    printed = one.author
    if not printed:
        return label, "reply link" if label else ""
    plain = fields.without_says(printed) or printed
    if (
        label
        and plain != label
        and (_as_typed(plain) == _as_typed(label) or re.match(rf"{re.escape(label)}\W", printed))
    ):
        return label, "reply link"
    return plain, one.author_rule


def _undo_typography(reads: Sequence[Read], names: Mapping[str, str]) -> None:
    """Where the reply links of a page show that it prints ' as ’ in names, the same is undone in names without one."""
    pairs = [(one.author, names[one.id]) for one in reads if one.author and names.get(one.id)]
    if any(printed != label and _as_typed(printed) == label for printed, label in pairs):
        for one in reads:
            if one.author and one.id not in names and _as_typed(one.author) != one.author:
                one.author, one.author_rule = _as_typed(one.author), "typographic quotes undone"


def _as_typed(name: str) -> str:
    """Block themes print names with typographic quotes and dashes (wptexturize); the reply link has them as typed."""
    return name.translate(_TYPED).replace("...", "…")


# --- times ----------------------------------------------------------------------------------------------------------


def _moments(page: Page, reads: Sequence[Read]) -> dict[str, Moment]:
    languages = [tag for tag in (page.root.get("lang"), page.root.get("xml:lang")) if tag]
    day_first = dates.order_of(words for one in reads for rule, words in one.dates if rule.startswith("printed"))
    found: dict[str, Moment] = {}
    for one in reads:
        moment = _moment(one, page.at, languages, day_first)
        if moment is not None:
            found[one.id] = moment
    return found


def _moment(one: Read, at: datetime | None, languages: Sequence[str], day_first: bool | None) -> Moment | None:
    """The finest of what a comment tells of its time: UTC to the minute, else a clock to the minute, else a day."""
    best: Moment | None = None
    for rule, value in one.dates:
        moment = _read_date(rule, value, at, languages, day_first)
        if moment is not None and (best is None or _rank(moment) > _rank(best)):
            best = moment
        if best is not None and _rank(best) == _BEST:
            break
    return best


def _read_date(
    rule: str, value: str, at: datetime | None, languages: Sequence[str], day_first: bool | None
) -> Moment | None:
    if rule == "epoch":
        return dates.from_epoch(int(value), rule)
    if not rule.startswith("printed"):
        return (
            dates.from_iso(value, rule)
            or dates.from_http_date(value, rule)
            or dates.from_words(value, at=at, languages=languages, rule=rule, day_first=day_first)
        )
    return dates.from_words(value, at=at, languages=languages, rule=rule, day_first=day_first)


_BEST = 4


def _rank(moment: Moment) -> int:
    if moment.utc is None and moment.local is None:
        return 0
    if moment.precision not in _FINE:
        return 2 if moment.precision in ("day", "hour") else 1
    return _BEST if moment.utc else 3


def is_vague(comment: Comment) -> bool:
    """Whether its minute in UTC is not known, or its parent is hidden by a thread that nests no further."""
    if comment.kind != "comment":
        return False
    return (
        comment.published is None
        or comment.published_precision not in _FINE
        or comment.found_by.get("parent") in (DEEPEST, FLAT)
    )


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
            at_level = {known: number for known, number in at_level.items() if known < level}
            at_level[level] = box.id
    return parents


# --- the page as a whole --------------------------------------------------------------------------------------------


def are_newest_first(read: Sequence[Comment]) -> bool:
    """Whether the comments that answer the article run backwards in time (by time, else by id, which WordPress counts)."""
    tops = [comment for comment in read if comment.parent_id is None and comment.kind == "comment"]
    numbers = [int(comment.id) for comment in tops]
    times = [comment.published or comment.published_local for comment in tops]
    known = [time.replace(tzinfo=None) for time in times if time is not None]
    series: Sequence[float] = (
        [t.toordinal() * 86400.0 + t.hour * 3600 + t.minute * 60 + t.second for t in known]
        if len(known) == len(tops) and len(set(known)) > 1
        else numbers
    )
    falls = sum(a > b for a, b in zip(series, series[1:], strict=False))
    rises = sum(a < b for a, b in zip(series, series[1:], strict=False))
    return falls > rises


def lost(page: Page, read: Iterable[Comment]) -> str | None:
    """A sentence on comments whose ids are in the bytes and which the parsed page does not show; None: none are."""
    missing = set(_ID_IN_BYTES.findall(page.text)) - {comment.id for comment in read}
    if missing:
        missing &= set(_ID_IN_BYTES.findall(_shown_part(page.text)))
    if not missing:
        return None
    reason = f"{len(missing)} comments of the page's markup could not be read"
    page.problems.append(f"{reason}.")
    return reason


def _shown_part(source: str) -> str:
    """The markup without HTML comments, scripts and templates."""
    for opening, closing in _HIDDEN_PARTS:
        first, *rest = source.split(opening)
        source = first + "".join(part.partition(closing)[2] if closing in part else "" for part in rest)
    return source
