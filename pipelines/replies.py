"""The comments of the page, normalised."""

from __future__ import annotations

from dataclasses import replace

from archiver.items import PageItem
from archiver.pages.steps import normalise_replies


class RepliesPipeline:
    """Gives each comment its parent, depth, position, text and times in one form."""

    async def process_item(self, item: PageItem) -> PageItem:
        return replace(item, extraction=normalise_replies(item.extraction))
