"""A text set for attribution: its narration, its people, its quotations as their surroundings see them."""

from __future__ import annotations

from dataclasses import dataclass, field

from archiver.pages.quotes.mentions import Mention, mentions_of
from archiver.pages.quotes.names import Name, People
from archiver.pages.quotes.narration import Narration


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
    _mentions: dict[int, list[Mention]] = field(default_factory=dict)
    _cues: dict[int, list[int]] = field(default_factory=dict)

    def mentions(self, sentence: int) -> list[Mention]:
        """The mentions of a sentence."""
        found = self._mentions.get(sentence)
        if found is None:
            found = self._mentions[sentence] = mentions_of(self.told, sentence, self.names)
        return found

    def cues(self, sentence: int) -> list[int]:
        """The tokens of a sentence that are verbs of saying."""
        found = self._cues.get(sentence)
        if found is None:
            sorts = self.told.sorts
            found = self._cues[sentence] = [t for t in range(*self.told.span(sentence)) if sorts[t] == "s"]
        return found
