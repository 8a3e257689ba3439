"""How many comments keep their identity on pages that show no ids: `python -m benchmarks.identity [HISTORIES]`.

Invented histories of every kind of page (see `tests/threads/histories.py`), read by the archiver's own decider. Exit
status 1 where fewer than 99 in 100 are recognised.
"""

from __future__ import annotations

import sys
from collections import defaultdict

from tests.threads.histories import KINDS, Kind, run

AT_LEAST = 0.99


def main() -> int:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10 * len(KINDS)
    right: defaultdict[str, int] = defaultdict(int)
    shown: defaultdict[str, int] = defaultdict(int)
    for seed in range(number):
        kind = KINDS[seed % len(KINDS)]
        score = run(seed, kind)
        for group in ("all", *_groups(kind)):
            right[group] += score.right
            shown[group] += score.shown
    for group, of in shown.items():
        print(f"{group:24} {right[group]:>8,} of {of:>8,}  {right[group] / of:.4f}")
    return 0 if right["all"] >= AT_LEAST * shown["all"] else 1


def _groups(kind: Kind) -> list[str]:
    paging = "one page" if kind.page_size is None else "pages"
    return [
        f"authors: {kind.authors}",
        f"times: {kind.times}",
        "nested" if kind.nested else "flat",
        f"order: {kind.sort}",
        paging,
    ]


if __name__ == "__main__":
    sys.exit(main())
