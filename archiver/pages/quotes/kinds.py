"""Of what kind a marked passage is: what somebody said, or a nickname, a title, a term held at arm's length."""

from __future__ import annotations

import re
from typing import Final

from archiver.items import QuoteKind
from archiver.pages.quotes.attribution import Choice
from archiver.pages.quotes.lexicon import Lexicon
from archiver.pages.quotes.pairs import Pair
from archiver.pages.quotes.scene import Said, Scene

MAX_NICKNAME: Final = 3
"""Words."""

MAX_LABEL: Final = 4
"""Words."""

_NAMED_BEFORE: Final = re.compile(r"[A-ZÀ-Þ][\w.’'-]*\s$")
_NAMED_AFTER: Final = re.compile(r"\s[A-ZÀ-Þ][\w’'-]+")
_WORD: Final = re.compile(r"[^\W_]+(?:[.’'-][^\W_]+)*")
_NEAR: Final = 4
"""Tokens before a passage in which a verb of naming makes it a label."""


def is_nickname(text: str, one: Pair) -> bool:
    """Whether a passage stands inside a name: Bo “Red” Reed."""
    said = text[one.start : one.end]
    before = text[max(0, one.start - 40) : one.start - len(one.opening)]
    after = text[one.end + len(one.closing) :][:20]
    return (
        bool(one.opening and one.closing)
        and said[:1].isupper()
        and said[-1:].isalnum()
        and len(_WORD.findall(said)) <= MAX_NICKNAME
        and _NAMED_BEFORE.search(before) is not None
        and _NAMED_AFTER.match(after) is not None
    )


def features(scene: Scene, said: Said, choice: Choice) -> list[str]:
    """What speaks for and against a passage being somebody's words."""
    told = scene.told
    token = said.token
    before = told.sorts[token - 1] if token else "."
    after = told.sorts[token + 1] if token + 1 < len(told.sorts) else "."
    start = "capital" if said.large else "small"
    title = is_title(said.text, told.lexicon)
    candidate = choice.candidate
    cue = told.lexicon.cues[told.lower[candidate.cue]].kind if candidate.cue is not None else "none"
    known = f"{said.size}, {start}"
    found = [
        "any",
        f"{known}, ends {said.end}",
        f"{said.size}, behind {before}",
        f"{start}, before {after}",
        f"{said.size}, before {after}",
        f"behind {before}, before {after}",
        f"speaker: {choice.how}",
        f"verb {cue}, {said.size}",
        f"speaker sure {int(choice.confidence * 4) / 4}, {said.size}",
        f"title {title}, {said.size}",
        f"title {title}, behind {before}",
        f"title {title}, verb {cue}",
    ]
    if before == "d" or before == "n":
        found.append(f"behind the word {told.lower[token - 1]}" if before == "d" else "behind a noun")
    if said.single:
        found.append(f"single marks, {said.size}")
    if said.headline:
        found.append(f"in a headline, {said.size}")
    return found


def is_title(said: str, lexicon: Lexicon) -> bool:
    """Whether all words but small ones have a capital, and no sentence ends within."""
    words = _WORD.findall(said)
    common = lexicon.common
    verbs = lexicon.of("auxiliaries")
    large = [word for word in words if word.lower() not in common or word.lower() in verbs]
    return bool(large) and all(word[:1].isupper() for word in large) and not re.search(r"[.!?]\s", said)


def kind_of(scene: Scene, said: Said, is_quotation: bool) -> QuoteKind:
    """`direct` is a whole sentence and `mixed` a part of one within the writer's own; `title` names a work, `scare` is
    a term held at arm's length."""
    title = is_title(said.text, scene.told.lexicon)
    if not is_quotation or _is_label(scene, said) or (title and _behind_a_work(scene, said)):
        return "title" if title else "scare"
    return "direct" if _is_whole(scene, said) else "mixed"


def _is_whole(scene: Scene, said: Said) -> bool:
    before = scene.told.sorts[said.token - 1] if said.token else "."
    return said.repaired or (said.large and (said.end != "none" or before in ".:,q"))


def _is_label(scene: Scene, said: Said) -> bool:
    """A term for something, as in: she called that a “myth”."""
    lists = scene.told.lexicon
    *before, article = scene.told.lower[max(0, said.token - 1 - _NEAR) : said.token] or [""]
    return (
        not said.large
        and said.words <= MAX_LABEL
        and article in lists.of("labelling")
        and any(word in lists.of("naming") for word in before)
    )


def _behind_a_work(scene: Scene, said: Said) -> bool:
    """A title, as in: the novel “The Closed Mill”."""
    told = scene.told
    behind = told.lower[max(0, said.token - 2) : said.token]
    return any(word in told.lexicon.of("works") for word in (behind[:-1] if behind[-1:] == [","] else behind[-1:]))
