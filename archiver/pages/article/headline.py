"""The title and the deck of an article: what the head claims, settled by what the page shows as its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld, urls
from archiver.pages.article import named
from archiver.pages.article.beside import is_hidden
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Sign, Signs
from archiver.pages.article.titles import beside, may_begin_with_site, names_host, parts, same, without_site, words
from archiver.pages.text import collapse, text_of

MAX_TITLE: Final = 500

ENOUGH: Final = 0.6
"""Agreement, from 0 to 1, above which a visible headline is the one that the head speaks of."""

_COMMENTS: Final = re.compile(
    r"(?:\d+\s+)?(?:comments?|responses?|replies|kommentare?|commentaires?)\W*(?:\(?\d+\)?)?|leave a .*", re.I
)
_IN_ENTRY: Final = 0.75
"""How well a headline in an entry agrees that is a whole part of the claim."""
_HEADINGS: Final = ("h1", "h2", "h3", "h4")
_FEW_WORDS: Final = 3
_BARELY: Final = 0.5
"""The share of a claim that a headline is, below which it may be any word of it: 'Linux' of 'News of Linux'."""
_TITLE_METAS: Final = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "title",
    "parsely-title",
    "sailthru.title",
)


@dataclass(frozen=True, slots=True)
class Headline:
    """`element` is where the page shows it; None where only the head names it."""

    text: str
    rule: str
    element: HtmlElement | None = None


def find(metadata: Metadata, signs: Signs, url: str) -> Headline | None:
    """The headline: the visible one that the head agrees with best, else what the head says without the site's name."""
    site = site_name(metadata, signs)
    shown = [
        Headline(text, sign.name, sign.element)
        for sign in signs.of("headline")
        for text in _texts(sign, url)
        if len(text) < MAX_TITLE and not _is_no_headline(sign.element, text, site, url)
    ]
    claims = tuple(_claims(metadata))
    mast = next((here.text for here in shown if _is_masthead(here, metadata.title, shown, url)), None)
    shown = [here for here in shown if not same(here.text, mast)]
    motto = next((claim for _, claim in claims if _is_rest(claim, metadata.title, shown)), None)
    claims = tuple((rule, claim) for rule, claim in claims if not same(claim, motto))
    shown = [here for here in shown if not same(here.text, motto)]
    seen = [here for here in shown if not _is_unseen(here.element)]
    return _agreed(claims, seen) or _agreed(claims, shown) or _without_agreement(claims, seen, site or mast, url)


def _agreed(claims: Sequence[tuple[str, str]], shown: Sequence[Headline]) -> Headline | None:
    """The headline with which a claim agrees best; None where none agrees well enough."""
    ranked = [
        (_agreement(here, claim) - 0.01 * number, _is_within(here.text, claim) * place, here, rule)
        for place, here in enumerate(_distinct(shown))
        for number, (rule, claim) in enumerate(claims)
    ]
    agreement, _, best, agreed = max(ranked, key=lambda one: one[:2], default=(0.0, 0, None, ""))
    if best is not None and agreement >= ENOUGH:
        return replace(best, rule=f"{best.rule}, agrees with {agreed}")
    return None


def _without_agreement(
    claims: Sequence[tuple[str, str]], shown: Sequence[Headline], site: str | None, url: str
) -> Headline | None:
    for rule, claim in claims:
        if rule != "title" and not same(claim, site):
            return Headline(without_site(claim, site, url), rule)
    own = next((here for here in shown if any(_leads_to(url, a.get("href")) for a in _links(here.element))), None)
    title = next((claim for rule, claim in claims if rule == "title"), "")
    called = own or next(
        (here for here in shown if here.rule not in ("h2", "h3") and not _is_within(here.text, title)), None
    )
    if called:
        return called
    return Headline(without_site(title, site, url), "title") if title and not same(title, site) else None


def _claims(metadata: Metadata) -> Iterator[tuple[str, str]]:
    if metadata.article and (
        name := jsonld.text(metadata.article, "headline") or jsonld.text(metadata.article, "name")
    ):
        yield "json-ld headline", collapse(name)
    for name in _TITLE_METAS:
        if name in metadata.meta:
            yield name, metadata.meta[name][0]
    if metadata.title:
        yield "title", metadata.title


def site_name(metadata: Metadata, signs: Signs) -> str | None:
    """What the site calls itself."""
    said = metadata.first(("og:site_name", "application-name", "apple-mobile-web-app-title"))
    if said:
        return said[1]
    publisher = jsonld.text(metadata.article, "publisher") if metadata.article else None
    if publisher and not publisher.startswith("http"):
        return publisher
    return next((sign.text for sign in signs.of("site") if sign.text and len(sign.text) < 80), None)


def _is_no_headline(element: HtmlElement, text: str, site: str | None, url: str) -> bool:
    """The site's name, which leads to a page above this one; the heading of the comments."""
    if same(text, site) or _COMMENTS.fullmatch(text):
        return True
    target = next((urls.absolute(url, a.get("href")) for a in element.iter("a") if a.get("href")), None)
    if target is None and element.getparent() is not None and element.getparent().tag == "a":
        target = urls.absolute(url, element.getparent().get("href"))
    return target is not None and target != url and url.startswith(target.split("#")[0].rstrip("/") + "/")


def _agreement(here: Headline, claim: str) -> float:
    """How much of either is the other, by words: 1 for equal; a claim that adds the site's name loses little. In an
    entry a short headline may be all that the claim says of it."""
    a, b = words(here.text), words(claim)
    if not a or not b:
        return 0.0
    common = len(set(a) & set(b))
    if common < len(set(a)):
        return common / max(len(set(a)), len(set(b))) * 0.8
    share = len(set(a)) / len(
        set(b)
    )  # all that is shown is claimed: the longer the better, so that a site's name loses
    begins = len(a) >= _FEW_WORDS and claim.startswith(here.text)
    is_part = begins or share >= _BARELY or any(same(here.text, part) for part in parts(claim))
    if not is_part:
        return 0.5 * share
    if begins:
        return max(0.5 + 0.5 * share, ENOUGH + 0.1)
    return max(
        0.5 + 0.5 * share, _IN_ENTRY if here.element is not None and named.entry(here.element) is not None else 0
    )


def _is_unseen(element: HtmlElement | None) -> bool:
    """Whether a headline stands in a part that is hidden until it is asked for: 'Send this article to a friend'."""
    return element is not None and (is_hidden(element) or any(is_hidden(above) for above in element.iterancestors()))


def _texts(sign: Sign, url: str) -> Iterator[str]:
    """The words of a headline, and those of the link to this very page in it: a section or a date may stand beside."""
    links = _links(sign.element if sign.element.tag in _HEADINGS else None)
    link = next((a for a in links if "bookmark" in (a.get("rel") or "") or _leads_to(url, a.get("href"))), None)
    found = (sign.text, collapse(text_of(link)) if link is not None else "")
    yield from dict.fromkeys(text for text in found if text)


def _links(element: HtmlElement | None) -> Iterator[HtmlElement]:
    return iter(()) if element is None else element.iter("a")


def _leads_to(url: str, href: str | None) -> bool:
    return bool(url and href) and urls.absolute(url, href) == url


def _is_masthead(here: Headline, title: str, shown: Sequence[Headline], url: str) -> bool:
    """Whether a headline is what the page's title adds to the one below it, or to none: the site's name."""
    other = beside(title, here.text)
    if other is None or (here.element is not None and named.entry(here.element) is not None):
        return False
    if names_host(here.text, url):
        return True
    pair = [one for one in shown if same(one.text, here.text) or same(one.text, other)]
    return may_begin_with_site(title, here.text) and same(pair[0].text, here.text) and same(pair[-1].text, other)


def _is_rest(claim: str, title: str, shown: Sequence[Headline]) -> bool:
    """Whether a claim is what the page's title adds to a headline that is shown: the site's name on every page."""
    bare = beside(title, claim) if title.endswith(claim) else None
    return bare is not None and any(same(here.text, bare) for here in shown)


def _is_within(shown: str, claim: str) -> bool:
    """Whether all that is shown is claimed. Of two such headlines the lower one is the article's, the higher one the
    site's name."""
    return set(words(shown)) <= set(words(claim))


def _distinct(shown: Iterable[Headline]) -> Iterable[Headline]:
    """Each text once, where it stands first."""
    first: dict[str, Headline] = {}
    for here in shown:
        first.setdefault(here.text, here)
    return first.values()


def deck(
    signs: Signs, headline: Headline | None, above: int | None, below: int | None, metadata: Metadata
) -> tuple[str, str] | None:
    """The line under the headline, and the rule that found it: named so by the markup, or by JSON-LD. `above` and
    `below` are the places of the headline and of the first paragraph, where they are known."""
    title = headline.text if headline else None
    said = jsonld.text(metadata.article, "alternativeHeadline") if metadata.article else None
    if said and not same(said, title):
        return collapse(said), "json-ld alternativeHeadline"
    for sign in signs.of("deck"):
        between = (above is None or sign.place > above) and (below is None or sign.place < below)
        if sign.text and between and not same(sign.text, title):
            return sign.text, sign.name
    return None
