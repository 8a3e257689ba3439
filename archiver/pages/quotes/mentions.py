"""Who could be a speaker: the names, pronouns and noun phrases of a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from archiver.pages.quotes.names import Name
from archiver.pages.quotes.narration import Narration

MentionKind: TypeAlias = Literal["person", "name", "pronoun", "people", "voice", "noun"]
"""A person's name or another; a pronoun; a noun for people (aide), for what speaks (statement), any other."""

_NOUNS: Final = frozenset("ndg")
_LONGEST: Final = 14
"""Tokens of a noun phrase."""


@dataclass(slots=True)
class Mention:
    """Whom a text names with the tokens from `first` up to `last`, in the noun phrase that begins at `begins`."""

    begins: int
    first: int
    last: int
    kind: MentionKind
    name: Name | None = None


def mentions_of(told: Narration, sentence: int, names: Mapping[int, Name]) -> list[Mention]:
    """The mentions of a sentence in order. `names` by their first token."""
    first, last = told.span(sentence)
    found = []
    token = first
    while token < last:
        if told.sorts[token] == "r":
            found.append(Mention(token, token, token + 1, "pronoun"))
            token += 1
        elif told.sorts[token] in "nd":
            end = _end_of_phrase(told, token, last, names)
            found.append(_mention(told, token, end, names))
            token = end
        else:
            token += 1
    return found


def _end_of_phrase(told: Narration, begin: int, last: int, names: Mapping[int, Name]) -> int:
    token = begin
    behind_name = -1
    while token < last and token - begin < _LONGEST:
        if token in names:
            behind_name = token = names[token].last
            continue
        if told.sorts[token] not in _NOUNS or (
            told.sorts[token] == "d" and token > begin and told.sorts[token - 1] != "d"
        ):
            break
        if token == behind_name and _is_verb(told, token, last):
            break
        token += 1
    return max(token, begin + 1)


def _is_verb(told: Narration, token: int, last: int) -> bool:
    """Whether a word behind a name is a verb no list knows: by its ending, or since another phrase begins behind it."""
    endings = tuple(told.lexicon.of("verb endings"))
    return told.forms[token][0].islower() and (
        (bool(endings) and told.lower[token].endswith(endings)) or (token + 1 < last and told.sorts[token + 1] == "d")
    )


def _owns_words(told: Narration, name: Name, end: int) -> bool:
    """Whether a phrase is for somebody's words: Quill's answer."""
    return told.sorts[name.last] == "g" and told.lower[end - 1] in told.lexicon.of("speech")


def _mention(told: Narration, begin: int, end: int, names: Mapping[int, Name]) -> Mention:
    """The head of a noun phrase: the name that it ends with, or its last noun."""
    name = next((names[token] for token in range(end - 1, begin - 1, -1) if token in names), None)
    if name is not None and (name.last >= end or _owns_words(told, name, end)):
        return Mention(begin, name.first, name.last, "person" if name.person else "name", name)
    head = told.lower[end - 1]
    lists = told.lexicon
    kind: MentionKind = "people" if head in lists.of("people") else "voice" if head in lists.of("voices") else "noun"
    return Mention(begin, begin, end, kind)
