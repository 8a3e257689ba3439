"""One article while it is put together: each field, and the rule that found it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from lxml.html import HtmlElement

from archiver.items import Article, Media, Moment
from archiver.pages import dates, jsonld
from archiver.pages.article import body as bodies
from archiver.pages.article import byline, edges, headline, licence, media, metadata, published, signs
from archiver.pages.article.blocks import PARAGRAPH, is_text, leaves
from archiver.pages.article.described import words_of_empty_page
from archiver.pages.page import Page
from archiver.pages.text import collapse

EXTRACTOR: Final = "article 3"
"""Raised whenever the same page would give other words."""

MAX_MEDIA: Final = 500
_ABOVE: Final = 20
_BELOW: Final = 40
"""How many elements before and after the headline may hold an unmarked date or by line."""

_SECTIONS: Final = (
    "article:section",
    "og:article:section",
    "section",
    "parsely-section",
    "sailthru.section",
    "dc.subject.section",
)
_TAGS: Final = ("article:tag", "og:article:tag", "news_keywords", "parsely-tags", "sailthru.tags", "keywords")
_NO_MOMENT: Final = Moment(raw="")


class Reading:
    """One article while it is put together: what was found, and the rule that found it."""

    def __init__(
        self,
        page: Page,
        said: metadata.Metadata,
        shown: signs.Signs,
        title: headline.Headline | None,
        body: bodies.Body,
    ) -> None:
        self.page, self.said, self.shown, self.title = page, said, shown, title
        self.found_by: dict[str, str] = {"title": title.rule} if title else {}
        self.place = shown.place_of(title.element) if title else None
        self.first = shown.place_of(body.parts[0]) if body.parts else None
        self.paragraph = self._first_paragraph(body)
        self.authors = self._authors()
        self.deck = self._named("deck", headline.deck(shown, title, self.place, self.paragraph, said))
        labels = {sign.element for sign in shown.found if sign.role in ("author", "published", "modified")}
        self.body = edges.trim(
            body,
            title=title.text if title else None,
            headline=title.element if title else None,
            deck=self.deck,
            labels=labels,
            authors=self.authors,
        )

    def _first_paragraph(self, body: bodies.Body) -> int | None:
        """The place of the first paragraph of the body, the deck aside: a deck may stand in the body, above that."""
        decks = {sign.element for sign in self.shown.of("deck")}
        for part in body.parts:
            for block in leaves(part, body.without):
                if block not in decks and is_text(block, body.without, least=PARAGRAPH):
                    return self.shown.place_of(block)
        return self.first

    def article(self, sure: float) -> Article:
        pictures = self._media()
        captions = {caption for element, _ in pictures if (caption := media.caption_of(element)) is not None}
        bare = replace(self.body, without=self.body.without | captions)
        text, places = bare.text_around([element for element, _ in pictures])
        known = dict(zip([element for element, _ in pictures], places, strict=True))
        shown = tuple(replace(medium, at=known.get(element)) for element, medium in pictures)
        text = self._named("text", words_of_empty_page(self.page.root, self.said, text)) or text
        made, changed = self._times()
        credit = self._credit(text, shown)
        return Article(
            url=self.page.url,
            other_urls=self._other_urls(),
            title=self.title.text if self.title else None,
            deck=self.deck,
            authors=self.authors,
            dateline=published.dateline(text),
            published=made.utc,
            published_local=made.local,
            published_raw=made.raw or None,
            published_precision=made.precision,
            modified=changed.utc,
            modified_local=changed.local,
            modified_raw=changed.raw or None,
            text=text,
            html=self.body.html,
            language=self.said.language,
            section=self._section(),
            tags=self._tags(),
            licence_url=self._named(
                "licence_url", licence.address(self.said, self.shown, self.body.parts, self.page.url)
            ),
            licence_text=self._named("licence_text", licence.sentence(text, self.said, self.shown)),
            image_credit=credit,
            media=self._lead() + shown,
            extractor=EXTRACTOR,
            found_by=self.found_by,
            confidence=sure,
        )

    def _named(self, field: str, found: tuple[str, str] | None) -> str | None:
        """The value of a finding; its rule is noted."""
        if found is None:
            return None
        self.found_by[field] = found[1]
        return found[0]

    def _authors(self) -> tuple[str, ...]:
        site = headline.site_name(self.said, self.shown)
        names, rule = byline.authors(self.said, self.shown, site=site, url=self.page.url, window=self._window())
        if names:
            self.found_by["authors"] = rule
        return names

    def _window(self) -> list[HtmlElement]:
        """The elements around the headline, down to the body's first paragraph where the body stands below."""
        if self.place is None:
            return self.shown.elements[: self.first or 0][-_BELOW:]
        end = self.place + _BELOW
        if self.first is not None and self.first > self.place:
            end = min(end, self.paragraph or self.first)
        around = self.shown.elements[max(0, self.place - _ABOVE) : end]
        title = self.title.element if self.title else None
        return [here for here in around if here is not title and title not in here.iterancestors()]

    def _times(self) -> tuple[Moment, Moment]:
        languages = (self.said.language,) if self.said.language else ()
        read_date = partial(_read_date, self.page, languages)
        parts = set(self.body.parts)
        made = published.published(
            self.said,
            self.shown,
            headline=self.place,
            parts=parts,
            window=self._window(),
            url=self.page.url,
            title=self.title.text if self.title else None,
            read=read_date,
        )
        changed = published.modified(self.said, self.shown, headline=self.place, parts=parts, read=read_date)
        for field, moment in (("published", made), ("modified", changed)):
            if moment:
                self.found_by[field] = moment.rule
        return made or _NO_MOMENT, changed or _NO_MOMENT

    def _other_urls(self) -> tuple[str, ...]:
        given = (
            *self.said.links.get("canonical", ()),
            *self.said.links.get("shortlink", ()),
            *self.said.links.get("amphtml", ()),
        )
        return (*given, *self.said.meta.get("og:url", ()))

    def _section(self) -> str | None:
        article = self.said.article
        named = article and jsonld.text(article, "articleSection")
        if named:
            return self._named("section", (named, "json-ld articleSection"))
        if meta := self.said.first(_SECTIONS):
            return self._named("section", (meta[1], f"meta {meta[0]}"))
        link = next(self._section_links(), None)
        return self._named("section", (link.text, link.name)) if link else None

    def _section_links(self) -> Iterator[signs.Sign]:
        """Links that are called a category, themselves or by what they stand in (WordPress: `taxonomy-category`)."""
        for sign in self.shown.found:
            if sign.element.tag == "a" and sign.text:
                parent = sign.element.getparent()
                around = (parent.get("class") or "") if parent is not None else ""
                if sign.role == "section" or (sign.role == "tag" and "category" in around):
                    yield sign

    def _tags(self) -> tuple[str, ...]:
        printed = [sign.text for sign in self.shown.of("tag") if sign.name == "rel=tag" and sign.text]
        sections = {sign.text for sign in self._section_links()}
        article = self.said.article
        for rule, tags in (
            ("json-ld keywords", _split(jsonld.texts(article, "keywords")) if article else ()),
            ("rel=tag", tuple(tag for tag in printed if tag not in sections)),
            *((f"meta {name}", _split(self.said.meta.get(name, ()))) for name in _TAGS),
        ):
            if tags:
                self.found_by["tags"] = rule
                return tags
        return ()

    def _media(self) -> list[tuple[HtmlElement, Media]]:
        base = self.page.url
        elements = [element for part in self.body.parts for element in media.elements(part, self.body.without)]
        return [(element, found) for element in elements[:MAX_MEDIA] if (found := media.read(element, base, None))]

    def _lead(self) -> tuple[Media, ...]:
        """Pictures between the headline and the body stand at its beginning."""
        if self.place is None or self.first is None:
            return ()
        before = self.shown.elements[self.place : self.first]
        return tuple(medium for element in media.lead(before) if (medium := media.read(element, self.page.url, 0)))

    def _credit(self, text: str, shown: Sequence[Media]) -> str | None:
        in_text = media.credit_in(text)
        if in_text:
            return self._named("image_credit", (in_text, "printed in the body"))
        credited = next((medium.credit for medium in (*self._lead(), *shown) if medium.credit), None)
        return self._named("image_credit", (credited, "caption")) if credited else None


def _read_date(page: Page, languages: tuple[str, ...], raw: str, rule: str) -> Moment:
    thorough = any(character.isdecimal() for character in raw)
    return dates.from_words(raw, at=page.at, languages=languages, rule=rule, thorough=thorough)


def _split(lines: Collection[str]) -> tuple[str, ...]:
    """Tags, where one string may hold several."""
    tags = [
        collapse(tag)
        for line in lines
        for tag in (line.split(",") if len(lines) == 1 or line.count(",") > 1 else [line])
    ]
    return tuple(tag for tag in tags if tag)
