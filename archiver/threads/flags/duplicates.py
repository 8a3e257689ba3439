"""The same words twice in a thread: a comment sent again, or copied from somebody."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import blake2b

from archiver.threads.flags.values import Flag
from archiver.threads.links.values import Said
from archiver.threads.links.words import Words

MIN_WORDS, MIN_WORDS_OF_ONE = 6, 2
"""Words from which two comments are not alike by chance: of two people ('I agree' is nobody's), of one."""


def find(comments: Sequence[Said]) -> Iterator[Flag]:
    """Flags each comment whose words an earlier one has; marks, case and blanks do not count."""
    seen: dict[bytes, list[Said]] = {}
    for comment in comments:
        words = Words(comment.text).forms
        if len(words) < MIN_WORDS_OF_ONE:
            continue
        digest = blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=12).digest()
        earlier = seen.setdefault(digest, [])
        own = next((each for each in earlier if each.author is not None and each.author == comment.author), None)
        if own is not None:
            yield _flag(comment, f"the same person said the same in comment {own.id}", 1.0)
        elif earlier and len(words) >= MIN_WORDS:
            yield _flag(comment, f"the same words as comment {earlier[0].id}", 0.9)
        earlier.append(comment)


def _flag(comment: Said, rule: str, score: float) -> Flag:
    return Flag(comment_id=comment.id, kind="duplicate", rule=rule, score=score)
