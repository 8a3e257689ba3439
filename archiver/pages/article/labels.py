"""What lines say that frame an article: by lines and dates above it, labels and calls below it. In the languages of the
pages that were seen: English, German, French, Spanish, Portuguese."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

_FEW_WORDS: Final = 4
"""A label may end like a sentence; a sentence has more words."""
_ENDS: Final = (".", "!", "?", "…", "”", '"', "’", "»")

_ABOVE: Final = re.compile(
    r"""
      (?:posted|written|published|updated|last\s+(?:updated|modified)|created|submitted|added)\b.{0,120}
      (?:\b(?:tags?|filed|categor(?:y|ies))\b.*)?
    | (?:by|von|par|por|door)\s+[^\W\d_][\w.’' -]{1,60}(?:[|,·•–—-]?\s.{0,60})?
    | (?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s)?
      (?:[^\W\d_]{3,10}\.?\s\d{1,2}|\d{1,2}\.?\s[^\W\d_]{3,10}),?\s\d{4}.{0,40}
    | (?:by\s.{1,60}\s)?(?:filed\ under|categor(?:y|ies)|tags?|labels|full\ list\ of\ categories)\b\s*:?\s.{0,150}
    | (?:by\s.{1,60}\s)?in:?\s(?-i:[A-Z]).{0,60}[^:]
    | share\ this\ article | \d+\s+comments? | (?:no|leave\ a|add\ a|post\ a)\s+comments?
    | share | print | e-?mail | tweet | home\s*[>»/].* | .*\breading\ time\b.* | \d+\s+min(?:utes?)?\s+read
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BELOW: Final = re.compile(
    r"""
      (?:author|autor(?:in)?|auteur|written\ by|posted\ by|by)\s*:.{0,100}
    | share(?:\s+(?:this|on|it|via|post)\b.{0,60})?\s*:?
    | (?:tags?|tagged(?:\s+(?:with|as|in))?|filed\s+(?:under|in)|categor(?:y|ies|ized\s+(?:as|in))
        |posted\s+(?:in|on|by|under)|labels|topics?|keywords)\b\s*:?.{0,150}
    | (?:originally\s+)?posted\s*:?\s.{0,40}\d.{0,80}
    | related(?:\s+(?:posts?|articles?|stories|content|reading|news|topics))?\s*:?
    | (?:you\s+(?:may|might)\s+also\s+like|see\s+also|read\s+(?:more|next|also)|more\s+(?:from|on|in|stories)
        |recommended|also\s+read)\b.{0,120}
    | teilen?\b.{0,60} | mehr\s+(?:zum\s+thema|von|aus)\b.{0,100} | partager\b.{0,60} | lire\s+aussi\b.{0,120}
    | compart(?:ir|e)\b.{0,60} | leia\s+(?:também|mais)\b.{0,120} | lee\s+también\b.{0,120}
    | (?:\d+|no)\s+(?:comments?|responses?|replies)(?:.{0,30}|.{1,10}\b(?:published|filed|posted)\b.{0,100}) | comments?
    | this\s+post[’']s\s+comment\s+feed | .{0,100}\s@\s\d\d?:\d\d(?:\s?[ap]m)?
    | posted\s+by\b.{1,60}\bview\s+all\s+posts\b.{0,60} | (?:previous|prev)\b[\s\d/|]*\bnext
    | (?:post\s+)?views?\s*:\s*[\d,.]+ | print(?:\s+this.*)? | e-?mail(?:\s+this.*)? | permalink.* | trackback.*
    | advertisements? | bookmark(?:\s+to)?\s*:? | \[?image\s+credit\]? | more\s+posts.{0,40} | author\s+website
    | (?:tweet|like|pin\s+it|facebook|twitter|google\+?|linkedin|whatsapp|reddit|pinterest|tumblr|email|more)
      (?:[\s|,·•]+(?:tweet|like|pin\s+it|facebook|twitter|google\+?|linkedin|whatsapp|reddit|pinterest|tumblr
        |e-?mail|print|more))*
    | your\s+rating.* | average\s*:.* | loading\s*(?:\.\.\.|…)?
    | (?:previous|next|older|newer)\s+(?:post|article|story|entry)\b.{0,100} | [«»←→‹›<>]+.{0,100}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_CALLS: Final = re.compile(
    r"""
      (?:click\s+here\s+to\s+)?(?:subscribe|sign\s+up|follow\s+(?:us|me|@)|like\s+(?:us|this)|join\s+(?:us|our))\b.{0,150}
    | (?:to\s+receive|get)\b.{0,60}\b(?:subscribe|sign\s+up)\b.{0,80}
    | (?:leave|post|add|write)\s+(?:a\s+|your\s+)?(?:comment|reply).*
    | comments?\s+are\s+(?:closed|off).* | dieser\s+artikel\s+hat\s+\d+\s+kommentare.*
    | this\s+entry\s+was\s+posted.* | (?:a\s+version\s+of\s+)?this\s+article\s+(?:(?:first|originally)\s+)?appeared\b.*
    | (?:©|\(c\)\s|copyright\b).* | sharing\s+is\s+caring.* | be\s+sociable.* | share\s+and\s+enjoy.*
    | if\s+you\s+(?:enjoyed|liked?)\s+this\b.* | rate\s+this.*
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SECTIONS: Final = re.compile(
    r"""
      about\s+(?:the\s+)?(?:author|writer|contributor)s?\b.{0,60}
    | (?:sign[\s-]?up|subscribe)\s+(?:to|for|here|now|today)\b.{0,80} | (?:never|don[’']t)\s+miss\b.{0,60}
    | (?:leave|post|add|write)\s+(?:a\s+|your\s+)?(?:comment|reply)\W*
    | (?:reader\s|leser)?(?:comments?|kommentare|commentaires|comentarios|comentários)(?:\s*\(\d+\))?\s*[:»]?
    | \d+\s+(?:comments?|responses?|replies|thoughts|kommentare?|commentaires?|comentarios?|comentários?)\b[^.]{0,120}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_LISTS: Final = re.compile(
    r"""
      (?:related|similar|recommended|popular|recent)\b.{0,60}
    | .{0,40}\byou\s+(?:may|might|will)\s+(?:also\s+)?(?:like|enjoy)\b.{0,20}
    | more\s+(?:from|on|in|by)\b.{0,60} | also\s+(?:on|in)\b.{0,40} | read\s+(?:also|next)\b.{0,40}
    """,
    re.IGNORECASE | re.VERBOSE,
)


def is_sentence(text: str) -> bool:
    """Whether a line ends like a sentence, and is longer than a label."""
    return text.endswith(_ENDS) and len(text.split()) >= _FEW_WORDS


def is_above(text: str) -> bool:
    """Whether a line above the first paragraph tells who wrote the article, when and under what."""
    return not is_sentence(text) and _ABOVE.fullmatch(text) is not None


def is_below(text: str) -> bool:
    """Whether a line below the last paragraph is a label, or calls to do something. Calls may be sentences."""
    return _CALLS.fullmatch(text) is not None or (not is_sentence(text) and _BELOW.fullmatch(text) is not None)


def begins_section(text: str, authors: Collection[str] = ()) -> bool:
    """Whether a line is the heading of the author's box, a newsletter, the comments, the comment form."""
    return _SECTIONS.fullmatch(text) is not None or any(text == f"About {name}" for name in authors)


def begins_list(text: str) -> bool:
    """Whether a line is the heading of a list of other articles, if titles follow."""
    return not is_sentence(text) and _LISTS.fullmatch(text) is not None
