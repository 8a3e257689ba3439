"""What a page tells of the WordPress behind it: the post's id, its API, its comment feed, its address."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import chain
from urllib.parse import unquote, urlsplit

from lxml.html import HtmlElement

from archiver.pages import paths, urls
from archiver.pages.page import Page

_SIGNS = re.compile(
    rb"<(?:link|script)\b[^>]{0,400}?(?:/wp-(?:content|includes|json)/|\b\w+\.wp\.com/)|https://api\.w\.org/"
    rb"|<meta\b[^>]{0,100}\bWordPress|/wp-comments-post\.php|wp-block-comment|comment-reply-link|[?&]replytocom=",
    re.IGNORECASE,
)
"""Only what a page does not take over from elsewhere: pictures and links of other blogs are on pages of any kind."""
_OTHER_SYSTEMS = re.compile(
    rb"disqus_thread|class=[\"'][^\"']*\bfb-comments|spot-?im[-_.]|<vf-conversations|viafoura\.net|coralproject|hyvor-talk"
    rb"|remark42|commento|cusdis_thread|giscus\.app|utteranc\.es|isso-thread|idcomments|vuukle|livefyre|insticator"
    rb"|graphcomment|waline|twikoo|artalk",
    re.IGNORECASE,
)
_COMMENT_PAGE = re.compile(r"/comment-page-\d{1,9}(?=/|$)|(?<=[?&])cpage=\d{1,9}&?")
_API_ROOT_IN_SCRIPT = re.compile(r'"root":"(https?:[^"\s]{4,200}?(?:wp-json\\?/|rest_route=\\?/))"')
_POST_IN_CLASS = re.compile(r"(?:^|\s)(?:postid|page-id|attachmentid)-(\d{1,18})(?:\s|$)")
_POST_IN_LINK = re.compile(r"[?&](?:p|page_id|attachment_id)=(\d{1,18})(?:&|$)")
_POST_IN_API = re.compile(r"wp/v2/(?!categories|tags|users|comments)[\w-]+/(\d{1,18})(?:[?&/]|$)")
_SITE_FEED = re.compile(r"^/?(?:[a-z]{2}(?:-[a-z]{2})?/)?comments/feed", re.IGNORECASE)

_LINKS = paths.elements("//link[@href]")
_POST_FIELDS = paths.values('//input[@name="comment_post_ID"]/@value')
_POST_DATA = paths.values("//a[@data-postid]/@data-postid")
_BODY = paths.values("//body/@class")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """`address` is the article's, whichever page of its comments this is. What the page does not tell is None."""

    address: str
    post_id: str | None = None
    api_root: str | None = None
    comment_feed: str | None = None

    @property
    def thread_id(self) -> str:
        return self.post_id or self.address


def is_wordpress(page: Page) -> bool:
    """Whether anything on the page comes from WordPress. Says nothing about comments."""
    return _SIGNS.search(page.body) is not None


def has_other_system(page: Page) -> bool:
    """Whether another comment system is named on the page, that may have taken the place of WordPress's own."""
    return _OTHER_SYSTEMS.search(page.body) is not None


@lru_cache(maxsize=1024)
def without_comment_page(url: str) -> str:
    """The article's address, for any page of its comments."""
    return urls.clean(_COMMENT_PAGE.sub("", url.partition("#")[0])).rstrip("?&")


def read(page: Page) -> Site:
    """What the page tells of its site; read once, however often it is asked."""
    if "wordpress.site" not in page.memory:
        page.memory["wordpress.site"] = _read(page)
    told: Site = page.memory["wordpress.site"]
    return told


def _read(page: Page) -> Site:
    links = [(rel, kind, href) for rel, kind, href in _links(page)]
    return Site(
        address=without_comment_page(page.url),
        post_id=_post_id(page.root, links),
        api_root=_api_root(page, links),
        comment_feed=_comment_feed(page, links),
    )


def _links(page: Page) -> Iterator[tuple[str, str, str]]:
    """Rel, type and absolute address of what the page's head and its HTTP header link to."""
    for element in _LINKS(page.root):
        href = urls.absolute(page.url, element.get("href"))
        if href:
            yield (element.get("rel") or "").lower(), (element.get("type") or "").lower(), href
    for value in page.header("link"):
        for part in re.split(r",\s*(?=<)", value):
            target, _, parameters = part.strip().partition(">")
            target = urls.absolute(page.url, target.lstrip("<")) or ""
            rel = re.search(r'rel="?([^";]+)', parameters)
            kind = re.search(r'type="?([^";]+)', parameters)
            if target and rel:
                yield rel[1].lower(), kind[1].lower() if kind else "", target


def _post_id(root: HtmlElement, links: list[tuple[str, str, str]]) -> str | None:
    """The form names the post that is commented on; then the short link, the API's address, the body's class."""
    for value in chain(_POST_FIELDS(root), _POST_DATA(root)):
        if value.isascii() and value.isdecimal():
            return value
    for rel, pattern in (("shortlink", _POST_IN_LINK), ("alternate", _POST_IN_API)):
        for link_rel, _, href in links:
            if link_rel == rel and (found := pattern.search(unquote(href))):
                return found[1]
    classes = " ".join(str(value) for value in _BODY(root))
    found = _POST_IN_CLASS.search(classes)
    return found[1] if found else None


def _api_root(page: Page, links: list[tuple[str, str, str]]) -> str | None:
    """Where the REST API begins: named as such, else before the path of an oEmbed or API link, else in a script."""
    for rel, _, href in links:
        if rel == "https://api.w.org/":
            return href
    for rel, kind, href in links:
        if rel == "alternate" and "json" in kind:
            for path in ("oembed/1.0/embed", "wp/v2/"):
                before, named, _ = unquote(href).partition(path)
                if named and ("wp-json" in before or "rest_route=" in before):
                    return before
    script = _API_ROOT_IN_SCRIPT.search(page.text)
    return urls.absolute(page.url, unescape(script[1]).replace("\\/", "/")) if script else None


def _comment_feed(page: Page, links: list[tuple[str, str, str]]) -> str | None:
    """The feed of this article's comments, not that of the whole site's."""
    address = urlsplit(without_comment_page(page.url))
    for rel, kind, href in links:
        target = urlsplit(href)
        if rel == "alternate" and kind in ("application/rss+xml", "application/atom+xml"):
            if _SITE_FEED.match(target.path) or target.netloc != address.netloc:
                continue
            if target.path.startswith(address.path.rstrip("/") + "/feed") and address.path.strip("/"):
                return href
            if address.query and address.query in target.query and "feed=" in target.query:
                return href
    return None
