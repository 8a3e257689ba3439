"""What a page says of itself in JSON-LD (schema.org), whatever shape its author gave it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from lxml.html import HtmlElement

Node = Mapping[str, Any]

MAX_NODES: Final = 5000
MAX_CHARACTERS: Final = 4_000_000

_WRAPPING: Final = re.compile(r"^\s*(?://\s*)?(?:<!--|<!\[CDATA\[)|(?://\s*)?(?:-->|\]\]>)\s*;?\s*$")
_ARTICLE: Final = re.compile(
    r"\w*Article|BlogPosting|LiveBlogPosting|SocialMediaPosting|Report|Review|CriticReview|OpinionPiece|Recipe|HowTo"
)
_PERSON_LIKE: Final = frozenset(("Person", ""))


def read(root: HtmlElement) -> tuple[Node, ...]:
    """All objects in the page's JSON-LD, outer before inner, each with its `@type`. Broken scripts are passed over."""
    scripts = root.iter("script")
    texts = (script.text or "" for script in scripts if "ld+json" in (script.get("type") or "").lower())
    return tuple(node for text in texts for node in _nodes(_parse(text)))


def types(node: Node) -> tuple[str, ...]:
    """The names of its types, without the vocabulary's address."""
    given = node.get("@type")
    names = given if isinstance(given, list) else [given]
    return tuple(name.rpartition("/")[2] for name in names if isinstance(name, str))


def articles(nodes: Iterable[Node]) -> tuple[Node, ...]:
    """Those that are articles of some kind and have a headline, a date or a body."""
    found = (node for node in nodes if any(_ARTICLE.fullmatch(name) for name in types(node)))
    return tuple(node for node in found if node.keys() & {"headline", "name", "datePublished", "articleBody"})


def text(node: Node, key: str) -> str | None:
    """A field as words: the first, where there are several."""
    return next(iter(texts(node, key)), None)


def texts(node: Node, key: str) -> tuple[str, ...]:
    """A field's words, one for each value; of an object, its name, address or id."""
    return tuple(found for value in _listed(node.get(key)) if (found := _words(value)))


def names(node: Node, key: str, nodes: Sequence[Node]) -> tuple[tuple[str, bool], ...]:
    """The people or bodies in a field, each with whether it is a person. An `@id` is looked up among `nodes`."""
    by_id = {other["@id"]: other for other in nodes if isinstance(other.get("@id"), str) and other.get("name")}
    found = []
    for value in _listed(node.get(key)):
        whole = by_id.get(value.get("@id"), value) if isinstance(value, Mapping) and not value.get("name") else value
        person = not isinstance(whole, Mapping) or not types(whole) or "Person" in types(whole)
        given = _listed(whole.get("name")) if isinstance(whole, Mapping) else [whole]
        found += [(name, person) for name in given if isinstance(name, str) and name.strip()]
    return tuple(found)


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        value = next((value[key] for key in ("name", "@value", "url", "@id") if isinstance(value.get(key), str)), "")
    return str(value).strip() if isinstance(value, str | int | float) and not isinstance(value, bool) else ""


def _parse(script: str) -> Any:
    source = _WRAPPING.sub("", script).strip().rstrip(";")
    if not source or len(source) > MAX_CHARACTERS:
        return None
    try:
        return json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return None


def _nodes(document: Any) -> Iterator[Node]:
    """Walks lists and objects breadth first, without recursion: a page may nest them as deep as it likes."""
    waiting, seen = [document], 0
    while waiting and seen < MAX_NODES:
        following: list[Any] = []
        for value in waiting:
            seen += 1
            if isinstance(value, Mapping):
                if "@type" in value:
                    yield value
                following += [inner for inner in value.values() if isinstance(inner, Mapping | list)]
            elif isinstance(value, list):
                following += value
        waiting = following
