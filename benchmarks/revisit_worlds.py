"""Invented sites: when articles appear, when comments come, which of them are deleted again. Times in hours.

What is known of real ones: delays behind the article are log-normal (Slashdot: Kaltenbrunner and others 2007) or decay
exponentially (BBC, New York Times: Comput Soc Sci 2022); threads grow by answers to answers (Reddit: Medvedev and
others 2018); sixty of a hundred posts of a forum get none (Meagher and Friel 2025). In all worlds: a third of the
articles nearly silent and a heavy tail, nights, three in a hundred that wake up again after days, eight comments in a
hundred deleted after six hours on average.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

DAYS, PUBLISHING = 20, 14
"""How long a world is watched, and for how long articles appear in it."""

END = DAYS * 24.0


@dataclass(frozen=True, slots=True)
class Thread:
    """When its article appeared, when each comment came (in order), and when each was deleted: never is infinite."""

    began: float
    comments: tuple[float, ...]
    deleted: tuple[float, ...]


HALVES: Mapping[str, Callable[[random.Random], float]] = {
    "news": lambda chance: chance.lognormvariate(math.log(5), 0.8),
    "forum": lambda chance: chance.lognormvariate(math.log(48), 1.0),
    "mixed": lambda chance: chance.lognormvariate(math.log(3 if chance.random() < 0.5 else 60), 0.75),
    "flash": lambda chance: chance.lognormvariate(math.log(1.5), 0.6),
}
"""World → hours after which half of a thread's direct answers have come, drawn for each thread."""


def world(name: str, threads: int, seed: int) -> list[Thread]:
    """So many threads, the earliest first."""
    chance = random.Random(f"{name} {seed}")
    begins = sorted(chance.uniform(0, PUBLISHING * 24) for _ in range(threads))
    return [_thread(chance, began, HALVES[name](chance)) for began in begins]


def _thread(chance: random.Random, began: float, half: float) -> Thread:
    size = 0.3 if chance.random() < 0.3 else chance.lognormvariate(math.log(6), 1.5)
    first = [began + chance.expovariate(math.log(2) / half) for _ in range(_poisson(chance, size))]
    if chance.random() < 0.03:
        again = began + chance.uniform(72, 240)
        first += [again + chance.expovariate(1 / 4) for _ in range(_poisson(chance, size / 2 + 3))]
    times = sorted(each for each in _with_answers(chance, [_by_day(chance, each) for each in first]) if each < END)
    deleted = tuple(each + chance.expovariate(1 / 6) if chance.random() < 0.08 else math.inf for each in times)
    return Thread(began, tuple(times), deleted)


def _by_day(chance: random.Random, time: float) -> float:
    """Most of what would be written at night is written in the morning."""
    hour = time % 24
    return time + 7 - hour + chance.expovariate(1) if hour < 6 and chance.random() < 0.7 else time


def _with_answers(chance: random.Random, comments: list[float]) -> list[float]:
    """Every second comment is answered, after forty minutes in the middle, and answers are answered too."""
    found, generation = list(comments), comments
    while generation:
        generation = [
            each + chance.lognormvariate(math.log(0.67), 1.4)
            for each in generation
            for _ in range(_poisson(chance, 0.5))
        ]
        found += generation
    return found


def _poisson(chance: random.Random, mean: float) -> int:
    """Knuth's way for small means, the normal distribution for large ones."""
    if mean > 50:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    number, product, least = 0, chance.random(), math.exp(-mean)
    while product > least:
        number += 1
        product *= chance.random()
    return number
