"""Which stored comment each comment of a page is, where the page shows no ids. Pure, and one page at a time.

First what is certain: equal words at an equal time, once on each side. From there to the neighbours, as long as they
are equal too: so doubled words find their own. What is left was edited or moved, and is matched by the evidence of
words, author, time, parent and place (`archiver.threads.likeness`). What nothing speaks for is new.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from archiver.threads.likeness import ENOUGH, Look, Neighbours, Words, alike, evidence, times

TELLING: Final = 25
"""Characters from which on equal words are no coincidence."""

_MOST: Final = 8
"""How many candidates are weighed for one comment: of like words, by the same author, of the same place; each."""


def recognise(
    shown: Sequence[Look],
    known: Sequence[Look],
    *,
    seen: Collection[str] = (),
    certain: Mapping[str, str] | None = None,
) -> Mapping[str, str]:
    """Id on the page → id of the stored comment that it is. What is not in it is new.

    Both in reading order. `certain` is known beforehand, from ids that the page does show. `seen` are the stored
    comments that other pages of the same reading have shown already: the page shows them again only where it overlaps
    with those.
    """
    matching = _Matching(shown, [look for look in known if look.id not in set(seen)])
    for here, there in (certain or {}).items():
        matching.match(here, there)
    matching.repeated(_overlap(shown, [look for look in known if look.id in set(seen)]))
    matching.equal(lambda look: (look.digest, look.minute) if look.minute or len(look.text) >= TELLING else None)
    matching.equal(lambda look: look.digest if len(look.text) >= TELLING else None)
    matching.weighed()
    matching.weighed()  # once more, with the neighbours that are now known
    return matching.found


@dataclass
class _Matching:
    shown: Sequence[Look]
    known: Sequence[Look]
    found: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)

    def match(self, here: str, there: str) -> None:
        if here not in self.found and there not in self.taken:
            self.found[here] = there
            self.taken.add(there)

    def repeated(self, again: Mapping[str, str]) -> None:
        for here, there in again.items():
            self.match(here, there)

    def equal(self, key: Callable[[Look], Hashable]) -> None:
        """Matches those whose key occurs once on each side, and then on to both sides while the words are equal."""
        shown = [look for look in self.shown if look.id not in self.found]
        known = [look for look in self.known if look.id not in self.taken]
        once, stored_once = _once(shown, key), _once(known, key)
        for told, look in once.items():
            there = stored_once.get(told)
            if there is not None and times(look, there) != "other":
                self.match(look.id, there.id)
        for step in (1, -1):
            self._spread(step)

    def _spread(self, step: int) -> None:
        """From each match to the next on both sides, in one direction."""
        places = {look.id: place for place, look in enumerate(self.known)}
        for place, look in list(enumerate(self.shown))[::step]:
            there = places.get(self.found.get(look.id, ""))
            if there is None or not (0 <= place + step < len(self.shown) and 0 <= there + step < len(self.known)):
                continue
            here, other = self.shown[place + step], self.known[there + step]
            if here.digest == other.digest and times(here, other) != "other" and self._answers_the_same(here, other):
                self.match(here.id, other.id)

    def _answers_the_same(self, here: Look, there: Look) -> bool:
        return here.parent is None or self.found.get(here.parent) in (None, there.parent)

    def weighed(self) -> None:
        """Matches what is left, strongest evidence first; where it is equal, what is nearer in place."""
        shown = [look for look in self.shown if look.id not in self.found]
        known = [look for look in self.known if look.id not in self.taken]
        if not shown or not known:
            return
        words = Words.read([*shown, *known])
        gaps, stored_gaps = self._gaps(), self._stored_gaps()
        candidates = _Candidates(words, known, stored_gaps)
        order = {look.id: place for place, look in enumerate(self.shown)}
        stored_order = {look.id: place for place, look in enumerate(self.known)}
        pairs = []
        for look in shown:
            here = replace(look, parent=self.found.get(look.parent, look.parent) if look.parent else None)
            for there in candidates.of(look, gaps[look.id]):
                weight = evidence(
                    here, there, words.similarity(look.text, there.text), gaps[look.id], stored_gaps[there.id]
                )
                if weight >= ENOUGH:
                    apart = abs(order[look.id] - stored_order[there.id])
                    pairs.append((-weight, apart, order[look.id], stored_order[there.id], look.id, there.id))
        for *_, mine, theirs in sorted(pairs):
            self.match(mine, theirs)

    def _gaps(self) -> Mapping[str, Neighbours]:
        """Between which recognised comments each of the page lies, as ids of stored ones."""
        return _between([(look.id, self.found.get(look.id)) for look in self.shown])

    def _stored_gaps(self) -> Mapping[str, Neighbours]:
        return _between([(look.id, look.id if look.id in self.taken else None) for look in self.known])


class _Candidates:
    """The stored comments that one of the page may be: few, however long the thread is."""

    def __init__(self, words: Words, known: Sequence[Look], gaps: Mapping[str, Neighbours]) -> None:
        self.words = words
        self.holders: defaultdict[str, list[Look]] = defaultdict(list)
        self.authors: defaultdict[str, list[Look]] = defaultdict(list)
        self.places: defaultdict[Neighbours, list[Look]] = defaultdict(list)
        for look in known:
            for word in words.of[look.text]:
                self.holders[word].append(look)
            if look.author:
                self.authors[look.author].append(look)
            self.places[gaps[look.id]].append(look)

    def of(self, look: Look, gap: Neighbours) -> Iterable[Look]:
        by_author = [each for each in self.authors.get(look.author or "", ()) if times(look, each) != "other"]
        found = (*alike(self.words, look.text, self.holders, _MOST), *by_author[:_MOST], *self.places[gap][:_MOST])
        return {each.id: each for each in found}.values()


def _once(looks: Iterable[Look], key: Callable[[Look], Hashable]) -> Mapping[Hashable, Look]:
    told = [(key(look), look) for look in looks]
    often = Counter(name for name, _ in told)
    return {name: look for name, look in told if name is not None and often[name] == 1}


def _overlap(shown: Sequence[Look], seen: Sequence[Look]) -> Mapping[str, str]:
    """What a page shows once more because the pages moved while they were read: at its beginning or its end, and only
    where something in it is no coincidence."""
    found: dict[str, str] = {}
    stored: defaultdict[str, list[Look]] = defaultdict(list)
    for look in seen:
        stored[look.digest].append(look)
    for run in (_run(shown, stored), _run(shown[::-1], stored)):
        if any(look.minute or len(look.text) >= TELLING for look, _ in run):
            for look, there in run:
                if there.id not in found.values():
                    found.setdefault(look.id, there.id)
    return found


def _run(shown: Sequence[Look], stored: Mapping[str, Sequence[Look]]) -> list[tuple[Look, Look]]:
    run = []
    for look in shown:
        same = next((each for each in stored.get(look.digest, ()) if times(look, each) in ("same", "unknown")), None)
        if same is None:
            break
        run.append((look, same))
    return run


def _between(told: Sequence[tuple[str, str | None]]) -> Mapping[str, Neighbours]:
    """The nearest that are recognised, before and behind each."""
    before = dict(_last(told))
    behind = dict(_last(told[::-1]))
    return {name: (before[name], behind[name]) for name, _ in told}


def _last(told: Iterable[tuple[str, str | None]]) -> Iterator[tuple[str, str | None]]:
    last: str | None = None
    for name, recognised in told:
        yield name, last
        last = recognised or last
