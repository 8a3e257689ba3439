"""The title and the deck of an article: what the head claims, settled by what the page shows as its headline."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld, urls
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Signs
from archiver.pages.text import collapse

MAX_TITLE: Final = 500

ENOUGH: Final = 0.6
"""Agreement, from 0 to 1, above which a visible headline is the one that the head speaks of."""

_COMMENTS: Final = re.compile(
    r"(?:\d+\s+)?(?:comments?|responses?|replies|kommentare?|commentaires?)\W*(?:\(?\d+\)?)?|leave a .*", re.I
)
_WORDS: Final = re.compile(r"\w+")
_SEPARATORS: Final = re.compile(r"\s+[|»«·•:–—-]\s+|\s*[|»«]\s*|:\s+")
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
        if (text := sign.text) and len(text) < MAX_TITLE and not _is_no_headline(sign.element, text, site, url)
    ]
    claims = tuple(_claims(metadata))
    motto = next((claim for _, claim in claims if _is_rest(claim, metadata.title, shown)), None)
    claims = tuple((rule, claim) for rule, claim in claims if not _same(claim, motto))
    shown = [here for here in shown if not _same(here.text, motto)]
    ranked = [
        (_agreement(here.text, claim) - 0.01 * number, _is_within(here.text, claim) * place, here, rule)
        for place, here in enumerate(_distinct(shown))
        for number, (rule, claim) in enumerate(claims)
    ]
    agreement, _, best, agreed = max(ranked, key=lambda one: one[:2], default=(0.0, 0, None, ""))
    if best is not None and agreement >= ENOUGH:
        return replace(best, rule=f"{best.rule}, agrees with {agreed}")
    return _without_agreement(claims, shown, site, url)


def _without_agreement(
    claims: Sequence[tuple[str, str]], shown: Sequence[Headline], site: str | None, url: str
) -> Headline | None:
    for rule, claim in claims:
        if rule != "title" and not _same(claim, site):
            return Headline(_without_site(claim, site, url), rule)
    named = [here for here in shown if here.rule not in ("h2", "h3")]
    if named:
        return named[0]
    title = next((claim for rule, claim in claims if rule == "title"), "")
    return Headline(_without_site(title, site, url), "title") if title and not _same(title, site) else None


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
    if _same(text, site) or _COMMENTS.fullmatch(text):
        return True
    target = next((urls.absolute(url, a.get("href")) for a in element.iter("a") if a.get("href")), None)
    if target is None and element.getparent() is not None and element.getparent().tag == "a":
        target = urls.absolute(url, element.getparent().get("href"))
    return target is not None and target != url and url.startswith(target.split("#")[0].rstrip("/") + "/")


def _agreement(shown: str, claim: str) -> float:
    """How much of either is the other, by words: 1 for equal; a claim that adds the site's name loses little."""
    a, b = [_WORDS.findall(text.casefold()) for text in (shown, claim)]
    if not a or not b:
        return 0.0
    common = len(set(a) & set(b))
    if common == len(set(a)):  # all that is shown is claimed: the longer the better, so that a site's name loses
        return 0.5 + 0.5 * len(set(a)) / len(set(b))
    return common / max(len(set(a)), len(set(b))) * 0.8


def _is_within(shown: str, claim: str) -> bool:
    """Whether all that is shown is claimed. Of two such headlines the lower one is the article's, the higher one the
    site's name."""
    return set(_WORDS.findall(shown.casefold())) <= set(_WORDS.findall(claim.casefold()))


def _is_rest(claim: str, title: str, shown: Sequence[Headline]) -> bool:
    """Whether a claim is what the page's title adds to a headline that is shown: the site's name on every page."""
    front = title.removesuffix(claim)
    bare = front.strip(" |»«·•:–—-")
    return front != title and bare != front.rstrip() and any(_same(here.text, bare) for here in shown)


def _distinct(shown: Iterable[Headline]) -> Iterable[Headline]:
    """Each text once, where it stands first."""
    first: dict[str, Headline] = {}
    for here in shown:
        first.setdefault(here.text, here)
    return first.values()


def _same(a: str | None, b: str | None) -> bool:
    return bool(a and b) and _WORDS.findall((a or "").casefold()) == _WORDS.findall((b or "").casefold())


def _without_site(claim: str, site: str | None, url: str) -> str:
    """`Title – Site` without the site, told by its name or its host; else the part that is by far the longest."""
    parts = [part for part in _SEPARATORS.split(claim) if part]
    if len(parts) < 2:
        return claim
    for edge in (parts[-1], parts[0]):
        if _same(edge, site) or _names_host(edge, url):
            return _cut_edge(claim, edge)
    longest = max(parts, key=len)
    return longest if len(longest) > 2 * (len(claim) - len(longest)) else claim


def _names_host(part: str, url: str) -> bool:
    """`The Farm Gazette` for farmgazette.example."""
    letters = re.sub(r"^the|[\W_]", "", part.casefold())
    return len(letters) > 3 and letters in re.sub(r"[\W_]", "", urls.host_of(url))


def _cut_edge(claim: str, edge: str) -> str:
    rest = claim.removeprefix(edge) if claim.startswith(edge) else claim.removesuffix(edge)
    return rest.strip(" |»«·•:–—-")


def deck(
    signs: Signs, headline: Headline | None, above: int | None, below: int | None, metadata: Metadata
) -> tuple[str, str] | None:
    """The line under the headline, and the rule that found it: named so by the markup, or by JSON-LD. `above` and
    `below` are the places of the headline and of the first paragraph, where they are known."""
    title = headline.text if headline else None
    said = jsonld.text(metadata.article, "alternativeHeadline") if metadata.article else None
    if said and not _same(said, title):
        return collapse(said), "json-ld alternativeHeadline"
    for sign in signs.of("deck"):
        between = (above is None or sign.place > above) and (below is None or sign.place < below)
        if sign.text and between and not _same(sign.text, title):
            return sign.text, sign.name
    return None
