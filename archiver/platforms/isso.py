"""Isso: comments that a small service of the site's own gives as JSON, all of a thread in one answer.

Source: isso-comments.de/docs (API, client configuration) and answers of Isso 0.14; `embed.js` says how the thread is
named (`data-isso-id`, else the path of the page) and that 404 means a thread without comments.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from archiver.items import Comment, CommentState, FollowUp, ThreadPage
from archiver.pages import dates, paths, text, urls
from archiver.pages.page import Page
from archiver.platforms import Candidate

NAME = "isso"
RANK = 200
EXAMPLE = "https://isso-comments.de/docs/guides/quickstart/"
EXTRACTOR = "isso 1"

_ID = "isso-thread"
_THREAD = paths.elements(f'//*[@id="{_ID}"]')
_SERVICE = paths.values("//script[@data-isso]/@data-isso")
_SCRIPT = paths.values('//script[contains(@src, "/js/embed.")]/@src')
_STATES: Mapping[int, CommentState] = {1: "visible", 2: "hidden", 4: "deleted"}


def detect(page: Page) -> Iterator[Candidate]:
    """A thread where the page has the element that Isso fills. Its script alone only counts comments elsewhere."""
    places = _THREAD(page.root) if _ID in page.text else []
    if places:
        service = _service(page)
        name = places[0].get("data-isso-id") or _path(page.url)
        yield Candidate(
            thread_id=name,
            evidence=("#isso-thread", *(("data-isso",) if service else ())),
            context={"service": service or "", "page": page.url.partition("#")[0]},
        )


def extract(page: Page, candidate: Candidate) -> ThreadPage:
    """On the page itself the request that brings the thread; the comments, where this is the answer to it."""
    if page.follow_up is not None:
        return _answer(page, candidate)
    service = candidate.context["service"]
    return ThreadPage(
        platform=NAME,
        id=candidate.thread_id,
        follow_ups=(_ask(candidate, "api"),) if service else (),
        gap=None if service else "the page does not name its Isso service",
        regions=(f'//*[@id="{_ID}"]',),
        evidence=candidate.evidence,
        extractor=EXTRACTOR,
    )


def _service(page: Page) -> str | None:
    """The service's address without a slash at its end: `data-isso`, else where `embed.js` comes from."""
    for told in _SERVICE(page.root):
        return (urls.absolute(page.url, str(told)) or "").rstrip("/") or None
    for source in _SCRIPT(page.root):
        address, found, _ = (urls.absolute(page.url, str(source)) or "").rpartition("/js/embed.")
        if found:
            return address
    return None


def _path(url: str) -> str:
    """The path as a browser's `location.pathname` gives it: escaped."""
    return quote(urlsplit(url).path, safe="/%:@!$&'()*+,;=~-._") or "/"


def _ask(candidate: Candidate, purpose: str, **more: str) -> FollowUp:
    asked = urlencode({"uri": candidate.thread_id, **more}, quote_via=quote, safe="")
    return FollowUp(
        url=f"{candidate.context['service']}/?{asked}",
        platform=NAME,
        thread_id=candidate.thread_id,
        purpose="api" if purpose == "api" else "replies",
        context=candidate.context,
    )


def _answer(page: Page, candidate: Candidate) -> ThreadPage:
    if page.status == 404:
        return ThreadPage(
            platform=NAME, id=candidate.thread_id, source="api", state="open", claimed=0, extractor=EXTRACTOR
        )
    answer = _json(page)
    if answer is None:
        gap = f"Isso answered {page.status} and no comments"
        return ThreadPage(platform=NAME, id=candidate.thread_id, source="api", gap=gap, extractor=EXTRACTOR)
    found = list(_all_comments(answer))
    whole = page.follow_up is not None and page.follow_up.purpose == "api"
    return ThreadPage(
        platform=NAME,
        id=candidate.thread_id,
        source="api",
        state="open",
        claimed=_claimed(answer, found) if whole else None,
        comments=tuple(_comment(one, index, candidate) for index, one in enumerate(found)),
        follow_ups=tuple(_hidden(answer, found, candidate)),
        evidence=("Isso API",),
        extractor=EXTRACTOR,
    )


def _json(page: Page) -> Mapping[str, Any] | None:
    if page.status != 200:
        return None
    try:
        answer = page.json
    except ValueError:
        return None
    return answer if isinstance(answer, dict) and isinstance(answer.get("replies"), list) else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Told:
    """One comment of an answer: where it stands in it, and the one around it."""

    fields: Mapping[str, Any]
    pointer: str
    parent: int | None
    depth: int


def _all_comments(answer: Mapping[str, Any]) -> Iterator[_Told]:
    """All comments in reading order: each followed by its replies."""
    base = answer.get("id") if isinstance(answer.get("id"), int) else None
    waiting = _replies(answer, "", base, 0 if base is None else 1)
    while waiting:
        one = waiting.pop()
        yield one
        waiting.extend(_replies(one.fields, one.pointer, one.fields["id"], one.depth + 1))


def _replies(around: Mapping[str, Any], pointer: str, parent: int | None, depth: int) -> list[_Told]:
    """The replies that an answer or a comment holds, the last one first."""
    told = around.get("replies")
    found = [
        _Told(fields=one, pointer=f"{pointer}/replies/{index}", parent=parent, depth=depth)
        for index, one in enumerate(told if isinstance(told, list) else ())
        if isinstance(one, dict) and isinstance(one.get("id"), int)
    ]
    return found[::-1]


def _claimed(answer: Mapping[str, Any], found: Sequence[_Told]) -> int | None:
    """How many comments the service says there are. Isso before 0.13 counts only those that answer the article."""
    total = answer.get("total_replies")
    if not isinstance(total, int):
        return None
    tops = sum(one.depth == 0 for one in found) + _count(answer.get("hidden_replies"))
    below = sum(_count(one.fields.get("total_replies")) for one in found)
    return total + below if below and total == tops else total


def _count(told: object) -> int:
    return told if isinstance(told, int) and told > 0 else 0


def _hidden(answer: Mapping[str, Any], found: Sequence[_Told], candidate: Candidate) -> Iterator[FollowUp]:
    """Requests for what the answer counts and leaves out: it goes on after the last comment of each level."""
    levels = [(answer, None if answer.get("id") is None else str(answer["id"]))]
    levels += [(one.fields, str(one.fields["id"])) for one in found]
    for level, name in levels:
        shown = [one for one in level.get("replies") or () if isinstance(one, dict)]
        if _count(level.get("hidden_replies")):
            last = {"after": str(shown[-1]["created"])} if shown and "created" in shown[-1] else {}
            yield _ask(candidate, "replies", **({"parent": name} if name else {}), **last)


def _comment(one: _Told, index: int, candidate: Candidate) -> Comment:
    told = one.fields
    state = _STATES.get(told.get("mode", 1), "hidden")
    rendered = str(told.get("text") or "") if state != "deleted" else ""
    body = text.parse_fragment(rendered)
    created = told.get("created")
    time = dates.from_epoch(created, "created") if isinstance(created, int | float) else None
    parent = told.get("parent") if isinstance(told.get("parent"), int) else one.parent
    page = candidate.context.get("page", "")
    return Comment(
        id=str(told["id"]),
        parent_id=str(parent) if parent is not None else None,
        author=text.collapse(str(told.get("author") or "")) or None,
        author_url=urls.absolute(page, str(told.get("website") or "")),
        published=time.utc if time else None,
        published_raw=str(created) if created is not None else None,
        published_precision=time.precision if time else None,
        text=text.text_of(body),
        html=rendered.strip(),
        links=text.links_of(body, page),
        permalink=f"{page}#isso-{told['id']}" if page else None,
        state=state,
        score=_count(told.get("likes")) - _count(told.get("dislikes")),
        depth=one.depth,
        position=index,
        locator=one.pointer,
        found_by={"parent": "api", "published": "created"},
    )
