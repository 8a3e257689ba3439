"""Which cut is the thread: what the fitted trees say, corrected by what is known about good and bad cuts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut, cuts_of
from archiver.pages.threads.kinds import PINGS, kinds_of
from archiver.pages.threads.marks import COMMENT, POST, SURE
from archiver.pages.threads.measures import NAMES, measure
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.sets import element_sets
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.trees import Kind, Trees

LEAST: Final = 0.5
LEAST_ON_FORUM: Final = 0.2
"""The least confidence that makes a cut the thread: as likely as not. A forum's page is a thread, and half of one is
better than none."""
SURE_BONUS: Final = 0.35
PHASE_MALUS: Final = 0.3
WHOLE_BONUS: Final = 0.25
ARTICLES_MALUS: Final = 0.7
_HEAD = 8
"""Chunks at the begin of a record in which its heading stands."""
_MOSTLY_HEADED = 0.5
_MOSTLY_ENTRIES = 0.6
_EQUAL_SCORES = 0.3
_MOSTLY_LINKS = 0.7
_HARDLY_LESS = 0.1
_MUCH_LESS = 0.4
_DATED_ONCE = 0.85
_MOST_OF = 0.6
_ID_BONUS = 0.05
_COUNT_BONUS = 0.15
_ORPHANED = 8
_MAX_STEPS = 3
_NEARLY_ALL: Final = 0.95
_MOST: Final = 0.9
_SOMEWHAT_LESS: Final = 0.2
_FEW_MORE = 1.2
_LEAST_SIZE, _LARGEST_SIZE = 0.85, 1.2
"""Cuts whose words differ by no more than this cut the same text."""
_LEAST_OF_RECORDS: Final = 0.3
"""A cut with fewer records than this share of the best one's cuts something else: two lists, three columns."""
_AT: Final = {name: number for number, name in enumerate(NAMES)}


@dataclass(slots=True)
class Scored:
    """A cut and what speaks for it."""

    cut: Cut
    measures: list[float]
    score: float
    why: list[str]
    bonus: float = 0.0
    """The part of the score that is for markup of a comment system."""
    confidence: float = 0.0

    def __getitem__(self, name: str) -> float:
        return self.measures[_AT[name]]


def candidates(page: Outline, signs: Signs) -> list[Cut]:
    """The cuts worth measuring: those with any sign of comments."""
    return [cut for cut in cuts_of(page, signs, element_sets(page, signs)) if _is_plausible(page, signs, cut)]


def _is_plausible(page: Outline, signs: Signs, cut: Cut) -> bool:
    """Not mostly links, and with signs enough. Saves most of the measuring."""
    begin, end = cut.spans[0][0], cut.spans[-1][1]
    are_marked = signs.comment_ids[end] - signs.comment_ids[begin] >= len(cut.spans) and cut.naming.how == "id"
    linked = page.linked_words[end] - page.linked_words[begin]
    if end <= begin or (linked >= _MOSTLY_LINKS * page.size(begin, end) and not are_marked):
        return False
    named = bool(cut.marks & (COMMENT | POST)) + signs.in_comments[cut.root]
    return signs.are_enough(named, begin, end, len(cut.spans))


def score_all(page: Outline, signs: Signs, cuts: list[Cut], model: Trees) -> list[Scored]:
    """The cuts with their scores, in the given order."""
    scored = []
    for cut in cuts:
        measures = measure(page, signs, cut)
        one = Scored(cut, measures, model.value(measures), [])
        _correct(page, signs, one)
        one.confidence = model.odds.confidence(one.score, kind_of(signs, one))
        scored.append(one)
    return scored


def _correct(page: Outline, signs: Signs, one: Scored) -> None:
    """Adds what the trees cannot know: markup of systems that print nothing else, lists of articles, and cuts that are
    out of phase."""
    if one.cut.marks & SURE:
        one.bonus = SURE_BONUS
        one.score += SURE_BONUS
        one.why.append("markup of a comment system")
    if not signs.is_forum and one["comment_ids"] < 0.5 and _are_articles(page, signs, one.cut):
        one.score -= ARTICLES_MALUS
        one.why.append("each record is headed by a link to another page")
    if len(one.cut.spans) >= 3:
        for reason in _out_of_phase(page, signs, one):
            one.score -= PHASE_MALUS
            one.why.append(reason)


def _are_articles(page: Outline, signs: Signs, cut: Cut) -> bool:
    """Whether most records begin with a heading that links to a page of its own, or are named as entries: a front page,
    an archive, a list of related stories."""
    if sum(_is_entry(page.classes[unit].lower()) for unit in cut.units) >= _MOSTLY_ENTRIES * len(cut.units):
        return True
    headed = sum(
        signs.headlines[last] > signs.headlines[begin] and signs.titles[last] > signs.titles[begin]
        for begin, last in ((begin, min(end, begin + _HEAD)) for begin, end in cut.spans)
    )
    return headed >= _MOSTLY_HEADED * len(cut.spans)


def _is_entry(classes: str) -> bool:
    return words.ENTRY_NAME.search(classes) is not None and not words.NOT_ENTRY_NAME.search(classes)


def _out_of_phase(page: Outline, signs: Signs, one: Scored) -> list[str]:
    """A flat list can be cut at the author's line, the text or the footer: then authors and times all shift by one.
    It shows at the edges: the first or last record lacks what all others have, and it stands just outside."""
    spans, mode, dated, authors = one.cut.spans, one.cut.mode, signs.dated, signs.authors
    sizes = [page.size(begin, end) for begin, end in spans]
    middle, (first, first_end), (last, last_end) = median(sizes), spans[0], spans[-1]
    found = ["the outermost record holds less than the others"] if one["ragged"] else []
    if mode == "start":
        if middle >= 25 and sizes[-1] <= 14 and sizes[-1] <= min(sizes):
            found.append("the last record is a stub")
        if 0.8 <= one["authors"] < 1 and authors[last_end] == authors[last]:
            line = page.line_of[first] if first < len(page.chunks) else 0
            above = max(page.begins[one.cut.root], page.line_begins[max(0, line - 3)])
            if above < first and authors[first] > authors[above]:
                found.append("an author stands before the first record")
        if _text_under_heading(signs, first) >= _ORPHANED:
            found.append("running text stands between the heading and the first record")
    if mode in ("start", "box") and dated[last_end] == dated[last] and one["time_before"] and 0.6 <= one["dated"] < 1:
        found.append("a time stands before the first record")
    if mode == "end":
        if middle >= 25 and sizes[0] <= 14 and sizes[0] <= min(sizes):
            found.append("the first record is a stub")
        if dated[first_end] == dated[first] and one["time_after"] and one["dated"] >= 0.6:
            found.append("a time stands behind the last record")
    return found


def _text_under_heading(signs: Signs, first: int) -> int:
    """Words of running text between the last heading of comments before a chunk and that chunk."""
    at = bisect_left(signs.headings, first)
    return signs.prose[first] - signs.prose[signs.headings[at - 1] + 1] if at else 0


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


def choose(page: Outline, signs: Signs, scored: list[Scored]) -> Scored | None:
    """The thread; None where nothing on the page looks enough like one."""
    best = max(scored, key=lambda one: one.score, default=None)
    if best is not None and best.confidence < least_for(signs, best):
        named = (one for one in scored if _has_name(signs, one) and one.confidence >= least_for(signs, one))
        best = max(named, key=lambda one: one.score, default=None)
    if best is None:
        return None
    whole = _in_own_boxes(scored, _whole_records(scored, best))
    chosen = _finer(scored, _completed(page, scored, whole, signs.is_forum))
    chosen.confidence = best.confidence
    return chosen


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
    return one.score + own_ids + as_claimed + WHOLE_BONUS * (one["dated"] + author + alike)


def least_for(signs: Signs, one: Scored) -> float:
    """How sure one must be of a cut to take it for the thread."""
    return LEAST_ON_FORUM if kind_of(signs, one) == "forum" else LEAST


def kind_of(signs: Signs, one: Scored) -> Kind:
    """Where a cut stands. A page of answers is a forum, though it may have only one."""
    if signs.is_forum or _are_answers(one):
        return "forum"
    return "named" if _is_named(signs, one) else "unnamed"


def _is_named(signs: Signs, one: Scored) -> bool:
    return _has_name(signs, one) or one["heading_near"] > 0


def _has_name(signs: Signs, one: Scored) -> bool:
    """Whether it is named after comments itself, not merely by a heading near."""
    return bool(signs.in_comments[one.cut.root] or one["comment_ids"] > 0.5 or one["named_comments"])


def _are_answers(one: Scored) -> bool:
    signed = max(one["dated"], one["profiles"]) == 1
    return signed and any(words.ANSWER_NAME.search(naming.name.lower()) for naming in one.cut.namings)
