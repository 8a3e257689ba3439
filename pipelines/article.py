"""The article, normalised."""

from __future__ import annotations

from archiver.items import PageItem
from archiver.pages.steps import normalise_article


class ArticlePipeline:
    """Gives the article clean addresses, names and times."""

    async def process_item(self, item: PageItem) -> PageItem:
        return item.after(normalise_article)
