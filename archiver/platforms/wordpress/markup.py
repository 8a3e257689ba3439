"""The comments of one WordPress page, in any theme, with what the page tells of their thread."""

from __future__ import annotations

from collections.abc import Sequence

from archiver.items import Comment, FollowUp, ThreadPage
from archiver.pages.page import Page
from archiver.platforms.wordpress import boxes, comments, counts, locate, paging, section, site
from archiver.platforms.wordpress.context import NAME, Context
from archiver.platforms.wordpress.counts import Claimed
from archiver.platforms.wordpress.section import Section

EXTRACTOR = "wordpress.markup 1"


def extract(page: Page, thread_id: str, asked: FollowUp | None) -> ThreadPage:
    """What one page of a thread shows. `asked` is the follow-up that it answers, None for the article's own page."""
    if not page.body or page.status >= 400:
        return ThreadPage(platform=NAME, id=thread_id, gap=f"comment page answered {page.status}", extractor=EXTRACTOR)
    found = boxes.find(page.root)
    read, can_be_answered = comments.read(page, found)
    if not read and section.is_protected(page.root):
        return ThreadPage(platform=NAME, id=thread_id, gap="password", evidence=("password form",), extractor=EXTRACTOR)
    kept = {comment.id for comment in read}
    tops = [box.root for box in found if box.nested_in is None and box.id in kept]
    place = section.find(page.root, tops)
    claimed = counts.read(page, tops, next(iter(place.forms), None), place.whole)
    pages = paging.read(page, (comment.permalink for comment in read if comment.permalink))
    state, why = place.state(can_be_answered)
    return ThreadPage(
        platform=NAME,
        id=thread_id,
        state=state,
        claimed=claimed.count if claimed else _none_to_be_seen(read, place),
        claimed_kinds="comments" if claimed and _leaves_out_pings(claimed, read, pages) else "all",
        comments=tuple(read),
        follow_ups=_follow_ups(page, thread_id, asked, claimed, read, pages),
        page_number=pages.current or (None if pages.linked else 1),
        newest_first=comments.are_newest_first(read),
        gap=comments.lost(page, read),
        regions=tuple(locate.regions(page.root, place, claimed.heading if claimed else None)),
        evidence=tuple(
            part
            for part in (f"{len(read)} comments by id" if read else "", why, claimed.rule if claimed else "")
            if part
        ),
        extractor=EXTRACTOR,
    )


def _none_to_be_seen(read: Sequence[Comment], place: Section) -> int | None:
    """0 where WordPress printed its form or its notice and no comment: it prints both below the comments it has."""
    return 0 if not read and (place.forms or place.closed_notice is not None) else None


def _leaves_out_pings(claimed: Claimed, read: Sequence[Comment], pages: paging.Paging) -> bool:
    """Whether the count is of comments alone: pingbacks have a heading of their own, or the whole thread shows it."""
    if claimed.pings is not None:
        return True
    pings = sum(comment.kind != "comment" for comment in read)
    return bool(pings) and not pages.linked and claimed.count == len(read) - pings


def _follow_ups(
    page: Page,
    thread_id: str,
    asked: FollowUp | None,
    claimed: Claimed | None,
    read: Sequence[Comment],
    pages: paging.Paging,
) -> tuple[FollowUp, ...]:
    if asked is not None:
        known = Context.load(asked.context)
        return tuple(known.with_paging(pages).ask_pages(thread_id, after=known.last if known.pages else 0))
    told = site.read(page)
    pings = sum(comment.kind != "comment" for comment in read)
    return Context(
        post_id=told.post_id or "",
        api_root=told.api_root or "",
        feed=told.comment_feed or "",
        pages=pages.template or "",
        last=pages.last,
        shown=pages.current or 0,
        claimed=claimed.count if claimed else -1,
        comments=len(read) - pings,
        pings=pings,
        wants_feed=int(any(comments.is_vague(comment) for comment in read)),
    ).first_requests(thread_id)
