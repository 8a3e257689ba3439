"""Posts of other sites that stand in a page as block quotations with a class of the site's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

_POST: Final = re.compile(
    r"(?:twitter-(?:tweet|video)|instagram-media|tiktok-embed|fb-(?:post|video)|reddit-(?:card|embed-bq)|"
    r"bluesky-embed|mastodon-embed|imgur-embed-pub|wp-embedded-content)"
)
_SIGNED: Final = re.compile(
    r"(?:^|\n)\s*(?:[—–―-]+\s*|A post shared by\s+)(?P<name>[^()\n]{1,80}?)\s*\((?P<handle>@[\w.@-]{1,80})\)[^\n]*\s*$"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """The line under an embedded post: where it begins in the post's text, whose it is, and as it is printed."""

    start: int
    name: str
    printed: str


def is_post(element: HtmlElement) -> bool:
    """Whether an element is an embedded post, by the classes that sites put into what they offer for embedding."""
    return element.tag == "blockquote" and _POST.search(element.get("class") or "") is not None


def address(element: HtmlElement) -> str | None:
    """The address of an embedded post as it stands there: the last link leads to it."""
    links = [link.get("href") for link in element.iter("a") if link.get("href")]
    return element.get("data-instgrm-permalink") or element.get("cite") or (links[-1] if links else None)


def signature(text: str) -> Signature | None:
    """The signature of a post: '— Ada Quill (@adaquill) January 15, 2016'."""
    found = _SIGNED.search(text)
    if found is None:
        return None
    return Signature(found.start(), found["name"].strip(), f"{found['name'].strip()} ({found['handle']})")
