"""Fits the trees that choose among the cuts of a page, and prints how well the whole works, shipped and on new sites.

    python -m benchmarks.fit_threads ../shared/data            # fit on all pages, write the model, print the figures
    python -m benchmarks.fit_threads ../shared/data --check    # write nothing
    … --cache FOLDER                                           # measure each page once, as long as nothing changes

The model is archiver/pages/threads/model.json. Needs lightgbm and numpy, which the archiver itself does not use.
'New sites': every page is read with a model (trees, and what their scores mean) that was made without any page of its
host. Nothing of the data goes into the model but thresholds on measures.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import defaultdict
from collections.abc import Collection, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import lightgbm
import numpy

from archiver.pages.threads import choice, measures, trees
from benchmarks.thread_figures import read_all, show, show_reliability
from benchmarks.threads_learned import Example, examples

MODEL = Path(choice.__file__).with_name("model.json")
FOLDS = 5
TREES = 200
SETTINGS = {
    "objective": "cross_entropy",
    "extra_trees": True,
    "learning_rate": 0.05,
    "num_leaves": 12,
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

ROWS_OF_A_PAGE = 60.0
EVENING_OUT = 0.5
"""A page of a hundred cuts teaches no more than one of ten: weights are divided by the square root of their sum."""

EASY_ROWS_KEPT = 0.35
"""Of the cuts that share nothing with the gold only this part is learned from: there are ten for each of the others."""

START = {"slope": 10.0, "named": -5.0, "unnamed": -6.0, "forum": -4.0}
STEADINESS = {"slope": 0.1, "named": 2.0, "unnamed": 2.0, "forum": 2.0}
"""What the curve of the odds would be without any page, and how strongly it is held back there."""


def fold_of(host: str) -> int:
    """All pages of a host are in one fold."""
    return sha256(host.encode()).digest()[0] % FOLDS


def fit(pages: Iterable[Example]) -> list[list[list[Any]]]:
    """The fitted trees, described as in `model.json`."""
    rows, targets, weights = [], [], []
    chance = random.Random(1)
    for page in pages:
        kept = [
            (measured, worth, 3.0 if worth > 0.5 else 1.0)
            for measured, worth in zip(page.measures, page.worth, strict=True)
            if worth > 0.05 or chance.random() < EASY_ROWS_KEPT
        ]
        total = sum(weight for *_, weight in kept) or 1.0
        scale = WEIGHTS[page.set_name] * (ROWS_OF_A_PAGE / total) ** EVENING_OUT
        rows += [measured for measured, *_ in kept]
        targets += [worth for _, worth, _ in kept]
        weights += [weight * scale for *_, weight in kept]
    data = lightgbm.Dataset(numpy.array(rows), targets, weight=weights, feature_name=list(measures.NAMES))
    better, worse = SPEAKS_FOR.split(), SPEAKS_AGAINST.split()
    directions = [(name in better) - (name in worse) for name in measures.NAMES]
    booster = lightgbm.train({**SETTINGS, "monotone_constraints": directions}, data, num_boost_round=TREES)
    return [_nodes(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def _nodes(root: dict[str, Any]) -> list[list[Any]]:
    """One tree as a list of nodes, the root first."""
    nodes: list[list[Any]] = []
    waiting = [(root, -1, 0)]
    while waiting:
        node, parent, side = waiting.pop()
        if parent >= 0:
            nodes[parent][side] = len(nodes)
        if "leaf_value" in node:
            nodes.append([float(f"{node['leaf_value']:.4g}")])
            continue
        name = measures.NAMES[node["split_feature"]]
        nodes.append([name, float(f"{node['threshold']:.4g}"), 0, 0])
        waiting += [(node["right_child"], len(nodes) - 1, 3), (node["left_child"], len(nodes) - 1, 2)]
    return nodes


Best = tuple[float, str, float]
"""Of a page the score of its best cut, of which kind it is, and whether it is the thread (1 or 0)."""


def best_of(page: Example, model: trees.Trees) -> Best | None:
    """None where the page has no cut at all."""
    scores = [model.value(row) + added for row, added in zip(page.measures, page.added, strict=True)]
    if not scores:
        return None
    at = max(range(len(scores)), key=scores.__getitem__)
    is_right = page.has_thread and page.worth[at] >= 0.7 * max(page.worth) > 0.2
    return scores[at], page.kinds[at], float(is_right)


def odds_of(found: Collection[Best]) -> dict[str, float]:
    """The curve from score to the share of right threads, by logistic regression (Newton's method)."""
    kinds = list(START)[1:]
    rows = numpy.array([[score, *(kind == one for one in kinds)] for score, kind, _ in found])
    right = numpy.array([is_right for *_, is_right in found])
    at = start = numpy.array(list(START.values()))
    steadiness = numpy.array(list(STEADINESS.values()))
    for _ in range(30):
        shares = 1 / (1 + numpy.exp(-rows @ at))
        slopes = rows.T @ (right - shares) - steadiness * (at - start)
        curves = (rows * (shares * (1 - shares))[:, None]).T @ rows + numpy.diag(steadiness)
        at = at + numpy.linalg.solve(curves, slopes)
    return {name: round(float(value), 3) for name, value in zip(START, at, strict=True)}


def model_of(described: list[list[list[Any]]], found: Iterable[Best | None]) -> dict[str, Any]:
    """What `model.json` holds: the trees, and the odds at the scores that such trees gave to pages of new hosts."""
    return {"odds": odds_of([best for best in found if best is not None]), "trees": described}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--check", action="store_true", help="print the figures, write nothing")
    parser.add_argument("--cache", type=Path, help="a folder that keeps what was measured")
    options = parser.parse_args()
    sys.path.insert(0, str(options.data))
    if options.cache:
        options.cache.mkdir(parents=True, exist_ok=True)
    folds: dict[int, list[Example]] = defaultdict(list)
    for page in examples(options.data, options.cache):
        folds[fold_of(page.host)].append(page)
    unseen = {k: fit([page for j, pages in folds.items() if j != k for page in pages]) for k in folds}
    found = {
        k: [best_of(page, trees.from_description({"trees": unseen[k], "odds": START})) for page in pages]
        for k, pages in folds.items()
    }
    models = {
        k: trees.from_description(model_of(unseen[k], [one for j, best in found.items() if j != k for one in best]))
        for k in folds
    }
    whole = model_of(
        fit([page for pages in folds.values() for page in pages]), [b for best in found.values() for b in best]
    )
    if not options.check:
        MODEL.write_text(json.dumps(whole, separators=(",", ":")).replace("]],[[", "]],\n[[") + "\n", encoding="utf-8")
    shipped = trees.from_description(whole)
    both = read_all(options.data, lambda host: (shipped, models[fold_of(host)]))
    show(*both)
    show_reliability(both[1])


if __name__ == "__main__":
    main()
