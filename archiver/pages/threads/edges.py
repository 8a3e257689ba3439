"""The first and last records of a cut, held against those between: a heading, a hint or a footer may be cut like one.

What merely stands beside the thread often carries the same marks of a theme as the comments. It shows at the edges,
where a record is of another kind than all others and has nothing of what they have.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.marks import names_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs

_LEAST_RECORDS: Final = 3
_USUAL: Final = 0.5
"""A class name that this many records share tells their kind."""
_ALL: Final = 0.9
_LEAST_SIGNS: Final = 3
_ID: Final = 0
"""The place of the id among the signs of a record (`_signs_in`)."""
_NO_RECORD: Final = frozenset(("header", "footer", "nav"))
_BUTTON: Final = 4
_LITTLE: Final = 12
"""Words of running text around a record that may be a notice."""


def without_strangers(page: Outline, signs: Signs, cut: Cut) -> Cut:
    """The cut without the outermost records of each layer that are nothing like the others; those that reach over
    more than the others do are cut back to the element that is one of them."""
    kept = set(range(len(cut.spans)))
    units, spans = list(cut.units), list(cut.spans)
    for layer in set(cut.layers or [0]):
        places = [place for place, kind in enumerate(cut.layers or [0] * len(spans)) if kind == layer]
        if len(places) < _LEAST_RECORDS:
            kept -= {place for place in places[1:] if _says_nothing(page, signs, cut, place)}
            continue
        kind = _usual_kind(page, [cut.units[place] for place in places])
        for side in (places, places[::-1]):
            for place in side[: len(places) // 2]:
                if cut.mode == "box" and (inner := _inner(page, signs, cut, place, kind)) is not None:
                    units[place], spans[place] = inner, _within(page, inner, cut.spans[place])
                elif _is_stranger(page, signs, cut, place, places, kind):
                    kept.discard(place)
                    continue
                break
    if len(kept) == len(cut.spans) and units == cut.units:
        return cut
    left = sorted(kept)
    return replace(
        cut,
        units=[units[place] for place in left],
        spans=[spans[place] for place in left],
        members=[cut.members[place] for place in left],
        layers=[cut.layers[place] for place in left] if cut.layers else [],
    )


def _says_nothing(page: Outline, signs: Signs, cut: Cut, place: int) -> bool:
    """Whether one of two records is a button: a few words, and nothing that tells who, when or which."""
    begin, end = cut.spans[place]
    return page.size(begin, end) <= _BUTTON and not any(_signs_in(signs, cut.spans[place])[:3])


def _usual_kind(page: Outline, units: list[int]) -> frozenset[tuple[str, str]]:
    """The tags with class names that most units share: any of them tells the kind. Empty where no name does."""
    often = Counter(named for unit in units for named in _names(page, unit))
    return frozenset(named for named, count in often.items() if count >= _USUAL * len(units))


def _names(page: Outline, element: int) -> list[tuple[str, str]]:
    names = names_of(page.classes[element]) or ("",)
    return [(page.tags[element], name) for name in names]


def _inner(page: Outline, signs: Signs, cut: Cut, place: int, kind: frozenset[tuple[str, str]]) -> int | None:
    """The outermost element of the usual kind around the member, where the unit itself is of another kind and holds no
    further running text (that may be a post, above its comments)."""
    unit, element, found = cut.units[place], cut.members[place], None
    if not kind.isdisjoint(_names(page, unit)):
        return None
    while element > unit:
        if not kind.isdisjoint(_names(page, element)):
            found = element
        element = page.parents[element]
    if found is None:
        return None
    (begin, end), (inner_begin, inner_end) = cut.spans[place], _within(page, found, cut.spans[place])
    around = signs.prose[end] - signs.prose[begin] - (signs.prose[inner_end] - signs.prose[inner_begin])
    return found if around <= _LITTLE else None


def _within(page: Outline, inner: int, span: tuple[int, int]) -> tuple[int, int]:
    begin = max(span[0], page.begins[inner])
    return begin, max(begin, min(span[1], page.ends[inner]))


def _is_stranger(
    page: Outline, signs: Signs, cut: Cut, place: int, places: list[int], kind: frozenset[tuple[str, str]]
) -> bool:
    """Whether a record is of another kind than the rest, and has no id and hardly any other sign of what they have."""

    def is_usual(place: int) -> bool:
        return not kind.isdisjoint(_names(page, cut.units[place]))

    if is_usual(place) or words.PING_NAME.search(page.classes[cut.members[place]].lower()):
        return False
    if page.tags[cut.units[place]] in _NO_RECORD and not signs.is_dated(cut.spans[place]):
        return all(signs.is_dated(cut.spans[at]) for at in places if at != place)
    others = [_signs_in(signs, cut.spans[at]) for at in places if at != place and (not kind or is_usual(at))]
    own = _signs_in(signs, cut.spans[place])
    shared = [number for number in range(len(own)) if sum(one[number] for one in others) >= _ALL * len(others)]
    if len(shared) < _LEAST_SIGNS or (_ID in shared and own[_ID]):
        return False
    missing = sum(not own[number] for number in shared)
    begin, end = cut.spans[place]
    is_head = _ID in shared and begin <= signs.title_at < end and signs.prose[end] - signs.prose[begin] <= _LITTLE
    return missing == len(shared) or (bool(kind) and (missing >= 2 or is_head))


def _signs_in(signs: Signs, span: tuple[int, int]) -> tuple[bool, ...]:
    """Whether a record has an id or address of its own, a time, an author, words marked as such."""
    begin, end = span
    return tuple(
        any(sums[end] > sums[begin] for sums in of)
        for of in (
            (signs.ids, signs.permalinks),
            (signs.dated,),
            (signs.authors, signs.profiles, signs.says),
            (signs.bodies,),
        )
    )
