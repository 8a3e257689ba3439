"""Whom each comment answers, by whatever means the page shows it.

For the whole thread one of: a level (`depth-2`, `aria-level`), nesting of elements, a name that only replies have,
indentation, dotted numbers; the first that tells anything. What names a parent ('in reply to', `data-parent`) is true
of one comment and overrules that; a quote of an earlier post counts only where nothing else tells a parent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archiver.pages.threads import levels, words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import kind_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.quoted import quoted
from archiver.pages.threads.records import Record
from archiver.pages.threads.references import References

_LONG_CHAIN: Final = 5
_LISTS: Final = frozenset(("ul", "ol", "dl", "blockquote"))


@dataclass(slots=True)
class Parent:
    """The number of the record that is answered, and how it was found."""

    record: int
    rule: str


def find_parents(
    page: Outline,
    cut: Cut,
    records: list[Record],
    permalinks: list[str | None],
    numbers: list[int | None],
    names: Sequence[str | None],
    *,
    is_forum: bool,
) -> list[Parent | None]:
    """For each record the one it answers, or None at the top."""
    parents = (
        _by_layer(cut)
        or _stacked(levels.by_number(page, cut, records), "level", all_may_answer_the_first=not is_forum)
        or _by_nesting(page, cut, records)
        or _stacked(levels.by_name(page, records), "name of a reply")
        or _stacked(levels.by_indent(page, cut, records), "indentation")
        or _stacked(levels.by_dots(records), "dotted number")
        or [None] * len(records)
    )
    references = References(page, records, permalinks, numbers, names)
    for number in range(len(records)):
        named = references.named(number) or (None if parents[number] else quoted(page, records, number, references))
        if named:
            parents[number] = Parent(*named)
    return _without_circles(parents)


def _without_circles(parents: list[Parent | None]) -> list[Parent | None]:
    """Hostile markup can name parents in a circle: whoever closes one stands at the top."""
    done: set[int] = set()
    for start in range(len(parents)):
        way: set[int] = set()
        number = start
        while number not in done and (parent := parents[number]) is not None:
            way.add(number)
            if parent.record in way:
                parents[number] = None
                break
            number = parent.record
        done |= way
    return parents


def _by_layer(cut: Cut) -> list[Parent | None] | None:
    """In a thread of posts with comments below them, the post above."""
    if not cut.layers:
        return None
    parents: list[Parent | None] = []
    post: int | None = None
    for number, layer in enumerate(cut.layers):
        parents.append(Parent(post, "comment below a post") if layer and post is not None else None)
        post = post if layer else number
    return parents


def _stacked(
    found: Sequence[float] | None, rule: str, *, all_may_answer_the_first: bool = False
) -> list[Parent | None] | None:
    parents = None if found is None else _by_depth(found, rule)
    if parents is None or (not all_may_answer_the_first and _is_first_post_apart(parents)):
        return None
    return parents


def _is_first_post_apart(parents: list[Parent | None]) -> bool:
    """Whether all hang on the first record: often that is the first post of a forum, which looks unlike the others."""
    return len(parents) > 2 and all(parent is not None and parent.record == 0 for parent in parents[1:])


def _by_depth(depths: Sequence[float], rule: str) -> list[Parent | None]:
    """The nearest earlier record of a lower level is the parent."""
    open_records: list[int] = []
    parents: list[Parent | None] = []
    for number, depth in enumerate(depths):
        while open_records and depths[open_records[-1]] >= depth:
            open_records.pop()
        parents.append(Parent(open_records[-1], rule) if open_records else None)
        open_records.append(number)
    return parents


def _by_nesting(page: Outline, cut: Cut, records: list[Record]) -> list[Parent | None] | None:
    """The depth of the *member*, for the unit of a lone reply reaches up to the level of its parent. A pair counts if
    the one holds the other, or its words, if a list or something named after nesting lies between, or if the reply lies
    in an element of the same kind as one that holds both."""
    depths = _depths(page)
    parents = _by_depth([depths[record.member] for record in records], "nesting")
    for number, parent in enumerate(parents):
        if parent is None:
            continue
        child, above = records[number].member, records[parent.record]
        if page.holds(above.member, child) or _holds_words(page, above, child):
            continue
        common = page.above(above.member, child)
        unrelated = common <= cut.root and page.parents[above.unit] > cut.root
        if unrelated or not (_has_nesting_between(page, child, common) or _repeats(page, child, common, cut.root)):
            parents[number] = None
    if not any(parents) or _is_unclosed(page, records, parents):
        return None
    if _is_first_post_apart(parents) and not page.holds(records[0].member, records[-1].member):
        return None
    return parents


def _holds_words(page: Outline, record: Record, child: int) -> bool:
    """Whether a child lies in the element behind the record's member (a mere `<a name>`), among words of the record."""
    behind = page.lasts[record.member] + 1
    if behind > child or not page.holds(behind, child) or page.parents[behind] != page.parents[record.member]:
        return False
    return record.begin <= page.begins[behind] < min(page.begins[child], record.end)


def _depths(page: Outline) -> list[int]:
    """By element how many others hold it."""
    depths = [0]
    for parent in page.parents[1:]:
        depths.append(depths[parent] + 1)
    return depths


def _is_unclosed(page: Outline, records: list[Record], parents: list[Parent | None]) -> bool:
    """Whether each record lies in the box that holds the words of the one before it, down to the last: a tag that is
    never closed. A box of replies begins behind the words that they answer."""
    return len(records) >= _LONG_CHAIN and all(
        parent is not None
        and parent.record == number - 1
        and _is_among_words(page, records[number].member, records[number - 1].member)
        for number, parent in enumerate(parents)
        if number
    )


def _is_among_words(page: Outline, child: int, above: int) -> bool:
    element = child
    while page.parents[element] > above:
        element = page.parents[element]
    return element != child and page.begins[element] == page.begins[above]


def _has_nesting_between(page: Outline, element: int, above: int) -> bool:
    element = page.parents[element]
    while element > above:
        if page.tags[element] in _LISTS or words.NESTING_NAME.search(
            f"{page.classes[element]} {page.anchors[element]}".lower()
        ):
            return True
        element = page.parents[element]
    return False


def _repeats(page: Outline, element: int, common: int, root: int) -> bool:
    """Whether a class name around the element, below the common ancestor, is found again around both."""
    inner: set[str] = set()
    element = page.parents[element]
    while element > common:
        inner.add(kind_of(page.tags[element], page.classes[element]))
        element = page.parents[element]
    while element >= root:
        kind = kind_of(page.tags[element], page.classes[element])
        if kind in inner and not kind.endswith("."):
            return True
        element = page.parents[element]
    return False
