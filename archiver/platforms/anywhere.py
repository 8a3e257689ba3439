"""Threads of pages that no other platform knows: the repeating structure that a reader sees, or an array in JSON."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archiver.items import ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page
from archiver.platforms import LAST_RESORT, Candidate

NAME = threads.PLATFORM
RANK = LAST_RESORT
EXAMPLE = "https://www.example.org/any/page/with/comments"


def detect(page: Page) -> Iterator[Candidate]:
    """One candidate for each thread that the page shows."""
    for thread in threads.of(page):
        yield Candidate(thread_id=thread.id, evidence=thread.evidence, confidence=thread.confidence)


def extract(page: Page, candidate: Candidate) -> ThreadPage:
    """The thread that was detected; on the answer to a follow-up whatever thread it shows, under the same name."""
    found = threads.of(page)
    if page.follow_up is not None:
        if not found:
            return ThreadPage(platform=NAME, id=candidate.thread_id, gap="no comments were found on this page of it")
        list_of_page = candidate.thread_id.partition("#")[1:]
        same = next((one for one in found if one.id.partition("#")[1:] == list_of_page), found[0])
        return replace(same, id=candidate.thread_id)
    return next(thread for thread in found if thread.id == candidate.thread_id)
