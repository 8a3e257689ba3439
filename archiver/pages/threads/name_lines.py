"""Names that stand in a line with other words: 'Ann says:', 'Posted by Ann on 3 May'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Final

from archiver.pages.threads import times, words
from archiver.pages.threads.names import clean_name, is_name
from archiver.pages.threads.records import Line, Record
from archiver.pages.threads.signs import Signs
from archiver.pages.threads.written import Printed

MAX_NAME: Final = 60
_MAX_LINE: Final = 130
_MAX_WORDS: Final = 6
_LEAST_FRAMED: Final = 3
_FRAME: Final = 0.8
"""The share of the records in which a word stands that belongs to the frame of a line."""
_WORD: Final = re.compile(r"[^\W\d_]{2}")
_LABEL_END: Final = re.compile(r":(?!//)")
_IN_BRACKETS: Final = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")


def name_in_lines(signs: Signs, record: Record, printed: Printed | None) -> tuple[str, int] | None:
    """'Ann says:', 'Posted by Ann on 3 May': the name is what is left of such a line near an edge of the record."""
    lines = record.lines
    places = [*range(min(4, len(lines))), *range(max(4, len(lines) - 3), len(lines))]
    for place in places:
        line = lines[place]
        if len(line.text) > 130:
            continue
        says = words.SAYS.search(line.lower) is not None
        if says or (printed is not None and printed.place == place and line.number in signs.times):
            name = _name_in(line, says)
            if name:
                return name, line.number
    return None


def _name_in(line: Line, says: bool) -> str | None:
    date = times.first_in(line.lower)
    if date and not says and date.start() < 3 and len(line.text) - date.end() < 3:
        return None
    name = clean_name(line.text)
    if not name and date and date.start() < 3:
        name = clean_name(line.text[date.end() :])
    if name and len(name) <= MAX_NAME and len(name.split()) <= 7 and not words.LABEL.fullmatch(name.lower()):
        return name
    return None


def framed_names(records: list[Record], printed: list[Printed | None]) -> Mapping[int, tuple[str, int]]:
    """Names told by what changes in lines that are alike otherwise, whatever the language: the line that prints the
    time ('Napsal uživatel Ola dne …', 'On … by Ola'), or one beside it that begins with a label ('Lähettäjä: Ola')."""
    dated = {number: one for number, one in enumerate(printed) if one}
    if len(dated) < _LEAST_FRAMED:
        return {}
    before, after, above, below = dict[int, str](), dict[int, str](), dict[int, str](), dict[int, str]()
    for number, one in dated.items():
        lines, text = records[number].lines, one.line.text
        at = text.find(one.raw)
        if at < 0 or len(text) > _MAX_LINE:
            continue
        before[number], after[number] = text[:at], text[at + len(one.raw) :]
        for place, beside in ((one.place - 1, above), (one.place + 1, below)):
            if 0 <= place < len(lines) and len(lines[place].text) <= MAX_NAME + 20:
                beside[number] = lines[place].text
    sides = [(_unframed(side), 0) for side in (before, after)]
    sides += [(_unframed(side, labelled=True), step) for side, step in ((above, -1), (below, 1))]
    names, step = max(sides, key=lambda side: len(side[0]))
    if 2 * len(names) < len(records):
        return {}
    return {number: (name, records[number].lines[dated[number].place + step].number) for number, name in names.items()}


def _unframed(texts: Mapping[int, str], *, labelled: bool = False) -> dict[int, str]:
    """What is left of the texts without the words that most have; nothing where none is such a word, or all is."""
    bracketed = Counter(found for text in texts.values() for found in set(_IN_BRACKETS.findall(text)))
    split = {}
    for number, text in texts.items():
        plain = _IN_BRACKETS.sub(lambda found: " " if bracketed[found[0]] > 1 else found[0], text)
        split[number] = _LABEL_END.sub(": ", plain).split()
    often = Counter(word for tokens in split.values() for word in set(tokens))
    frame = {word for word, count in often.items() if count >= max(_LEAST_FRAMED, _FRAME * len(split))}
    if not any(_WORD.search(word) for word in frame):
        return {}
    found = {}
    for number, tokens in split.items():
        if labelled and not (tokens and tokens[0] in frame and tokens[0].endswith(":")):
            continue
        left = [token for token in tokens if token not in frame]
        name = clean_name(" ".join(left)) if 0 < len(left) <= _MAX_WORDS else ""
        if name and len(name) <= MAX_NAME and (is_name(name) or words.ROLE.fullmatch(name.lower())):
            found[number] = name  # where others are named, 'admin' is a name
    return found if len(set(found.values())) > 1 else {}
