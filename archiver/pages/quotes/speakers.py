"""Who says what: passages between marks become quotations, each with its kind, its speaker and how that was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from archiver.items import Quote
from archiver.pages.quotes import kinds
from archiver.pages.quotes.addressees import addressee
from archiver.pages.quotes.attribution import Choice, choose
from archiver.pages.quotes.candidates import nobody
from archiver.pages.quotes.lexicon import Lexicon
from archiver.pages.quotes.model import score, weights
from archiver.pages.quotes.names import people_of
from archiver.pages.quotes.narration import narrate
from archiver.pages.quotes.scene import Said, Scene

SURE_OF_PERSON: Final = 0.4
"""Below, a pronoun's person stays untold."""


def attribute(
    text: str, paragraphs: Sequence[tuple[int, int]], quotes: Sequence[Quote], lexicon: Lexicon
) -> list[Quote]:
    """The quotations with kinds and speakers. Nicknames are left as they are.

    Where nothing is known of the language all others count as somebody's words, and nobody is named.
    """
    scene = stage(text, paragraphs, [quote for quote in quotes if quote.kind != "nickname"], lexicon)
    if lexicon.lists:
        chosen = choose(scene, weights("speaker", lexicon.language), weights("pronoun", lexicon.language))
    else:
        chosen = [Choice(nobody(said), 1.0) for said in scene.said]
    choices = iter(zip(scene.said, chosen, strict=True))
    return [quote if quote.kind == "nickname" else _attributed(scene, quote, *next(choices)) for quote in quotes]


def stage(text: str, paragraphs: Sequence[tuple[int, int]], quotes: Sequence[Quote], lexicon: Lexicon) -> Scene:
    """A text set for attribution: its narration, its people, its quotations."""
    spans = [(quote.start - len(quote.marks[0]), quote.end + len(quote.marks[1])) for quote in quotes]
    told = narrate(text, paragraphs, spans, lexicon)
    people = people_of(told)
    scene = Scene(told, people, [], {name.first: name for name in people.names})
    for number, (quote, token) in enumerate(zip(quotes, told.quotes, strict=True)):
        scene.said.append(_said(scene, number, token, quote, paragraphs))
    return scene


def _attributed(scene: Scene, quote: Quote, said: Said, choice: Choice) -> Quote:
    kind = quote.kind if quote.kind == "block" else kinds.kind_of(scene, said, _is_quotation(scene, said, choice))
    if kind == "title" or choice.mention is None:
        return replace(quote, kind=kind)
    told, mention, cue = scene.told, choice.mention, choice.cue
    mentioned = told.words(mention.begins, mention.last)
    named = choice.full_confidence >= SURE_OF_PERSON
    return replace(
        quote,
        kind=kind,
        speaker=choice.full if named else None if mention.kind == "pronoun" else mentioned,
        speaker_mention=mentioned,
        cue=_sign_before(scene, said) if cue is None else told.forms[cue],
        addressee=addressee(scene, cue),
        rule=f"{choice.candidate.rule}; {quote.rule}" if quote.repaired else choice.candidate.rule,
        confidence=round(quote.confidence * choice.confidence * (choice.full_confidence or 1.0), 2),
    )


def _is_quotation(scene: Scene, said: Said, choice: Choice) -> bool:
    lexicon = scene.told.lexicon
    known = weights("quotation", lexicon.language)
    return not lexicon.lists or score(known, kinds.features(scene, said, choice)) > 0


def _sign_before(scene: Scene, said: Said) -> str | None:
    """The colon that stands for a verb of saying."""
    colon = said.token > 0 and scene.told.forms[said.token - 1] == ":"
    return ":" if colon else None


def _said(scene: Scene, number: int, token: int, quote: Quote, paragraphs: Sequence[tuple[int, int]]) -> Said:
    told = scene.told
    sentence = told.sentence_at(token)
    paragraph = told.paragraphs[sentence]
    start, end = paragraphs[paragraph]
    words = len(quote.text.split())
    last = quote.text.rstrip("’'”\") \u00a0\u202f")[-1:]
    letters = quote.text.lstrip("‘'“\"([… \u00a0\u202f")
    before, after = told.text[start : told.starts[token]], told.text[told.ends[token] : end]
    return Said(
        number=number,
        token=token,
        sentence=sentence,
        paragraph=paragraph,
        text=quote.text,
        words=words,
        end="," if last == "," else "." if last in ".…" else "?" if last in "?!" else "-" if last in "-–—" else "none",
        size="1 word" if words < 2 else "2-3 words" if words < 4 else "4-7 words" if words < 8 else "long",
        large=letters[:1].isupper(),
        continues=bool(quote.marks[0]) and not quote.marks[1] and not quote.repaired,
        opens_paragraph=not before.strip(),
        alone=not before.strip() and not after.strip(" .,"),
        single=quote.marks[0] in ("‘", "'", "‚"),
        repaired=quote.repaired,
        headline=told.text[start:end].rstrip()[-1:] not in ".!?…”\"’':",
    )
