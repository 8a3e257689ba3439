"""The pictures, videos, sounds and embedded posts of an article: what they show, and whose they are."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import Final, Literal
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement

from archiver.items import Media
from archiver.pages import embeds, urls
from archiver.pages.text import collapse

_VIDEO: Final = re.compile(
    r"(?:^|\.)(?:youtube(?:-nocookie)?\.com|youtu\.be|vimeo\.com|dailymotion\.com|twitch\.tv|rumble\.com|"
    r"bitchute\.com|odysee\.com|"
    r"brightcove\.(?:net|com)|jwplatform\.com|jwplayer\.com|wistia\.(?:com|net)|ted\.com|liveleak\.com|blip\.tv|"
    r"metacafe\.com|hulu\.com|"
    r"videopress\.com|streamable\.com|kaltura\.com|ooyala\.com|vine\.co|rutube\.ru|bilibili\.com|youku\.com|"
    r"tiktok\.com|peertube\..*)$"
)
_AUDIO: Final = re.compile(
    r"(?:^|\.)(?:soundcloud\.com|spotify\.com|mixcloud\.com|bandcamp\.com|anchor\.fm|podcasts?\..*|"
    r"audioboom\.com|libsyn\.com|megaphone\.fm)$"
)
_NO_MEDIUM: Final = re.compile(
    r"doubleclick|googlesyndication|googletagmanager|/ads?[./]|adserver|amazon-adsystem|facebook\.com/plugins|"
    r"platform\.twitter\.com/widgets|"
    r"gravatar\.com|/(?:emoji|smilies|smiley)/|wp-includes/images|pixel|spacer|blank\.(?:gif|png|html)|1x1|"
    r"transparent\.|feedburner|recaptcha|"
    r"disqus\.com|about:|/plugins/like|apis\.google\.com",
    re.IGNORECASE,
)
_LEAD: Final = re.compile(
    r"featured|post-thumbnail|wp-post-image|hero|lead[_-]?(?:image|photo|media)|main-?image|article-?image|top-?image",
    re.I,
)
_CAPTION: Final = re.compile(
    r"(?:^|\s)(?:wp-caption-text|caption|image-caption|photo-caption|gallery-caption|cutline)(?:\s|$)", re.I
)
_CREDIT_CLASS: Final = re.compile(
    r"(?:^|[\s_-])(?:credits?|photo-?credit|image-?credit|source|copyright|photographer)(?:$|[\s_-])", re.I
)
_CREDIT: Final = re.compile(
    r"(?:(?:featured?|header|cover|main|lead|top)\s+)?(?:images?|photos?|photographs?|pictures?|pics?|"
    r"art(?:work)?|illustrations?|graphics?|bild(?:er)?|fotos?|"
    r"crédits?\s+photos?|photo\s+crédit|foto|imagen|immagine)\s*"
    r"(?:(?:credits?|courtesy|source|quelle|rechte)\s*(?:of|to)?\s*[:：–-]?|by\s*[:：]?|"
    r"[:：/©])\s*(?:©\s*)?(?P<name>[^\n.|;()\[\]]{2,80}(?:\.(?=\w)[^\n.|;()\[\]]{1,40})*)",
    re.IGNORECASE,
)
_BARE_CREDIT: Final = re.compile(
    r"(?:^|[(\[])\s*(?:credit|courtesy(?: of)?|source|©|quelle)\s*:?\s*(?P<name>[^\n.|;()\[\]]{2,80})", re.IGNORECASE
)
_SOURCES: Final = ("data-src", "data-lazy-src", "data-original", "data-full-src", "data-hi-res-src", "src", "data")
_EDGE: Final = 600
_SMALL: Final = 50
"""Pixels: an icon."""


def elements(part: HtmlElement, without: Collection[HtmlElement]) -> Iterator[HtmlElement]:
    """The media inside a part of the body, in reading order; what stands for another one (a `<source>`) left out."""
    steps = etree.iterwalk(part, events=("start",))
    for _, element in steps:
        if element in without:
            steps.skip_subtree()
        elif _is_medium(element):
            yield element
            if element.tag != "blockquote":
                steps.skip_subtree()


def lead(before: Iterable[HtmlElement]) -> Iterator[HtmlElement]:
    """Pictures and players that stand between the headline and the body."""
    for element in before:
        player = element.tag in ("iframe", "video", "audio")
        if (player or (element.tag == "img" and _is_lead(element))) and _is_medium(element):
            yield element


def read(element: HtmlElement, base: str, at: int | None) -> Media | None:
    """What one such element shows; None where it has no address."""
    address = urls.absolute(base, _address(element))
    if address is None or _NO_MEDIUM.search(address):
        return None
    caption = caption_of(element)
    said = collapse(caption.text_content()) if caption is not None else None
    title = collapse(element.get("title") or element.get("alt")) or None
    return Media(
        kind=_kind(element, address), url=address, title=title, caption=said or None, credit=_credit_of(caption), at=at
    )


def caption_of(element: HtmlElement) -> HtmlElement | None:
    """The element that is the medium's caption."""
    for ancestor in _near(element):
        found = next((e for e in ancestor.iter("figcaption")), None)
        if found is None:
            found = next((e for e in ancestor.iter("p", "div", "span") if _CAPTION.search(e.get("class") or "")), None)
        if found is not None and ancestor.tag != "a":
            return found
    return None


def credit_in(text: str) -> str | None:
    """Whom a text names at its beginning or end as the maker of a picture: 'Image credit: NAME.'"""
    found = _CREDIT.search(text[-_EDGE:]) or _CREDIT.search(text[:_EDGE])
    return _tidy(found["name"]) if found else None


def _near(element: HtmlElement) -> Iterator[HtmlElement]:
    """The figure or caption box that an element stands in, if it stands in one."""
    for ancestor in element.iterancestors():
        names = ancestor.get("class") or ""
        if (
            ancestor.tag == "figure"
            or "wp-caption" in names.split()
            or re.search(r"(?:^|[\s_-])(?:caption|figure)(?:$|[\s_-])", names)
        ):
            yield ancestor
            return
        if ancestor.tag in ("article", "main", "body", "td"):
            return


def _credit_of(caption: HtmlElement | None) -> str | None:
    if caption is None:
        return None
    box = caption.getparent() if caption.getparent() is not None else caption
    for element in (*caption.iter("span", "cite", "small", "em", "p", "div"), *box.iter("cite", "span")):
        if _CREDIT_CLASS.search(element.get("class") or "") and (text := collapse(element.text_content())):
            named = _CREDIT.search(text) or _BARE_CREDIT.search(text)
            return _tidy(named["name"] if named else text)
    words = collapse(caption.text_content())
    found = _CREDIT.search(words) or _BARE_CREDIT.search(words)
    return _tidy(found["name"]) if found else None


def _tidy(name: str) -> str | None:
    words = re.split(r"\s+(?:If you|Follow|This article|Read|Like|via\s+http)\b", collapse(name))[0].strip(" ,:–—-")
    return words[:120] or None


def _is_medium(element: HtmlElement) -> bool:
    tag = element.tag
    if tag == "blockquote":
        return embeds.is_post(element)
    if tag == "img":
        return not _is_ornament(element)
    if tag == "iframe":
        return not {element.get("width"), element.get("height")} & {"0", "1"}
    if tag == "embed":
        return element.getparent() is None or element.getparent().tag != "object"
    return tag in ("video", "audio", "object", "amp-youtube", "amp-img")


def _is_ornament(image: HtmlElement) -> bool:
    names = f"{image.get('class') or ''} {image.get('id') or ''}"
    if re.search(r"emoji|smil(?:ey|ie)|avatar|icon|logo|spinner|loading", names, re.IGNORECASE):
        return True
    sizes = [
        int(size) for size in (image.get("width"), image.get("height")) if size and size.isdecimal() and len(size) < 6
    ]
    return bool(sizes) and min(sizes) <= _SMALL and max(sizes) < 4 * _SMALL


def _is_lead(image: HtmlElement) -> bool:
    near = [image, *(ancestor for ancestor, _ in zip(image.iterancestors(), range(3), strict=False))]
    return any(e.tag == "figure" or _LEAD.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in near)


def _address(element: HtmlElement) -> str | None:
    if element.tag == "blockquote":
        return embeds.address(element)
    given = (element.get(name) for name in _SOURCES)
    own: str | None = next((found for found in given if found and not found.startswith("data:")), None)
    if own:
        return own
    if element.tag in ("img", "amp-img"):
        return (element.get("srcset") or element.get("data-srcset") or "").split(" ")[0].strip(",") or None
    inner = next((e.get("src") for e in element.iter("source", "embed") if e.get("src")), None)
    return inner or next(
        (e.get("value") for e in element.iter("param") if (e.get("name") or "").lower() in ("movie", "src")), None
    )


def _kind(element: HtmlElement, address: str) -> Literal["image", "video", "audio", "embed"]:
    if element.tag in ("img", "amp-img"):
        return "image"
    host = urlsplit(address).hostname or ""
    if element.tag == "audio" or _AUDIO.search(host):
        return "audio"
    return "video" if element.tag == "video" or _VIDEO.search(host) else "embed"
