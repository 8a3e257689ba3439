"""The names in a text: where each stands, whose full name a surname is short for, who is a man or a woman."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal, TypeAlias

from archiver.pages.quotes.narration import Narration

Gender: TypeAlias = Literal["man", "woman", ""]

_SMALL: Final = "de del la las los da das do dos van von der den di du bin ibn al el le y zu vom"
PARTICLES: Final = frozenset(_SMALL.split())
GENERATIONS: Final = frozenset(("Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV"))
_LONGEST: Final = 5
"""Words of a person's name."""


@dataclass(slots=True)
class Name:
    """A name in a text, from its token `first` up to, not including, `last`, without titles in front."""

    first: int
    last: int
    words: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """In lower case: mr, senator."""
    full: str = ""
    """The full name that the text uses for whoever this is."""
    person: bool = False
    """Whether it is likely to be a person's."""


@dataclass(slots=True)
class People:
    """Everybody whom a text names in full."""

    names: list[Name] = field(default_factory=list)
    """In the order of the text."""
    mentioned: Counter[str] = field(default_factory=Counter)
    """How often each full name was meant."""
    genders: dict[str, Gender] = field(default_factory=dict)
    _by_surname: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _by_first_name: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    _first_seen: dict[str, int] = field(default_factory=dict)

    def full_name(self, name: Name) -> str:
        """The commonest form of a full name, or of a surname; of several people with one surname the one named most."""
        words = _without_generation(name.words)
        if len(words) > 1:
            alike = [one for one in self._by_surname[words[-1]] if one.partition(" ")[0] == words[0]]
            return max(alike, key=lambda one: self._by_surname[words[-1]][one], default=" ".join(words))
        known = self._by_surname.get(words[-1]) or self._by_first_name.get(words[-1])
        if not known:
            return words[-1]
        gender = self._gender_of(name.titles)
        fitting = [one for one in known if gender and self.genders.get(one) == gender]
        fitting = fitting or [one for one in known if not gender or one not in self.genders] or list(known)
        seen = [one for one in fitting if self._first_seen[one] <= name.first] or fitting
        return max(seen, key=lambda one: (known[one], -self._first_seen[one]))

    def _gender_of(self, titles: tuple[str, ...]) -> Gender:
        return "man" if "mr" in titles else "woman" if {"mrs", "ms", "miss"} & set(titles) else ""


def people_of(told: Narration) -> People:
    """The people and other names of a narration."""
    people = People(names=_names(told))
    lists = told.lexicon
    men, women, organisations = lists.of("men"), lists.of("women"), lists.of("organisations")
    for name in people.names:
        words = _without_generation(name.words)
        if 2 <= len(words) <= _LONGEST:
            full = " ".join(words)
            people._by_surname[words[-1]][full] += 1
            if words[0].lower() in men or words[0].lower() in women:
                people._by_first_name[words[0]][full] += 1
            people._first_seen.setdefault(full, name.first)
    for full in people._first_seen:
        first = full.partition(" ")[0].lower()
        if (first in men) != (first in women):
            people.genders[full] = "man" if first in men else "woman"
    for name in people.names:
        name.full = people.full_name(name)
        people.mentioned[name.full] += 1
        _learn_gender(people, name, lists.of("man"), lists.of("woman"))
    alone = {name.words[0] for name in people.names if len(name.words) == 1}
    for name in people.names:
        parts = name.full.split()
        name.person = not any(part.lower() in organisations for part in parts) and (
            name.full in people.genders or bool(name.titles) or (len(parts) > 1 and parts[-1] in alone)
        )
    return people


def _learn_gender(people: People, name: Name, man: frozenset[str], woman: frozenset[str]) -> None:
    for title in name.titles:
        if title in man or title in woman:
            people.genders[name.full] = "man" if title in man else "woman"


def _names(told: Narration) -> list[Name]:
    """Runs of words with capitals, without what stands in front of a name or behind it but is none."""
    rules = _Rules(told)
    found = []
    token, count = 0, len(told.forms)
    capitals = [number for number, sort in enumerate(told.sorts) if sort == "n" and told.forms[number][0].isupper()]
    for first in capitals:
        if first < token:
            continue
        token = first
        while token < count and (_is_capital(told, token) or _is_particle(told, token)):
            if token > first and token in rules.begins:
                break
            token += 1
        name = rules.name(first, token)
        if name is not None:
            found.append(name)
    return found


class _Rules:
    """What is a name and what is not, among the words of a text that begin with a capital."""

    def __init__(self, told: Narration) -> None:
        lists = told.lexicon
        self.told = told
        self.first_names = lists.of("men") | lists.of("women")
        self.civil, self.honorifics = lists.of("civil titles"), lists.of("honorifics")
        self.calendar, self.no_names = lists.of("calendar"), lists.of("capitalised")
        self.capital_nouns = bool(lists.of("capital nouns"))
        self.begins = set(told.sentences)
        self.forms = set(told.forms)
        self.plain = [word.rstrip(".") if word[-1] == "." else word for word in told.lower]
        leads = self.first_names | (self.honorifics if self.capital_nouns else self.civil)
        self.surnames = {word for lead, word in pairwise(self.plain) if lead in leads}

    def name(self, first: int, last: int) -> Name | None:
        """The name among the tokens from `first` up to `last`."""
        while first < last and self._is_no_name(first):
            first += 1
        while last > first and self.plain[last - 1] in self.calendar:
            last -= 1
        titles = []
        while first < last - 1 and self.plain[first] in self.honorifics:
            titles.append(self.plain[first])
            first += 1
        for token in range(last - 2, first, -1):
            if self.plain[token] in self.first_names and self.plain[token - 1] not in self.first_names:
                first = token  # Washington Editor Ada Quill
                break
        if self.capital_nouns and not titles and not self._has_name(first, last):
            return None
        if first >= last or (self.plain[first] in self.honorifics and last - first == 1 and not titles):
            return None
        before = first - 1
        while not titles and before >= 0 and self.plain[before] in self.honorifics:
            titles.append(self.plain[before])
            before -= 1
        return Name(first, last, tuple(self.told.forms[first:last]), tuple(titles))

    def _has_name(self, first: int, last: int) -> bool:
        """Whether some words can be a name where every noun has a capital: two in a row, or a known one."""
        return last - first > 1 or any(
            word in self.first_names or word in self.surnames for word in self.plain[first:last]
        )

    def _is_no_name(self, token: int) -> bool:
        """A weekday, a nationality; at the start of a sentence also a word that the text writes small elsewhere."""
        word = self.plain[token]
        if word in self.surnames:
            return False
        if word in self.calendar or word in self.no_names:
            return True
        return token in self.begins and (word in self.forms or word in self.told.lexicon.cues)


def _is_capital(told: Narration, token: int) -> bool:
    return told.forms[token][0].isupper() and told.sorts[token] == "n"


def _is_particle(told: Narration, token: int) -> bool:
    """A small word between two parts of a name."""
    return told.lower[token] in PARTICLES and token + 1 < len(told.forms) and _is_capital(told, token + 1)


def _without_generation(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word for word in words if word not in GENERATIONS) or words
