"""Whom a comment speaks to: the name, `@name` or number with which it opens.

A name counts only where it is that of somebody who wrote before, see `Voices`; where a thread prints no names at all,
names that comments open with again and again are those of its writers (imports from services that link the name of
whom one answers, and lose the link).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal

Form = Literal["at", "number", "wrote", "called", "named"]
"""`@Ann …` · `#12 …` · `Ann wrote: …` · `Ann, …`, `Hello Ann: …` · `Ann Lee that is …`"""

_LEAD: Final = (
    r"(?:(?:re|to|hi|hello|hey|dear|sorry|thanks|thank you|yes|no|well|ok|okay|agreed?|exactly|good point|well said"
    r"|hallo|liebe[rs]?|an|danke|cher|chère|à|merci|hola|a|para|gracias|ciao|grazie|beste|aan|dank)[\s,:]+)?"
)
_WROTE: Final = (
    r"(?:wrote|writes|said|says|posted|commented|schrieb|schreibt|meint|sagte|a écrit|écrit|dit|dijo|escribió|escreveu"
    r"|disse|ha scritto|scrive|schreef|zei)\b"
)
_AT: Final = re.compile(r"\s*" + _LEAD + r"@\s?(?=\w)", re.IGNORECASE)
_NUMBER: Final = re.compile(
    r"\s*" + _LEAD + r"(?:(?:@\s?#?|>>)(\d{1,5})(?!\w|[.,]\d|\s*%)"
    r"|(?:#|(?:comment|post|no\.?|nr\.?|kommentar|beitrag)\s+#?)(\d{1,5})(?=\s*[,:;!?–—-]|\s*\n|\s+(?-i:[\"“A-ZÀ-Þ])|\s*$))",
    re.IGNORECASE,
)
_BEFORE: Final = re.compile(r"\s*(?:originally posted by\s+|quote:?\s+|zitat(?: von)?:?\s+)?" + _LEAD, re.IGNORECASE)
_AFTER_CALL: Final = re.compile(r"\s*(?:[,:;!?]|[-–—]+\s|\.{2,}|…|\n)")
_AFTER_WROTE: Final = re.compile(r"\s*(?:\([^)\n]{1,40}\)\s*)?(?:@\s?\d[^:\n]{0,30}\s)?" + _WROTE, re.IGNORECASE)
_FULL_NAME: Final = re.compile(
    r"[A-ZÀ-ÞŁŚŻ][\w'’-]*[^\W\d_](?: (?:de|van|von|di|da|al|bin|la|el|Mc|O))* [A-ZÀ-ÞŁŚŻ][\w'’-]*[^\W\d_]"
)
_NEW_SENTENCE: Final = re.compile(
    r"\s*\n|,| (?:I|You|He|She|It|We|They|This|That|These|Those|There|The|An?|My|Your|His|Her|Our|Their|Who|What|When"
    r"|Where|Why|How|If|So|But|And|Not?|Yes|Anyone|Everyone|Nobody|Someone|Is|Are|Was|Do|Does|Did|Ich|Du|Er|Sie|Es|Wir"
    r"|Das|Der|Die|Je|Tu|Il|Elle|Nous|Vous|C'est|Le|La|Les|Yo|Tú|Él|Ella|Eso|No)\b"
)
_MANY_WORDS: Final = 2
"""Words that make a name a full one: nobody else is called so by chance."""

_NO_NAMES: Final = """
    admin administrator anon anonim anonimo anonym anonyme anonymous anonymus anónimo author editor gast guest invitado
    me moderator nobody reader unknown user visitor you
"""
NOBODY: Final = frozenset(_NO_NAMES.split())
"""What stands for a name where there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Address:
    """Whom a comment opens with. `name` as it stands there, `start` and `end` its place in the text, in characters;
    `number` instead of a name for `#12`."""

    form: Form
    start: int
    end: int
    name: str | None = None
    number: int | None = None


class Voices:
    """The names of those who wrote so far, as they print them."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._names: dict[str, str] = {}
        self._longest = 0
        for name in names:
            self.add(name)

    def add(self, name: str) -> None:
        folded = fold(name)
        if folded and folded not in NOBODY and not folded.isdigit():
            self._names[folded] = name
            self._longest = max(self._longest, len(folded))

    def at(self, text: str, start: int) -> tuple[str, int] | None:
        """The longest name that stands at a place of the text, whole, and where it ends."""
        piece = text[start : start + self._longest + 8]
        for end in reversed([match.start() for match in _EDGE.finditer(piece)]):
            if end and fold(piece[:end]) in self._names:
                return self._names[fold(piece[:end])], start + end
        return None

    def first_name_at(self, text: str, start: int) -> tuple[str, int] | None:
        """The only writer whose first name stands there."""
        word = re.compile(r"\w+").match(text, start)
        if word is None:
            return None
        full = [name for folded, name in self._names.items() if folded.split(" ")[0] == fold(word.group())]
        return (full[0], word.end()) if len(full) == 1 else None


_EDGE: Final = re.compile(r"(?<=[^\s,:;!?])(?!\w)")


def fold(name: str) -> str:
    """A name as it is compared: without case, apostrophes' shapes and doubled blanks."""
    return " ".join(name.casefold().replace("’", "'").split())


def addressed(text: str, voices: Voices) -> Address | None:
    """Whom a comment opens with, None where nobody is named that `voices` knows."""
    if at := _AT.match(text):
        found = voices.at(text, at.end()) or voices.first_name_at(text, at.end())
        return Address(form="at", start=at.end(), end=found[1], name=found[0]) if found else _number(text)
    if number := _number(text):
        return number
    begin = _BEFORE.match(text)
    for start in dict.fromkeys((len(text) - len(text.lstrip()), begin.end() if begin else 0)):
        found = voices.at(text, start)
        if found is None:
            continue
        name, end = found
        if _AFTER_WROTE.match(text, end):
            return Address(form="wrote", start=start, end=end, name=name)
        if _AFTER_CALL.match(text, end):
            return Address(form="called", start=start, end=end, name=name)
        if len(name.split()) >= _MANY_WORDS and text[start:end][:1].isupper():
            return Address(form="named", start=start, end=end, name=name)
    return None


def _number(text: str) -> Address | None:
    found = _NUMBER.match(text)
    if found is None:
        return None
    group = found.lastindex or 1
    return Address(form="number", start=found.start(group), end=found.end(group), number=int(found[group]))


def unprinted(texts: Mapping[str, str]) -> Mapping[str, Address]:
    """For a thread that prints no names: the full names that comments open with, by the comment's id.

    One that opens a single comment may be its subject ('Sean Penn is …'). It counts where another comment opens with
    it too, or where a sentence of its own follows.
    """
    found = {id_: match for id_, text in texts.items() if (match := _FULL_NAME.match(text))}
    often = Counter(match.group() for match in found.values())
    return {
        id_: Address(form="named", start=match.start(), end=match.end(), name=match.group())
        for id_, match in found.items()
        if often[match.group()] > 1 or _NEW_SENTENCE.match(texts[id_], match.end())
    }
