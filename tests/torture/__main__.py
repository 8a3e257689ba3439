"""`make torture`: 200 kills of a crawl of 500 threads with paging, each followed by going on.

It takes a quarter of an hour.

python -m tests.torture [KILLS [STORIES [SEED]]]
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.survival.kills import Score, torture
from tests.survival.paper import printed


def main(kills: int = 200, stories: int = 500, seed: int = 2016) -> int:
    score, started = Score(), time.monotonic()
    print(f"{kills} kills of a crawl of {stories} threads, seed {seed}", flush=True)
    with tempfile.TemporaryDirectory() as folder, printed(stories) as site:
        torture(site, Path(folder), score, kills=kills, moments=random.Random(seed), longest=6.0)
    for name, value in vars(score).items():
        if isinstance(value, int):
            print(f"{name.replace('_', ' '):<24}{value:>8,}")
    print(f"{'seconds':<24}{time.monotonic() - started:>8,.0f}")
    return 1 if any(score.losses.values()) else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
