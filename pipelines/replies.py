"""The comments of the page, normalised."""

from __future__ import annotations

from archiver.items import PageItem
from archiver.pages.steps import normalise_replies


class RepliesPipeline:
    """Gives each comment its parent, depth, position, text and times in one form."""

    async def process_item(self, item: PageItem) -> PageItem:
        return item.after(normalise_replies)
