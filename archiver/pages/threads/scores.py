"""How much each cut looks like the thread: what the fitted trees say, corrected by what is known about good and bad
cuts."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from statistics import median
from typing import Final

from archiver.pages.threads import words
from archiver.pages.threads.cuts import Cut, cuts_of
from archiver.pages.threads.marks import COMMENT, POST, SURE
from archiver.pages.threads.measures import NAMES, measure
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.sets import element_sets
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.trees import Kind, Trees

SURE_BONUS: Final = 0.35
PHASE_MALUS: Final = 0.3
ARTICLES_MALUS: Final = 0.7
_HEAD: Final = 8
"""Chunks at the begin of a record in which its heading stands."""
_MOSTLY_HEADED: Final = 0.5
_MOSTLY_ENTRIES: Final = 0.6
_MOSTLY_LINKS: Final = 0.7
_ORPHANED: Final = 8
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


def kind_of(signs: Signs, one: Scored) -> Kind:
    """Where a cut stands. A page of answers is a forum, though it may have only one."""
    if signs.is_forum or _are_answers(one):
        return "forum"
    return "named" if _is_named(signs, one) else "unnamed"


def _is_named(signs: Signs, one: Scored) -> bool:
    return has_name(signs, one) or one["heading_near"] > 0


def has_name(signs: Signs, one: Scored) -> bool:
    """Whether it is named after comments itself, not merely by a heading near."""
    return bool(signs.in_comments[one.cut.root] or one["comment_ids"] > 0.5 or one["named_comments"])


def _are_answers(one: Scored) -> bool:
    signed = max(one["dated"], one["profiles"]) == 1
    return signed and any(words.ANSWER_NAME.search(naming.name.lower()) for naming in one.cut.namings)
