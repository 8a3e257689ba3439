"""Comments that a page shows twice: picked out by editors or votes above the list, and in their place in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Final

from archiver.items import Comment

RULE: Final = "shown again in another list"
_CUT_OFF: Final = " .…"
_LEAST_BEGINNING: Final = 30
"""Letters of a shortened text that tell which one it is."""


def repeated(comments: Sequence[Comment], others: Sequence[Comment]) -> dict[int, int]:
    """Place of a comment → place of the one among `others` that it repeats: the same address, or the same author and
    words, which may be cut off."""
    by_link = {other.permalink: place for place, other in enumerate(others) if other.permalink}
    by_author: dict[str, list[int]] = {}
    for place, other in enumerate(others):
        by_author.setdefault(other.author or "", []).append(place)
    found = {}
    for place, comment in enumerate(comments):
        same = [by_link[comment.permalink]] if comment.permalink in by_link else by_author.get(comment.author or "", [])
        twin = next((other for other in same if _says_the_same(comment.text, others[other].text)), None)
        if twin is not None:
            found[place] = twin
    return found


def _says_the_same(short: str, whole: str) -> bool:
    one, other = " ".join(short.split()).rstrip(_CUT_OFF), " ".join(whole.split()).rstrip(_CUT_OFF)
    return bool(one) and (one == other or (len(one) >= _LEAST_BEGINNING and other.startswith(one)))


def marked(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Comments of one thread in which each stands once: a pick that repeats one is left out, and that one is marked."""
    picks = [comment for comment in comments if comment.kind == "pick"]
    others = [comment for comment in comments if comment.kind != "pick"]
    if not picks or not others:
        return tuple(comments)
    twins = repeated(picks, others)
    if not twins:
        return tuple(comments)
    moved = {picks[pick].id: others[other].id for pick, other in twins.items()}
    singled_out = set(moved.values())
    own = {
        others[other].id: picks[pick].id for pick, other in twins.items() if _is_known_by(picks[pick], others[other])
    }
    names = {old: own.get(new, new) for old, new in moved.items()} | own
    kept = (_marked(comment, singled_out) for comment in comments if comment.id not in moved)
    return tuple(_named(comment, names, place) for place, comment in enumerate(kept))


def _is_known_by(pick: Comment, other: Comment) -> bool:
    """Whether the pick has the id that is the other's as well: of two comments with one id the first was given it."""
    return pick.id_origin == "native" and other.id_origin == "derived" and pick.permalink == other.permalink


def _marked(comment: Comment, singled_out: set[str]) -> Comment:
    if comment.id not in singled_out:
        return comment
    return replace(comment, kind="pick", found_by={**comment.found_by, "kind": RULE})


def _named(comment: Comment, names: dict[str, str], place: int) -> Comment:
    """A comment under its lasting id, with that of its parent."""
    own = names.get(comment.id, comment.id)
    return replace(
        comment,
        id=own,
        id_origin=comment.id_origin if own == comment.id else "native",
        parent_id=names.get(comment.parent_id or "", comment.parent_id),
        position=place,
    )


def as_picks(comments: Iterable[Comment]) -> tuple[Comment, ...]:
    """The same, known to be picked out; a pingback stays one."""
    return tuple(replace(one, kind="pick") if one.kind == "comment" else one for one in comments)


def together(
    main: Sequence[Comment], more: Sequence[Comment], name: str, *, begins_before: bool
) -> tuple[Comment, ...]:
    """Two lists of one thread, in the order of the page. Ids of the further one that are not the site's own begin with
    its name: the chosen one may have the same."""
    taken = {comment.id for comment in main}
    new = {one.id: f"{name}-{one.id}" for one in more if one.id_origin == "derived" or one.id in taken}
    renamed = tuple(
        replace(
            one,
            id=new.get(one.id, one.id),
            id_origin="derived" if one.id in new else one.id_origin,
            parent_id=new.get(one.parent_id or "", one.parent_id),
        )
        for one in more
    )
    both = (*renamed, *main) if begins_before else (*main, *renamed)
    return tuple(replace(one, position=place) for place, one in enumerate(both))


def apart(comments: Sequence[Comment]) -> tuple[Comment, ...]:
    """Comments in which those that carry the address and the words of another are picks, where all of them stand at the
    beginning, or at the end. Elsewhere the second of two is left out: nothing says why it is there."""
    first_of: dict[str, int] = {}
    pairs: list[tuple[int, int]] = []
    for place, comment in enumerate(comments):
        if comment.permalink is None:
            continue
        first = first_of.setdefault(comment.permalink, place)
        if first != place and _says_the_same(comments[first].text, comment.text):
            pairs.append((first, place))
    if not pairs:
        return tuple(comments)
    above, below = {one for one, _ in pairs}, {other for _, other in pairs}
    count = len(comments)
    if 2 * len(above) < count and above == set(range(len(above))):
        picks = above
    elif 2 * len(below) < count and below == set(range(count - len(below), count)):
        picks = below
    else:
        kept = (one for place, one in enumerate(comments) if place not in below)
        return tuple(replace(one, position=place) for place, one in enumerate(kept))
    return tuple(replace(one, kind="pick") if place in picks else one for place, one in enumerate(comments))
