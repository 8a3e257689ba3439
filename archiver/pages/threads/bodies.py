"""What each comment says: its lines without author, time, labels and what returns in every record."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.apart import is_control, subjects, without_signatures
from archiver.pages.threads.authors import Name
from archiver.pages.threads.body_elements import in_elements
from archiver.pages.threads.marks import BODY, marks_of
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.quoted import is_quoted
from archiver.pages.threads.records import Line, Record
from archiver.pages.threads.words import lowered
from archiver.pages.threads.written import Printed

_DIGITS: Final = re.compile(r"\d+")
_NOT_WORDS: Final = re.compile(r"[\W_]+")
_ADDRESS: Final = re.compile(r"https?://\S+")
_WORD: Final = re.compile(r"\w+")
_LONG_WORD: Final = re.compile(r"\w{4}")
_COUNTS: Final = re.compile(r"\W*(?:\d+ likes?|\d+ shares?|re:.{0,100} by)(?:\W+\d+ shares?)?\W*")
_EDITED: Final = re.compile(r"\W*(?:edited|last edited|geändert)\b")
_RE_BY: Final = re.compile(r"re:.{0,100}\bby\W*")
_LABEL_BEFORE: Final = re.compile(r"^\W*(?:says?|said|wrote|writes|schreibt|sagt|at|on|am|um)\b\W*", re.IGNORECASE)
_LABEL_LINE: Final = re.compile(r"\W*(?:says|said|wrote|posted|comment|by|at|on|am|um|um uhr|uhr)\b")
_CUT: Final = "\x00"
_SEPARATORS: Final = " \t|·•–—"
_CUT_OFF: Final = " .…"
_LEAST_REPEATED: Final = 40
"""Letters of a text that is there twice: short ones ('No! No!') are repeated on purpose."""
_SENTENCE: Final = 5
"""Words that are somebody's, though two comments say them: advertisers repeat themselves."""
_EDGE: Final = 6
_MAX_FURNITURE: Final = 120


@dataclass(slots=True)
class Body:
    """The text of one comment: kept pieces of lines, and the element that holds all of them, if one does."""

    lines: list[tuple[Line, str]] = field(default_factory=list)
    element: int | None = None

    @property
    def text(self) -> str:
        return "\n".join(text for _, text in self.lines)


def find_bodies(
    page: Outline, records: list[Record], names: list[Name | None], printed: list[Printed | None]
) -> list[Body]:
    """For each record its text."""
    furniture = _furniture(records)
    cuts = [_cuts(name, one, record) for name, one, record in zip(names, printed, records, strict=True)]
    kept = [
        _kept_lines(page, record, cut, name, furniture)
        or _lines_of_body(page, record, cut)
        or [one for one in _kept_lines(page, record, cut, name, set()) if len(one[1].split()) >= _SENTENCE]
        for record, cut, name in zip(records, cuts, names, strict=True)
    ]
    _drop_furniture_beside_labels(kept, cuts)
    kept = [without_signatures(page, record, lines) for record, lines in zip(records, kept, strict=True)]
    kept = [_without_message_to_share(lines, name) for lines, name in zip(kept, names, strict=True)]
    held = in_elements(page, records, kept, cuts)
    above = subjects(page, records, kept)
    return [Body(_under(subject, _once(lines)), element) for (lines, element), subject in zip(held, above, strict=True)]


def _without_message_to_share(lines: list[tuple[Line, str]], name: Name | None) -> list[tuple[Line, str]]:
    """Without what a button would send to a network: 'Ann: ' with the beginning of the text again, and an address."""
    own = _folded(name.name) if name else ""
    for place in range(1, len(lines)) if own else ():
        speaker, colon, said = lines[place][1].partition(": ")
        again = _folded(said)
        if not colon or not again or _folded(speaker) != own:
            continue
        before = _folded(" ".join(text for _, text in lines[:place]))
        rest = [one for one in lines[place + 1 :] if not _ADDRESS.fullmatch(one[1])]
        if again in before and not rest:
            return lines[:place]
    return lines


def _folded(text: str) -> str:
    return _NOT_WORDS.sub("", text.casefold())


def _under(subject: list[tuple[Line, str]], lines: list[tuple[Line, str]]) -> list[tuple[Line, str]]:
    """The lines of a body below those of its subject that stand above it."""
    return [one for one in subject if not lines or one[0].begin < lines[0][0].begin] + lines


def _furniture(records: list[Record]) -> set[str]:
    """Short lines, numbers masked, that stand in half of the records."""
    if len(records) < 4:
        return set()
    often: Counter[str] = Counter()
    for record in records:
        often.update({_DIGITS.sub("#", line.text) for line in record.lines if line.end - line.begin < 12})
    return {text for text, count in often.items() if count >= 0.5 * len(records) and len(text) < _MAX_FURNITURE}


def _cuts(name: Name | None, printed: Printed | None, record: Record) -> dict[int, list[str]]:
    """Line → words that are known to be author or time."""
    found: dict[int, list[str]] = {}
    if printed:
        found.setdefault(printed.line.number, []).append(printed.raw)
        if printed.clock:
            found.setdefault(record.lines[printed.clock[0]].number, []).append(printed.clock[1])
    if name:
        found.setdefault(name.line, []).append(name.name)
    return found


def _kept_lines(
    page: Outline, record: Record, cuts: dict[int, list[str]], name: Name | None, furniture: set[str]
) -> list[tuple[Line, str]]:
    kept, count = [], len(record.lines)
    for place, line in enumerate(record.lines):
        at_edge = place < _EDGE or place >= count - _EDGE
        if furniture and at_edge and _DIGITS.sub("#", line.text) in furniture and not is_quoted(page, record, line):
            continue
        if is_control(line):
            continue
        near = place < 5 or place >= count - 4
        if line.number in cuts:
            text = _without_labels(line, cuts[line.number], near)
        elif near and (_is_label(line) or (name and place < 4 and line.text == name.name)):
            continue
        else:
            text = _without_link_behind(page, line) if near else line.text
        if text:
            kept.append((line, text))
    return kept


def _without_link_behind(page: Outline, line: Line) -> str:
    """A line without a link such as 'Report' that a plugin put behind its last word."""
    last = line.end - 1
    link = page.chunks[last].strip()
    if last == line.begin or page.tags[page.owners[last]] != "a" or not line.text.endswith(link):
        return line.text
    return line.text.removesuffix(link).rstrip() if words.ACTION.fullmatch(link.lower()) else line.text


def _once(lines: list[tuple[Line, str]]) -> list[tuple[Line, str]]:
    """A page may hold a text twice, shortened and whole: then the second time alone."""
    texts = [text for _, text in lines]
    half = next((place for place in range(1, len(texts)) if texts[place] == texts[0]), 0)
    if not half or len(texts) < 2 * half or sum(map(len, texts[:half])) < _LEAST_REPEATED:
        return lines
    same = texts[half : 2 * half - 1] == texts[: half - 1]
    return lines[half:] if same and texts[2 * half - 1].startswith(texts[half - 1].rstrip(_CUT_OFF)) else lines


def _lines_of_body(page: Outline, record: Record, cuts: dict[int, list[str]]) -> list[tuple[Line, str]]:
    """A comment may say nothing but 'Author comment', or the same as all others: where all lines look like labels,
    those that stand in an element named as the body are what it says."""
    kept = []
    for line in record.lines:
        element = page.owners[line.begin]
        while element > record.unit and not marks_of(page.classes[element]) & BODY:
            element = page.parents[element]
        if element > record.unit and line.number not in cuts:
            kept.append((line, line.text))
    return kept


def _drop_furniture_beside_labels(kept: list[list[tuple[Line, str]]], cuts: list[dict[int, list[str]]]) -> None:
    """What is left of the line with author and time ('in reply to #1') is furniture too, where it returns."""
    if len(kept) < 4:
        return
    rests = [
        {_DIGITS.sub("#", text) for line, text in lines if line.number in cut}
        for lines, cut in zip(kept, cuts, strict=True)
    ]
    often = Counter(text for found in rests for text in found)
    for number, lines in enumerate(kept):
        kept[number] = [
            (line, text)
            for line, text in lines
            if line.number not in cuts[number] or 2 * often[_DIGITS.sub("#", text)] < len(kept)
        ]


def _is_label(line: Line) -> bool:
    if len(line.text) >= 110:
        return False
    lower = line.lower
    if _COUNTS.fullmatch(lower):
        return True
    return len(lower) < 60 and (words.LABEL.fullmatch(lower) is not None or _EDITED.match(lower) is not None)


def _without_labels(line: Line, cuts: list[str], near: bool) -> str:
    """What is left of a line without author and time: empty where it is only labels."""
    text = line.text
    for cut in cuts:
        at = text.find(cut)
        at = at if at >= 0 else text.lower().find(cut.lower())
        if at >= 0:
            text = f"{text[:at]} {_CUT} {text[at + len(cut) :]}"
    left = " ".join(text.replace(_CUT, " ").split())
    lower, count = left.lower(), len(_WORD.findall(left))
    if (
        words.LABEL.fullmatch(lower)
        or _RE_BY.fullmatch(lower)
        or (len(left) < 14 and not _LONG_WORD.search(left))
        or (count <= 3 and len(left) < 30)
    ):
        return ""
    parts = [part.strip(_SEPARATORS) for part in text.split(_CUT)]
    parts = [part for part in parts if _WORD.search(part) and not _says_nothing(part)]
    longest = _LABEL_BEFORE.sub("", max(parts, key=len)) if parts else ""
    if near and len(_WORD.findall(longest)) <= 3 and _LABEL_LINE.match(longest.lower()):
        return ""
    return longest


def _says_nothing(part: str) -> bool:
    """A label, or the time once more."""
    return (
        words.LABEL.fullmatch(part.lower()) is not None
        or times.PRINTED.fullmatch(lowered(part.strip("@ "))) is not None
    )
