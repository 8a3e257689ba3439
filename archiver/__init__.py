"""Archives what people said under the news: the article, its quotes and the whole comment thread.

    found = archiver.extract(html, url)               one page, nothing fetched, nothing stored
    report = archiver.archive(url, to="output")       the article with its thread, in an archive
    archive = archiver.open("output")                 what is there: articles(), threads(), comments(), captures()

The functions load on first use: importing the package costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"
__all__ = ["archive", "extract", "extract_quotes", "open"]

if TYPE_CHECKING:
    from archiver.api import archive, extract, extract_quotes, open


def __getattr__(name: str) -> Any:
    if name in __all__:
        from archiver import api

        return getattr(api, name)
    raise AttributeError(f"module 'archiver' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
