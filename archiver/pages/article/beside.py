"""What of a page is never part of an article, by its tag, by what hides it, by what its class and id call it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml.html import HtmlElement

from archiver.pages.article.signs import is_around_page, is_prose

_GONE: Final = ("script", "style", "noscript", "template", "svg", "link", "nav", "form", "button", "dialog", "menu")
_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_HIDDEN_NAMES: Final = re.compile(r"(?:^|\s)(?:(?:is-)?hidden|d-none)(?=\s|$)", re.IGNORECASE)
_SHOWN_NAMES: Final = re.compile(r":(?:block|flex|inline|grid|table)|\bd-\w+-(?:block|flex|inline|grid|table)")
"""Frameworks name so what is hidden on screens of some width only."""

_BESIDE: Final = re.compile(
    r"""(?:\w{1,12}[_-]){0,2}(?:
      share(?:daddy|s|bar|box|buttons?|icons?|links?|this|tools)? | sharing(?:tools|box)?
    | a2a_kit | add(?:toany|this)\w*
    | social(?:ize)?[_-]?(?:media|links?|icons?|share|sharing|buttons?|bar|tools|wrap\w*)?
    | share[_-](?:\w+[_-])?(?:icons?|links?|buttons?|bar)
    | relatedposts | yarpp\w*
    | (?:related|recommended|popular|recent|latest|more)[_-]?(?:posts?|articles?|stories|news|links|reading)
    | disclaim(?:er)?
    | author[_-]?(?:box|bio|info|card|profile|description|avatar|meta|block) | (?:about|box|bio)[_-](?:the[_-])?author
    | (?:article|post|entry|story)[_-]author
    | abh_box\w* | saboxplugin\w*
    | newsletter[\w-]* | subscri(?:be|ption)[\w-]* | sign-?up | mc4wp[\w-]* | mailchimp\w* | optin\w*
    | breadcrumbs? | pagination | pager | page-links | (?:posts?|comment)-?(?:navigation|nav)
    | nav-(?:links|previous|next|below|above)
    | entry-(?:meta|footer|utility) | post-?meta(?:data)? | postmetadata | posted-(?:on|by|in) | article-?meta | byline
    | (?:post|entry|article)[_-]?tags | tags?-(?:links|list|cloud) | cat-links | post-taxonomies
    | wp-block-post-(?:terms|date|author[\w-]*|comments[\w-]*)
    | wp-block-(?:comments?[\w-]*|latest-\w+|archives|categories|tag-cloud|social-links|search|query-pagination)
    | comments?-(?:link|area|list|form|count|respond) | comment(?:s|ing)?[_-](?:guidelines|policy|rules) | edit-link
    | print-only | screen-reader-text | sr-only | visually-hidden | skip-link
    | adverts?\w* | ad-?(?:slot|unit|container|wrapper|box|break) | adsbygoogle | dfp-ad | google-?ads?
    | sponsored? | outbrain\w* | taboola\w*
    | cookies?(?:-?(?:bar|banner|notice|consent))? | onetrust[\w-]* | ot-(?:sdk|pc)[\w-]*
    | (?:cookie|gdpr|cmp)[\w-]*consent[\w-]*
    | most-?(?:read|popular|viewed) | trending
    | read-?(?:more|next|also) | promo(?:box|tion)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TAXONOMY: Final = re.compile(r"(?:entry-)?(?:tag|category|cat)s?-", re.IGNORECASE)


def is_beside(element: HtmlElement) -> bool:
    """Whether an element is never part of an article."""
    tag = element.tag
    if not isinstance(tag, str) or tag in ("html", "body", "article", "main") or is_around_page(element):
        return False
    if tag in _GONE:
        return tag not in ("form", "nav") or not is_prose(element)
    if is_hidden(element):
        return True
    named = _is_named(element.get("class") or "") or _is_named(element.get("id") or "")
    return named and not is_prose(element)


def is_hidden(element: HtmlElement) -> bool:
    """Whether an element hides itself."""
    return "hidden" in element.attrib or _HIDDEN.search(element.get("style") or "") is not None


@lru_cache(maxsize=4096)
def _is_named(names: str) -> bool:
    if _HIDDEN_NAMES.search(names) and not _SHOWN_NAMES.search(names):
        return True
    return any(_BESIDE.fullmatch(name) and not _TAXONOMY.match(name) for name in names.split())
