"""The quotations in the article's text."""

from __future__ import annotations

from archiver.items import PageItem
from archiver.pages.steps import find_quotes


class QuotesPipeline:
    """Adds the quotations, with their spans and marks."""

    async def process_item(self, item: PageItem) -> PageItem:
        return item.after(find_quotes)
