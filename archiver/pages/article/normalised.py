"""An article in one form, whatever its page looked like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from archiver.items import Article, Media
from archiver.pages import urls
from archiver.pages.text import collapse


def normalise(article: Article) -> Article:
    """The article in one form: white space collapsed, addresses cleaned, names and tags once each."""
    url = urls.clean(article.url)
    return replace(
        article,
        url=url,
        other_urls=_own_addresses(url, article.other_urls),
        title=collapse(article.title) or None,
        deck=collapse(article.deck) or None,
        authors=_distinct(article.authors),
        dateline=collapse(article.dateline) or None,
        text=article.text.strip(),
        language=_tag(article.language),
        section=collapse(article.section) or None,
        tags=_distinct(article.tags),
        licence_url=urls.clean(article.licence_url) if article.licence_url else None,
        licence_text=collapse(article.licence_text) or None,
        image_credit=collapse(article.image_credit) or None,
        media=_media_once(article.media),
    )


def _own_addresses(url: str, others: Sequence[str]) -> tuple[str, ...]:
    """Those on the same host, cleaned. A front page is nobody's second address: some sites name it on every page."""
    cleaned = (urls.clean(other) for other in others)
    return tuple(dict.fromkeys(
        other for other in cleaned if other != url and urls.same_host(other, url) and not urls.is_front_page(other)
    ))  # fmt: skip


def _distinct(names: Sequence[str]) -> tuple[str, ...]:
    found: Mapping[str, str] = {name.casefold(): name for name in reversed([collapse(name) for name in names])}
    return tuple(reversed([name for name in found.values() if name]))


def _tag(language: str | None) -> str | None:
    """`en_us` → `en-US`, as BCP 47 writes it."""
    if not language:
        return None
    first, *rest = language.replace("_", "-").split("-")
    return "-".join(
        [
            first.lower(),
            *(part.upper() if len(part) == 2 else part.title() if len(part) == 4 else part for part in rest),
        ]
    )


def _media_once(found: Sequence[Media]) -> tuple[Media, ...]:
    return tuple({medium.url: medium for medium in reversed(found)}.values())[::-1]
