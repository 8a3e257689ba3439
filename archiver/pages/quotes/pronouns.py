"""Whom a pronoun means: the likeliest of the people named before it, by fitted weights."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from archiver.pages.quotes.mentions import Mention
from archiver.pages.quotes.model import Weights, probabilities, score
from archiver.pages.quotes.names import Gender, Name
from archiver.pages.quotes.scene import Scene

_NAMES_BACK: Final = 24
_PARAGRAPHS_BACK: Final = 5
_PARTS: Final = {"p": "behind a preposition", "s": "object", "v": "object", "c": "behind a conjunction"}
"""The part of a name by the sort of the word before it."""
_SURE_OF_RULE: Final = 0.7


@dataclass(frozen=True, slots=True)
class Spoke:
    """Somebody quoted before: the token of the quotation, the full name, and who was spoken to."""

    token: int
    full: str
    addressee: str | None = None


@dataclass(slots=True)
class Meant:
    """A person whom a pronoun may mean, and what speaks for it."""

    full: str
    features: list[str]


def candidates(scene: Scene, pronoun: Mention, speakers: Sequence[Spoke]) -> list[Meant]:
    """The people named before a pronoun, the nearest first. `speakers`: those quoted before it."""
    told, people = scene.told, scene.people
    sentence = told.sentence_at(pronoun.first)
    paragraph = told.paragraphs[sentence]
    gender = _gender(scene, told.lower[pronoun.first])
    spoke = {one.full: one.token for one in speakers[-6:]}
    last_speaker = speakers[-1].full if speakers else None
    found: dict[str, Meant] = {}
    behind = bisect_left(people.names, pronoun.first, key=lambda name: name.first)
    for name in reversed(people.names[max(0, behind - _NAMES_BACK) : behind]):
        there = told.sentence_at(name.first)
        away = paragraph - told.paragraphs[there]
        if away > _PARAGRAPHS_BACK:
            break
        known = people.genders.get(name.full, "")
        if name.full in found or not _may_be(gender, known):
            continue
        features = [
            f"{min(away, 3)} paragraphs away",
            f"{min(sentence - there, 4)} sentences away, {'same' if not away else 'other'} paragraph",
            f"gender {'the same' if gender and known == gender else 'not known'}",
            f"{'person' if name.person else 'perhaps no person'}, {min(len(name.full.split()), 2)} words",
            f"{min(len(found), 3)} people nearer",
            f"named {_often(people.mentioned[name.full])}",
            f"{_place(scene, name, there)}, {min(sentence - there, 2)} sentences away",
            *_standing(scene, name, there),
        ]
        if name.full in spoke:
            since = paragraph - told.paragraphs[told.sentence_at(spoke[name.full])]
            features.append(f"spoke {min(since, 3)} paragraphs before")
            if name.full == last_speaker:
                features.append(f"spoke last, {min(since, 3)} paragraphs before")
        if there == sentence:
            features.append("in the same sentence")
        found[name.full] = Meant(name.full, features)
    for one in reversed(speakers[-3:]):
        full, since = one.full, paragraph - told.paragraphs[told.sentence_at(one.token)]
        if full not in found and since <= _PARAGRAPHS_BACK and _may_be(gender, people.genders.get(full, "")):
            features = [f"only spoke, {min(since, 3)} paragraphs before"]
            if full == last_speaker:
                features.append(f"spoke last, {min(since, 3)} paragraphs before")
            found[full] = Meant(full, features)
    return list(found.values())


def meant_by(
    scene: Scene, pronoun: Mention, told_to: str | None, speakers: Sequence[Spoke], known: Weights
) -> tuple[str | None, float]:
    """The full name of whom `he`, `she` or `who` means, and how sure that is; None for other pronouns.

    `told_to`: whom they speak to, as the text names them here.
    """
    word, lists = scene.told.lower[pronoun.first], scene.told.lexicon
    if word in lists.of("who"):
        return _named_right_before(scene, pronoun)
    if word not in lists.of("he") and word not in lists.of("she"):
        return None, 0.0
    certain = _announced(scene, pronoun) or _still_speaking(scene, pronoun, told_to, speakers)
    if certain is not None:
        return certain, _SURE_OF_RULE
    found = candidates(scene, pronoun, speakers)
    if not found:
        return None, 0.0
    scores = [score(known, one.features) for one in found]
    place = max(range(len(scores)), key=lambda number: (scores[number], -number))
    return found[place].full, probabilities(scores)[place]


def _standing(scene: Scene, name: Name, sentence: int) -> Iterator[str]:
    """The part that a name plays in its sentence, by what stands before its phrase and behind it."""
    told = scene.told
    phrase = next((one for one in scene.mentions(sentence) if one.name is name), None)
    if phrase is None:
        yield "part of a phrase for something else"
        return
    before = told.sorts[phrase.begins - 1] if phrase.begins else "."
    after = told.sorts[name.last] if name.last < len(told.sorts) else "."
    if after == "g":
        part = "owner"
    elif before == "s" and phrase.begins > 1 and told.sorts[phrase.begins - 2] in "q,":
        part = "who said"
    elif after in "sxva" and before != "p":
        part = "subject of a verb of saying" if after == "s" else "subject"
    else:
        part = _PARTS.get(before, "other")
    yield part


def _announced(scene: Scene, pronoun: Mention) -> str | None:
    """An admission from Bo Reed. “I did it,” he said: whose words the sentence before says will follow."""
    told, people = scene.told, scene.people
    sentence = told.sentence_at(pronoun.first)
    if sentence == 0 or told.paragraphs[sentence - 1] != told.paragraphs[sentence]:
        return None
    speech, sources = told.lexicon.of("speech"), told.lexicon.of("of whom")
    first, last = told.span(sentence - 1)
    for name in people.names[bisect_left(people.names, first + 2, key=lambda one: one.first) :]:
        if name.first >= last:
            break
        if name.person and told.lower[name.first - 1] in sources and told.lower[name.first - 2] in speech:
            return name.full
    return None


def _still_speaking(scene: Scene, pronoun: Mention, told_to: str | None, speakers: Sequence[Spoke]) -> str | None:
    """He told Ida Holm. … He told Holm: whoever spoke last, to the same person, not long ago."""
    told = scene.told
    if told_to is None or not told_to[0].isupper() or not speakers or speakers[-1].addressee is None:
        return None
    last = speakers[-1]
    away = told.paragraphs[told.sentence_at(pronoun.first)] - told.paragraphs[told.sentence_at(last.token)]
    same = told_to.split()[-1] == (last.addressee or "").split()[-1]
    known = scene.people.genders.get(last.full, "")
    return last.full if same and away <= 1 and _may_be(_gender(scene, told.lower[pronoun.first]), known) else None


def _named_right_before(scene: Scene, pronoun: Mention) -> tuple[str | None, float]:
    """Ada Quill, who: the name before the comma."""
    before = bisect_left(scene.people.names, pronoun.first, key=lambda name: name.first) - 1
    if before >= 0:
        name = scene.people.names[before]
        if set(scene.told.sorts[name.last : pronoun.first]) <= {",", "("}:
            return name.full, 0.95
    return None, 0.0


def _gender(scene: Scene, word: str) -> Gender:
    lists = scene.told.lexicon
    return "man" if word in lists.of("he") else "woman" if word in lists.of("she") else ""


def _may_be(wanted: Gender, known: Gender) -> bool:
    return not wanted or not known or wanted == known


def _often(times: int) -> str:
    return "once" if times == 1 else "seldom" if times < 4 else "often" if times < 10 else "all the time"


def _place(scene: Scene, name: Name, sentence: int) -> str:
    """Where in its sentence a name stands: what stands first is what the sentence is about."""
    first, _ = scene.told.span(sentence)
    before = scene.told.sorts[first : name.first]
    if "n" not in before and "r" not in before and "p" not in before:
        return "first in its sentence"
    return "first but for a phrase" if before.count("n") + before.count("r") <= 4 and "," in before else "later"
