"""What a class name, an id or an address says about an element. Asked for every tag, so every answer is remembered."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from archiver.pages.threads import words

COMMENT: Final = 1
ASIDE: Final = 2
FORM: Final = 4
AUTHOR: Final = 8
BODY: Final = 16
POST: Final = 32
HOSTED: Final = 64
SURE: Final = 128
"""Marks, added up: plain numbers, for they are tested a thousand times a page."""

_TWO_DIGITS: Final = re.compile(r"\d\d")
"""In the address of every comment that has no fragment: a quick test before a slow one."""
_LEAST_HEX: Final = 10
"""Fewer letters than this are no hexadecimal number, and there is none to look for in most names."""
_SLUG: Final = re.compile(r"[-_+ ]|%20")
_MANY_WORDS: Final = 2
"""Breaks between words that only a title has."""
_MAX_NAMES: Final = 12
"""An element with more class names than this is a joke; the rest is not read."""

_NAMES: Final = (
    (COMMENT, words.COMMENT_NAME),
    (ASIDE, words.ASIDE_NAME),
    (FORM, words.FORM_NAME),
    (AUTHOR, words.AUTHOR_NAME),
    (BODY, words.BODY_NAME),
)
_SET_NAMES: Final = (
    *_NAMES,
    (POST, words.POST_NAME),
    (HOSTED, words.HOSTED_NAME),
    (SURE, words.SURE_NAME),
)


@lru_cache(maxsize=4096)
def marks_of(name: str) -> int:
    """The marks of a class attribute or an id, as one number."""
    found = 0
    for each in name.split():
        found |= _marks_of_one(each)
    return found


@lru_cache(maxsize=4096)
def _marks_of_one(name: str) -> int:
    """Most class names are those of other elements and other pages: each is looked at by itself, once."""
    pattern, found = masked(name), 0
    for mark, names in _NAMES:
        if names.search(pattern):
            found |= mark
    return found


@lru_cache(maxsize=4096)
def marks_of_set(name: str) -> int:
    """The marks of the masked name of a set, with those that only a set can have."""
    found = 0
    for mark, pattern in _SET_NAMES:
        if pattern.search(name):
            found |= mark
    return found


@lru_cache(maxsize=4096)
def names_of(classes: str) -> tuple[str, ...]:
    """The class names of an element that tell its kind: numbers masked, variants ('odd', 'depth-3') left out."""
    return tuple(filter(None, map(_kind_name, dict.fromkeys(classes.lower().split()[:_MAX_NAMES]))))


@lru_cache(maxsize=4096)
def _kind_name(name: str) -> str | None:
    return None if words.VARIANT_NAME.match(name) else masked(name)


@lru_cache(maxsize=4096)
def kind_of(tag: str, classes: str) -> str:
    """Equal for elements of one kind: tag and class names in one order."""
    return f"{tag}.{' '.join(sorted(names_of(classes)))}"


@lru_cache(maxsize=4096)
def masked(name: str) -> str:
    """A name in lower case with `#` for every number in it."""
    lower = name.lower()
    return lower if len(lower) < _LEAST_HEX and lower.isalpha() else words.NUMBERED.sub("#", lower)


@lru_cache(maxsize=4096)
def link_pattern(href: str) -> str | None:
    """How the addresses of comments on one page look alike (`comment-#`); None for a link that cannot be one."""
    if "#" in href:
        fragment = masked(href.rsplit("#", 1)[1][:200])
        return fragment if "#" in fragment else None
    if len(href) >= 300 or not _TWO_DIGITS.search(href) or not words.PERMALINK.search(href.lower()):
        return None
    tail = href.replace("&", "?").rsplit("?", 1)[1] if "?" in href else "/".join(href.rsplit("/", 3)[-3:])
    return masked(tail)[:60]


@lru_cache(maxsize=4096)
def is_profile(href: str) -> bool:
    """Whether a link leads to a person's page on the same site."""
    return words.PROFILE.search(href.lower()) is not None


@lru_cache(maxsize=4096)
def is_numbered(name: str) -> bool:
    """Whether an id holds a number: one of many of its kind."""
    return words.NUMBERED.search(name.lower()) is not None


@lru_cache(maxsize=256)
def is_of_forum(url: str) -> bool:
    """Whether an address names a board. Of a title in it ('the-answer-to-everything') only the first word is read."""
    parts = urlsplit(url.lower())
    steps = (step if len(_SLUG.findall(step)) < _MANY_WORDS else _SLUG.split(step)[0] for step in parts.path.split("/"))
    return words.FORUM_NAME.search(f"{parts.netloc}/{'/'.join(steps)}/?{parts.query}") is not None
