"""Quotation marks: where they stand in a paragraph, and which way each of them faces."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

Family = Literal["double", "angle", "corner", "single"]
Role = Literal["opens", "closes", "either"]

_PARAGRAPH: Final = re.compile(r"[^\n\r\u2028\u2029]+")
_MARK: Final = re.compile(r"``|''(?!')|[\"“”„‟«»‹›「」『』﹁﹂‘’‚‛']")
_FAMILIES: Final[dict[str, Family]] = {
    **dict.fromkeys(('"', "“", "”", "„", "‟", "``", "''"), "double"),
    **dict.fromkeys("«»‹›", "angle"),
    **dict.fromkeys("「」『』﹁﹂", "corner"),
    **dict.fromkeys("‘’‚‛'", "single"),
}
_BEFORE_OPENING: Final = frozenset(" \t\u00a0\u202f\u3000\n([{—–-/‘'«„“¿¡…*_>|")
_AFTER_CLOSING: Final = frozenset(" \t\u00a0\u202f\u3000\n)]}—–-.,;:!?/’'»”…*_<|。、，")
_ELIDED: Final = re.compile(
    r"(?:em|er|im|tis|twas|til|till|cause|cos|bout|round|neath|n|s|t|d|ll|re|ve|\d0?0?s|\d\d)\b", re.IGNORECASE
)
_SINGLE_OPENING: Final = re.compile(r"(?<!\S)[‘'](?=[^\W\d_]{2,})")
_INWARD: Final = re.compile(r"(?<![^\s(\[—–-])»(?=\w)")
_OUTWARD: Final = re.compile(r"(?<![^\s(\[—–-])«(?=\s?\w)")
_STRONG: Final = frozenset(".,!?…;")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark. `strong` is a single mark behind punctuation: no apostrophe stands there."""

    start: int
    end: int
    sign: str
    family: Family
    role: Role
    strong: bool = True


@dataclass(frozen=True, slots=True)
class Habit:
    """How a text uses marks that languages use both ways."""

    low: bool = False
    """„this“: the high mark that opens in English closes."""
    inward: bool = False
    """»this«, as in German and Danish books."""
    single: bool = False
    """‘this’ first and “this” inside it, as in British books."""


def habit_of(text: str, language: str | None = None) -> Habit:
    """The habit of a text, told by the marks themselves; `language` (BCP 47) settles what they leave open."""
    code = (language or "").partition("-")[0].lower()
    inward = len(_INWARD.findall(text)) - len(_OUTWARD.findall(text)) if "»" in text else 0
    singles = [found.start() for found in _SINGLE_OPENING.finditer(text)]
    doubles = text.count("“") + text.count('"') / 2
    first = bool(singles) and not any(mark in text[: singles[0]] for mark in '“"')
    return Habit(
        low="„" in text,
        inward=inward > 0 or (inward == 0 and code in ("de", "da")),
        single=len(singles) > doubles or (len(singles) == doubles and first),
    )


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The spans of the lines that hold words."""
    return (found.span() for found in _PARAGRAPH.finditer(text) if not found[0].isspace())


def find(text: str, start: int, end: int, habit: Habit) -> list[Mark]:
    """The marks of one paragraph, apostrophes and signs of inches left out."""
    found = []
    for match in _MARK.finditer(text, start, end):
        sign, (a, b) = match[0], match.span()
        before = text[a - 1] if a > start else "\n"
        after = text[b] if b < end else "\n"
        family = _FAMILIES[sign]
        if family == "single":
            mark = _single(text, a, b, before, after)
            if mark is not None:
                found.append(mark)
        elif not (sign == '"' and before.isdigit() and _is_measure(text, a, after)):
            found.append(Mark(a, b, sign, family, _role(sign, before, after, habit)))
    return found


def _single(text: str, start: int, end: int, before: str, after: str) -> Mark | None:
    """A single mark that may open or close a quotation; None for an apostrophe."""
    sign = text[start:end]
    if sign in "‘‚'‛" and before in _BEFORE_OPENING | {'"', "”"} and (after.isalnum() or after in '[(“"¿¡…$£€'):
        return None if _ELIDED.match(text, end) else Mark(start, end, sign, "single", "opens")
    if sign in "’'‘" and not before.isspace() and before != "\n" and not after.isalnum():
        return Mark(start, end, sign, "single", "closes", strong=before in _STRONG)
    return None


def _is_measure(text: str, start: int, after: str) -> bool:
    """`5'10"`, `a 12" disc`: digits, and no sentence that ends here."""
    return text[max(0, start - 3) : start].strip("0123456789").endswith(("'", "’")) or (
        after == " " and text[start + 2 : start + 3].islower()
    )


def _role(sign: str, before: str, after: str, habit: Habit) -> Role:
    may_open = before in _BEFORE_OPENING and not after.isspace()
    may_close = (after in _AFTER_CLOSING or after.isspace()) and not before.isspace()
    if sign in ("``", "„", "‚", "「", "『", "﹁"):
        return "opens"
    if sign in ("」", "』", "﹂"):
        return "closes"
    if sign in "«‹":
        return "closes" if habit.inward else "opens"
    if sign in "»›":
        return "opens" if habit.inward else "closes"
    if sign == "“" and habit.low:
        return "opens" if may_open and not may_close and before.isspace() else "closes"
    if sign == "“":
        return "closes" if may_close and not may_open else "opens"
    if sign == "”":
        return "opens" if may_open and not may_close else "closes"
    if sign == "''":
        return "opens" if may_open and not may_close else "closes" if may_close else "either"
    return "either" if may_open == may_close else "opens" if may_open else "closes"
