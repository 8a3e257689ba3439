"""The body of an article: which elements of the page are it, and what within them is not.

Which elements, is readability's answer (docs/decisions/0002-article-body.md). It works on a copy without the thread;
what it kept is then looked up in the page's own tree, so that line breaks, tables and media are the page's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages.article.signs import is_prose
from archiver.pages.article.unreadable import Unreadable
from archiver.pages.page import MAX_DEPTH
from archiver.pages.text import collapse, drop, inner_html, text_of

MAX_ELEMENTS: Final = 100_000
"""A page with more, beside its thread, is no article that a person wrote; the library takes minutes over it."""

MAX_WORK: Final = 20_000_000
"""Levels times characters: two seconds."""

LITTLE: Final = 300
"""Characters: an author's box has as many."""
MOSTLY, SOME = 0.6, 0.3

_GONE: Final = ("script", "style", "noscript", "template", "svg", "link", "nav", "form", "button", "dialog", "menu")
_MEDIA: Final = frozenset(("img", "picture", "figure", "iframe", "video", "audio", "embed", "object", "amp-img"))
_EMPTY: Final = frozenset(("br", "wbr", "hr"))
_HIDDEN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)

_BESIDE: Final = re.compile(
    r"""(?:\w{1,12}[_-]){0,2}(?:
      share(?:daddy|s|bar|box|buttons?|icons?|links?|this|tools)? | sharing(?:tools|box)?
    | a2a_kit | add(?:toany|this)\w*
    | social(?:ize)?[_-]?(?:media|links?|icons?|share|sharing|buttons?|bar|tools|wrap\w*)?
    | share[_-](?:\w+[_-])?(?:icons?|links?|buttons?|bar)
    | relatedposts | yarpp\w*
    | (?:related|recommended|popular|recent|latest|more)[_-]?(?:posts?|articles?|stories|news|links|reading)
    | author[_-]?(?:box|bio|info|card|profile|description|avatar|meta|block) | (?:about|box|bio)[_-](?:the[_-])?author
    | abh_box\w* | saboxplugin\w*
    | newsletter[\w-]* | subscri(?:be|ption)[\w-]* | sign-?up | mc4wp[\w-]* | mailchimp\w* | optin\w*
    | breadcrumbs? | pagination | pager | page-links | (?:posts?|comment)-?(?:navigation|nav)
    | nav-(?:links|previous|next|below|above)
    | entry-(?:meta|footer|utility) | post-?meta(?:data)? | postmetadata | posted-(?:on|by|in) | article-?meta | byline
    | (?:post|entry|article)[_-]?tags | tags?-(?:links|list|cloud) | cat-links | post-taxonomies
    | wp-block-post-(?:terms|date|author[\w-]*|comments[\w-]*)
    | wp-block-(?:comments?[\w-]*|latest-\w+|archives|categories|tag-cloud|social-links|search|query-pagination)
    | comments?-(?:link|area|list|form|count|respond) | edit-link
    | print-only | screen-reader-text | sr-only | visually-hidden | skip-link
    | adverts?\w* | ad-?(?:slot|unit|container|wrapper|box|break) | adsbygoogle | dfp-ad | google-?ads?
    | sponsored? | outbrain\w* | taboola\w*
    | cookies?(?:-?(?:bar|banner|notice|consent))? | most-?(?:read|popular|viewed) | trending
    | read-?(?:more|next|also) | promo(?:box|tion)?
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_TAXONOMY: Final = re.compile(r"(?:entry-)?(?:tag|category|cat)s?-", re.IGNORECASE)


_BODY_NAMES: Final = re.compile(
    r"(?:^|\s)(?:entry-content|post-content|wp-block-post-content|post-body|article-body)(?=\s|$)"
)


@dataclass(frozen=True, slots=True)
class Body:
    """What of a page is the article's body. `parts` are elements of the page's tree, in order; `without` are those
    inside them that do not belong to it."""

    parts: tuple[HtmlElement, ...]
    without: frozenset[HtmlElement] = frozenset()

    @property
    def html(self) -> str:
        return "\n".join(filter(None, (inner_html(part, self.without) for part in self.parts)))

    @property
    def size(self) -> int:
        """About how many characters of text it has."""
        inside = sum(len(collapse(part.text_content())) for part in self.parts)
        return inside - sum(len(collapse(out.text_content())) for out in self.without if isinstance(out.tag, str))

    @property
    def text(self) -> str:
        return self.text_around(())[0]

    def text_around(self, marked: Collection[HtmlElement]) -> tuple[str, tuple[int | None, ...]]:
        """The text, paragraphs parted by blank lines, and where in it each of the marked elements stands (they are
        given in reading order)."""
        written = "\n\n".join(filter(None, (_written(part, self.without, set(marked)) for part in self.parts)))
        text, places = _without_marks(written)
        return text, tuple(places) if len(places) == len(marked) else (None,) * len(marked)


_MARK: Final = "\ufdd0"
"""A noncharacter: Unicode keeps it free for uses such as this one, inside a program."""
_EMPTY_LINES: Final = re.compile(r"\n[^\S\n]*\n(?:[^\S\n]*\n)*")
_MARKS: Final = re.compile(rf"(?<!\s)\s*{_MARK}[\s{_MARK}]*")


def _written(part: HtmlElement, without: Collection[HtmlElement], marked: Collection[HtmlElement]) -> str:
    """The text of one part, with a mark behind each marked element."""
    copy = deepcopy(part)
    copy.tail = None
    for original, twin in list(zip(part.iter(), copy.iter(), strict=True)):
        if original in marked:
            twin.tail = _MARK + (twin.tail or "")
        if original in without and original is not part:
            drop(twin)
    return _EMPTY_LINES.sub("\n\n", text_of(copy)).strip()


def _without_marks(written: str) -> tuple[str, list[int]]:
    pieces: list[str] = []
    places: list[int] = []
    end = length = 0
    for found in _MARKS.finditer(written):
        blanks = max(found[0].split(_MARK), key=lambda blank: (blank.count("\n"), len(blank)))
        if not found.start() or found.end() == len(written):
            blanks = ""
        pieces += [written[end : found.start()], blanks]
        length += len(pieces[-2]) + len(blanks)
        places += [length] * found[0].count(_MARK)
        end = found.end()
    return "".join([*pieces, written[end:]]), places


def find(root: HtmlElement, cut: Iterable[HtmlElement] = ()) -> Body | None:
    """The body of the article in the page at `root`, which stays as it is; `cut` is no part of it. None where no text
    is left. Raises `Unreadable` for a page that the library cannot work on."""
    originals = list(root.iter())
    beside = _beside(originals, set(cut))
    out = {originals[number] for number in beside}
    named = _named_body(originals, out)
    rest = Body((root,), frozenset(_topmost(root, out)))
    if named is not None and named.size >= rest.size * MOSTLY:
        return named  # whatever the library finds, it would not be better
    found = _by_library(root, originals, beside)
    return named if named is not None and _is_better(named, found) else found


def _beside(originals: Sequence[HtmlElement], thread: Collection[HtmlElement]) -> set[int]:
    """The numbers of the elements that are no part of an article."""
    inside = {element for top in thread for element in top.iter()}
    if len(originals) - len(inside) > MAX_ELEMENTS:
        raise Unreadable(f"{len(originals) - len(inside)} elements are more than an article has")
    return {
        number
        for number, element in enumerate(originals)
        if (element in thread if element in inside else _is_beside(element))
    }


def _by_library(root: HtmlElement, originals: Sequence[HtmlElement], beside: Collection[int]) -> Body | None:
    from archiver.pages.article import readable  # the library: a quarter of a second that --help does not need

    _refuse_depth(root)
    kept = readable.kept(root, originals, beside)
    parts = tuple(element for element in originals if element in kept and element.getparent() not in kept)
    return Body(parts, frozenset(_left_out(parts, kept))) if parts else None


def _is_better(named: Body, found: Body | None) -> bool:
    """Whether what the markup calls the body is to be taken whole. The library drops short columns and lists of links
    from it, and overlooks short bodies; a body that is nearly empty is named so by mistake."""
    if found is None:
        return True
    if any(_overlap(part, named.parts[0]) for part in found.parts):
        return named.size >= found.size * MOSTLY
    return found.size < LITTLE or named.size >= found.size * SOME


def _refuse_depth(root: HtmlElement) -> None:
    """The library reads the text below each element again: depth times length is what its time grows with."""
    depth = max(64, MAX_WORK // (len(root.text_content()) + 1))
    if depth < MAX_DEPTH and root.xpath("boolean(//*[count(ancestor::*) > $depth])", depth=depth):
        raise Unreadable(f"it is nested deeper than {depth} levels")


def _named_body(originals: Iterable[HtmlElement], out: Collection[HtmlElement]) -> Body | None:
    """The one element that the markup calls the body of an entry. The library overlooks short ones."""
    named = [element for element in originals if _BODY_NAMES.search(element.get("class") or "")]
    inside = [one for one in named if one not in out and not any(ancestor in out for ancestor in one.iterancestors())]
    return Body((inside[0],), frozenset(_topmost(inside[0], out))) if len(inside) == 1 else None


def _topmost(part: HtmlElement, out: Collection[HtmlElement]) -> Iterable[HtmlElement]:
    """Those of `out` that lie in the part, and in no other of them."""
    steps = etree.iterwalk(part, events=("start",))
    for _, element in steps:
        if element in out and element is not part:
            yield element
            steps.skip_subtree()


def _overlap(part: HtmlElement, named: HtmlElement) -> bool:
    return part is named or named in part.iterancestors() or part in named.iterancestors()


def _left_out(parts: Iterable[HtmlElement], kept: Collection[HtmlElement]) -> Iterable[HtmlElement]:
    """The topmost elements inside the parts that were not kept. Media were dropped for having no text: they stay."""
    for part in parts:
        steps = etree.iterwalk(part, events=("start",))
        for _, element in steps:
            if element in kept or element.tag in _EMPTY:
                continue
            if not _is_medium(element):
                yield element
            steps.skip_subtree()


def _is_medium(element: HtmlElement) -> bool:
    if _is_beside(element):
        return False
    if element.tag in _MEDIA:
        return True
    return element.find(".//iframe") is not None or (element.find(".//img") is not None and len(text_of(element)) < 25)


def _is_beside(element: HtmlElement) -> bool:
    """Whether an element is never part of an article, by its tag or by what its class and id call it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in ("html", "body", "article", "main"):
        return False
    if tag in _GONE:
        return tag not in ("form", "nav") or not is_prose(element)
    if "hidden" in element.attrib or _HIDDEN.search(element.get("style") or ""):
        return True
    named = _named_beside(element.get("class") or "") or _named_beside(element.get("id") or "")
    return named and not is_prose(element)


@lru_cache(maxsize=4096)
def _named_beside(names: str) -> bool:
    return any(_BESIDE.fullmatch(name) and not _TAXONOMY.match(name) for name in names.split())
