"""The head of a page is read whatever shape its author gave it."""

from __future__ import annotations

import pytest

from archiver.pages import jsonld
from archiver.pages.article import metadata
from archiver.pages.page import Page

URL = "https://gazette.example/mill"


def read(head: str, lang: str = "") -> metadata.Metadata:
    page = Page(
        url=URL, body=f"<html {lang}><head>{head}</head><body></body></html>".encode(), content_type="text/html"
    )
    return metadata.read(page.root, URL)


def script(source: str) -> str:
    return f'<script type="application/ld+json">{source}</script>'


def test_metas_are_found_by_any_of_their_names_and_links_are_absolute() -> None:
    said = read("<meta property='og:title' name=title content=' The  mill '><link rel='canonical shortlink' href='/m'>")
    assert said.first(("nothing", "og:title")) == ("og:title", "The mill")
    assert said.meta["title"] == ("The mill",)
    assert said.links == {"canonical": ("https://gazette.example/m",), "shortlink": ("https://gazette.example/m",)}


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("lang=de-AT", "", "de-AT"),
        ("", "<meta property='og:locale' content='en_US'>", "en-US"),
        ("lang='{{ lang }}'", "<meta http-equiv=content-language content=fr>", "fr"),
        ("", "", None),
    ],
)
def test_the_language_is_what_the_page_declares(lang: str, head: str, language: str | None) -> None:
    assert read(head, lang).language == language


def test_the_title_of_a_picture_is_not_the_title_of_the_page() -> None:
    assert read("<svg><title>Logo</title></svg><title>The mill</title>").title == "The mill"


@pytest.mark.parametrize(
    "source",
    [
        '{"@type": "NewsArticle", "headline": "The mill"}',
        '[{"@type": "WebSite"}, {"@type": ["Thing", "BlogPosting"], "headline": "The mill"}]',
        '{"@graph": [{"@type": "http://schema.org/Article", "headline": "The mill"}]}',
        '{"@type": "WebPage", "mainEntity": {"@type": "Article", "headline": "The mill"}}',
        '<!-- {"@type": "Article", "headline": "The\nmill"} -->',
        '//<![CDATA[\n{"@type": "Article", "headline": "The mill"}\n//]]>',
    ],
)
def test_the_article_is_found_in_any_shape_of_json_ld(source: str) -> None:
    article = read(script(source)).article
    assert article is not None
    assert (jsonld.text(article, "headline") or "").split() == ["The", "mill"]


def test_a_list_of_articles_is_none_unless_one_names_this_page() -> None:
    other = '{"@type": "Article", "headline": "Another", "url": "https://gazette.example/x"}'
    this = '{"@type": "Article", "headline": "The mill", "mainEntityOfPage": {"@id": "https://gazette.example/mill#x"}}'
    third = '{"@type": "Article", "headline": "A third"}'
    assert read(script(f"[{other}, {third}]")).article is None
    found = read(script(f"[{other}, {this}, {third}]")).article
    assert found is not None
    assert found["headline"] == "The mill"


def test_names_are_people_or_bodies_and_ids_are_followed() -> None:
    said = read(
        script(
            """{"@graph": [{"@type": "Person", "@id": "#a", "name": "Ada Quill"}, {"@type": "Article", "headline": "x",
            "author": [{"@id": "#a"}, "Bo Reed", {"@type": "Organization", "name": "The Gazette"}, {"@type": "Person"}]
            }]}"""
        )
    )
    assert said.article is not None
    names = jsonld.names(said.article, "author", said.nodes)
    assert names == (("Ada Quill", True), ("Bo Reed", True), ("The Gazette", False))


@pytest.mark.parametrize(
    "source",
    [
        "",
        "{",
        "null",
        "3",
        '"x"',
        "[" * 5000,
        '{"@type": 3}',
        '{"@type": "Article", "headline": {"a": [1]}}',
        "{'@type': 1}",
    ],
)
def test_broken_json_ld_is_passed_over(source: str) -> None:
    said = read(script(source) + script('{"@type": "Article", "headline": "The mill"}'))
    assert said.article is not None
    assert jsonld.text(said.article, "headline") == "The mill"
