"""Who could have spoken a quotation, each with what speaks for it and against it.

A candidate is somebody mentioned near the quotation, with a verb of saying or without; the speaker of the quotation
before; or nobody. Its features are short sentences such as `after: who then says, between them ,n,`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from archiver.pages.quotes.mentions import Mention
from archiver.pages.quotes.narration import Narration
from archiver.pages.quotes.scene import Said, Scene

Side: TypeAlias = Literal["before", "after", "sentence before"]

_NEAREST: Final = 8
"""Mentions that are looked at on each side of a quotation in its own sentence."""
_FOREMOST: Final = 2
"""Of these, those that the sentence begins with: its subject is among them."""
_NEAREST_BESIDE: Final = 3
"""The same in the sentence before."""
SIGNED: Final = "signed"
"""The rule for a name behind a dash: “The mill is closed.” — Ada Quill"""
_DASHES: Final = ("-", "–", "—", "―")
_FARTHEST: Final = 60
"""Tokens from a quotation."""
_VERBS: Final = 2
"""Verbs of saying that are tried for one mention."""


Origin: TypeAlias = Literal["mention", "before", "after", "nobody"]
"""Whether a candidate is somebody mentioned, whoever spoke before or speaks next, or nobody."""


@dataclass(slots=True)
class Candidate:
    """Somebody who may have spoken, and what speaks for it. `cue` is the token of the verb of saying."""

    origin: Origin
    rule: str
    features: list[str]
    mention: Mention | None = None
    cue: int | None = None

    @property
    def who(self) -> int | str:
        """The same for all candidates that are the same person."""
        return self.origin if self.mention is None else self.mention.first


def local(scene: Scene, said: Said) -> list[Candidate]:
    """The candidates in a quotation's own sentence and in the one before, and nobody."""
    told = scene.told
    found = [nobody(said)]
    first, last = told.span(said.sentence)
    found += _beside(scene, said, said.sentence, first, said.token, "before")
    found += _beside(scene, said, said.sentence, said.token + 1, last, "after")
    if said.sentence > 0 and told.paragraphs[said.sentence - 1] >= said.paragraph - 1:
        found += _beside(scene, said, said.sentence - 1, *told.span(said.sentence - 1), "sentence before")
    return found


def nobody(said: Said) -> Candidate:
    """That the text does not tell who spoke."""
    features = ["nobody", f"nobody: {said.size}", f"nobody: ends {said.end}", f"nobody: {_start(said)}"]
    return Candidate("nobody", "nobody is named", features)


def taken_over(scene: Scene, said: Said, before: Said, how: str) -> Candidate:
    """The speaker of the quotation before, who was found in the way `how`."""
    if before.sentence == said.sentence:
        place = "in the same sentence"
    elif before.paragraph == said.paragraph:
        place = "in the same paragraph" + (", next sentence" if before.sentence + 1 == said.sentence else "")
    else:
        place = f"{min(said.paragraph - before.paragraph, 4)} paragraphs on"
    between = scene.path(before.token + 1, said.token) if before.paragraph == said.paragraph else "paragraph"
    features = [
        f"taken over {place}",
        f"taken over {place}: {_start(said)}, {said.size}",
        f"taken over {place}: found {how}",
        f"taken over {place}: between {between}",
        f"taken over: ends {said.end}",
        f"taken over {place}: opens paragraph {said.opens_paragraph}, alone {said.alone}",
    ]
    if before.continues:
        features.append("taken over: goes on")
    return Candidate("before", f"who spoke before, {place}", features)


def borrowed(scene: Scene, said: Said, following: Said) -> Candidate:
    """The speaker of the next quotation: “One.” “Two,” she said. Or of the next paragraph of the same quotation."""
    between = scene.path(said.token + 1, following.token) if following.paragraph == said.paragraph else "paragraph"
    features = [
        "borrowed",
        f"borrowed: between {between}",
        f"borrowed: {_start(said)}, {said.size}",
        f"borrowed: ends {said.end}",
        f"borrowed: opens paragraph {said.opens_paragraph}",
        f"borrowed: goes on {said.continues}",
    ]
    return Candidate("after", "who speaks next", features)


def _beside(scene: Scene, said: Said, sentence: int, first: int, last: int, side: Side) -> Iterator[Candidate]:
    first, last = max(first, said.token - _FARTHEST), min(last, said.token + _FARTHEST)
    mentions = [one for one in scene.mentions(sentence) if first <= one.first and one.last <= last]
    nearest, verbs = (_NEAREST, _VERBS) if side in ("before", "after") else (_NEAREST_BESIDE, 1)
    if side == "after":
        mentions = mentions[:nearest]
    elif len(mentions) > nearest:
        mentions = [*mentions[:_FOREMOST], *mentions[_FOREMOST - nearest :]]
    if not mentions:
        return
    cues = [cue for cue in scene.cues(sentence) if first <= cue < last]
    nobodies = scene.told.lexicon.of("other pronouns")
    for place, mention in enumerate(mentions):
        far = mention.kind == "noun" and side == "sentence before"
        if not far and (mention.kind != "pronoun" or scene.told.lower[mention.first] not in nobodies):
            yield _without_cue(scene, said, mention, side, place, len(mentions))
        behind = [cue for cue in cues if cue >= mention.last and not _has_subject(scene.told, cue, mention)][:verbs]
        ahead = [cue for cue in cues if cue < mention.begins][-1:]
        for cue in (*ahead, *behind):
            yield _with_cue(scene, said, mention, cue, mentions, cues, side)


def _has_subject(told: Narration, cue: int, mention: Mention) -> bool:
    """Whether a pronoun other than the mention, right before a verb, is its subject: Quill came, but he said."""
    pronoun = cue > mention.last and told.sorts[cue - 1] == "r"
    return pronoun and told.lower[cue - 1] not in told.lexicon.of("who")


def _without_cue(scene: Scene, said: Said, mention: Mention, side: Side, place: int, count: int) -> Candidate:
    told = scene.told
    path = _between_quote(scene, said, mention.first, mention.last)
    features = [
        f"{side}: no verb",
        f"{side}: no verb, {mention.kind}",
        f"{side}: no verb, path {path}",
        f"{side}: no verb, {'first' if place == 0 else 'second' if place == 1 else 'later'}",
        f"{side}: no verb, {'last' if place == count - 1 else 'not last'}",
        f"{side}: no verb, ends {said.end}, {_start(said)}",
        f"{side}: no verb, {said.size}",
        *_standing(told, mention, side),
        *_pronoun(told, mention),
    ]
    if said.opens_paragraph:
        features.append(f"{side}: no verb, quotation opens paragraph")
    signed = side == "after" and path in _DASHES and mention.name is not None and _ends(told, said, mention)
    return Candidate("mention", SIGNED if signed else f"named {side}", features, mention)


def _ends(told: Narration, said: Said, mention: Mention) -> bool:
    """Whether a mention ends its paragraph or sentence, or only something is added to it."""
    if mention.last >= len(told.sorts) or told.sorts[mention.last] in (".", "q", ",", "("):
        return True
    return told.paragraphs[told.sentence_at(mention.last)] != said.paragraph


def _with_cue(
    scene: Scene, said: Said, mention: Mention, cue: int, mentions: list[Mention], cues: list[int], side: Side
) -> Candidate:
    told = scene.told
    inverted = cue < mention.first
    order = "says who" if inverted else "who says"
    between = scene.path(cue + 1, mention.begins) if inverted else scene.path(mention.last, cue)
    begin, end = (cue, mention.last) if inverted else (mention.begins, cue + 1)
    path = _between_quote(scene, said, begin, end)
    known = told.lexicon.cues[told.lower[cue]]
    low, high = (cue, mention.begins) if inverted else (mention.last - 1, cue)
    nearer = len([one for one in mentions if low < one.first < high])
    near, far = (cue, said.token) if cue < said.token else (said.token, cue)
    others = [one for one in cues if near < one < far]
    more = f"{min(len(others), 2)} nearer verbs"
    if any(told.sorts[one - 1] in "nr" for one in others):
        more += ", of others"
    form = "plain" if known.plain else "form"
    before_cue = told.sorts[cue - 1] if cue else "."
    features = [
        f"{side}: {order}, between {between}",
        f"{side}: {order}, path {path}",
        f"{side}: {order}, between {between}, path {path}",
        f"{side}: {order}, {known.kind} {form}",
        f"{side}: {order}, {mention.kind}",
        f"{side}: {order}, ends {said.end}, {_start(said)}",
        f"{side}: {order}, {min(nearer, 2)} others between",
        f"{side}: {order}, {more}",
        f"{order}, verb {form} behind {before_cue}",
        f"{order}, {mention.kind}, {min(nearer, 2)} others between",
        f"{order}, {_rank(mention is mentions[0])} mention, {_rank(cue == cues[0])} verb",
        *_standing(told, mention, order),
        *_pronoun(told, mention),
    ]
    return Candidate("mention", f"{order}, {side}", features, mention, cue)


def _standing(told: Narration, mention: Mention, order: str) -> Iterator[str]:
    """What stands right before a mention and right behind it."""
    before = told.sorts[mention.begins - 1] if mention.begins else "."
    after = told.sorts[mention.last] if mention.last < len(told.sorts) else "."
    yield f"{order}: mention behind {before}"
    yield f"{order}: mention before {after}"
    if mention.kind in ("person", "name") and mention.begins < mention.first:
        yield f"{order}: name with words in front"


def _pronoun(told: Narration, mention: Mention) -> Iterator[str]:
    if mention.kind == "pronoun":
        word, lists = told.lower[mention.first], told.lexicon
        sort = (
            "he" if word in lists.of("he") or word in lists.of("she") else "they" if word in lists.of("they") else word
        )
        yield f"pronoun {sort}"


def _rank(is_first: bool) -> str:
    return "first" if is_first else "later"


def _start(said: Said) -> str:
    return "capital" if said.large else "small"


def _between_quote(scene: Scene, said: Said, begin: int, end: int) -> str:
    """The path between a quotation and the tokens from `begin` up to `end`."""
    return scene.path(end, said.token) if end <= said.token else scene.path(said.token + 1, begin)
