"""One look at a page: outline, signs, every cut with its score, the chosen one; and how to tell it to people."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.pages.page import Page
from archiver.pages.threads import choice, scores, trees
from archiver.pages.threads.all_signs import read_signs
from archiver.pages.threads.measures import NAMES
from archiver.pages.threads.outline import Outline, outline
from archiver.pages.threads.scores import Scored
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.trees import Trees

_TOLD = 12


@dataclass(slots=True)
class Look:
    text: Outline
    signs: Signs
    scored: list[Scored]
    chosen: Scored | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Considered:
    """A way to see a thread in the page that was weighed."""

    names: tuple[str, ...]
    """The sets of elements that cut the page so: `class li.comment`, `id li comment-#`."""
    mode: str
    records: int
    words: int
    score: float
    why: tuple[str, ...]
    """What was added or taken off beside the model, in words."""
    signs: tuple[tuple[str, float], ...]
    """The measures that are not zero, by name."""
    chosen: bool
    left: str
    """Why it was not taken; empty for the one that was."""


def look_at(page: Page, model: Trees) -> Look:
    """Everything that is weighed of a page."""
    text = outline(page.root)
    signs = read_signs(text, page.url)
    scored = scores.score_all(text, signs, scores.candidates(text, signs), model)
    return Look(text, signs, scored, choice.choose(text, signs, scored))


def explain(page: Page) -> tuple[Considered, ...]:
    """The cuts that were weighed, the highest score first; the chosen one is marked, if any was good enough."""
    look = look_at(page, trees.fitted())
    best = sorted(look.scored, key=lambda one: -one.score)[:_TOLD]
    if look.chosen is not None and look.chosen not in best:
        best.append(look.chosen)
    return tuple(_considered(look, one) for one in best)


def _considered(look: Look, one: Scored) -> Considered:
    return Considered(
        names=tuple(str(naming) for naming in one.cut.namings),
        mode=one.cut.mode,
        records=len(one.cut.spans),
        words=one.cut.size,
        score=round(one.score, 3),
        why=tuple(one.why),
        signs=tuple((name, round(value, 3)) for name, value in zip(NAMES, one.measures, strict=True) if value),
        chosen=one is look.chosen,
        left=_why_left(look, one),
    )


def _why_left(look: Look, one: Scored) -> str:
    chosen, least = look.chosen, choice.least_for(look.signs, one)
    if one is chosen:
        return ""
    if one.confidence < least:
        return f"its confidence is {one.confidence:.2f}, less than {least:g}"
    if chosen is None:
        return "another scores more, and its confidence is too little"
    begin, end = chosen.cut.spans[0][0], chosen.cut.spans[-1][1]
    overlaps = one.cut.spans[0][0] < end and begin < one.cut.spans[-1][1]
    return "cuts the same part of the page less well" if overlaps else "another part looks more like a thread"
