"""A page: one response as extractors see it. Bytes and an address in, text, tree and JSON out, each made once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import msgspec
from lxml import etree
from lxml import html as lxml_html
from parsel import Selector
from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding, read_bom, resolve_encoding

from archiver.items import FollowUp
from archiver.pages import pieces
from archiver.pages.pieces import Cut

MAX_DEPTH = 2048
"""libxml2 drops what is nested deeper, without an error, even with `huge_tree`."""

MAX_BODY = 40 * 1024 * 1024
"""Bytes of an unpacked body that are read, in pieces where it has more than `MAX_AT_ONCE`."""

MAX_AT_ONCE = 6 * 1024 * 1024
"""Bytes that are read at once. A page read takes up to fifty times its size in memory."""

MAX_MARKS = 200_000
"""Tags of a page, or values of a JSON answer, that are read at once: what is made of nothing else takes far more
memory than that."""

MAX_ATTRIBUTES = 10_000
"""Of one tag. libxml2 compares each with all before it."""

_HTML_ELEMENTS = etree.ElementDefaultClassLookup(
    element=lxml_html.HtmlElement,
    comment=lxml_html.HtmlComment,
    pi=lxml_html.HtmlProcessingInstruction,
    entity=lxml_html.HtmlEntity,
)
"""The same class for each element: lxml's own look-up asks Python for every tag whether it is a form's."""

_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000,}")
_QUOTED = re.compile(rb"\"[^\"]*\"|'[^']*'")
_XML_DECLARATION = re.compile(rb"<\?xml[^>]*\?>")
_XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTROLS = bytes([*range(9), 11, 12, *range(14, 32)])
"""Bytes that in UTF-8 stand only for control characters."""


@dataclass(kw_only=True)
class Page:
    """One response. `at` is the time of its capture, which relative dates ('2 hours ago') count from."""

    url: str
    body: bytes
    status: int = 200
    content_type: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    at: datetime | None = None
    follow_up: FollowUp | None = None
    """The request value this page answers; None for a page somebody asked for by its address."""
    problems: list[str] = field(default_factory=list)
    """Filled while the page is read: what had to be left out, and why."""
    memory: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
    """What an extractor found and will be asked for again."""

    def header(self, name: str) -> Iterable[str]:
        """All values of a header, in order."""
        return (value for key, value in self.headers if key.lower() == name.lower())

    @property
    def mime(self) -> str:
        """The media type without parameters, lower case; empty where the server named none."""
        return (self.content_type or "").partition(";")[0].strip().lower()

    @property
    def is_html(self) -> bool:
        if self.mime:
            return self.mime in ("text/html", "application/xhtml+xml")
        return b"<" in self.body[:4096] and not self.is_json

    @property
    def is_json(self) -> bool:
        if self.mime:
            return self.mime == "application/json" or self.mime.endswith("+json")
        return self.body[:64].lstrip()[:1] in (b"{", b"[")

    @property
    def too_large(self) -> str | None:
        """Why the body is not read, as a clause; None for one that is, at once or in pieces."""
        return self.too_large_at_once if self.cut is None else None

    @cached_property
    def too_large_at_once(self) -> str | None:
        """Why the body is not read at once, as a clause; None for a body of a size that people can read."""
        return self._too_many_attributes or self._too_much

    @cached_property
    def cut(self) -> Cut | None:
        """Where the body is cut, to be read in pieces; None where it is read at once, or not at all."""
        if self._too_much is None or self._too_many_attributes or len(self.body) > MAX_BODY:
            return None
        return pieces.cut(self.body, is_json=self.is_json, marks=self._marks, most=MAX_AT_ONCE // 2)

    @cached_property
    def _marks(self) -> int:
        return sum(map(self.body.count, (b"{", b"[", b",") if self.is_json else (b"<",)))

    @property
    def _too_much(self) -> str | None:
        limit = MAX_BODY if len(self.body) > MAX_BODY else MAX_AT_ONCE
        if len(self.body) > limit:
            size, most = (number / 1024 / 1024 for number in (len(self.body), limit))
            return f"its {size:.0f} MiB are more than the {most:.0f} that are read"
        if self._marks > MAX_MARKS:
            return f"its {self._marks:,} tags or values are more than the {MAX_MARKS:,} that are read"
        return None

    @cached_property
    def _too_many_attributes(self) -> str | None:
        attributes = max((len(_QUOTED.sub(b"", tag[0]).split()) for tag in _LONG_TAG.finditer(self.body)), default=0)
        if attributes > MAX_ATTRIBUTES:
            return f"one of its tags has {attributes:,} attributes, more than the {MAX_ATTRIBUTES:,} that are read"
        return None

    @cached_property
    def text(self) -> str:
        """The body decoded. Strict UTF-8 first, for a page that is valid UTF-8 is never anything else by accident;
        then what the server or the page declares; then Windows-1252."""
        return decode(self.body, self.content_type)

    @cached_property
    def root(self) -> lxml_html.HtmlElement:
        """The parsed tree, shared by all extractors: whoever wants to change it works on a copy."""
        source = self.text.encode("utf-8", "replace").translate(None, _CONTROLS)
        source = _XML_DECLARATION.sub(b"", source, count=1)
        parser = etree.HTMLParser(huge_tree=True, encoding="utf-8")
        parser.set_element_class_lookup(_HTML_ELEMENTS)
        try:
            root = lxml_html.document_fromstring(source, parser=parser)
        except etree.ParserError:  # nothing but comments, closing tags, or nothing at all
            root = lxml_html.document_fromstring(b"<html></html>", parser=parser)
        if any("depth" in entry.message.lower() for entry in parser.error_log):
            self.problems.append(f"The markup is nested deeper than {MAX_DEPTH} levels; what lies below was not read.")
        return root

    @property
    def languages(self) -> tuple[str, ...]:
        """The language that an HTML page says it is in, as it says it (BCP 47); none where it says nothing."""
        said = self.root.get("lang") or self.root.get(_XML_LANGUAGE) or ""
        return (said.strip(),) if said.strip() else ()

    @cached_property
    def selector(self) -> Selector:
        """The same tree with parsel's CSS and XPath."""
        return Selector(root=self.root, type="html", base_url=self.url)

    @cached_property
    def json(self) -> Any:
        """The body as JSON. Raises `ValueError` where it is none."""
        try:
            return msgspec.json.decode(self.body)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise ValueError(f"not JSON: {error}") from error


def decode(body: bytes, content_type: str | None = None) -> str:
    """Text of an HTML body in whatever encoding it really is. Never fails: broken bytes become U+FFFD."""
    bom, _ = read_bom(body)
    if bom:
        return body.decode(bom, "replace").lstrip("\ufeff")
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error.start
    declared = http_content_type_encoding(content_type) or html_body_declared_encoding(body[:4096])
    name = resolve_encoding(declared) if declared else None
    if name == "utf-8" or (name is None and _is_mostly_utf8(body, broken)):
        return body.decode("utf-8", "replace")
    return body.decode(name or "cp1252", "replace")


def _is_mostly_utf8(body: bytes, first_broken: int) -> bool:
    """Whether a few broken bytes spoil what is otherwise UTF-8: then replacing them loses less than guessing anew."""
    text = body.decode("utf-8", "replace")
    multibyte = sum(1 for character in text if ord(character) > 127 and character != "\ufffd")
    return multibyte > 4 * text.count("\ufffd") and first_broken >= 0
