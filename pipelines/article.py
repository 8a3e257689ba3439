"""The article, normalised."""

from __future__ import annotations

from dataclasses import replace

from archiver.items import PageItem
from archiver.pages.steps import normalise_article


class ArticlePipeline:
    """Gives the article clean addresses, names and times."""

    async def process_item(self, item: PageItem) -> PageItem:
        return replace(item, extraction=normalise_article(item.extraction))
