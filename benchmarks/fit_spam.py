"""Fits the weights by which a comment is taken for spam, and says how well they do on videos that they have not seen.

    pip install numpy
    python -m benchmarks.fit_spam SPAM_FOLDER --ham THREADS.jsonl... [--write]

SPAM_FOLDER holds the YouTube Spam Collection (Alberto, Lochter and Almeida, ICMLA 2015): a CSV file a video, with the
columns CONTENT and label. `--ham` are threads as `benchmarks.replies` reads them, of sites where spam is taken away:
their comments are there so that a long argument about money is no spam. `--write` puts the weights where the archiver
reads them.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from archiver.threads.flags import spam
from archiver.threads.flags.signs import SIGNS, Look
from benchmarks.replies import threads

SEEN_AT_LEAST = 4
"""Comments that must hold a word before it is weighed."""

PENALTY, STEPS, RATE = 0.0007, 600, 1.0
"""Of the regression: the price of each weight (most become zero, the rest can be read), rounds, step."""

HAM_SHARE = 0.6
"""The weight of all `--ham` comments together, of all comments under videos."""

_TAGS = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Labelled:
    text: str
    spam: bool
    video: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--ham", type=Path, nargs="*", default=[])
    parser.add_argument("--write", action="store_true")
    chosen = parser.parse_args()
    comments = videos(chosen.folder)
    ham = [Labelled(each["text"], False, "") for file in chosen.ham for thread in threads(file) for each in thread]
    unseen = Counter[str]()
    for video in sorted({each.video for each in comments}):
        rest = [each for each in comments if each.video != video]
        weights = fit(rest, ham[1::2])
        tested = count(weights, [each for each in comments if each.video == video])
        unseen += tested
        print(f"{video:28} {scores(tested)}")
        alarms = count(weights, ham[::2])["false"]
        print(f"{'':28} {alarms} of {len(ham[::2])} comments of other sites flagged")
    print(f"{'all videos, each unseen':28} {scores(unseen)}")
    weights = fit(comments, ham)
    print(f"{'all videos, seen':28} {scores(count(weights, comments))}; {len(weights['words'])} words weighed")
    if chosen.write:
        spam.WEIGHTS.write_text(json.dumps(weights, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return 0


def videos(folder: Path) -> list[Labelled]:
    found = []
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as rows:
            for row in csv.DictReader(rows):
                text = _TAGS.sub(" ", html.unescape(row["CONTENT"])).replace("\ufeff", "")
                found.append(Labelled(text, row["label"] == "1", file.stem))
    return found


def fit(comments: Sequence[Labelled], ham: Sequence[Labelled]) -> dict[str, object]:
    """Logistic regression with an L1 price, by proximal gradient steps."""
    everything = [*comments, *ham]
    held = [features(each.text) for each in everything]
    often = Counter(name for names in held[: len(comments)] for name in names if name not in SIGNS)
    names = [*SIGNS, *sorted(word for word, times in often.items() if times >= SEEN_AT_LEAST)]
    place = {name: at for at, name in enumerate(names)}
    seen = np.zeros((len(everything), len(names)), dtype=np.float32)
    for row, found in enumerate(held):
        seen[row, [place[name] for name in found if name in place]] = 1
    wanted = np.array([each.spam for each in everything], dtype=np.float32)
    share = np.ones(len(everything), dtype=np.float32)
    if ham:
        share[len(comments) :] = HAM_SHARE * len(comments) / len(ham)
    share /= share.sum()
    weights, bias = np.zeros(len(names), dtype=np.float32), 0.0
    for _ in range(STEPS):
        wrong = (1 / (1 + np.exp(-(seen @ weights + bias))) - wanted) * share
        weights -= RATE * (seen.T @ wrong)
        weights = np.sign(weights) * np.maximum(np.abs(weights) - RATE * PENALTY, 0)
        bias -= RATE * float(wrong.sum())
    kept: Mapping[str, float] = {
        name: round(float(weights[place[name]]), 2) for name in names if abs(weights[place[name]]) > 0.05
    }
    return {
        "bias": round(bias, 2),
        "signs": {name: kept[name] for name in SIGNS if name in kept},
        "words": {name: kept[name] for name in sorted(kept, key=lambda name: -kept[name]) if name not in SIGNS},
    }


def features(text: str) -> set[str]:
    look = Look.at(text)
    return {*look.signs, *look.phrases}


def count(weights: Mapping[str, object], comments: Sequence[Labelled]) -> Counter[str]:
    found: Counter[str] = Counter()
    for each in comments:
        flagged = spam.score(each.text, spam.Weights.of(weights)) >= spam.THRESHOLD
        found["right" if flagged and each.spam else "false" if flagged else "missed" if each.spam else "quiet"] += 1
    return found


def scores(found: Counter[str]) -> str:
    precision = found["right"] / max(found["right"] + found["false"], 1)
    recall = found["right"] / max(found["right"] + found["missed"], 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}"


if __name__ == "__main__":
    raise SystemExit(main())
