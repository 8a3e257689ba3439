"""The REST API of WordPress: every approved comment with its parent and its time in UTC, a hundred an answer.

Source: developer.wordpress.org/rest-api/reference/comments; answers seen on WordPress 6.1. The API does not list
pingbacks and trackbacks, and does list comments below a parent that is hidden. It is switched off on many sites:
then the pages of the thread are asked instead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from archiver.items import Comment, CommentKind, FollowUp, ThreadPage
from archiver.pages import dates, text, urls
from archiver.pages.page import Page
from archiver.platforms.wordpress.context import NAME, PER_PAGE, Context

EXTRACTOR = "wordpress.rest 1"
MAX_ANSWERS = 5000
_KINDS: Mapping[str, CommentKind] = {"pingback": "pingback", "trackback": "trackback"}


def extract(page: Page, thread_id: str, context: Context) -> ThreadPage:
    """The comments of one answer. A refusal leads to the thread's pages and is no gap by itself."""
    found = _comments(page, context.post_id)
    if found is None:
        return ThreadPage(
            platform=NAME,
            id=thread_id,
            source="api",
            follow_ups=context.without_api(thread_id),
            evidence=(f"REST API refused: {page.status}",),
            extractor=EXTRACTOR,
        )
    comments = tuple(_comment(told, index, page.url) for index, told in found)
    total = _header(page, "x-wp-total")
    believed = total is not None and total >= len(comments) and not (total == 0 and context.comments)
    return ThreadPage(
        platform=NAME,
        id=thread_id,
        source="api",
        claimed=total if believed else None,
        claimed_kinds="comments",
        comments=comments,
        follow_ups=(
            *_more(page, thread_id, context),
            *(context.beside_api(thread_id, total) if context.answer == 1 else ()),
        ),
        page_number=context.answer,
        evidence=("REST API",),
        extractor=EXTRACTOR,
    )


def _more(page: Page, thread_id: str, context: Context) -> Iterator[FollowUp]:
    """The further answers: all at once where the first one says how many there are, else one after the other."""
    last = _header(page, "x-wp-totalpages")
    if last is None:
        last = context.answer + 1 if len(page.json) >= PER_PAGE else 1
    elif context.answer > 1:
        return
    for number in range(context.answer + 1, min(last, MAX_ANSWERS) + 1):
        yield context.ask_api(thread_id, number)


def _header(page: Page, name: str) -> int | None:
    told = next(iter(page.header(name)), "").strip()
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else None


def _comments(page: Page, post_id: str) -> list[tuple[int, Mapping[str, Any]]] | None:
    """The comments of an answer with their place in it; None for a refusal, or an answer to another question."""
    if page.status != 200:
        return None
    try:
        answer = page.json
    except ValueError:
        return None
    if not isinstance(answer, list):
        return None
    told: list[tuple[int, Mapping[str, Any]]] = [
        (i, one) for i, one in enumerate(answer) if isinstance(one, dict) and isinstance(one.get("id"), int)
    ]
    others = any(post_id and str(one.get("post", post_id)) != post_id for _, one in told)
    return None if others else told


def _comment(told: Mapping[str, Any], index: int, base: str) -> Comment:
    content = told.get("content")
    rendered = str(content.get("rendered") or "") if isinstance(content, dict) else ""
    body = text.parse_fragment(rendered)
    utc = dates.from_iso(f"{told['date_gmt']}Z", "date_gmt") if isinstance(told.get("date_gmt"), str) else None
    local = dates.from_iso(str(told.get("date") or ""), "date")
    parent, author = told.get("parent"), told.get("author")
    return Comment(
        id=str(told["id"]),
        parent_id=str(parent) if isinstance(parent, int) and parent > 0 else None,
        author=text.collapse(text.text_of_html(str(told.get("author_name") or ""))) or None,
        author_id=str(author) if isinstance(author, int) and author > 0 else None,
        author_url=urls.absolute(base, str(told.get("author_url") or "")),
        published=utc.utc if utc else None,
        published_local=local.local if local else None,
        published_raw=str(told.get("date_gmt") or told.get("date") or "") or None,
        published_precision="second" if utc or local else None,
        text=text.text_of(body),
        html=rendered.strip(),
        links=text.links_of(body, base),
        permalink=urls.absolute(base, str(told.get("link") or "")),
        kind=_KINDS.get(str(told.get("type")), "comment"),
        state="visible" if told.get("status") in ("approved", "approve", None) else "hidden",
        position=index,
        locator=f"/{index}",
        found_by={"parent": "api", "published": "date_gmt"},
    )
