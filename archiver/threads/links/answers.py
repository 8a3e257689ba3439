"""Whom a comment answers where the page does not say: by what it opens with, a quoted comment or a name.

Only earlier comments are answered, and nobody by guessing 'the one before': on forums that is right for little more
than half. The confidences are the shares that were right where parents are known, see `benchmarks/replies.py`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from archiver.threads.links.names import Address, Form, Voices, addressed, fold, unprinted
from archiver.threads.links.passages import Passage
from archiver.threads.links.values import Link, Said
from archiver.threads.links.words import Words

OPENING: Final = 5
"""Characters before a quoted passage that are only marks: it opens the comment."""

OWN_WORDS: Final = 3
"""Words that an answer adds to what it quotes."""

_ENDED: Final = re.compile(r"[^\w\n]*(?:[.!?…;:,\"”»«’'\])]|\n|$)")
"""What stands behind a quotation: the end of a sentence, a mark or a line."""

_CONFIDENCE: Final[Mapping[Form | str, float]] = {
    "number": 0.97,
    "at": 0.95,
    "wrote": 0.95,
    "called": 0.9,
    "named": 0.9,
    "quoted": 0.96,
}


class Speakers:
    """Who wrote what so far. Comments are told in the order in which they were written."""

    def __init__(self) -> None:
        self.voices = Voices()
        self._by_author: dict[str, list[Said]] = {}
        self._by_number: dict[int, Said] = {}

    def add(self, comment: Said) -> None:
        if comment.author:
            self.voices.add(comment.author)
            self._by_author.setdefault(fold(comment.author), []).append(comment)
        if comment.number is not None:
            self._by_number.setdefault(comment.number, comment)

    def by(self, author: str) -> Sequence[Said]:
        return self._by_author.get(fold(author), ())

    def numbered(self, number: int) -> Said | None:
        return self._by_number.get(number)


def answer(comment: Said, passages: Sequence[tuple[Said, Passage]], speakers: Speakers) -> Link | None:
    """Whom a comment answers. `passages` are those that it shares with earlier comments, in order."""
    address = addressed(comment.text, speakers.voices)
    if address is None:
        return _by_quote(comment, passages)
    if address.number is not None:
        target = speakers.numbered(address.number)
        return _link(comment, target, address) if target is not None and target.id != comment.id else None
    assert address.name is not None
    if fold(address.name) == fold(comment.author or ""):
        return None
    theirs = speakers.by(address.name)
    quoted = [said for said, _ in passages if any(said is each for each in theirs)]
    if quoted or len(theirs) == 1:
        return _link(comment, (quoted or theirs)[-1], address)
    return None


def _by_quote(comment: Said, passages: Sequence[tuple[Said, Passage]]) -> Link | None:
    """The comment whose words it opens with, where it quotes no other, and not itself."""
    if not passages or passages[0][1].start > OPENING:
        return None
    said, passage = passages[0]
    if not _ENDED.match(comment.text, passage.end):
        return None  # the words go on: it says the same thing, and quotes nothing
    own = comment.author is not None and said.author == comment.author
    left = len(Words(comment.text)) - sum(quoted.words for _, quoted in passages)
    if own or left < OWN_WORDS or any(other is not said for other, _ in passages):
        return None
    return Link(
        comment_id=comment.id,
        method="answers",
        target="comment",
        target_id=said.id,
        target_name=said.author,
        rule="opens with its words",
        span=(passage.start, passage.end),
        target_span=(passage.source_start, passage.source_end),
        similarity=passage.similarity,
        confidence=_CONFIDENCE["quoted"],
    )


def _link(comment: Said, target: Said, address: Address) -> Link:
    return Link(
        comment_id=comment.id,
        method="answers",
        target="comment",
        target_id=target.id,
        target_name=target.author,
        rule=_RULES[address.form],
        span=(address.start, address.end),
        confidence=_CONFIDENCE[address.form],
    )


_RULES: Final[Mapping[Form, str]] = {
    "number": "opens with its number",
    "at": "opens with @name",
    "wrote": "opens with 'name wrote'",
    "called": "opens with a name and a mark",
    "named": "opens with a full name",
}


def named_only(comments: Sequence[Said]) -> list[Link]:
    """For a thread that prints no names: whom comments speak to. Which comments those people wrote is not told."""
    addresses = unprinted({comment.id: comment.text for comment in comments})
    return [
        Link(
            comment_id=id_,
            method="answers",
            target="name",
            target_name=address.name,
            rule="opens with a full name",
            span=(address.start, address.end),
            confidence=_CONFIDENCE["named"],
        )
        for id_, address in addresses.items()
    ]
