"""Who wrote an article: what the head says, what is printed around the headline. Never the site for a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from lxml.html import HtmlElement

from archiver.pages import jsonld, urls
from archiver.pages.article.metadata import Metadata
from archiver.pages.article.signs import Sign, Signs
from archiver.pages.text import collapse

MAX_NAME: Final = 60
MAX_BARE: Final = 32
"""Characters of a name that stands alone."""
MAX_LINE: Final = 140
"""Characters of a line that names the author."""

_METAS: Final = (
    "author", "article:author", "og:article:author", "dc.creator", "dcterms.creator", "dc.creator.author", "byl",
    "parsely-author", "sailthru.author", "citation_author", "og:author", "authors", "article.author",
)  # fmt: skip
_CREDIT: Final = re.compile(r"(?:^|[\s_-])credits?(?=[\s_-]|$)", re.IGNORECASE)
_PROFILE: Final = re.compile(
    r"author|autor|user|member|profile|people|staff|contributor|writer|/by/|mailto:", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"\W*(?:(?:posted|written|published|reported|words|text|story|artikel|article|added|submitted|reviewed|edited|"
    r"veröffentlicht|geschrieben|publié|écrit|publicado|escrito|scritto|pubblicato)\s+)?"
    r"(?:by|von|par|por|door|di|da|av|af|przez)\b\s*:?\s*|"
    r"\W*(?:about\s+(?:the\s+)?)?(?:author|autor(?:in|es?)?|auteur|autore|auteure|verfasser|written by|text|"
    r"writer)s?\s*:\s*",
    re.IGNORECASE,
)
_PRINTED: Final = re.compile(
    r"(?:^|[|·•–—]\s*|\b(?:posted|written|published|reported|words|story|submitted|added)\s+|\d{4},?\s+|"
    r"\d:\d\d\s?(?:[ap]\.?m?\.?)?,?\s+)"
    r"(?:by|von|par|por|door)\s*:?\s+(?P<name>[^\W\d_][^\d|·•:()\n]{1,60}?)"
    r"(?=\s+(?:on|in|at|for|under|filed|am|le|el|published|posted|updated|and is)\b|\s*[|·•:()–—]|\s+-\s|"
    r",?\s+\d|,\s|$)",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(r"(?:posted|submitted) by [^\s|·•(]+(?: (?:on|at|in)\b|\s*[|·•(])", re.IGNORECASE)
"""The one word by which people call themselves: it may be written small."""
_END_OF_NAME: Final = re.compile(
    r"\s+(?:mo|di|mi|do|fr|sa|so|mon|tue|wed|thu|fri|sat|sun)(?:\w*day)?\.?,?\s+\d|"
    r"\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s*/+(?:\s|$)|"
    r"\s+(?-i:on|at|in|am|le|el|for|under)\s+|\s*[|·•(»\n]|\s+[–—-]\s+|,?\s+\d|\s+[@[]",
    re.IGNORECASE,
)
_BETWEEN_NAMES: Final = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"https?:|www\.|@|^\W*$|^(?:published|posted|updated|written|created|last|in|on|at)\b|\b(?:january|"
    r"february|april|"
    r"june|july|august|september|october|november|december)\b|^(?:admin(?:istrator)?s?|author|by|staff only|"
    r"guest(?: (?:author|blogger|post(?:er)?|writer|contributor))?|"
    r"former member|anonymous user|editor\w*@.*|view\s.*|read more.*|no (?:primary )?author|"
    r"posts?|comments?|share|print|email|home|news|follow.*|about.*|none|null|undefined|unknown|webmaster)$",
    re.IGNORECASE,
)
_ROLE_WORDS: Final = re.compile(
    r",\s+(?:staff|senior|executive|managing|deputy|chief|special|contributing|guest|"
    r"associated|political|science|sports|business|"
    r"correspondent|reporter|editor|writer|columnist|contributor|for)\b.*$",
    re.IGNORECASE,
)


def authors(
    metadata: Metadata, signs: Signs, *, site: str | None, url: str, window: Sequence[HtmlElement]
) -> tuple[tuple[str, ...], str]:
    """The names and the rule that found them. `window` holds the elements around the headline, where a 'by' line may
    stand without any markup of its own; `site` and the host of `url` are no person."""
    bodies: tuple[tuple[str, ...], str] | None = None
    for names, rule in _readings(metadata, signs, window):
        people = tuple(dict.fromkeys(name for name in names if not _is_site(name, site, url)))
        if people and not rule.endswith("organisation"):
            return people, rule
        if names and bodies is None:
            bodies = tuple(dict.fromkeys(names)), rule
    return bodies or ((), "")


def _readings(metadata: Metadata, signs: Signs, window: Sequence[HtmlElement]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Each place that may name the authors, the most reliable first."""
    if metadata.article:
        named = jsonld.names(metadata.article, "author", metadata.nodes) or jsonld.names(
            metadata.article, "creator", metadata.nodes
        )
        yield _clean(name for name, person in named if person), "json-ld author"
        organisations = _clean(name for name, person in named if not person)
    else:
        organisations = ()
    printed = tuple(_printed(signs))
    for name in _METAS:
        if name in metadata.meta:
            yield _split(metadata.meta[name]), f"meta {name}"
    yield from printed
    yield _by_lines(window), "printed by line"
    yield organisations, "json-ld author, an organisation"


def _printed(signs: Signs) -> Iterator[tuple[tuple[str, ...], str]]:
    """Elements called author, the name itself before the box around it."""
    found = [sign for sign in signs.of("author") if not _is_credit(sign.element)]
    outer = {ancestor for sign in found for ancestor in sign.element.iterancestors()}
    for sign in sorted(
        found, key=lambda sign: (sign.name not in ("rel=author", "fn"), sign.element in outer, sign.place)
    ):
        yield _in_box(sign), sign.name


def _is_credit(element: HtmlElement) -> bool:
    """Whether an element names the maker of a picture, not of the article."""
    near = (element, *(above for above, _ in zip(element.iterancestors(), range(2), strict=False)))
    return any(_CREDIT.search(one.get("class") or "") for one in near)


def _in_box(sign: Sign) -> tuple[str, ...]:
    """The names in an element called author: its text, or of a larger box without a 'by' the links to a profile."""
    text = sign.text
    if not _LABEL.match(text) and (within := _PRINTED.search(text)):
        return _split([within["name"]])
    if _LABEL.match(text) or len(text) <= MAX_BARE:
        return _split([text])
    links = [collapse(a.text_content()) for a in sign.element.iter("a") if _PROFILE.search(a.get("href") or "")]
    return _split([link for link in links if link][:1])


def _by_lines(window: Iterable[HtmlElement]) -> tuple[str, ...]:
    for element in window:
        line = collapse(element.text_content()) if element.tag not in ("body", "html") else ""
        found = _PRINTED.search(line) if 3 < len(line) < MAX_LINE else None
        names = _split([found["name"]]) if found else ()
        if names and (_LOGIN.match(line) or all(name[:1].isupper() or not name[:1].isascii() for name in names)):
            return names
    return ()


def _split(lines: Iterable[str]) -> tuple[str, ...]:
    """The names in by lines: 'By Ada Quill and Bo Reed, staff writers | 3 May'."""
    names: list[str] = []
    for line in lines:
        bare = _LABEL.sub("", collapse(line), count=1) if _LABEL.match(collapse(line)) else collapse(line)
        bare = _ROLE_WORDS.sub("", _END_OF_NAME.split(bare)[0])
        names += _BETWEEN_NAMES.split(bare)
    return _clean(names)


def _clean(names: Iterable[str]) -> tuple[str, ...]:
    tidy = (collapse(name).strip(" ,;:.|-–—·•") for name in names)
    return tuple(name for name in dict.fromkeys(tidy) if _is_name(name))


def _is_name(name: str) -> bool:
    if not 1 < len(name) <= MAX_NAME or _NO_NAME.search(name) or not any(c.isalpha() for c in name):
        return False
    return len(name.split()) <= 6 and sum(c.isdigit() for c in name) <= len(name) / 2


def _is_site(name: str, site: str | None, url: str) -> bool:
    """Whether a name is the site's, in any spelling: `Farm Gazette`, `The Farm Gazette`, `farmgazette.example`."""
    ours, theirs, host = [_letters(text) for text in (name, site or "", urls.host_of(url))]
    return (theirs != "" and ours in (theirs, theirs + "staff", theirs + "com")) or (len(ours) > 5 and ours == host)


def _letters(text: str) -> str:
    return re.sub(r"^the|\W|_", "", text.casefold())
