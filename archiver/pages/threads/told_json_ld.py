"""Comments and their count in JSON-LD: schema.org's Comment, UserComments and Answer, and the postings of boards."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from archiver.items import Comment, ThreadPage
from archiver.pages import jsonld, text, urls
from archiver.pages.jsonld import Node
from archiver.pages.page import Page
from archiver.pages.threads.json_times import Basis, in_one_order, moment_of
from archiver.pages.threads.marks import is_numbered
from archiver.pages.threads.more import PLATFORM
from archiver.pages.threads.told import Told, Witness

EXTRACTOR: Final = "generic.json-ld 1"
KIND: Final = "json-ld"

_COMMENTS: Final = frozenset(("Comment", "UserComments", "Answer", "CorrectionComment"))
_POSTINGS: Final = frozenset(("DiscussionForumPosting", "Question", "SocialMediaPosting"))
_BELOW: Final = ("comment", "comments", "suggestedAnswer", "acceptedAnswer", "replies", "answer")
_TEXT: Final = ("text", "commentText", "articleBody", "description", "reviewBody")
_AUTHOR: Final = ("author", "creator")
_TIME: Final = ("dateCreated", "datePublished", "commentTime")
_LINK: Final = ("url", "@id", "mainEntityOfPage", "discussionUrl")
_COUNT: Final = ("commentCount", "answerCount")
_COUNTERS: Final = ("interactionStatistic", "interactionCount")
_SPEAKING: Final = re.compile(r"(?:Comment|Reply|Discuss|Answer)\w*Action$|UserComments$")
_MARKUP: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_MAX_COMMENTS: Final = 5000
_CONFIDENCE: Final = 0.8


def witness_of(page: Page) -> Witness | None:
    """What the page's JSON-LD tells of its comments; None where it tells nothing."""
    nodes = jsonld.read(page.root)
    comments = _comments(nodes, page)
    claimed = _claimed(nodes, page.url)
    return Witness(KIND, comments, claimed) if comments or claimed is not None else None


def thread_of(page: Page) -> ThreadPage | None:
    """The thread of a page that shows none, for a script is to write it: as its JSON-LD holds it. None where that holds
    no comments, or a first post without any answer."""
    nodes = jsonld.read(page.root)
    told = _comments(nodes, page)
    if not any(one.is_answer for one in told):
        return None
    ids = _ids(told)
    return ThreadPage(
        platform=PLATFORM,
        id=urls.clean(page.url),
        claimed=_claimed(nodes, page.url),
        comments=tuple(_comment(one, ids, place) for place, one in enumerate(told)),
        evidence=(f"{KIND}: {len(told)} comments, of which the page shows none",),
        extractor=EXTRACTOR,
        confidence=_CONFIDENCE,
    )


def _comments(nodes: Sequence[Node], page: Page) -> tuple[Told, ...]:
    """Comments and postings with words and an author or a time, each once; answers behind what they answer."""
    above = _parents(nodes)
    places: dict[int, int] = {}
    seen: set[tuple[str, str, str]] = set()
    found: list[Told] = []
    basis = Basis(page.at, page.languages)
    for node in nodes:
        if not set(jsonld.types(node)) & (_COMMENTS | _POSTINGS) or len(found) >= _MAX_COMMENTS:
            continue
        told = _told(node, nodes, page.url, basis)
        told.is_answer = bool(set(jsonld.types(node)) & _COMMENTS)
        key = (told.text, told.author or "", told.moment.raw if told.moment else "")
        if not told.text or not (told.author or told.moment) or key in seen:
            continue
        seen.add(key)
        told.above = _above(node, above, places, nodes)
        places[id(node)] = len(found)
        found.append(told)
    for one, moment in zip(found, in_one_order([one.moment for one in found], basis), strict=True):
        one.moment = moment
    return _in_reading_order(found)


def _in_reading_order(told: Sequence[Told]) -> tuple[Told, ...]:
    below: dict[int | None, list[int]] = {}
    for place, one in enumerate(told):
        below.setdefault(one.above, []).append(place)
    order: list[int] = []
    waiting = below.get(None, [])[::-1]
    while waiting:
        order.append(waiting.pop())
        waiting += below.get(order[-1], [])[::-1]
    places = {old: new for new, old in enumerate(order)}
    return tuple(
        replace(told[old], above=places[above] if (above := told[old].above) is not None else None) for old in order
    )


def _parents(nodes: Iterable[Node]) -> dict[int, Node]:
    """Node → the comment or posting in which it is nested as an answer."""
    found: dict[int, Node] = {}
    for node in nodes:
        for name in _BELOW:
            for child in _listed(node.get(name)):
                if isinstance(child, Mapping):
                    found.setdefault(id(child), node)
    return found


def _above(node: Node, above: Mapping[int, Node], places: Mapping[int, int], nodes: Sequence[Node]) -> int | None:
    """The comment that is answered. What answers the first post or the article itself stands at the top."""
    parent: object = node.get("parentItem") or above.get(id(node))
    if isinstance(parent, Mapping) and "@type" not in parent:
        parent = next((one for one in nodes if one.get("@id") == parent.get("@id")), None)
    if isinstance(parent, Mapping) and set(jsonld.types(parent)) & _COMMENTS:
        return places.get(id(parent))
    return None


def _told(node: Node, nodes: Sequence[Node], url: str, basis: Basis) -> Told:
    said = next((words for name in _TEXT if (words := jsonld.text(node, name))), "")
    people = [pair for name in _AUTHOR for pair in jsonld.names(node, name, nodes)]
    links = (link for name in _LINK if (link := _address(node.get(name), url)))
    return Told(
        text=text.text_of_html(said) if _MARKUP.search(said) else said.strip(),
        author=people[0][0].strip() if people else None,
        author_url=next((link for name in _AUTHOR if (link := _address_of_person(node.get(name), url))), None),
        moment=moment_of(((name, node[name]) for name in _TIME if node.get(name)), basis),
        permalink=next(links, None),
        score=_score(node),
    )


def _score(node: Node) -> int | None:
    up, down = _whole(node.get("upvoteCount")), _whole(node.get("downvoteCount"))
    return None if up is None else up - (down or 0)


def _address(value: object, url: str) -> str | None:
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    if not isinstance(value, str) or not value.strip():
        return None
    address = urls.absolute(url, value.strip())
    return address if address and address.partition("#")[::2] != (url.partition("#")[0], "") else None


def _address_of_person(value: object, url: str) -> str | None:
    person = next(iter(_listed(value)), None)
    if not isinstance(person, Mapping):
        return None
    address = next((person[key] for key in ("url", "sameAs") if isinstance(person.get(key), str)), "")
    return urls.absolute(url, address) if address else None


def _claimed(nodes: Iterable[Node], url: str) -> int | None:
    """The count of comments that the page tells of itself: of several that differ the one with its address."""
    counted: list[tuple[int, bool]] = []
    for node in nodes:
        if set(jsonld.types(node)) & _COMMENTS:
            continue
        counts = [_whole(node.get(name)) for name in _COUNT]
        counts += [_counter(one) for name in _COUNTERS for one in _listed(node.get(name))]
        own = any(_leads_to(node.get(name), url) for name in _LINK)
        counted += [(count, own) for count in counts if count is not None]
    of_page = {count for count, own in counted if own} or {count for count, _ in counted}
    return of_page.pop() if len(of_page) == 1 else None


def _leads_to(value: object, url: str) -> bool:
    if isinstance(value, Mapping):
        value = value.get("@id") or value.get("url")
    address = urls.absolute(url, value) if isinstance(value, str) else None
    return address is not None and urls.clean(address) == urls.clean(url)


def _counter(value: object) -> int | None:
    """`UserComments:12`, or an InteractionCounter of comments or replies."""
    if isinstance(value, str):
        of, _, number = value.rpartition(":")
        return _whole(number) if _SPEAKING.search(of) else None
    if not isinstance(value, Mapping):
        return None
    kind: object = value.get("interactionType")
    if isinstance(kind, Mapping):
        kind = next(iter(jsonld.types(kind)), "") or kind.get("@id")
    is_of_comments = isinstance(kind, str) and _SPEAKING.search(kind) is not None
    return _whole(value.get("userInteractionCount")) if is_of_comments else None


def _whole(value: object) -> int | None:
    if isinstance(value, str) and re.fullmatch(r"-?\d{1,9}", value.strip()):
        return int(value)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _listed(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _ids(told: Sequence[Told]) -> list[str]:
    """For each the number in its address, where it is its own; else its place."""
    found: list[str] = []
    taken: set[str] = set()
    for place, one in enumerate(told, start=1):
        own = re.split(r"[#/]", (one.permalink or "").rstrip("/"))[-1]
        if not is_numbered(own) or own in taken:
            own = f"{place}~"
        taken.add(own)
        found.append(own)
    return found


def _comment(told: Told, ids: Sequence[str], place: int) -> Comment:
    moment, parent = told.moment, None if told.above is None else ids[told.above]
    rules = {"published": moment.rule if moment else "", "parent": f"{KIND} nesting" if parent else ""}
    return Comment(
        id=ids[place],
        id_origin="derived" if ids[place].endswith("~") else "native",
        parent_id=parent,
        author=told.author,
        author_url=told.author_url,
        published=moment.utc if moment else None,
        published_local=moment.local if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        text=told.text,
        permalink=told.permalink,
        score=told.score,
        position=place,
        found_by={field: rule for field, rule in rules.items() if rule},
        confidence=_CONFIDENCE,
    )
