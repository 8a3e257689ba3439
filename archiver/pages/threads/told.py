"""What a page says of its comments in structured data: JSON-LD, microdata, RDFa, microformats2.

It is a witness, not the thread: often it holds the first comments alone, or cuts their words off. Where it agrees with
what is seen it fills what the page does not show; where it does not, what is seen stays, and the evidence says so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice
from typing import Final

from archiver.items import Comment, Moment, ThreadPage
from archiver.pages.threads.marks import is_numbered

_NOT_WORDS: Final = re.compile(r"[\W_]+")
_NUMBER: Final = re.compile(r"[0-9a-f]{10,}|\d+")
_KEY: Final = 48
"""Letters at the beginning of a text by which it is recognised."""
_LEAST_KEY: Final = 12
_LEAST_WITHIN: Final = 24
_MAX_COMPARED: Final = 2000
_NEXT: Final = 5
"""Both are in one order: only so many of those that are left may be meant."""
_SLACK: Final = {"second": 60, "minute": 60, "hour": 3600, "day": 86_400, "month": 31 * 86_400, "year": 366 * 86_400}
_ZONES: Final = timedelta(hours=14)
_QUARTER: Final = 900
"""Zones differ from one another by quarters of an hour."""
_EXACT: Final = ("second", "minute")
_LEAST_SHARE: Final = 0.5
_FIRST_POST: Final = 1
"""Boards count answers: the first post is shown among them, but is none."""


@dataclass(slots=True)
class Told:
    """One comment as structured data tells it."""

    text: str
    author: str | None = None
    author_url: str | None = None
    moment: Moment | None = None
    permalink: str | None = None
    score: int | None = None
    above: int | None = None
    """Place of the one that it answers, in the same list."""
    is_answer: bool = True
    """Whether it is no first post of a board, nor a question."""


@dataclass(frozen=True, slots=True)
class Witness:
    """All that one kind of structured data tells of a page's comments."""

    kind: str
    """`json-ld`, `microdata` or `microformats`."""
    comments: tuple[Told, ...] = ()
    claimed: int | None = None


def confirmed(thread: ThreadPage, witnesses: Iterable[Witness]) -> ThreadPage:
    """The thread with what the witnesses add, the first of them first."""
    for witness in witnesses:
        thread = _heard(thread, witness)
    return thread


def _heard(thread: ThreadPage, witness: Witness) -> ThreadPage:
    pairs = _pairs(thread.comments, witness.comments)
    told = len(witness.comments)
    notes: Counter[str] = Counter()
    comments = list(thread.comments)
    if pairs and len(pairs) >= _LEAST_SHARE * min(told, len(comments)):
        ids = {place: comments[seen].id for seen, place in pairs.items()}
        for seen, place in pairs.items():
            comments[seen] = _filled(comments[seen], witness, place, ids, notes)
    evidence = list(thread.evidence)
    if told:
        evidence.append(f"{witness.kind}: {len(pairs)} of its {told} comments are seen")
    evidence += [f"{witness.kind} has another {field} for {count} of them" for field, count in notes.items()]
    claimed, counted = thread.claimed, witness.claimed
    if counted is not None and counted != claimed:
        if claimed is None and counted >= len(comments) - _FIRST_POST:
            claimed = counted
        elif claimed is not None:
            evidence.append(f"{witness.kind} counts {counted} comments")
    sure = len(pairs) / max(told, 1) if not notes["author"] else 0.0
    return replace(
        thread,
        comments=tuple(_surer(one, sure) if place in pairs else one for place, one in enumerate(comments)),
        claimed=claimed,
        evidence=tuple(evidence),
        confidence=_raised(thread.confidence, sure * min(1.0, len(pairs) / max(len(comments), 1))),
    )


def _raised(confidence: float, by: float) -> float:
    """Halfway to certainty at most: what tells the same may have the same fault."""
    return round(confidence + (1 - confidence) * by / 2, 2) if confidence < 1 else confidence


def _surer(comment: Comment, by: float) -> Comment:
    return replace(comment, confidence=_raised(comment.confidence, by))


def _pairs(comments: Sequence[Comment], told: Sequence[Told]) -> dict[int, int]:
    """Place of a comment → place of what is told of it: by address, else by the words it begins with, else by words
    that stand in it (structured data leaves quotations out)."""
    by_id: dict[str, int] = {}
    by_key: dict[str, list[int]] = {}
    keys = [_plain(one.text)[:_KEY] for one in told]
    for place, one in enumerate(told):
        if own := _number_of(one.permalink):
            by_id.setdefault(own, place)
        by_key.setdefault(keys[place], []).append(place)
    words = [_plain(comment.text) for comment in comments]
    found: dict[int, int] = {}
    left = dict.fromkeys(range(len(told)))
    for seen, comment in enumerate(comments):
        of_id = by_id.get(_number_of(comment.permalink) or "")
        same = [place for place in by_key.get(words[seen][:_KEY], []) if place in left]
        if of_id in left and (not words[seen] or keys[of_id] in words[seen] or words[seen] in keys[of_id]):
            same = [of_id]
        elif len(same) > 1 or len(words[seen]) < _LEAST_KEY:
            same = [place for place in same if _is_same_name(comment.author, told[place].author or "")]
        if same:
            found[seen] = same[0]
            del left[same[0]]
    for seen in (seen for seen in range(len(comments)) if seen not in found):
        for place in islice(left, _NEXT):
            if len(keys[place]) >= _LEAST_WITHIN and keys[place] in words[seen]:
                found[seen] = place
                del left[place]
                break
    return found


def _number_of(permalink: str | None) -> str | None:
    own = re.split(r"[#/?&=]", (permalink or "").rstrip("/"))[-1]
    return words_of_number[-1] if is_numbered(own) and (words_of_number := _NUMBER.findall(own)) else None


def _plain(text: str) -> str:
    return _NOT_WORDS.sub("", text[:_MAX_COMPARED].casefold())


def _name(author: str | None) -> str:
    return _NOT_WORDS.sub("", (author or "").casefold())


def _filled(comment: Comment, witness: Witness, place: int, ids: Mapping[int, str], notes: Counter[str]) -> Comment:
    """A comment with the fields that only the witness tells; `notes` counts those in which they differ."""
    told, rules = witness.comments[place], dict[str, str]()
    if told.author and not comment.author:
        comment, rules["author"] = replace(comment, author=told.author), witness.kind
    elif told.author and not _is_same_name(comment.author, told.author):
        notes["author"] += 1
        return comment
    parent = ids.get(told.above) if told.above is not None else None
    if parent and parent != comment.id:
        if comment.parent_id is None:
            comment, rules["parent"] = replace(comment, parent_id=parent), f"{witness.kind} nesting"
        elif comment.parent_id != parent:
            notes["parent"] += 1
    if told.moment and not _tell_one_time(comment, told.moment):
        notes["time"] += 1
    elif told.moment and _is_finer(told.moment, comment):
        comment, rules["published"] = _timed(comment, told.moment), told.moment.rule
    return replace(
        comment,
        author_url=comment.author_url or told.author_url,
        permalink=comment.permalink or told.permalink,
        score=told.score if comment.score is None else comment.score,
        found_by={**comment.found_by, **rules},
    )


def _is_same_name(one: str | None, other: str) -> bool:
    first, second = _name(one), _name(other)
    return first == second or (min(len(first), len(second)) >= 4 and (first in second or second in first))


def _tell_one_time(comment: Comment, told: Moment) -> bool:
    """Whether two times can be one: as far as the coarser is told, in any zone where one has none."""
    slack = timedelta(seconds=max(_SLACK[comment.published_precision or "year"], _SLACK[told.precision or "year"]))
    if comment.published and told.utc:
        return abs(comment.published - told.utc) <= slack
    seen, said = comment.published or comment.published_local, told.utc or told.local
    if seen is None or said is None:
        return True
    apart = abs(seen.replace(tzinfo=None) - said.replace(tzinfo=None))
    is_exact = comment.published_precision in _EXACT and told.precision in _EXACT
    off_zone = min(apart.total_seconds() % _QUARTER, -apart.total_seconds() % _QUARTER)
    return apart <= _ZONES + slack and (not is_exact or off_zone <= _SLACK["minute"])


def _is_finer(told: Moment, comment: Comment) -> bool:
    """Whether the witness tells more of a time: an instant where the page shows none, or only a coarser one."""
    if comment.published is None and comment.published_local is None:
        return told.utc is not None or told.local is not None
    if told.utc is None or told.precision not in _EXACT:
        return False
    return comment.published is None or comment.published_precision not in _EXACT


def _timed(comment: Comment, told: Moment) -> Comment:
    """With the time that is told; what was printed stays, as words and as the page's own clock."""
    exact_local = comment.published_local if comment.published_precision in _EXACT else None
    return replace(
        comment,
        published=told.utc,
        published_local=told.local or exact_local,
        published_raw=comment.published_raw or told.raw,
        published_precision=told.precision,
    )
