"""What is a name, and a name without what is printed around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from archiver.pages.threads import times, words

_EDGES: Final = " \t|·•-–—,:;@()[]¶"
_QUOTED: Final = re.compile(r"([\"'])(.*)\1")
_OPEN_EDGES: Final = " \t|·•-–—,:;@(["
_URL_BEFORE: Final = re.compile(r"https?://\S+\s+(?=\S)")
_NUMBER_BEFORE: Final = re.compile(r"^\W*#?\d{1,4}(?:\.\d{1,3})*(?:[.):]\s*|\s+)(?=[^\W\d])")
_WORD_BEHIND: Final = re.compile(
    r"\s+(?:at|on|am|um|posted|le|el|dne|dňa|den|dnia|tarihinde|於|于|via .{2,20}|,|-|–|—|\||@)\s*$", re.IGNORECASE
)
_STATUS_BEHIND: Final = re.compile(
    r"\s*\((?:not verified|nicht überprüft|non vérifié|no verificado|guest|gast|author|op)\)\s*$", re.IGNORECASE
)
_POST_AUTHOR: Final = re.compile(
    r"\s+(?:post author|article author|beitragsautor(?:in)?|autor de la entrada|autor del artículo"
    r"|auteur de l['’]article|autore (?:articolo|del post)|bericht ?auteur|yazı sahibi|autor (?:do post|wpisu))$",
    re.IGNORECASE,
)
_BRACKETS: Final = (("(", ")"), ("[", "]"))
_JOINT_ALONE: Final = re.compile(r"(?:posted|by|at|on|am|um|von|le|el)(?:\s(?:by|at|on))?\W*", re.IGNORECASE)
"""What is left of 'Posted by: at September 22' where nobody is named."""
_NO_LETTER: Final = re.compile(r"[\W\d]+")


def is_name(text: str) -> bool:
    """Whether the words may be somebody's name: no role, no label, no number, no date."""
    lower = text.lower()
    return not (
        words.ROLE.fullmatch(lower)
        or words.LABEL.fullmatch(lower)
        or _NO_LETTER.fullmatch(text)
        or times.PRINTED.fullmatch(lower)
        or times.CLOCK_ALONE.fullmatch(lower)
        or words.STATUS_BEHIND_NAME.search(lower)
    )


@lru_cache(maxsize=4096)
def clean_name(text: str) -> str:
    """A name without what is printed around it: dates, 'says', 'posted by', numbers, '(not verified)'."""
    text = _URL_BEFORE.sub("", " ".join(text.split()))
    date = times.first_in(words.lowered(text))
    if date:
        text = f"{text[: date.start()]} {text[date.end() :]}" if date.start() < 3 else text[: date.start()]
    text = words.BY_BEFORE_NAME.sub("", _NUMBER_BEFORE.sub("", text))
    text = words.SAYS_AFTER_NAME.sub("", _WORD_BEHIND.sub("", text.strip(_OPEN_EDGES)))
    text = _WORD_BEHIND.sub("", _STATUS_BEHIND.sub("", text).strip(_EDGES)).strip(_EDGES)
    text = _POST_AUTHOR.sub("", text)
    if _JOINT_ALONE.fullmatch(text):
        return ""
    quoted = _QUOTED.fullmatch(text)
    return _closed(quoted[2].strip(_EDGES) if quoted else text)


def _closed(name: str) -> str:
    """A name with the bracket that it needs: 'Ann (of Oslo' has lost it."""
    for opening, closing in _BRACKETS:
        if name.count(opening) == name.count(closing) + 1:
            return name + closing
    return name
