"""Under which licence an article may be used again: the address it links, the sentence it prints."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld, urls
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Signs
from archiver.pages.text import collapse

MAX_SENTENCES: Final = 4

_METAS: Final = ("dcterms.license", "dc.rights.license", "license", "dc.rights", "dcterms.rights", "rights")
_LICENCE_HOSTS: Final = re.compile(
    r"https?://(?:www\.)?(?:creativecommons\.org/(?:licenses|publicdomain)|opensource\.org/licen|"
    r"gnu\.org/licenses|spdx\.org/licenses)"
)
_SAYS: Final = re.compile(
    r"\bcreative[\s-]commons\b|\bCC[ -](?:BY|0)\b|\bpermission to (?:republish|reprint|reuse|re-?post|use|share)\b|"
    r"\brepublish(?:ed)? (?:this|our|freely|for free)\b|\bfree and open[ -]source\b|\bpublic domain\b|"
    r"\blicen[cs]ed under\b|\bunder (?:a|an|the) [\w .-]{0,40}licen[cs]e\b|"
    r"\blizenziert unter\b|\bsteht unter (?:der|einer) [\w .-]{0,40}lizenz\b|\bsous licence\b|"
    r"\bbajo (?:una )?licencia\b",
    re.IGNORECASE,
)
_ABOUT_THIS: Final = re.compile(
    r"\b(?:this|our|the)\s+(?:article|story|post|work|piece|text|content|column|essay|page|blog|site)\b|"
    r"\byou (?:have|may|can)\b|"
    r"\bdieser?s?\s+(?:artikel|text|beitrag|werk)\b|\b(?:cet|ce|cette)\s+(?:article|texte|œuvre)\b|"
    r"\best[ea]\s+(?:artículo|texto|obra)\b|"
    r"^\W*(?:creative commons|licen[cs]ed?\b|CC[ -])|\brepublish(?:ed)?\b|\bexcept where\b|\bunless otherwise\b",
    re.IGNORECASE,
)
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…。])(?<!\b[A-Z]\.)(?<!\bMr\.)(?<!\bDr\.)\s+(?=[^a-z])")


def address(metadata: Metadata, signs: Signs, parts: Iterable[HtmlElement], base: str) -> tuple[str, str] | None:
    """The licence's address and the rule that found it; None where none is linked."""
    said = jsonld.text(metadata.article, "license") if metadata.article else None
    if said and urls.is_archivable(said):
        return said, "json-ld license"
    for relation in ("license", "copyright"):
        for href in metadata.links.get(relation, ()):
            if relation == "license" or _LICENCE_HOSTS.match(href):
                return href, f"link rel={relation}"
    named = metadata.first(_METAS)
    if named and urls.is_archivable(named[1]):
        return named[1], f"meta {named[0]}"
    for sign in signs.of("licence"):
        if (target := urls.absolute(base, sign.element.get("href"))) and not _is_of_picture(sign.element):
            return target, sign.name
    for link in (a for part in parts for a in part.iter("a")):
        target = urls.absolute(base, link.get("href"))
        if target and _LICENCE_HOSTS.match(target) and not _is_of_picture(link) and _in_paragraph(_around(link)):
            return target, "link in the licence's sentence"
    return None


def _is_of_picture(element: HtmlElement) -> bool:
    """Whether a licence stands in a caption: then it is the picture's."""
    boxes = (element, *element.iterancestors())
    return any(box.tag in ("figure", "figcaption") or "caption" in (box.get("class") or "") for box in boxes)


def _around(link: HtmlElement) -> str:
    """The paragraph that a link stands in."""
    block = next((box for box in link.iterancestors() if box.tag in ("p", "div", "li", "td", "section")), link)
    return collapse(block.text_content())[:2000]


def sentence(body: str, metadata: Metadata, signs: Signs) -> tuple[str, str] | None:
    """What the page says about its licence, as printed, and the rule that found it."""
    paragraphs = [paragraph for paragraph in body.split("\n") if paragraph.strip()]
    for paragraph in (*reversed(paragraphs[-4:]), *paragraphs[:2]):
        if found := _in_paragraph(paragraph):
            return found, "printed in the body"
    for sign in signs.of("licence"):
        if _SAYS.search(sign.text) and not _is_of_picture(sign.element):
            return sign.text, sign.name
    named = metadata.first(_METAS)
    if named and not urls.is_archivable(named[1]):
        return named[1], f"meta {named[0]}"
    return None


def _in_paragraph(paragraph: str) -> str | None:
    """The sentences from the first to the last that speaks of the licence, if one of them is about this article."""
    if not _SAYS.search(paragraph):
        return None
    sentences = _SENTENCE_END.split(paragraph)
    speaking = [number for number, one in enumerate(sentences) if _SAYS.search(one)]
    if not speaking:
        return None
    chosen = sentences[speaking[0] : speaking[-1] + 1]
    said = " ".join(chosen)
    return said if len(chosen) <= MAX_SENTENCES and _ABOUT_THIS.search(said) else None
