"""What the model of threads learns from: the cuts of pages with gold, measured, and how right each of them is."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from archiver.pages.page import Page
from archiver.pages.threads import scores, times
from archiver.pages.threads.all_signs import read_signs
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline, outline
from archiver.pages.threads.trees import Odds, Trees

FITTED_ON = ("dragnet", "structured", "forum52", "wcxb")

GOLD_WITHOUT_ITS_COMMENTS = """
149 328 44 441 50 86 152 333 355 R226 R228 R281 R409 R703 T163 T93 T97 R706 R225 R455 R709
R627 R876 R877 R273 R875 R80
"""
"""Pages of `dragnet` that carry comments, pingbacks or posts which the gold leaves out (read one by one)."""

UNFITTED = Trees([], Odds(slope=1, named=0, unnamed=0, forum=0))
_READERS = Path(scores.__file__).parent.parent


@dataclass
class Example:
    """One page: for each of its cuts the measures, what the rules add to its score, of which kind it is, and how
    right, from 0 to 1."""

    set_name: str
    name: str
    host: str
    has_thread: bool
    measures: list[list[float]]
    added: list[float]
    kinds: list[str]
    worth: list[float]


def examples(data: Path, cache: Path | None = None) -> Iterator[Example]:
    """All pages that have gold to learn from. With a folder as `cache` a page is measured once, as long as neither it
    nor the code that reads it changes."""
    from scoring.pages import pages_of

    code = sha256(b"".join(file.read_bytes() for file in (*sorted(_READERS.rglob("*.py")), Path(__file__)))).digest()
    better_known = {page.name for page in pages_of("structured", data / "threads")}
    better_known.update(GOLD_WITHOUT_ITS_COMMENTS.split())
    for set_name in FITTED_ON:
        for page in pages_of(set_name, data / "threads"):
            if set_name == "dragnet" and page.name in better_known:
                continue
            html, gold = page.html(), page.gold()
            kept = cache and cache / sha256(code + html + page.path.read_bytes()).hexdigest()
            if kept and kept.exists():
                yield pickle.loads(kept.read_bytes())
                continue
            found = _example(set_name, page.name, html, gold)
            if kept:
                kept.write_bytes(pickle.dumps(found))
            yield found


def _example(set_name: str, name: str, html: bytes, gold: dict[str, Any]) -> Example:
    url = gold.get("url") or ""
    text = outline(Page(url=url, body=html).root)
    signs = read_signs(text, url)
    scored = scores.score_all(text, signs, scores.candidates(text, signs), UNFITTED)
    return Example(
        set_name,
        name,
        host_of(url or name),
        bool(gold.get("comments") or gold.get("comments_text") or gold.get("thread_text")),
        [one.measures for one in scored],
        [one.score - UNFITTED.value([]) for one in scored],
        [scores.kind_of(signs, one) for one in scored],
        Worth(text, gold).of_all([one.cut for one in scored]),
    )


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or url).removeprefix("www.")


class Worth:
    """How right a cut of one page is: words that are the comments' words, in records that are the comments."""

    def __init__(self, text: Outline, gold: dict[str, Any]) -> None:
        from scoring.tokens import tokens

        self._tokens = [tokens(chunk) for chunk in text.chunks]
        self._known: dict[tuple[int, int], Counter[str]] = {}
        comments = gold.get("comments")
        self._records = [
            Counter(tokens(" ".join(filter(None, (c["author"], c["date"], c["text"]))))) for c in comments or ()
        ]
        self._all = Counter(tokens(gold.get("comments_text") or gold.get("thread_text")))
        self._times = sum(
            times.find(line.lower()) is not None for line in (gold.get("comments_text") or "").splitlines()
        )

    def of_all(self, cuts: Sequence[Cut]) -> list[float]:
        """Between 0 and 1 each. Where no cut is right (labels are in none, quotes in all), the best counts."""
        if self._records:
            return [self._by_records(cut) for cut in cuts]
        worth = [self._by_words(cut) for cut in cuts]
        best = max(worth, default=0.0)
        return [one / best for one in worth] if best > 0.65 else worth

    def _bag(self, span: tuple[int, int]) -> Counter[str]:
        bag = self._known.get(span)
        if bag is None:
            bag = self._known[span] = Counter(token for chunk in range(*span) for token in self._tokens[chunk])
        return bag

    def _by_words(self, cut: Cut) -> float:
        bag: Counter[str] = Counter()
        for span in cut.spans:
            bag.update(self._bag(span))
        return likeness(bag, self._all) * self._right_count(len(cut.spans))

    def _right_count(self, count: int) -> float:
        """Where the gold is one text, the times printed in it tell how many comments it is likely to be."""
        if self._times < 2:
            return 1.0
        return 0.5 + 0.5 * min(count, self._times) / max(count, self._times)

    def _by_records(self, cut: Cut) -> float:
        gold, at, total = self._records, 0, 0.0
        for span in cut.spans[:400]:
            bag = self._bag(span)
            near = [(likeness(bag, gold[i]), -i) for i in range(at, min(len(gold), at + 8))]
            value, place = max(near, default=(0.0, 0))
            if value >= 0.4:
                total += value
                at = 1 - place
        return 2 * total / (len(cut.spans) + len(gold))


def likeness(one: Counter[str], other: Counter[str]) -> float:
    """F1 of two bags of words."""
    small, large = (one, other) if len(one) <= len(other) else (other, one)
    common = sum(min(count, large[word]) for word, count in small.items() if word in large)
    total = one.total() + other.total()
    return 2 * common / total if total else 0.0
