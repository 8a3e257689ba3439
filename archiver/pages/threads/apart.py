"""What stands in a record and is not what somebody wrote there; and the subject line, which is."""

from __future__ import annotations

import re
from collections import Counter
from typing import Final

from archiver.pages.threads.outline import Outline
from archiver.pages.threads.records import Line, Record

_SIGNATURE: Final = re.compile(
    r"(?:^|[\s_-])signature(?:[_-]{0,2}(?:text|content|container|view|wrapper|block|body|line|\d+))*(?:$|\s)"
)
_SUBJECT: Final = re.compile(
    r"(?:^|[\s_])(?:(?:comment|post|message|msg|reply|cmt)[_-]?)?(?:title|subject|headline)(?:$|\s)"
)
_OF_A_PERSON: Final = re.compile(r"user|author|member|poster|rank|name|profile|job")
_HEADINGS: Final = frozenset(("h2", "h3", "h4", "h5", "h6"))
_REPEATED: Final = re.compile(r"\W*(?:re|aw|antw|antwort|sv|vs|odp|ynt|rif)\b[^:\w]{0,3}\d{0,3}[^:\w]{0,2}:")
_CONTROL: Final = re.compile(
    r"\W*(?:click to (?:expand|shrink|collapse|reveal)|code:? ?select all|(?:show|read|see|view) (?:more|less)"
    r"|expand(?: quote)?|collapse|spoiler|view attachment \d+|zum vergrößern anklicken)\W*"
)
_MAX_SUBJECT: Final = 200


def without_signatures(page: Outline, record: Record, lines: list[tuple[Line, str]]) -> list[tuple[Line, str]]:
    """The lines that stand in no signature; all of them where nothing else is there."""
    for element in record.elements:
        name, anchor = page.classes[element], page.anchors[element]
        if (name and _SIGNATURE.search(name.lower())) or (anchor and _SIGNATURE.search(anchor.lower())):
            begin, end = page.begins[element], page.ends[element]
            rest = [one for one in lines if one[0].begin < begin or one[0].end > end]
            lines = rest or lines
    return lines


def is_control(line: Line) -> bool:
    """Whether a line is what one presses to see more of a quote, or of code."""
    return len(line.text) < 60 and _CONTROL.fullmatch(line.lower) is not None


def subjects(page: Outline, records: list[Record], kept: list[list[tuple[Line, str]]]) -> list[list[tuple[Line, str]]]:
    """For each record the lines in which somebody put what they wrote into a few words: part of the comment. Not those
    that repeat an earlier subject, 'Re: …'."""
    often = Counter(line.lower for lines in kept for line, _ in lines)
    found = [
        [
            (line, text)
            for line, text in lines
            if often[line.lower] == 1
            and len(text) <= _MAX_SUBJECT
            and not _REPEATED.match(line.lower)
            and _is_subject(page, record, line)
        ]
        for record, lines in zip(records, kept, strict=True)
    ]
    return found if 2 * sum(map(bool, found)) > len(found) else [[] for _ in found]


def _is_subject(page: Outline, record: Record, line: Line) -> bool:
    element = page.owners[line.begin]
    found = False
    while element > record.unit and page.begins[element] >= line.begin and page.ends[element] <= line.end:
        name = page.classes[element].lower()
        if _OF_A_PERSON.search(name):
            return False
        found = found or page.tags[element] in _HEADINGS or _SUBJECT.search(name) is not None
        element = page.parents[element]
    return found
