"""Who spoke each quotation of a text: the best candidate, by fitted weights, and whom it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from archiver.pages.quotes.addressees import addressee
from archiver.pages.quotes.candidates import SIGNED, Candidate, borrowed, local, taken_over
from archiver.pages.quotes.mentions import Mention
from archiver.pages.quotes.model import Weights, probabilities, score
from archiver.pages.quotes.pronouns import Spoke, meant_by
from archiver.pages.quotes.scene import Said, Scene

_SURE_OF_SIGNATURE: Final = 0.95
_SURE_OF_VERB: Final = 0.1
"""The part of a speaker's likelihood from which on a verb counts as the one that tells of the quotation."""


@dataclass(slots=True)
class Choice:
    """The candidate chosen for a quotation, how sure that is, and by which name the text knows the speaker."""

    candidate: Candidate
    confidence: float
    mention: Mention | None = None
    cue: int | None = None
    full: str | None = None
    full_confidence: float = 0.0

    @property
    def how(self) -> str:
        """How the speaker was found, for those who take it over."""
        origin = self.candidate.origin
        return self.candidate.rule if origin == "mention" else "nobody" if origin == "nobody" else "taken over"

    def take_over(self, other: Choice) -> None:
        """Makes the speaker of another quotation the speaker of this one."""
        self.mention, self.cue = other.mention, other.cue
        self.full, self.full_confidence = other.full, other.full_confidence


def choose(scene: Scene, speaker: Weights, pronoun: Weights) -> list[Choice]:
    """A choice for each quotation, in order."""
    near = [local(scene, said) for said in scene.said]
    chosen: list[Choice] = []
    speakers: list[Spoke] = []
    for said, candidates in zip(scene.said, near, strict=True):
        choice = best(all_candidates(scene, said, candidates, chosen), speaker)
        name_speaker(scene, choice, chosen, speakers, pronoun)
        chosen.append(choice)
        if choice.full:
            speakers.append(Spoke(said.token, choice.full, addressee(scene, choice.cue)))
    for choice, following in zip(chosen[-2::-1], chosen[:0:-1], strict=True):
        if choice.candidate.origin == "after" and following.candidate.origin != "before":
            choice.take_over(following)
    return chosen


def all_candidates(scene: Scene, said: Said, near: Sequence[Candidate], before: Sequence[Choice]) -> list[Candidate]:
    """Those of a quotation's surroundings, and the speakers of its neighbours."""
    found = list(near)
    if before:
        found.append(taken_over(scene, said, scene.said[said.number - 1], before[-1].how))
    following = scene.said[said.number + 1] if said.number + 1 < len(scene.said) else None
    if following is not None and (following.paragraph == said.paragraph or said.continues):
        found.append(borrowed(scene, said, following))
    return found


def best(candidates: Sequence[Candidate], known: Weights) -> Choice:
    """Whoever signed; else whoever is the likeliest, with every verb and without, with the likeliest verb for them."""
    for one in candidates:
        if one.rule == SIGNED:
            return Choice(one, _SURE_OF_SIGNATURE)
    likely = probabilities([score(known, one.features) for one in candidates])
    people: dict[int | str, float] = {}
    for one, probability in zip(candidates, likely, strict=True):
        who = one.who
        people[who] = people.get(who, 0.0) + probability
    who = max(people, key=lambda one: people[one])
    ranked = sorted(
        (-probability, one.cue is None, number)
        for number, (one, probability) in enumerate(zip(candidates, likely, strict=True))
        if one.who == who
    )
    first = next((one for one in ranked if not one[1] and -one[0] > _SURE_OF_VERB * people[who]), ranked[0])
    return Choice(candidates[first[2]], people[who])


def name_speaker(
    scene: Scene, choice: Choice, before: Sequence[Choice], speakers: Sequence[Spoke], pronoun: Weights
) -> None:
    """Adds to a choice whom its mention means."""
    mention = choice.candidate.mention
    if choice.candidate.origin == "before":
        choice.take_over(before[-1])
    elif mention is not None:
        choice.mention, choice.cue = mention, choice.candidate.cue
        name = mention.name or scene.apposition(mention)
        if name is not None:
            choice.full, choice.full_confidence = name.full, 1.0
        elif mention.kind == "pronoun":
            choice.full, choice.full_confidence = meant_by(
                scene, mention, addressee(scene, choice.cue), speakers, pronoun
            )
