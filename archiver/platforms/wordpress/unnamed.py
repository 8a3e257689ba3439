"""Comments of a theme that names none of them: no id, no class of WordPress's own. They are read as on any page.

Their ids are derived, so that no other source may tell of the same comments again: the feed is not asked. Where there
is an API, what the page shows is left to it.
"""

from __future__ import annotations

from dataclasses import replace

from archiver.items import ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page


def read(page: Page, thread: ThreadPage) -> ThreadPage:
    """The thread with the comments that the page shows all the same; as it was where it shows none."""
    found = next((one for one in threads.of(page) if one.source == "markup"), None)
    if found is None:
        return thread
    return replace(
        found,
        platform=thread.platform,
        id=thread.id,
        state=thread.state,
        claimed=found.claimed if thread.claimed is None else thread.claimed,
        follow_ups=tuple(replace(one, platform=thread.platform, thread_id=thread.id) for one in found.follow_ups),
        regions=tuple(dict.fromkeys((*thread.regions, *found.regions))),
        evidence=(*thread.evidence, *found.evidence),
    )
