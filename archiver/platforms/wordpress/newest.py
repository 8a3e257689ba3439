"""What is new on a whole WordPress site, in one request: the ids of its newest comments and where they stand.

The REST API names the newest hundred with their posts, in some 2,500 bytes; it leaves pingbacks out. `after=` is not
used: it counts by the site's own clock, and a comment that was approved late would lie before it. Where the API is
closed, the site's comment feed names the newest ten or so with their addresses.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote, urlencode

from archiver.items import NewestComment, Probe
from archiver.pages import paths, urls
from archiver.pages.page import Page
from archiver.platforms.wordpress import feed, site
from archiver.platforms.wordpress.context import NAME, PER_PAGE

_FEEDS = paths.values(
    '//link[@rel="alternate"][contains(@href, "/comments/feed") or contains(@href, "feed=comments-")]/@href'
)


def probes(page: Page) -> tuple[Probe, ...]:
    """The requests that tell what is new on the site of an article's page, the best first."""
    found = dict.fromkeys(_addresses(page))
    return tuple(Probe(platform=NAME, url=url) for url in found)


def newest(page: Page) -> tuple[NewestComment, ...] | None:
    """The comments that an answer names; None where it is neither the API's nor a feed."""
    if page.status != 200:
        return None
    if page.body.lstrip()[:1] == b"[":
        return _of_api(page)
    entries = feed.entries_of(page.body)
    if not entries and b"<rss" not in page.body[:2048] and b"<feed" not in page.body[:2048]:
        return None
    return tuple(found for entry in entries if (found := _of_entry(page, entry)))


def _addresses(page: Page) -> Iterator[str]:
    root = site.read(page).api_root
    if root:
        yield _api_address(root)
    for href in _FEEDS(page.root):
        if address := urls.absolute(page.url, str(href)):
            yield address
            return
    if root:
        yield _feed_address(root)


def _api_address(root: str) -> str:
    asked = urlencode({"per_page": PER_PAGE, "orderby": "id", "order": "desc", "_fields": "id,post"}, safe=",")
    if "rest_route=" in root:
        return f"{root.rstrip('/')}/wp/v2/comments&{asked}"
    return f"{root.partition('?')[0].rstrip('/')}/wp/v2/comments?{asked}"


def _feed_address(root: str) -> str:
    """Where every WordPress has the feed of all comments, linked or not."""
    before, path, _ = unquote(root).partition("/wp-json")
    return f"{before}/comments/feed/" if path else f"{root.partition('?')[0]}?feed=comments-rss2"


def _of_api(page: Page) -> tuple[NewestComment, ...] | None:
    try:
        answer = page.json
    except ValueError:
        return None
    told = [one for one in answer if isinstance(one, dict)] if isinstance(answer, list) else []
    named = [one for one in told if isinstance(one.get("id"), int) and isinstance(one.get("post"), int)]
    if not isinstance(answer, list) or len(named) < len(answer):
        return None
    return tuple(NewestComment(id=str(one["id"]), thread_id=str(one["post"])) for one in named)


def _of_entry(page: Page, entry: feed.Entry) -> NewestComment | None:
    comment_id, link = feed.id_of(entry), urls.absolute(page.url, str(entry.get("link") or ""))
    if comment_id is None or link is None:
        return None
    return NewestComment(id=comment_id, url=site.without_comment_page(link))
