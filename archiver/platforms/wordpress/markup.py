"""The comments of one WordPress page, in any theme, with what the page tells of their thread."""

from __future__ import annotations

from dataclasses import dataclass

from archiver.items import Comment, FollowUp, ThreadPage
from archiver.pages.page import Page
from archiver.platforms.wordpress import boxes, comments, counts, locate, paging, section, site, unnamed
from archiver.platforms.wordpress.context import NAME, Context
from archiver.platforms.wordpress.counts import Claimed
from archiver.platforms.wordpress.paging import Paging
from archiver.platforms.wordpress.section import Section

EXTRACTOR = "wordpress.markup 1"


@dataclass(frozen=True, kw_only=True, slots=True)
class _Shown:
    """All that one page shows."""

    comments: tuple[Comment, ...]
    answerable: bool
    section: Section
    claimed: Claimed | None
    pages: Paging

    @property
    def pings(self) -> int:
        return sum(comment.kind != "comment" for comment in self.comments)


def extract(page: Page, thread_id: str, asked: FollowUp | None) -> ThreadPage:
    """What one page of a thread shows. `asked` is the follow-up that it answers, None for the article's own page."""
    if not page.body or page.status >= 400:
        return ThreadPage(platform=NAME, id=thread_id, gap=f"comment page answered {page.status}", extractor=EXTRACTOR)
    shown = _look(page)
    if not shown.comments and section.is_protected(page.root):
        return ThreadPage(platform=NAME, id=thread_id, gap="password", evidence=("password form",), extractor=EXTRACTOR)
    known = Context.load(asked.context) if asked else _context(page, shown)
    state, why = shown.section.state(shown.answerable)
    thread = ThreadPage(
        platform=NAME,
        id=thread_id,
        state=state,
        claimed=_count(shown, asked),
        claimed_kinds="comments" if _leaves_out_pings(shown) else "all",
        comments=shown.comments,
        follow_ups=_further_pages(known, shown, thread_id) if asked else known.first_requests(thread_id),
        page_number=shown.pages.current or (None if shown.pages.linked else 1),
        newest_first=comments.are_newest_first(shown.comments, hint=bool(known.newest_first)),
        gap=comments.lost(page, shown.comments),
        regions=tuple(locate.regions(page.root, shown.section, shown.claimed.heading if shown.claimed else None)),
        evidence=_evidence(shown, why),
        extractor=EXTRACTOR,
    )
    says_none = shown.claimed is not None and shown.claimed.count == 0
    return thread if shown.comments or known.api_root or says_none else unnamed.read(page, thread)


def _look(page: Page) -> _Shown:
    found = boxes.find(page.root)
    read, answerable = comments.read(page, found)
    kept = {comment.id for comment in read}
    tops = [box.root for box in found if box.nested_in is None and box.id in kept]
    place = section.find(page.root, tops)
    return _Shown(
        comments=tuple(read),
        answerable=answerable,
        section=place,
        claimed=counts.read(page, tops, next(iter(place.forms), None), place.whole),
        pages=paging.read(page, kept),
    )


def _count(shown: _Shown, asked: FollowUp | None) -> int | None:
    """The printed count; 0 where the article's page has WordPress's form or notice and no comment: those stand below
    the comments where there are any."""
    if shown.claimed:
        return shown.claimed.count
    is_empty = not shown.comments and (shown.section.forms or shown.section.closed_notice is not None)
    return 0 if is_empty and asked is None else None


def _leaves_out_pings(shown: _Shown) -> bool:
    """Whether the count is of comments alone: pingbacks have a heading of their own, or the whole thread shows it."""
    if shown.claimed is None:
        return False
    if shown.claimed.pings is not None:
        return True
    comments_alone = len(shown.comments) - shown.pings
    return bool(shown.pings) and not shown.pages.linked and shown.claimed.count == comments_alone


def _evidence(shown: _Shown, why: str) -> tuple[str, ...]:
    found = f"comment ids: {len(shown.comments)}" if shown.comments else ""
    return tuple(part for part in (found, why, shown.claimed.rule if shown.claimed else "") if part)


def _context(page: Page, shown: _Shown) -> Context:
    """What the article's page tells of all sources of its thread."""
    told = site.read(page)
    return Context(
        post_id=told.post_id or "",
        api_root=told.api_root or "",
        feed=told.comment_feed or "",
        pages=shown.pages.template or "",
        last=shown.pages.last,
        shown=shown.pages.current or 0,
        claimed=shown.claimed.count if shown.claimed else -1,
        comments=len(shown.comments) - shown.pings,
        pings=shown.pings,
        wants_feed=int(_is_vague(shown)),
        newest_first=int(comments.are_newest_first(shown.comments, hint=False)),
    )


def _is_vague(shown: _Shown) -> bool:
    """Whether a feed may tell what the page does not: minutes, parents, or that there are further pages."""
    counts_more = shown.claimed is not None and shown.claimed.count > len(shown.comments) and not shown.pages.linked
    return counts_more or any(comments.is_vague(comment) for comment in shown.comments)


def _further_pages(known: Context, shown: _Shown, thread_id: str) -> tuple[FollowUp, ...]:
    """Pages that this one links and earlier ones did not."""
    return tuple(known.with_paging(shown.pages).ask_pages(thread_id, after=known.last if known.pages else 0))
