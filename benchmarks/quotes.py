"""How fast quotations and their speakers are found, beside another implementation in the same run.

    python -m benchmarks.quotes articles.jsonl                          # a line an article: {"text": …}
    python -m benchmarks.quotes articles.jsonl --other other.py:find    # a function that takes a text
    python -m benchmarks.quotes articles.jsonl --limit 60 --rounds 5

Both sides take turns, article by article; the figure is the median of the rounds, in CPU time. Also how long 20,000
marks in one paragraph take.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

import archiver

MARKS = 20_000
HOSTILE = ("“a ", "a” ", '"a ', "“a,” B said. ")
"""What stands in one paragraph again and again, until there are `MARKS` marks."""

Find = Callable[[str], Any]


def texts(path: Path, limit: int | None) -> list[str]:
    """The texts of a file of articles."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line)["text"] for line in lines if line.strip()][:limit]


def load(name: str) -> Find:
    """The function `FILE:NAME`."""
    path, _, function = name.rpartition(":")
    spec = importlib.util.spec_from_file_location("other_implementation", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    found: Find = getattr(module, function)
    return found


def rounds(articles: Sequence[str], sides: Sequence[Find], count: int) -> Iterator[list[float]]:
    """The seconds of CPU time that each side takes for all articles, round by round."""
    for _ in range(count):
        spent = [0.0] * len(sides)
        for text in articles:
            for number, find in enumerate(sides):
                started = time.process_time()
                find(text)
                spent[number] += time.process_time() - started
        yield spent


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--other", metavar="FILE:FUNCTION", help="what to compare with")
    parser.add_argument("--limit", type=int)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    articles = texts(options.articles, options.limit)
    sides: list[Find] = [archiver.extract_quotes, *([load(options.other)] if options.other else [])]
    for find in sides:
        find(articles[0])
    spent = list(rounds(articles, sides, options.rounds))
    for name, number in zip(("archiver", "other"), range(len(sides)), strict=False):
        seconds = median(one[number] for one in spent)
        print(f"{name:10}{len(articles) / seconds:8.1f} articles/s of {len(articles)}")
    if options.other:
        print(f"{'ratio':10}{median(other / own for own, other in spent):8.2f}")
    for piece in HOSTILE:
        text = piece * (MARKS // sum(piece.count(mark) for mark in '“”"'))
        started = time.process_time()
        archiver.extract_quotes(text)
        print(f"{MARKS:,} marks in one paragraph, {piece!r}: {time.process_time() - started:.2f} s")


if __name__ == "__main__":
    main()
