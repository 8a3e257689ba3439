"""Where the rest of a thread is, and how large the page says it is.

Links of a thread's own paging: 'Older comments', page numbers, `rel=next`. On an article's page a bare `rel=next` is
the next article: there a link must speak of comments, by its words or its address. On a forum the page is the thread.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from archiver.items import FollowUp
from archiver.pages import urls
from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs

PLATFORM: Final = "generic"

_COMMENT_PAGE: Final = re.compile(
    r"comment-page-\d+|[?&]cpage=\d+|[?&](?:comment(?:s)?_?page|cp|commentpage|page_comments)=\d+"
    r"|[?&]page=\d+#comm?ent|/comments?/(?:page/?)?\d+(?:[/?#]|$)|comments?[?&]page=\d+"
)
_FORUM_PAGE: Final = re.compile(
    r"[?&;/](?:page|start|offset|st|pagenumber|p)[=/-]\d+|/page/?-?\d+|/p\d+(?:[/?#]|$)|-\d+\.html|[._]\d+(?:\.0)?$|index\d+\.html"
)
_MORE_WORDS: Final = re.compile(
    r"(?:older|newer|previous|next|more|earlier|later|all|load|show|view|weitere|ältere|neuere|vorherige|nächste|alle|mehr"
    r"|précédents|suivants|plus de|anteriores|siguientes|más|tous les|altri|oudere|nieuwere|meer)\b.{0,20}"
    r"(?:comment|kommentar|comentario|commentaire|commenti|reacties|replies|responses|posts|beiträge|antworten)"
    r"|(?:comment|kommentar|comentario|commentaire|commenti|reacties)\w*\s.{0,12}"
    r"(?:older|newer|précédents|suivants|anteriores|siguientes|precedenti|successivi)"
)
_NUMBER_OR_NEXT: Final = re.compile(
    r"\W*(?:\d{1,4}|next|last|weiter|nächste|letzte|suivante?|siguiente|volgende|»|>)\W*"
)
_PAGE_OF: Final = re.compile(
    r"\b(?:page|seite|página|pagina|strona)\s+(\d{1,5})\s+(?:of|von|de|di|van|z)\s+(\d{1,5})\b"
)
_PAGE_IN_ADDRESS: Final = re.compile(
    r"comment-page-(\d{1,6})|[?&](?:cpage|page|commentpage)=(\d{1,6})|/page-?/?(\d{1,6})"
)
_PAGING: Final = re.compile(r"[?&;](?:page|start|offset|st|pagenumber|p)=\d+|/page/?-?\d+/?$|/p\d+/?$")
_MAY_LEAD_ON: Final = re.compile(r"comm?ent|page|start|offset|=\d|/\d|-\d")
_ACTION_ADDRESS: Final = re.compile(r"reply|respond|report|quote|print|sort|share")
_ACCOUNT_ADDRESS: Final = re.compile(r"/(?:log-?in|sign-?in|sign-?up|register|account|user)\b")
_NEAR_LINES: Final = 12
_MAX_FOLLOW_UPS: Final = 200


_Kind = Literal["comment page", "more", "next", "number"]


@dataclass(frozen=True, slots=True)
class More:
    """What the page tells of the thread beyond its comments."""

    claimed: int | None
    follow_ups: tuple[FollowUp, ...]
    page_number: int | None


def more_of(page: Outline, signs: Signs, cut: Cut, url: str) -> More:
    """The count nearest to the thread, links to its other pages, and which page this is."""
    begin, end = cut.spans[0][0], max(span[1] for span in cut.spans)
    first = page.line_of[begin] if begin < len(page.chunks) else 0
    last = page.line_of[end - 1] if end > begin else first
    return More(_claimed(signs, first, last), _follow_ups(page, signs, cut, url), _page_number(page, url, first, last))


def _claimed(signs: Signs, first: int, last: int) -> int | None:
    """The counter nearest before the first record, else just behind the last, else any one outside of the records that
    stands alone on the page."""
    before = [claim for line, claim in signs.counters if first - _NEAR_LINES <= line < first]
    if before:
        return before[-1]
    after = [claim for line, claim in signs.counters if last < line <= last + 3]
    if after:
        return after[0]
    outside = {claim for line, claim in signs.counters if not first <= line <= last}
    return outside.pop() if len(outside) == 1 else None


def _follow_ups(page: Outline, signs: Signs, cut: Cut, url: str) -> tuple[FollowUp, ...]:
    here, found = urls.clean(url), dict[str, None]()
    inside = _InRecords(cut)
    for link in page.links:
        kind = _kind_of(page, signs, link)
        if kind is None or inside.holds(page.begins[link]):
            continue
        address = urls.absolute(url, page.hrefs[link])
        if address is None or not urls.same_host(address, url):
            continue
        target = urls.clean(address)
        if target != here and target not in found and _leads_on(kind, address, here):
            found[target] = None
            if len(found) >= _MAX_FOLLOW_UPS:
                break
    return tuple(
        FollowUp(url=target, platform=PLATFORM, thread_id=here, purpose="next page", needed=True) for target in found
    )


def _kind_of(page: Outline, signs: Signs, link: int) -> _Kind | None:
    """What a link looks like, told before its address is taken apart: that costs far more."""
    href = page.hrefs[link].lower()
    if not _MAY_LEAD_ON.search(href):
        return None
    if _COMMENT_PAGE.search(href):
        return "comment page"
    begin, end = page.begins[link], page.ends[link]
    if end - begin > 6 or "#" in href:
        return None
    text = page.text(begin, end).lower()
    if len(text) < 60 and _MORE_WORDS.search(text):
        return "more"
    if not signs.is_forum:
        return None
    is_next = "next" in (page.elements[link].get("rel") or "").split()
    if is_next:
        return "next"
    return "number" if _NUMBER_OR_NEXT.fullmatch(text) else None


def _leads_on(kind: _Kind, address: str, here: str) -> bool:
    lower = address.lower()
    if _ACTION_ADDRESS.search(lower.partition("?")[2]) or _ACCOUNT_ADDRESS.search(lower):
        return False
    if kind == "comment page":
        return not re.search(r"#comment-\d", lower)
    if kind == "more":
        return _path(address) == _path(here) or _path(address).startswith(_path(here).rstrip("/") + "/")
    return (kind == "next" or _FORUM_PAGE.search(lower) is not None) and _is_same_topic(address, here)


def _is_same_topic(address: str, here: str) -> bool:
    """Whether two addresses differ in nothing but numbers that count pages."""
    return _without_page(address) == _without_page(here)


def _without_page(address: str) -> str:
    bare = re.sub(
        r"[?&;](?:page|start|offset|st|pagenumber|p)=\d+|/page/?-?\d+/?$|/p\d+/?$", "", urls.clean(address).lower()
    )
    return bare.rstrip("/?&")


def _path(address: str) -> str:
    return address.partition("#")[0].partition("?")[0]


def _page_number(page: Outline, url: str, first: int, last: int) -> int | None:
    for line in (
        *range(max(0, first - _NEAR_LINES), first),
        *range(last + 1, min(len(page.lines), last + 1 + _NEAR_LINES)),
    ):
        if found := _PAGE_OF.search(page.lower_lines[line]):
            return int(found[1])
    if found := _PAGE_IN_ADDRESS.search(url.lower()):
        return int(next(number for number in found.groups() if number))
    return None


class _InRecords:
    """Whether a chunk lies in a record: what people link to in their comments is no paging."""

    def __init__(self, cut: Cut) -> None:
        self._inside = {chunk for begin, end in cut.spans for chunk in range(begin, end)}

    def holds(self, chunk: int) -> bool:
        return chunk in self._inside
