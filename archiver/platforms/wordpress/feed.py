"""The comment feed of one post, RSS or Atom: the latest ten or so comments, with their times in UTC.

The feed is a witness for pages that print a clock without a zone, or only the day. It also names the comment that is
answered ('In reply to …', put in front of the text by WordPress), which flat threads do not show anywhere else. And its
links tell of comment pages that a theme does not link: WordPress puts the page into the link of every comment but
those on the page that the article's plain address shows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from archiver.items import Comment, FollowUp, ThreadPage
from archiver.pages import dates, text, urls
from archiver.pages.page import Page
from archiver.platforms.wordpress import paging
from archiver.platforms.wordpress.context import NAME, Context

EXTRACTOR = "wordpress.feed 1"
Entry: TypeAlias = Mapping[str, Any]
_ID = re.compile(r"#(?:li-|div-)?comment-(\d{1,18})$|[?&]c=(\d{1,18})$")
_ANSWERS = re.compile(
    r"\s*(?:<p>)?[^<>]{0,60}<a [^>]{0,400}#comment-(\d{1,18})[\"'][^>]*>[^<]*</a>[^<>\w]{0,3}(?:</p>|<br ?/?>|\n\n)",
    re.IGNORECASE,
)


def extract(page: Page, thread_id: str, context: Context) -> ThreadPage:
    """The comments of a feed, and the pages that only their links tell of; nothing where the answer is no feed."""
    entries = entries_of(page.body) if page.status == 200 else []
    comments = [comment for index, entry in enumerate(entries) if (comment := _comment(entry, index, page.url))]
    return ThreadPage(
        platform=NAME,
        id=thread_id,
        source="feed",
        comments=tuple(comments),
        follow_ups=_unlinked_pages(comments, thread_id, context),
        newest_first=True,
        evidence=("comment feed",) if comments else (),
        extractor=EXTRACTOR,
    )


def _unlinked_pages(comments: Sequence[Comment], thread_id: str, context: Context) -> tuple[FollowUp, ...]:
    """All pages, where the article's page linked none. Where the latest comment names its page, the plain address shows
    the first one; else it shows the last one, behind all that are named."""
    links = [comment.permalink for comment in comments if comment.permalink]
    numbers = [number for link in links if (number := paging.number_of(link))]
    if context.pages or not numbers:
        return ()
    latest = paging.number_of(links[0])
    named = next(link for link in links if paging.number_of(link))
    known = replace(
        context,
        pages=paging.NUMBER.sub(paging.PLACE, named.partition("#")[0], count=1),
        last=latest or max(numbers) + 1,
        shown=1 if latest else max(numbers) + 1,
    )
    return tuple(known.ask_pages(thread_id))


def entries_of(body: bytes) -> list[Entry]:
    """What a feed lists, newest first; nothing where it is none."""
    import feedparser  # takes a tenth of a second, and few pages need it

    parsed = feedparser.parse(body, sanitize_html=False, resolve_relative_uris=False)
    return list(parsed.entries)


def id_of(entry: Entry) -> str | None:
    """The id of the comment that an entry is; None where it is something else."""
    found = _ID.search(str(entry.get("link") or "")) or _ID.search(str(entry.get("id") or ""))
    return None if found is None else found[1] or found[2]


def _comment(entry: Entry, index: int, base: str) -> Comment | None:
    link, own_id = str(entry.get("link") or ""), id_of(entry)
    if own_id is None:
        return None
    content = entry.get("content") or [{}]
    rendered = str(content[0].get("value") or entry.get("summary") or "")
    answered = _ANSWERS.match(rendered)
    own = rendered[answered.end() :] if answered else rendered
    body = text.parse_fragment(own)
    raw = str(entry.get("published") or "")
    time = dates.from_http_date(raw, "feed") or dates.from_iso(raw, "feed")
    return Comment(
        id=own_id,
        parent_id=answered[1] if answered else None,
        author=text.collapse(text.text_of_html(str(entry.get("author") or ""))) or None,
        published=time.utc if time else None,
        published_local=time.local if time else None,
        published_raw=raw or None,
        published_precision=time.precision if time else None,
        text=text.text_of(body),
        html=own.strip(),
        links=text.links_of(body, base),
        permalink=urls.absolute(base, link),
        position=index,
        locator=f'(//*[local-name()="item" or local-name()="entry"])[{index + 1}]',
        found_by={"parent": "in reply to, feed" if answered else "feed", "published": "feed"},
    )
