"""What a page's head says: `<meta>` (OpenGraph, Dublin Core, the makers' own), `<link>`, JSON-LD, language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld, urls
from archiver.pages.text import collapse

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_NAMES: Final = ("property", "name", "itemprop", "http-equiv")


@dataclass(frozen=True, slots=True)
class Metadata:
    """`meta` and `links` by lower-case name, in the order of the page; `nodes` is all JSON-LD, `article` the object
    that describes this page (None: no such object, or several that cannot be told apart)."""

    meta: Mapping[str, tuple[str, ...]]
    links: Mapping[str, tuple[str, ...]]
    title: str
    language: str | None
    nodes: tuple[jsonld.Node, ...]
    article: jsonld.Node | None

    def first(self, names: Iterable[str]) -> tuple[str, str] | None:
        """The first of these metas that says anything, and its name."""
        return next(((name, self.meta[name][0]) for name in names if name in self.meta), None)


def read(root: HtmlElement, url: str) -> Metadata:
    """The metadata of a page at `url`."""
    meta: dict[str, list[str]] = {}
    links: dict[str, list[str]] = {}
    for element in root.iter("meta", "link"):
        if element.tag == "meta":
            _add_meta(meta, element)
        elif href := urls.absolute(url, element.get("href")):
            for relation in (element.get("rel") or "").lower().split():
                links.setdefault(relation, []).append(href)
    nodes = jsonld.read(root)
    title = next((collapse(found.text_content()) for found in root.iter("title") if _in_head(found)), "")
    article = _about_this_page(jsonld.articles(nodes), url, links.get("canonical", []))
    return Metadata(_frozen(meta), _frozen(links), title, _language(root, meta, article), nodes, article)


def _add_meta(meta: dict[str, list[str]], element: HtmlElement) -> None:
    content = collapse(element.get("content"))
    if content:
        for name in {(element.get(attribute) or "").lower() for attribute in _NAMES} - {""}:
            meta.setdefault(name, []).append(content)


def _frozen(lists: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {name: tuple(values) for name, values in lists.items()}


def _in_head(title: HtmlElement) -> bool:
    """An `<svg>` has titles too."""
    parent = title.getparent()
    return parent is not None and parent.tag in ("head", "html", "body")


def _about_this_page(articles: tuple[jsonld.Node, ...], url: str, canonical: list[str]) -> jsonld.Node | None:
    """A list page describes many articles: then only the one that names this page's address is it."""
    here = {urls.clean(address) for address in (url, *canonical)}
    named = [node for node in articles if here & {urls.clean(address) for address in _addresses(node)}]
    if named:
        return max(named, key=len)
    titled = [node for node in articles if jsonld.text(node, "headline") or jsonld.text(node, "name")] or list(articles)
    distinct = {jsonld.text(node, "headline") or jsonld.text(node, "name") for node in titled}
    return max(titled, key=len) if len(distinct) == 1 else None


def _addresses(node: jsonld.Node) -> Iterable[str]:
    """The addresses by which a node may name the page it describes."""
    for key in ("url", "mainEntityOfPage", "@id"):
        yield from (text for text in jsonld.texts(node, key) if urls.is_archivable(text))
    page = node.get("mainEntityOfPage")
    if isinstance(page, Mapping) and isinstance(page.get("@id"), str):
        yield page["@id"]


def _language(root: HtmlElement, meta: Mapping[str, list[str]], article: jsonld.Node | None) -> str | None:
    said = [root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or root.get("xml:lang")]
    said += [jsonld.text(article, "inLanguage") if article else None]
    said += [meta.get(name, [None])[0] for name in ("og:locale", "content-language", "language", "dc.language")]
    for tag in said:
        found = _LANGUAGE.fullmatch((tag or "").strip())
        if found:
            return found[0].replace("_", "-")
    return None
