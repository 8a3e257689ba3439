"""What the library misses of a body: paragraphs above what it keeps, the rest of a parted entry below it, lists and
quoted posts that it drops."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import paths, urls
from archiver.pages.article.blocks import MOST_LINKED, PARAGRAPH, is_text, leaves

_MOST_LINKED: Final = {
    **dict.fromkeys(("ul", "ol", "dl", "table"), 0.8),
    **dict.fromkeys(("blockquote", "pre", "h2", "h3", "h4"), MOST_LINKED),
}
"""What belongs to a body, and the share of linked characters that it may have: items of a list often begin with a link,
other articles are nothing but links."""
_LISTS: Final = frozenset(("ul", "ol", "dl"))
_OWN_ADDRESSES: Final = paths.values(
    "/html/head/link[@rel='canonical']/@href | /html/head/meta[@property='og:url']/@content"
)
_MOSTLY: Final = 0.8
_EMPTY: Final = frozenset(("a", "br", "hr", "script"))
_OTHER_TAGS: Final = frozenset(("figure", "figcaption", "aside", "footer"))
_OTHER_NAMES: Final = re.compile(
    r"(?:^|[\s_-])(?:author|bio|byline|profile|caption|credits?|gallery|slide\w*|related|sidebar|teaser|promo)",
    re.IGNORECASE,
)

_REST: Final = re.compile(r"(?:^|\s)(?:(?:entry|asset|post)-)?(?:more|extended)(?=\s|$)")
"""Movable Type and its kin part an entry in two: what a front page shows, and the rest."""


def above(headline: HtmlElement, first: HtmlElement, out: Set[HtmlElement]) -> Iterator[HtmlElement]:
    """The paragraphs between the headline and the first element of a body, where it stands above that."""
    over, under = set(headline.iterancestors()), set(first.iterancestors())
    if first in over or headline in under or first is headline:
        return
    scope = next((element for element in headline.iterancestors() if element in under), None)
    if scope is None:
        return
    over.update(headline.iter())
    under.update(first.iter())
    seen = False
    for block in leaves(scope, out):
        if block in under:
            return
        if seen and is_text(block, out, least=PARAGRAPH) and not _is_named_otherwise(block, scope):
            yield block
        seen = seen or block in over


def below(last: HtmlElement, out: Set[HtmlElement]) -> HtmlElement | None:
    """The rest of an entry, where it stands in a box of its own right behind the last element of a body."""
    after = next((one for one in last.itersiblings() if isinstance(one.tag, str) and one.tag not in _EMPTY), None)
    if after is None or after in out or not _REST.search(f"{after.get('class') or ''} {after.get('id') or ''}"):
        return None
    return after if is_text(after, out, least=1) else None


def belongs(dropped: HtmlElement, out: Set[HtmlElement]) -> bool:
    """Whether an element that the library dropped within a body belongs there."""
    most = _MOST_LINKED.get(dropped.tag)
    if most is None or not out.isdisjoint(dropped.iter()):
        return False
    return is_text(dropped, out, least=1, most_linked=most) or (dropped.tag in _LISTS and _leads_away(dropped))


def _leads_away(links: HtmlElement) -> bool:
    """Whether a list of links leads to other sites than its own: to sources, to what was changed. Lists of further
    articles lead to the same one."""
    own = next(iter(_OWN_ADDRESSES(links.getroottree().getroot())), "")
    addresses = [link.get("href") or "" for link in links.iter("a")]
    away = sum(urls.is_archivable(address) and not urls.same_host(address, own) for address in addresses)
    return bool(own) and away > _MOSTLY * len(addresses)


def _is_named_otherwise(block: HtmlElement, scope: HtmlElement) -> bool:
    """Whether a block stands in a caption, an author's box, a teaser: their names say so."""
    for element in (block, *block.iterancestors()):
        if element is scope:
            return False
        if element.tag in _OTHER_TAGS or _OTHER_NAMES.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            return True
    return False
