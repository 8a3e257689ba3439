"""A text set for attribution: its narration, its people, its quotations as their surroundings see them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from archiver.pages.quotes.mentions import Mention, mentions_of
from archiver.pages.quotes.names import Name, People
from archiver.pages.quotes.narration import Narration

_LONGEST_PATH: Final = 5


@dataclass(slots=True)
class Said:
    """A quotation as its surroundings see it."""

    number: int
    token: int
    sentence: int
    paragraph: int
    text: str
    words: int = 0
    end: str = ""
    size: str = ""
    large: bool = False
    """Whether it begins with a capital."""
    continues: bool = False
    """Whether it goes on in the next paragraph."""
    opens_paragraph: bool = False
    alone: bool = False
    """Whether its paragraph holds nothing else."""
    single: bool = False
    """Whether it stands in single marks."""
    repaired: bool = False
    headline: bool = False
    """Whether its paragraph ends without a full stop, as headlines do."""


@dataclass(slots=True)
class Scene:
    """What the candidates of all quotations of a text are drawn from."""

    told: Narration
    people: People
    said: list[Said]
    names: dict[int, Name] = field(default_factory=dict)
    _paths: dict[tuple[int, int], str] = field(default_factory=dict)
    _mentions: dict[int, list[Mention]] = field(default_factory=dict)
    _cues: dict[int, list[int]] = field(default_factory=dict)

    def mentions(self, sentence: int) -> list[Mention]:
        """The mentions of a sentence."""
        found = self._mentions.get(sentence)
        if found is None:
            found = self._mentions[sentence] = mentions_of(self.told, sentence, self.names)
        return found

    def apposition(self, mention: Mention) -> Name | None:
        """The person whom a noun describes: another user, Ada Quill; Bo Reed, the mayor."""
        sorts = self.told.sorts
        if mention.kind not in ("people", "noun"):
            return None
        if mention.last < len(sorts) and sorts[mention.last] == ",":
            name = self.names.get(mention.last + 1)
            return name if name is not None and (name.person or len(name.words) > 1) else None
        if mention.begins > 1 and sorts[mention.begins - 1] == ",":
            for one in self.mentions(self.told.sentence_at(mention.begins)):
                if one.last == mention.begins - 1 and one.kind == "person":
                    return one.name
        return None

    def cues(self, sentence: int) -> list[int]:
        """The tokens of a sentence that are verbs of saying."""
        found = self._cues.get(sentence)
        if found is None:
            sorts = self.told.sorts
            found = self._cues[sentence] = [t for t in range(*self.told.span(sentence)) if sorts[t] == "s"]
        return found

    def path(self, first: int, last: int) -> str:
        """The sorts of some tokens: a noun phrase is one letter, with a preposition in front none; `…` for many."""
        known = self._paths.get((first, last))
        if known is None:
            known = self._paths[first, last] = _path(self.told.sorts[first:last])
        return known


def _path(sorts: list[str]) -> str:
    path, last = "", ""
    for sort in sorts:
        letter = "n" if sort in "ndg" else sort
        if (letter == last and letter != "q") or (letter == "n" and last == "p"):
            continue
        path += letter
        last = letter
        if len(path) > _LONGEST_PATH:
            return "…"
    return path or "nothing"
