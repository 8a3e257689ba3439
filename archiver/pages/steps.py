"""From a page as printed to a page as stored: the three steps between reading and storing, in their order.

Each takes an extraction and returns another. The item pipelines call one each; `archiver.extract` and a rebuild run
them all.
"""

from __future__ import annotations

from dataclasses import replace

from archiver.items import Extraction
from archiver.pages import article as articles
from archiver.pages import quotes, replies


def normalise_article(found: Extraction) -> Extraction:
    """The article with clean addresses, names and times."""
    return found if found.article is None else replace(found, article=articles.normalise(found.article))


def find_quotes(found: Extraction) -> Extraction:
    """The quotations in the article's text."""
    return found if found.article is None else replace(found, quotes=quotes.of_article(found.article))


def normalise_replies(found: Extraction) -> Extraction:
    """The comments with parent, depth, position, text and times in one form."""
    return replace(found, threads=tuple(replies.normalise(thread) for thread in found.threads))


STEPS = (normalise_article, find_quotes, normalise_replies)
