"""Fits the trees that choose among the cuts of a page, and prints how well the whole works, shipped and on new sites.

    python benchmarks/fit_threads.py ../shared/data            # fit on all pages, write the model, print the figures
    python benchmarks/fit_threads.py ../shared/data --check    # write nothing

The model is archiver/pages/threads/model.json. Needs lightgbm and numpy, which the archiver itself does not use.
'New sites': every page is read with trees that never saw a page of its host (four folds). Nothing of the data goes
into the model but thresholds on measures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy

from archiver.pages.page import Page
from archiver.pages.threads import choice, find_with, measures, times, trees
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline, outline
from archiver.pages.threads.signs import read_signs

MODEL = Path(__file__).parent.parent / "archiver/pages/threads/model.json"
FITTED_ON = ("dragnet", "structured", "forum52", "wcxb")
SCORED_ON = (*FITTED_ON, "trafeval")
FOLDS = 4
TREES = 100
SETTINGS = {
    "objective": "regression",
    "extra_trees": True,
    "learning_rate": 0.1,
    "num_leaves": 18,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.25,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "seed": 7,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}

SPEAKS_FOR = """
dated dated_once whole comment_ids profiles bodies heading_near counter_equal counter_equal_far form_after
named_comments in_comments above_named agreeing filled of_named coverage
"""
SPEAKS_AGAINST = """
linked aside named_aside words_before words_after form_inside largest titles_each counters_in headlines ragged
"""
"""Measures of which more can only speak for a cut, or against it: without this the trees learn single sites."""

WEIGHTS = {"dragnet": 1.0, "structured": 3.0, "forum52": 3.0, "wcxb": 1.0}
"""Gold that knows every comment teaches more than gold that is one text."""

EASY_ROWS_KEPT = 0.35
"""Of the cuts that share nothing with the gold only this part is learned from: there are ten for each of the others."""

GOLD_WITHOUT_ITS_COMMENTS = """
149 328 44 441 50 86 152 333 355 R226 R228 R281 R409 R703 T163 T93 T97 R706 R225 R455 R709
R627 R876 R877 R273 R875 R80
"""
"""Pages of `dragnet` that carry comments, pingbacks or posts which the gold leaves out (read one by one)."""


@dataclass
class Example:
    """One page: the measures of its cuts and how right each is, from 0 to 1."""

    set_name: str
    name: str
    fold: int
    measures: list[list[float]]
    worth: list[float]


def examples(data: Path) -> Iterator[Example]:
    """All pages that have gold to learn from."""
    from scoring.pages import pages_of

    better_known = {page.name for page in pages_of("structured", data / "threads")}
    better_known.update(GOLD_WITHOUT_ITS_COMMENTS.split())
    for set_name in FITTED_ON:
        for page in pages_of(set_name, data / "threads"):
            gold = page.gold()
            if set_name == "dragnet" and page.name in better_known:
                continue
            url = gold.get("url") or page.name
            text = outline(Page(url=url, body=page.html()).root)
            signs = read_signs(text, url)
            cuts = choice.candidates(text, signs)
            worth = Worth(text, gold).of_all(cuts)
            yield Example(
                set_name, page.name, fold_of(url), [measures.measure(text, signs, cut) for cut in cuts], worth
            )


def fold_of(url: str) -> int:
    """All pages of a host are in one fold."""
    host = (urlsplit(url).hostname or url).removeprefix("www.")
    return sha256(host.encode()).digest()[0] % FOLDS


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


def fit(pages: Iterable[Example]) -> dict[str, Any]:
    """The fitted trees, described as in `model.json`."""
    rows, targets, weights = [], [], []
    chance = random.Random(1)
    for page in pages:
        for measured, worth in zip(page.measures, page.worth, strict=True):
            if worth > 0.05 or chance.random() < EASY_ROWS_KEPT:
                rows.append(measured)
                targets.append(worth)
                weights.append((3.0 if worth > 0.5 else 1.0) * WEIGHTS[page.set_name])
    data = lightgbm.Dataset(numpy.array(rows), targets, weight=weights, feature_name=list(measures.NAMES))
    better, worse = SPEAKS_FOR.split(), SPEAKS_AGAINST.split()
    directions = [(name in better) - (name in worse) for name in measures.NAMES]
    booster = lightgbm.train({**SETTINGS, "monotone_constraints": directions}, data, num_boost_round=TREES)
    return {"base": 0.0, "trees": [_nodes(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]}


def _nodes(root: dict[str, Any]) -> list[list[Any]]:
    """One tree as a list of nodes, the root first."""
    nodes: list[list[Any]] = []
    waiting = [(root, -1, 0)]
    while waiting:
        node, parent, side = waiting.pop()
        if parent >= 0:
            nodes[parent][side] = len(nodes)
        if "leaf_value" in node:
            nodes.append([round(node["leaf_value"], 5)])
            continue
        name = measures.NAMES[node["split_feature"]]
        nodes.append([name, float(f"{node['threshold']:.5g}"), 0, 0])
        waiting += [(node["right_child"], len(nodes) - 1, 3), (node["left_child"], len(nodes) - 1, 2)]
    return nodes


def figures(data: Path, model_of: Callable[[int], trees.Trees]) -> dict[str, dict[str, Any]]:
    """The scorer's figures of all sets, each page read with the model of its fold."""
    from scoring.answers import read_answer
    from scoring.pages import decode, pages_of
    from scoring.runner import SCORING

    totals = {}
    for set_name in SCORED_ON:
        rows = []
        for page in pages_of(set_name, data / "threads"):
            gold, html = page.gold(), page.html()
            url = gold.get("url") or ""
            threads = find_with(Page(url=url, body=html), model_of(fold_of(url or page.name)).value)
            answer = read_answer(
                {"comments": [as_answer(comment) for thread in threads for comment in thread.comments]}
            )
            rows.append(SCORING[set_name].score(answer, gold, decode(html)))
        totals[set_name] = SCORING[set_name].total(rows)
    return totals


def as_answer(comment: Any) -> dict[str, Any]:
    """A comment in the scorer's words."""
    return {
        "id": comment.id,
        "parent": comment.parent_id,
        "author": comment.author,
        "published": comment.published or comment.published_local,
        "published_raw": comment.published_raw,
        "text": comment.text,
        "permalink": comment.permalink,
    }


def show(shipped: dict[str, dict[str, Any]], unseen: dict[str, dict[str, Any]]) -> None:
    """Both figures of each metric, side by side. Without the article, which is measured elsewhere."""
    from scoring.report import figure

    for set_name, metrics in shipped.items():
        print(f"\n{set_name:40} {'as shipped':>18} {'new sites':>18}")
        for name, value in metrics.items():
            if "article" not in name:
                print(f"  {name:38} {figure(value):>18} {figure(unseen[set_name][name]):>18}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="print the figures, write nothing")
    options = parser.parse_args()
    sys.path.insert(0, str(options.data))
    pages = list(examples(options.data))
    whole = fit(pages)
    folds = {k: trees.from_description(fit([page for page in pages if page.fold != k])) for k in range(FOLDS)}
    if not options.check:
        MODEL.write_text(json.dumps(whole, separators=(",", ":")).replace("]],[[", "]],\n[[") + "\n", encoding="utf-8")
    shipped = trees.from_description(whole)
    show(figures(options.data, lambda _: shipped), figures(options.data, folds.__getitem__))


if __name__ == "__main__":
    main()
