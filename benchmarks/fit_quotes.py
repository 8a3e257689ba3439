"""Fits the weights that choose who spoke; or tells how right the choices are on articles they were not fitted on.

    python -m benchmarks.fit_quotes en=polnear.jsonl de=dewikinews.jsonl            # fit on all, write the weights
    python -m benchmarks.fit_quotes en=polnear.jsonl de=dewikinews.jsonl --check    # four folds; write nothing

A line of a file is one article: {"id", "text", "quotes": [{"start", "end", "speaker", "speaker_mention",
"speaker_kind"}]}, offsets with the marks. The weights are archiver/pages/quotes/weights/*.txt. Needs numpy and scipy,
which the archiver itself does not use. Nothing of the data goes into the weights but numbers.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from archiver.items import Quote
from archiver.pages.quotes import attribution, kinds, pronouns
from archiver.pages.quotes.addressees import addressee
from archiver.pages.quotes.attribution import Choice
from archiver.pages.quotes.candidates import Candidate, local
from archiver.pages.quotes.lexicon import lexicon
from archiver.pages.quotes.mentions import Mention
from archiver.pages.quotes.model import Weights, score
from archiver.pages.quotes.passages import marked
from archiver.pages.quotes.pronouns import Spoke
from archiver.pages.quotes.scene import Scene
from archiver.pages.quotes.speakers import stage

WEIGHTS = Path(__file__).parent.parent / "archiver/pages/quotes/weights"
TITLES = {
    "speaker": "Who spoke a quotation.",
    "pronoun": "Whom he or she means.",
    "quotation": "Whether a passage in marks is somebody's words.",
}
OWN = "What this language adds to the shared weights. "
OWN_MARK = " @"
"""Between a feature and the language that has it to itself."""
STRICTNESS = {"speaker": 3.0, "pronoun": 6.0, "quotation": 4.0}
"""How dear a weight is, by choice."""
OWN_STRICTNESS = 8.0
FOLDS = 4
SMALLEST = 0.05
"""A weight nearer to nothing is left out."""
_SMALL = "a an and at by for from in of on or the to with who her his their der die das des dem den"
_EMPTY = frozenset(_SMALL.split())

_PREPOSITION = re.compile(r"\b(?:for|of|at|from|with|to|in|on|by|who|der|des|von|für)\b|,")

Gold = dict[str, Any]


@dataclass
class Example:
    """A choice that was made by a person: the features of each candidate, and which of them are right."""

    fold: int
    language: str
    features: list[list[str]]
    right: list[bool]


@dataclass
class Work:
    """One article, set for attribution, and the gold of each of its quotations; None where nobody is quoted."""

    fold: int
    language: str
    scene: Scene
    gold: list[Gold | None]


@dataclass
class Examples:
    """What there is to learn from."""

    speaker: list[Example] = field(default_factory=list)
    pronoun: list[Example] = field(default_factory=list)


def read(path: Path, language: str) -> Iterator[Work]:
    """The articles of a file."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            text = article["text"]
            known = {bare(text, one["start"], one["end"]): one for one in article["quotes"]}
            paragraphs, passages = marked(text, language)
            found: list[Quote] = [one for group in passages for one in group if one.kind != "nickname"]
            scene = stage(text, paragraphs, found, lexicon(language))
            yield Work(
                fold_of(article["id"]), language, scene, [known.get(bare(text, one.start, one.end)) for one in found]
            )


def bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A span from its first letter or digit to its last."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end


def fold_of(article: str) -> int:
    """The part of the data that an article is in."""
    return sha256(article.encode()).digest()[0] % FOLDS


def how_right(gold: Gold, mention: str | None, full: str | None) -> int:
    """2 for the right name, pronoun or noun; 1 where only a word is right, as of `a spokesman for Quill`; 0."""
    if mention is None:
        return 0
    if gold.get("speaker_kind") in ("name", "pronoun"):
        if gold["speaker_kind"] == "pronoun" and mention.casefold() == gold["speaker_mention"].casefold().strip():
            return 2
        if full and gold.get("speaker") and surname(full) in map(surname, [gold["speaker"], *gold.get("accepted", ())]):
            return 2
    expected = words(gold["speaker_mention"]).union(*map(words, gold.get("accepted", ())))
    if not (words(mention) | words(full or "")) & expected:
        return 0
    head = words(_PREPOSITION.split(gold["speaker_mention"])[0])
    return 2 if gold.get("speaker_kind") not in ("name", "pronoun") and words(mention) & head else 1


def surname(name: str) -> str:
    """The last part of a name, in lower case."""
    parts = [part for part in name.split() if part.rstrip(".") not in ("Jr", "Sr", "II", "III", "IV")]
    return re.sub(r"[’']s?$", "", (parts or [name])[-1]).strip(".,").casefold()


def words(mention: str) -> set[str]:
    """Its words, without the small ones."""
    found = re.findall(r"\w+(?:[’'-]\w+)*", mention.casefold())
    return {re.sub(r"[’']s$", "", word) for word in found} - _EMPTY


@dataclass
class Known:
    """Weights by choice and language; what a language does not share with English is added to what it shares."""

    weights: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def of(self, choice: str, language: str) -> Weights:
        """The weights of a choice as the archiver adds them up."""
        shared, own = self.weights.get((choice, ""), {}), self.weights.get((choice, language), {})
        return {name: shared.get(name, 0.0) + own.get(name, 0.0) for name in {**shared, **own}}

    def learn(self, choice: str, solved: dict[str, float]) -> None:
        """Keeps solved weights; a feature marked as German's is what German adds."""
        for name, weight in solved.items():
            feature, _, language = name.partition(OWN_MARK)
            self.weights.setdefault((choice, language), {})[feature] = weight


class Teacher:
    """Goes through an article as the attribution does, but takes the right candidate wherever there is one."""

    def __init__(self, work: Work, known: Known) -> None:
        self.work, self.scene = work, work.scene
        self.speaker, self.pronoun = known.of("speaker", work.language), known.of("pronoun", work.language)
        self.near = [local(self.scene, said) for said in self.scene.said]
        self.chosen: list[Choice] = []
        self.speakers: list[Spoke] = []

    def teach(self, into: Examples) -> None:
        """Adds the examples of the article."""
        for said, near in zip(self.scene.said, self.near, strict=True):
            candidates = attribution.all_candidates(self.scene, said, near, self.chosen)
            choice = attribution.best(candidates, self.speaker)
            gold = self.work.gold[said.number]
            if gold is not None and gold["speaker_mention"]:
                right = self._right(gold, candidates, said.number)
                if any(right):
                    into.speaker.append(self._example([one.features for one in candidates], right))
                    among = [one for one, is_right in zip(candidates, right, strict=True) if is_right]
                    choice = Choice(max(among, key=lambda one: score(self.speaker, one.features)), 1.0)
            attribution.name_speaker(self.scene, choice, self.chosen, self.speakers, self.pronoun)
            if gold is not None and gold.get("speaker") and choice.candidate.mention is not None:
                self._teach_pronoun(into, choice, choice.candidate.mention, gold)
            self.chosen.append(choice)
            if choice.full:
                self.speakers.append(Spoke(said.token, choice.full, addressee(self.scene, choice.cue)))

    def _example(self, features: list[list[str]], right: list[bool]) -> Example:
        return Example(self.work.fold, self.work.language, features, right)

    def _right(self, gold: Gold, candidates: Sequence[Candidate], number: int) -> list[bool]:
        marks = [how_right(gold, *self._who(one, number)) for one in candidates]
        best = max(marks)
        return [best > 0 and one == best for one in marks]

    def _who(self, candidate: Candidate, number: int) -> tuple[str | None, str | None]:
        if candidate.origin == "mention" and candidate.mention is not None:
            return self._words(candidate.mention, candidate.mention.name.full if candidate.mention.name else None)
        if candidate.origin == "before" and self.chosen[-1].mention is not None:
            return self._words(self.chosen[-1].mention, self.chosen[-1].full)
        gold = self.work.gold[number + 1] if candidate.origin == "after" else None
        if gold is None or not gold["speaker_mention"]:
            return None, None
        following = [(how_right(gold, *self._who(one, number + 1)), one) for one in self.near[number + 1]]
        value, best = max(following, key=lambda one: one[0])
        return self._who(best, number + 1) if value else (None, None)

    def _words(self, mention: Mention, full: str | None) -> tuple[str, str | None]:
        return self.scene.told.words(mention.begins, mention.last), full

    def _teach_pronoun(self, into: Examples, choice: Choice, mention: Mention, gold: Gold) -> None:
        lists = self.scene.told.lexicon
        if mention.kind != "pronoun" or self.scene.told.lower[mention.first] not in lists.of("he") | lists.of("she"):
            return
        people = pronouns.candidates(self.scene, mention, self.speakers)
        right = [surname(one.full) in map(surname, [gold["speaker"], *gold.get("accepted", ())]) for one in people]
        if any(right):
            into.pronoun.append(self._example([one.features for one in people], right))
            choice.full = people[right.index(True)].full


def fit_choice(examples: Sequence[Example], strictness: float, rare: int) -> dict[str, float]:
    """Weights under which the right candidates are the likeliest; `rare`: features seen less often are left out."""
    flat = [_shared_and_own(one, example.language) for example in examples for one in example.features]
    names, matrix = _matrix(flat, rare)
    of = numpy.repeat(numpy.arange(len(examples)), [len(example.features) for example in examples])
    right = numpy.array([one for example in examples for one in example.right], float)
    starts = numpy.searchsorted(of, numpy.arange(len(examples)))
    penalty = _penalty(names, strictness)

    def loss(weights: Any) -> tuple[float, Any]:
        scores = matrix @ weights
        powers = numpy.exp(scores - numpy.maximum.reduceat(scores, starts)[of])
        all_, good = numpy.add.reduceat(powers, starts), numpy.add.reduceat(powers * right, starts) + 1e-30
        slope = matrix.T @ (powers / all_[of] - powers * right / good[of])
        return -numpy.log(good / all_).sum() + (penalty * weights) @ weights / 2, slope + penalty * weights

    return _solve(loss, names)


def fit_yes(features: Sequence[list[str]], yes: Sequence[bool], strictness: float, rare: int) -> dict[str, float]:
    """Weights whose sum is above 0 where the answer is yes."""
    names, matrix = _matrix(features, rare)
    sign = numpy.where(yes, 1.0, -1.0)
    penalty = _penalty(names, strictness)

    def loss(weights: Any) -> tuple[float, Any]:
        margin = sign * (matrix @ weights)
        slope = -matrix.T @ (sign / (1 + numpy.exp(margin)))
        return numpy.logaddexp(0, -margin).sum() + (penalty * weights) @ weights / 2, slope + penalty * weights

    return _solve(loss, names)


def _shared_and_own(features: list[str], language: str) -> list[str]:
    """In a language other than English every feature counts twice: as everywhere, and as there only."""
    return features if language == "en" else [*features, *(f"{name}{OWN_MARK}{language}" for name in features)]


def _penalty(names: Sequence[str], strictness: float) -> Any:
    """How dear a weight is: dearer where it is one language's own, for there is less to learn it from."""
    return numpy.array([max(OWN_STRICTNESS, strictness) if OWN_MARK in name else strictness for name in names])


def _matrix(features: Sequence[list[str]], rare: int) -> tuple[list[str], Any]:
    seen = Counter(name for one in features for name in one)
    names = [name for name, times in seen.items() if times >= rare]
    column = {name: number for number, name in enumerate(names)}
    rows = [[column[name] for name in one if name in column] for one in features]
    ends = numpy.cumsum([0, *map(len, rows)])
    flat = [number for row in rows for number in row]
    return names, csr_matrix((numpy.ones(len(flat)), flat, ends), shape=(len(rows), len(names)))


def _solve(loss: Any, names: Sequence[str]) -> dict[str, float]:
    found = minimize(loss, numpy.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {name: round(float(weight), 2) for name, weight in zip(names, found, strict=True) if abs(weight) >= SMALLEST}


def fit(works: Sequence[Work]) -> Known:
    """The weights of the three choices. Twice: the second time the speakers before are those of the first."""
    known = Known()
    for _ in range(2):
        examples = Examples()
        for work in works:
            Teacher(work, known).teach(examples)
        known = Known()
        known.learn("speaker", fit_choice(examples.speaker, STRICTNESS["speaker"], 8))
        known.learn("pronoun", fit_choice(examples.pronoun, STRICTNESS["pronoun"], 5))
    features, yes = [], []
    for work in works:
        for said, choice in zip(work.scene.said, chosen(work, known), strict=True):
            features.append(_shared_and_own(kinds.features(work.scene, said, choice), work.language))
            yes.append(work.gold[said.number] is not None)
    known.learn("quotation", fit_yes(features, yes, STRICTNESS["quotation"], 8))
    return known


def chosen(work: Work, known: Known) -> list[Choice]:
    """What the attribution chooses with some weights."""
    return attribution.choose(work.scene, known.of("speaker", work.language), known.of("pronoun", work.language))


def check(works: Sequence[Work], known: Known) -> Counter[str]:
    """How many passages and, of those taken for quotations, how many speakers are right, of how many."""
    found: Counter[str] = Counter()
    for work in works:
        quotation = known.of("quotation", work.language)
        for said, choice in zip(work.scene.said, chosen(work, known), strict=True):
            gold = work.gold[said.number]
            taken = score(quotation, kinds.features(work.scene, said, choice)) > 0
            found["passages"] += 1
            found["passages: right"] += taken == (gold is not None)
            found["taken for quotations"] += taken
            found["taken for quotations: right"] += taken and gold is not None
            if gold is None:
                continue
            found["quotations found"] += 1
            found["quotations found: right"] += taken
            if not gold["speaker_mention"]:
                continue
            told = work.scene.told
            mention = choice.mention and told.words(choice.mention.begins, choice.mention.last)
            right = taken and how_right(gold, mention, choice.full) > 0
            for name in ("end to end", f"end to end, {gold.get('speaker_kind') or 'other'}"):
                found[name] += 1
                found[f"{name}: right"] += right
            found["speaker, given found"] += taken
            found["speaker, given found: right"] += right
            if gold.get("speaker") and gold.get("speaker_kind") in ("name", "pronoun"):
                names = map(surname, [gold["speaker"], *gold.get("accepted", ())])
                found[f"full name, {gold['speaker_kind']}"] += 1
                found[f"full name, {gold['speaker_kind']}: right"] += surname(choice.full or "") in names
    return found


def write(known: Known) -> None:
    """The weights as files that the archiver reads."""
    for (choice, language), weights in known.weights.items():
        ordered = sorted(weights.items(), key=lambda one: (-one[1], one[0]))
        head = f"# {TITLES[choice]} {OWN if language else ''}Written by benchmarks/fit_quotes.py.\n"
        lines = [f"{weight:.2f} {feature}\n" for feature, weight in ordered]
        name = f"{choice}.{language}.txt" if language else f"{choice}.txt"
        (WEIGHTS / name).write_text(head + "".join(lines), encoding="utf-8")


def main() -> None:
    """Fits and writes, or checks and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", nargs="+", metavar="LANGUAGE=FILE")
    parser.add_argument("--check", action="store_true", help="four folds; write nothing")
    options = parser.parse_args()
    pairs = [one.partition("=") for one in options.data]
    by_language = {language: list(read(Path(path), language)) for language, _, path in pairs}
    works = [work for of in by_language.values() for work in of]
    if not options.check:
        write(fit(works))
        return
    totals: dict[str, Counter[str]] = {language: Counter() for language in by_language}
    for fold in range(FOLDS):
        known = fit([work for work in works if work.fold != fold])
        for language, of in by_language.items():
            totals[language] += check([work for work in of if work.fold == fold], known)
    for language, found in totals.items():
        for name in sorted(name for name in found if not name.endswith(": right")):
            print(f"{language}  {name:32}{100 * found[f'{name}: right'] / found[name]:6.1f} % of {found[name]}")


if __name__ == "__main__":
    main()
