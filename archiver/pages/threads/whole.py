"""Of several cuts of the same part of a page the one whose records are whole, and that has all of them."""

from __future__ import annotations

from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.kinds import PINGS, kinds_of
from archiver.pages.threads.marks import COMMENT
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.scores import Scored

_EQUAL_SCORES: Final = 0.3
_HARDLY_LESS: Final = 0.1
_SOMEWHAT_LESS: Final = 0.2
_MUCH_LESS: Final = 0.4
"""By how much the score of a better cut may be lower."""
_LEAST_SIZE, _LARGEST_SIZE = 0.85, 1.2
"""Cuts whose words differ by no more than this cut the same text."""
_LEAST_OF_RECORDS: Final = 0.3
"""A cut with fewer records than this share of the best one's cuts something else: two lists, three columns."""
_MOST_OF: Final = 0.6
_MOST: Final = 0.9
_NEARLY_ALL: Final = 0.95
_DATED_ONCE: Final = 0.85
_FEW_MORE: Final = 1.2
_MAX_STEPS: Final = 3
_WHOLE_BONUS: Final = 0.25
_ID_BONUS: Final = 0.05
_COUNT_BONUS: Final = 0.15


def whole(page: Outline, scored: list[Scored], best: Scored, *, has_posts: bool) -> Scored:
    """The cut to read in place of the one that looks best. `has_posts` on a forum."""
    records = _around_each(scored, _in_own_boxes(scored, _whole_records(scored, best)))
    return _finer(scored, _completed(page, scored, records, has_posts))


def _whole_records(scored: list[Scored], best: Scored) -> Scored:
    """Of several ways to cut the same text the one whose records each have an author and one time. Of boxes around one
    comment likewise: a part of it may look best."""
    if len(best.cut.spans) < 2:
        lone = _signed(scored, best)
        return max((one for one in scored if _is_around(one, lone)), key=_wholeness)
    size = best.cut.size
    same = (
        one
        for one in scored
        if len(one.cut.spans) > max(1, _LEAST_OF_RECORDS * len(best.cut.spans))
        and one.score >= best.score - _EQUAL_SCORES
        and (_LEAST_SIZE * size <= one.cut.size <= _LARGEST_SIZE * size or _holds_each(one, best))
    )
    return max(same, key=_wholeness)


def _signed(scored: list[Scored], best: Scored) -> Scored:
    """Instead of a lone record that says neither who nor when one that does both and scores hardly less: on a page that
    is itself named after comments ('category-commentary') the article looks like one."""
    if best["dated"] or _has_author(best):
        return best
    others = (one for one in scored if len(one.cut.spans) == 1 and one["dated"] and _has_author(one))
    return max((one for one in others if one.score >= best.score - _HARDLY_LESS), key=_wholeness, default=best)


def _has_author(one: Scored) -> bool:
    return bool(max(one["authors"], one["profiles"], one["says"]))


def _holds_each(one: Scored, best: Scored) -> bool:
    """Whether nearly every record of the best lies in one of its own: then the best may be the words alone."""
    around, inner = one.cut.spans, best.cut.spans
    if abs(len(around) - len(inner)) > 1:
        return False
    place = held = 0
    for begin, end in inner:
        while place < len(around) and around[place][1] <= begin:
            place += 1
        if place < len(around) and around[place][0] <= begin and end <= around[place][1]:
            held, place = held + 1, place + 1
    return held >= len(inner) - 1 > 0


def _around_each(scored: list[Scored], chosen: Scored) -> Scored:
    """Boxes with numbered ids around the same records: the head of a comment with replies in it may have been taken for
    the whole."""
    around = (
        one
        for one in scored
        if one.cut.mode == "box"
        and one["by_id"] == 1
        and one.score >= chosen.score - _HARDLY_LESS
        and chosen.cut.size < one.cut.size <= _LARGEST_SIZE * chosen.cut.size
        and len(one.cut.spans) == len(chosen.cut.spans) > 1
        and all(
            begin <= inner_begin and inner_end <= end
            for (begin, end), (inner_begin, inner_end) in zip(one.cut.spans, chosen.cut.spans, strict=True)
        )
    )
    return max(around, key=_wholeness, default=chosen)


def _is_around(one: Scored, best: Scored) -> bool:
    """Whether a cut holds the one record of the best, is one as well, and scores hardly less."""
    if len(one.cut.spans) != 1 or one.score < best.score - _HARDLY_LESS:
        return False
    (begin, end), (inner_begin, inner_end) = one.cut.spans[0], best.cut.spans[0]
    return begin <= inner_begin and end >= inner_end


def _wholeness(one: Scored) -> float:
    author = max(one["authors"], one["profiles"], one["says"])
    own_ids = _ID_BONUS if one["by_id"] and one["comment_ids"] == 1 else 0.0
    as_claimed = _COUNT_BONUS * one["counter_equal"]
    alike = 0.5 * one["first_owner_alike"] + 0.3 * one["dated_once"]
    return one.score + own_ids + as_claimed + _WHOLE_BONUS * (one["dated"] + author + alike)


def _in_own_boxes(scored: list[Scored], chosen: Scored) -> Scored:
    """Boxes of the same text that each carry a numbered id and one time, where the chosen records hold several times:
    they hold several posts then."""
    if len(chosen.cut.spans) < 2 or chosen["dated_once"] >= _DATED_ONCE:
        return chosen
    begin, end = chosen.cut.spans[0][0], chosen.cut.spans[-1][1]
    boxes = (
        one
        for one in scored
        if one.cut.mode == "box"
        and one["by_id"] == 1
        and one["dated_once"] >= _DATED_ONCE
        and one.score >= chosen.score - _HARDLY_LESS
        and len(one.cut.spans) >= _MOST_OF * len(chosen.cut.spans)
        and sum(begin < last and first < end for first, last in one.cut.spans) >= _MOST_OF * len(one.cut.spans)
    )
    return max(boxes, key=_wholeness, default=chosen)


def _completed(page: Outline, scored: list[Scored], best: Scored, has_posts: bool) -> Scored:
    """A cut that has all records of the best one and a few more, or any number of pingbacks: these often carry another
    class, and on a forum (`has_posts`) the first post does. Step by step, for each post may lack what others have."""
    least = best.score - best.bonus - _MUCH_LESS
    for _ in range(_MAX_STEPS):
        spans = set(best.cut.spans)
        wider = [
            one
            for one in scored
            if len(spans) < len(one.cut.spans)
            and one.score - one.bonus >= least
            and spans.issubset(one.cut.spans)
            and one["ids"] == 1
            and (one["by_id"] or (has_posts and _adds_first_post(one, best)))
            and (_are_of_one_kind(one, best) or _adds_little(page, one.cut, best.cut, has_posts))
        ]
        if not wider:
            break
        best = max(wider, key=lambda one: one.score)
    return best


def _are_of_one_kind(wider: Scored, best: Scored) -> bool:
    """Whether all records of the wider cut look alike, and it scores hardly less: the best one has only those of them
    that speak of a day."""
    return wider["units_alike"] == 1 and wider.score >= best.score - _HARDLY_LESS


def _adds_first_post(wider: Scored, best: Scored) -> bool:
    """Whether the only further record stands before all others and is as complete as a post."""
    one_more = len(wider.cut.spans) == len(best.cut.spans) + 1 and wider.cut.spans[1:] == best.cut.spans
    return one_more and wider["whole"] == 1 and wider["dated_once"] == 1


def _adds_little(page: Outline, wider: Cut, cut: Cut, has_posts: bool) -> bool:
    if len(wider.spans) - len(cut.spans) == _pings(page, wider) - _pings(page, cut):
        return True
    return len(wider.spans) <= _FEW_MORE * len(cut.spans) + 1 and (has_posts or wider.size <= _LARGEST_SIZE * cut.size)


def _pings(page: Outline, cut: Cut) -> int:
    """How many records are pingbacks, by their own name or that of their list."""
    return sum(
        kind in PINGS or words.PING_NAME.search(page.classes[member].lower()) is not None
        for kind, member in zip(kinds_of(page, cut), cut.members, strict=False)
    )


def _finer(scored: list[Scored], best: Scored) -> Scored:
    """A cut into more records by elements that are named and numbered as comments, each with an author: the best one
    may see only those that are shown in full, with the folded ones that follow them."""
    finer = (
        one
        for one in scored
        if len(one.cut.spans) > len(best.cut.spans)
        and one.score >= best.score - _SOMEWHAT_LESS
        and one.cut.marks & COMMENT
        and one["by_id"]
        and max(one["authors"], one["profiles"]) >= _MOST
        and one.cut.size >= _NEARLY_ALL * best.cut.size
        and best.cut.spans[0][0] <= one.cut.spans[0][0]
    )
    return max(finer, key=lambda one: one.score, default=best)
