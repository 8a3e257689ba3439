"""WordPress: its own comments, in whatever theme, from the markup, the REST API and the comment feed."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.items import ThreadPage
from archiver.pages.page import Page
from archiver.platforms import Candidate
from archiver.platforms.wordpress import boxes, feed, markup, rest, section, site
from archiver.platforms.wordpress.context import NAME, Context
from archiver.platforms.wordpress.newest import newest, probes

__all__ = ["EXAMPLE", "NAME", "RANK", "detect", "extract", "newest", "probes"]

RANK = 100
EXAMPLE = "https://wordpress.org/news/2018/12/bebo/"


def detect(page: Page) -> Iterator[Candidate]:
    """A thread where a WordPress page carries comments, a comment form, a notice that they are closed, or a password
    form in their place. A single post without any of these may still have comments that its theme hides: WordPress
    names their feed only where there are some, or may be."""
    if not site.is_wordpress(page):
        return
    told = site.read(page)
    if boxes.are_there(page.root):
        yield Candidate(thread_id=told.thread_id, evidence=("comment ids",), confidence=0.95)
        return
    place = section.find(page.root, ())
    if place.forms:
        yield Candidate(thread_id=told.thread_id, evidence=("comment form",), confidence=0.95)
    elif section.is_protected(page.root) or (place.closed_notice is not None and told.post_id):
        yield Candidate(thread_id=told.thread_id, evidence=("notice instead of comments",), confidence=0.8)
    elif told.post_id and told.comment_feed and not site.has_other_system(page):
        yield Candidate(thread_id=told.thread_id, evidence=("comment feed of a single post",), confidence=0.3)


def extract(page: Page, candidate: Candidate) -> ThreadPage:
    """The thread as this page tells it: the article's own page, a further page, an answer of the API, a feed."""
    asked = page.follow_up
    if asked is not None and asked.purpose == "api":
        return rest.extract(page, candidate.thread_id, Context.load(asked.context))
    if asked is not None and asked.purpose == "feed":
        return feed.extract(page, candidate.thread_id, Context.load(asked.context))
    return markup.extract(page, candidate.thread_id, asked)
