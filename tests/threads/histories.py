"""Invented threads without ids, and what becomes of them between readings: the truth is known of every comment.

Deterministic: the same seed gives the same history.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from itertools import accumulate, count, product
from random import Random
from typing import Any, Literal

from archiver.items import Comment
from archiver.threads import order
from archiver.threads.identity import recognise
from archiver.threads.likeness import Look, look_of
from archiver.threads.naming import lasting_id

STOCK = ("+1", "lol", "Thanks.", "Great article!", "This.", "First!", "Well said", "I agree with you.")
"""What many people write."""

_CONSONANTS, _VOWELS = "bcdfghjklmnprstvw", "aeiou"
START = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What the pages of a site print, and how they order it."""

    authors: Literal["all", "most", "none"] = "all"
    times: Literal["minute", "day", "relative", "none"] = "minute"
    nested: bool = False
    sort: Literal["oldest", "newest", "likes"] = "oldest"
    page_size: int | None = None


KINDS = tuple(
    Kind(authors=authors, times=times, nested=nested, sort=sort, page_size=size)  # type: ignore[arg-type]
    for authors, times, nested, sort, size in product(
        ("all", "most", "none"),
        ("minute", "day", "relative", "none"),
        (False, True),
        ("oldest", "newest", "likes"),
        (None, 20),
    )
)


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A comment as it really is."""

    number: int
    author: str
    text: str
    at: datetime
    parent: int | None
    likes: float


@dataclass
class Score:
    """How many comments a reading showed that had to be recognised, or told to be new; and how many were."""

    shown: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)

    def note(self, what: str, *, right: bool) -> None:
        self.shown += 1
        self.right += right
        if not right:
            self.wrong.append(what)


@dataclass
class Thread:
    """A thread that people write to, edit and delete from."""

    kind: Kind
    random: Random
    comments: list[Fact] = field(default_factory=list)
    now: datetime = START
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.words = _vocabulary(self.random)
        self.people = [" ".join(self._name() for _ in range(2)) for _ in range(self.random.randint(3, 60))]

    def grow(self, number: int, hours: float) -> None:
        moments = sorted(self.now + timedelta(hours=hours * self.random.random()) for _ in range(number))
        self.comments += [self._written(at) for at in moments]
        self.now += timedelta(hours=hours)

    def step(self) -> None:
        """Hours or days later: some more, some gone, some edited, other likes."""
        kept = [each for each in self.comments if self.random.random() > 0.05]
        self.comments = [self._edited(each) if self.random.random() < 0.07 else each for each in kept]
        self.comments = [
            replace(each, likes=self.random.random()) if self.random.random() < 0.2 else each for each in self.comments
        ]
        self.grow(self.random.randint(0, max(2, len(self.comments) // 6)), self.random.choice((1, 5, 30, 100)))

    def pages(self) -> Sequence[Sequence[tuple[int, Comment]]]:
        """What the site prints now, page by page; each comment with its true number."""
        ordered = list(self._ordered())
        size = self.kind.page_size or max(len(ordered), 1)
        return [self._printed(ordered[begin : begin + size]) for begin in range(0, len(ordered), size)]

    def _ordered(self) -> Iterator[Fact]:
        replies: dict[int | None, list[Fact]] = {}
        there = {each.number for each in self.comments}
        for each in self.comments:
            parent = each.parent if self.kind.nested and each.parent in there else None
            replies.setdefault(parent, []).append(each)
        waiting = self._sorted(replies.get(None, []))
        while waiting:
            each = waiting.pop(0)
            yield each
            waiting = self._sorted(replies.get(each.number, [])) + waiting

    def _sorted(self, some: Sequence[Fact]) -> list[Fact]:
        if self.kind.sort == "likes":
            return sorted(some, key=lambda each: each.likes)
        return sorted(some, key=lambda each: each.at, reverse=self.kind.sort == "newest")

    def _printed(self, some: Sequence[Fact]) -> Sequence[tuple[int, Comment]]:
        names = {each.number: f"{place}" for place, each in enumerate(some, start=1)}
        return [(each.number, self._comment(each, names)) for each in some]

    def _comment(self, each: Fact, names: Mapping[int, str]) -> Comment:
        named = self.kind.authors == "all" or (self.kind.authors == "most" and each.number % 3)
        return Comment(
            id=names[each.number],
            id_origin="derived",
            parent_id=names.get(each.parent) if self.kind.nested and each.parent is not None else None,
            author=each.author if named else None,
            text=each.text,
            **self._time(each.at),
        )

    def _time(self, at: datetime) -> dict[str, Any]:
        local = at.replace(tzinfo=None)
        if self.kind.times == "minute":
            local = local.replace(second=0, microsecond=0)
            return {
                "published_local": local,
                "published_raw": f"{local:%d.%m.%Y, %H:%M}",
                "published_precision": "minute",
            }
        if self.kind.times == "day":
            local = local.replace(hour=0, minute=0, second=0, microsecond=0)
            return {"published_local": local, "published_raw": f"{local:%d.%m.%Y}", "published_precision": "day"}
        if self.kind.times == "relative":
            return _ago(self.now, self.now - at)
        return {}

    def _written(self, at: datetime) -> Fact:
        text = self.random.choice(STOCK) if self.random.random() < 0.05 else self._text(self._length())
        older = self.comments[-1].number if self.comments else None
        parent = self.random.choice(self.comments).number if older is not None and self.random.random() < 0.4 else None
        author = self.people[min(int(self.random.paretovariate(1)) - 1, len(self.people) - 1)]
        return Fact(
            number=next(self.numbers), author=author, text=text, at=at, parent=parent, likes=self.random.random()
        )

    def _edited(self, each: Fact) -> Fact:
        """Up to half of the words are others, gone, or new."""
        words = each.text.split()
        most = len(words) // 2
        changed = self.random.randint(min(1, most), most)
        begin = self.random.randint(0, len(words) - changed)
        how = self.random.choice(("replace", "cut", "add", "scatter"))
        if how == "replace":
            words[begin : begin + changed] = self._text(changed).split()
        elif how == "cut":
            words[begin : begin + changed] = []
        elif how == "add":
            words += ["EDIT:", *self._text(max(changed, 1)).split()]
        else:
            for place in self.random.sample(range(len(words)), changed):
                words[place] = self._text(1)
        return replace(each, text=" ".join(words))

    def _length(self) -> int:
        return max(1, min(200, int(self.random.lognormvariate(3, 0.9))))

    def _text(self, length: int) -> str:
        return " ".join(self.random.choices(self.words, cum_weights=_OFTEN, k=length))

    def _name(self) -> str:
        return _word(self.random, 2).capitalize()


_OFTEN = list(accumulate(1 / (place + 3) for place in range(3000)))
"""How often each word is used: the second half as often as the first, and so on (Zipf, Mandelbrot)."""


def _vocabulary(random: Random) -> Sequence[str]:
    """As in a language: a few words are everywhere, most are rare."""
    return [_word(random, 1 + place // 300) for place in range(3000)]


def _word(random: Random, syllables: int) -> str:
    parts = (random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(min(syllables, 4)))
    return "".join(parts) + random.choice(_CONSONANTS)


def _ago(now: datetime, passed: timedelta) -> dict[str, Any]:
    """'5 minutes ago', '3 hours ago', '2 days ago', as the extractors read it."""
    if passed < timedelta(hours=1):
        minutes = passed // timedelta(minutes=1)
        told, precision, unit = now - timedelta(minutes=minutes), "minute", f"{minutes} minutes"
    elif passed < timedelta(days=1):
        hours = passed // timedelta(hours=1)
        told, precision, unit = now - timedelta(hours=hours), "hour", f"{hours} hours"
    else:
        day = (now - timedelta(days=passed.days)).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
        return {"published_local": day, "published_raw": f"{passed.days} days ago", "published_precision": "day"}
    return {"published": told, "published_raw": f"{unit} ago", "published_precision": precision}


@dataclass
class Archive:
    """What would be stored of a thread: how its comments look, in their order, and which each really is."""

    looks: dict[str, Look] = field(default_factory=dict)
    ordered: list[str] = field(default_factory=list)
    truth: dict[str, int] = field(default_factory=dict)

    def read(self, pages: Sequence[Sequence[tuple[int, Comment]]], score: Score) -> None:
        seen: list[str] = []
        for page in pages:
            behind = [name for name in seen if name not in set(self.ordered)]
            known = [self.looks[name] for name in (*self.ordered, *behind)]
            names = self._names(page, recognise([look_of(each) for _, each in page], known, seen=seen), score)
            for _, comment in page:
                parent = names.get(comment.parent_id or "", comment.parent_id)
                self.looks[names[comment.id]] = replace(look_of(comment), id=names[comment.id], parent=parent)
            seen += names.values()
        self.ordered = list(order.woven(self.ordered, seen))

    def _names(
        self, page: Sequence[tuple[int, Comment]], recognised: Mapping[str, str], score: Score
    ) -> Mapping[str, str]:
        names = {}
        known = set(self.truth.values())
        for number, comment in page:
            name = recognised.get(comment.id)
            right = self.truth[name] == number if name else number not in known
            score.note(f"{number} ({'known' if number in known else 'new'}): {comment.text[:60]!r}", right=right)
            names[comment.id] = name or lasting_id(comment, is_taken=self.truth.__contains__)
            self.truth.setdefault(names[comment.id], number)
        return names


def run(seed: int, kind: Kind, *, size: int | None = None, readings: int = 4) -> Score:
    """Reads an invented thread again and again by what `archiver.threads` decides; the first reading is not scored."""
    thread = Thread(kind=kind, random=Random(seed))
    thread.grow(size or thread.random.choice((1, 5, 20, 60, 150)), hours=48)
    archive, score = Archive(), Score()
    archive.read(thread.pages(), Score())
    for _ in range(readings - 1):
        thread.step()
        archive.read(thread.pages(), score)
    return score
