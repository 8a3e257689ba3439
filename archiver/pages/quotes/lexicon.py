"""The words of a language that tell who speaks: verbs of saying, pronouns, titles, first names.

They stand in `words/<language>.txt`. A language without a file has an empty lexicon: its quotations are found, their
speakers are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal, TypeAlias

LANGUAGES: Final = ("en", "de", "fr", "es", "pt", "it", "nl")
"""Those with a file of words."""

CueKind: TypeAlias = Literal["say", "judge", "think", "show", "source"]
"""`say` takes words, `judge` a name for somebody, `think` a thought; of `show` a quotation is not the usual object;
`source` is no verb: the speaker follows (according to)."""

_CUES: Final[tuple[CueKind, ...]] = ("say", "judge", "think", "show", "source")
_SORTS: Final = {
    "determiners": "d",
    "quantifiers": "d",
    "prepositions": "p",
    "conjunctions": "c",
    "auxiliaries": "x",
    "adverbs": "a",
    "verbs": "v",
    "he": "r",
    "she": "r",
    "they": "r",
    "who": "r",
    "other pronouns": "r",
}


def token_pattern(clitics: Iterable[str] = ()) -> re.Pattern[str]:
    """What one token is: a word, the end of a possessive, a sign.

    `clitics` are pronouns that hang on a verb by a hyphen (dit-il) and are words of their own.
    """
    hanging = rf"(?:t-)?(?:{'|'.join(sorted(clitics))})\b" if clitics else "(?!)"
    return re.compile(rf"[^\W_]+(?:(?:-(?!{hanging})|[&@./]|[’'](?!s\b))[^\W_]+)*|-t-(?=\w)|[’']s\b|\.\.\.|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Cue:
    """A form of a verb of saying. `plain` is the form of the dictionary, which may be a noun as well (report)."""

    kind: CueKind
    plain: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Lexicon:
    """The lists of one language. All words are in lower case."""

    language: str = ""
    lists: Mapping[str, frozenset[str]] = field(default_factory=dict)
    cues: Mapping[str, Cue] = field(default_factory=dict)
    sorts: Mapping[str, str] = field(default_factory=dict)
    """The sort of a word that begins small, as in `narration.Narration`, where a list tells it."""
    capital_sorts: Mapping[str, str] = field(default_factory=dict)
    """The same of one that begins with a capital."""
    nouns_too: frozenset[str] = frozenset()
    """Forms of verbs of saying that are the plain form, which may be a noun as well: report."""
    token: re.Pattern[str] = field(default_factory=token_pattern)

    def of(self, name: str) -> frozenset[str]:
        """The words of one list; empty where the language has none."""
        return self.lists.get(name, frozenset())

    @property
    def common(self) -> frozenset[str]:
        """Words that a sentence in this language can hardly do without."""
        names = ("determiners", "quantifiers", "prepositions", "conjunctions", "auxiliaries")
        return frozenset().union(*map(self.of, names))


@cache
def lexicon(language: str) -> Lexicon:
    """The lexicon of a language, by its first subtag."""
    if language not in LANGUAGES:
        return Lexicon(language=language)
    lists, verbs = _read(files("archiver.pages.quotes").joinpath("words", f"{language}.txt").read_text("utf-8"))
    cues = {
        form: Cue(kind, form == forms[0] and len(forms) > 1)
        for kind in reversed(_CUES)
        for forms in reversed(verbs.get(kind, []))
        for form in reversed(forms)
    }
    sorts = {word: sort for name, sort in reversed(_SORTS.items()) for word in lists.get(name, ())}
    sources = dict.fromkeys((form for form, cue in cues.items() if cue.kind == "source"), "s")
    return Lexicon(
        language=language,
        lists=lists,
        cues=cues,
        sorts=sorts | dict.fromkeys(cues, "s"),
        capital_sorts=sorts | sources,
        nouns_too=frozenset(form for form, cue in cues.items() if cue.plain)
        if "plural endings" in lists
        else frozenset(),
        token=token_pattern(lists.get("clitics", ())),
    )


def _read(text: str) -> tuple[dict[str, frozenset[str]], dict[str, list[list[str]]]]:
    """The lists of a file, and those of verbs line by line."""
    lines: dict[str, list[list[str]]] = {}
    for line in text.splitlines():
        if line.startswith("["):
            current = lines.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line.split())
    words = {name: frozenset(word for line in of for word in line) for name, of in lines.items() if name not in _CUES}
    return words, {name: lines[name] for name in _CUES if name in lines}
