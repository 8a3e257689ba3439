"""A page that is too large to be read at once, read in pieces: what each shows, as one thread goes on in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from archiver.items import Comment, Extraction, ThreadPage
from archiver.pages.page import Page
from archiver.pages.pieces import Cut

NOTHING_SHOWN = "no comments were found in a part of the page"

_Name = tuple[str, str]
"""Platform and id of a thread."""


def in_pieces(page: Page, cut: Cut, read: Callable[[Page], Extraction]) -> Iterator[Extraction]:
    """What each piece of a page adds. The first tells of article and threads as the whole page would; the others bring
    the further comments of the same threads, and requests that only they lead to."""
    threads: dict[_Name, ThreadPage] = {}
    around: frozenset[tuple[_Name, str]] = frozenset()
    for number, piece in enumerate(cut):
        found = read(replace(page, body=piece.body, problems=[], memory={}))
        told = {(thread.platform, thread.id): _placed(thread, cut, piece.skipped) for thread in found.threads}
        problems = tuple(each for each in found.problems if each not in page.problems)
        page.problems.extend(problems)
        if number:
            more = tuple(_without(thread, around) for thread in _further(threads, told))
            yield Extraction(url=found.url, threads=more, problems=problems)
        else:
            threads = {name: replace(thread, comments=thread.comments[:1]) for name, thread in told.items()}
            around = frozenset((name, each.id) for name, thread in told.items() for each in thread.comments)
            yield replace(found, threads=tuple(told.values()), problems=problems)


def together(found: Iterable[Extraction]) -> Extraction:
    """What all pieces of a page tell, as of one page."""
    first, *others = found
    threads = {(thread.platform, thread.id): thread for thread in first.threads}
    for thread in (thread for other in others for thread in other.threads):
        name = (thread.platform, thread.id)
        known = threads.get(name)
        threads[name] = thread if known is None else _joined(known, thread)
    problems = dict.fromkeys(problem for each in (first, *others) for problem in each.problems)
    return replace(first, threads=tuple(threads.values()), problems=tuple(problems))


def _joined(one: ThreadPage, more: ThreadPage) -> ThreadPage:
    follow_ups = {each.key: each for each in (*one.follow_ups, *more.follow_ups)}
    return replace(
        one,
        comments=one.comments + more.comments,
        follow_ups=tuple(follow_ups.values()),
        gap=one.gap or more.gap,
    )


def _further(threads: Mapping[_Name, ThreadPage], told: Mapping[_Name, ThreadPage]) -> Iterator[ThreadPage]:
    """What a further piece tells of the threads that the first one showed, and of others."""
    for name, first in threads.items():
        more = told.get(name)
        if more is not None and (more.comments or not first.comments):
            yield replace(
                first,
                comments=more.comments,
                follow_ups=more.follow_ups,
                gap=more.gap,
                confidence=more.confidence,
                extractor=more.extractor,
            )
        elif first.comments:
            yield replace(first, comments=(), follow_ups=(), gap=NOTHING_SHOWN)
    yield from (thread for name, thread in told.items() if name not in threads)


def _placed(thread: ThreadPage, cut: Cut, skipped: int) -> ThreadPage:
    """The thread of a piece with locators that hold in the whole page, and derived ids that are not those of others."""
    own = {each.id: f"{skipped + 1}-{each.id}" for each in thread.comments if each.id_origin == "derived" and skipped}
    return replace(thread, comments=tuple(_comment(each, own, cut, skipped) for each in thread.comments))


def _comment(each: Comment, own: Mapping[str, str], cut: Cut, skipped: int) -> Comment:
    return replace(
        each,
        id=own.get(each.id, each.id),
        parent_id=None if each.parent_id is None else own.get(each.parent_id, each.parent_id),
        locator=cut.locator(each.locator, skipped),
    )


def _without(thread: ThreadPage, around: frozenset[tuple[_Name, str]]) -> ThreadPage:
    """Without the comments of the first piece: what it shares with this one stands around the run."""
    name = (thread.platform, thread.id)
    return replace(thread, comments=tuple(each for each in thread.comments if (name, each.id) not in around))
