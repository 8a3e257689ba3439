"""What a theme says of the elements of a comment, told by their class names, ids and links.

The rule behind it: WordPress lets commenters write neither class nor id (wp_kses). An element inside a comment that
has one is the theme's, and the words in it say what it is for; so does what it links to.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice
from typing import TypeAlias

from lxml.html import HtmlElement

from archiver.platforms.wordpress.boxes import Box

Marks: TypeAlias = Mapping[HtmlElement, frozenset[str]]

HEAD = frozenset(("fn", "author", "date", "permalink", "meta", "number"))
"""Meanings of what stands over or under a comment: who, when, which."""

NEAR = 12
"""How many levels apart two elements of one comment are taken to be: to look further costs time in deep threads."""

FURNITURE = frozenset(("reply", "edit", "held", "says", "noise", "avatar"))
"""Meanings of what is no part of a comment at all."""

_SUBSTANCE = frozenset(("fn", "author", "text"))
_MEANINGS: dict[str, re.Pattern[str]] = {
    "fn": re.compile(r"^fn$"),
    "author": re.compile(
        r"^(?:[a-z]{1,4}-(?:block-)?)?(?:comment(?:er|ator|ers|s)?|com|cmt|user|poster)?[-_]*(?:author|authour|commenter|"
        r"commentator|username|user[-_]name|name|nick(?:name)?|autor|auteur|autore|byline|by|poster)"
        r"s?(?:[-_]+(?:name|link|url|title|n|text|inner))?$"
    ),
    "avatar": re.compile(r"avatar|gravatar|^photo$"),
    "date": re.compile(
        r"(?:^|[-_])(?:date|time|datetime|timestamp|published|posted|dateline|datum|fecha|ago|when|day)(?:[-_]|$)"
        r"|^(?:comment|com)(?:date|time)$|^(?:date|time)(?:line|stamp)?$"
    ),
    "meta": re.compile(r"(?:^|[-_])(?:comment|com)?(?:meta|metadata|postinfo|header|head)$"),
    "reply": re.compile(r"(?:^|[-_])(?:reply|replies|respond|replylink|antworten)(?:[-_]|$)|^cancel-comment"),
    "edit": re.compile(r"(?:^|[-_])edit(?:[-_]|$)"),
    "held": re.compile(r"awaiting[-_]moderation|moderat(?:ion|ed)"),
    "says": re.compile(r"^says?$"),
    "noise": re.compile(
        r"(?:^|[-_])(?:rating|votes?|voting|(?:dis)?likes?|share|sharing|sharedaddy|social|report|flag|abuse|badge|permalink"
        r"|toolbar|actions?|buttons?|btn|karma|thumbs?|tooltip|role|controls|screen-reader-text|ip)(?:[-_]|$)"
    ),
    "number": re.compile(r"(?:^|[-_])(?:num(?:ber)?|nr|counter|index|count)$"),
    "text": re.compile(
        r"^(?:[a-z]{1,4}-(?:block-)?)?comment(?:ary|s)?[-_]*(?:content|text|txt|message|msg|copy|entry|post|description"
        r"|excerpt)(?:[-_]*(?:inner|box|block|wrap|wrapper|content|text))?$|^(?:entry|entry-content|the-comment|format_text)$"
    ),
}
_ANCHOR = re.compile(r"#(?:li-|div-)?comment-(\d{1,18})$")
_NUMBER_IN_ID = re.compile(r"[-_]*\d+$")


def of_box(box: Box) -> Marks:
    """The meanings of the elements of a comment; elements that mean nothing are left out."""
    roots = set(box.roots)
    marks = {element: said for element in box.own if element not in roots and (said := _said(element, box.id))}
    for element, said in list(marks.items()):
        if said & _SUBSTANCE:
            for around in islice(element.iterancestors(), 6):
                if around in marks:  # `comments_reply` around a whole comment is a wrapper, no button
                    marks[around] = marks[around] - FURNITURE
    return marks


def anchored_at(href: str | None) -> str | None:
    """The id of the comment that a link leads to."""
    found = _ANCHOR.search(href or "")
    return found[1] if found else None


def is_reply(element: HtmlElement) -> bool:
    """Whether this is a link to answer a comment."""
    if element.tag != "a":
        return False
    href = element.get("href") or ""
    return "replytocom=" in href or href == "#respond" or "comment-reply-link" in (element.get("class") or "")


def _said(element: HtmlElement, number: str) -> frozenset[str]:
    names, own_id = element.get("class"), element.get("id")
    if own_id:
        names = f"{names or ''} {_NUMBER_IN_ID.sub('', own_id)}"
    said = _meanings(names) if names else frozenset()
    done = _behaviour(element, number)
    return said | {done} if done else said


def _behaviour(element: HtmlElement, number: str) -> str | None:
    if element.tag == "a":
        href = element.get("href") or ""
        if is_reply(element) or href.startswith("javascript:"):
            return "reply"
        if anchored_at(href) == number:
            return "permalink"
        if "action=editcomment" in href:
            return "edit"
        return "author" if "url" in (element.get("class") or "").split() else None  # get_comment_author_link()
    if element.tag == "time":
        return "date"
    return "noise" if element.tag in ("form", "button") else None


@lru_cache(maxsize=4096)
def _meanings(names: str) -> frozenset[str]:
    words = names.lower().split()
    return frozenset(meaning for meaning, form in _MEANINGS.items() if any(form.search(word) for word in words))
