"""Media of an article are told from ornaments, with whose they are; licences of the article from those of pictures."""

from __future__ import annotations

import pytest

from archiver.items import Media
from archiver.pages.article import licence, media, metadata, signs
from archiver.pages.page import Page


def page(content: str, head: str = "") -> Page:
    html = f"<html><head>{head}</head><body>{content}</body></html>"
    return Page(url="https://gazette.example/mill", body=html.encode(), content_type="text/html")


def found(content: str) -> list[Media]:
    source = page(content)
    elements = media.elements(source.root.body, frozenset())
    return [medium for element in elements if (medium := media.read(element, source.url, None))]


@pytest.mark.parametrize(
    ("content", "kind", "url"),
    [
        ("<img src='/a.jpg'>", "image", "https://gazette.example/a.jpg"),
        ("<img src='data:image/gif;base64,xx' data-src='/a.jpg'>", "image", "https://gazette.example/a.jpg"),
        ("<img srcset='/a.jpg 1x, /b.jpg 2x'>", "image", "https://gazette.example/a.jpg"),
        ("<iframe src='//player.vimeo.com/video/1'></iframe>", "video", "https://player.vimeo.com/video/1"),
        ("<iframe src='https://w.soundcloud.com/player/?x=1'></iframe>", "audio", "https://w.soundcloud.com/player/?x=1"),
        ("<iframe src='https://maps.example/x'></iframe>", "embed", "https://maps.example/x"),
        ("<video><source src='/a.mp4'></video>", "video", "https://gazette.example/a.mp4"),
        ("<audio src='/a.mp3'></audio>", "audio", "https://gazette.example/a.mp3"),
        ("<object><param name=movie value='https://www.youtube.com/v/x'></object>", "video", "https://www.youtube.com/v/x"),
        ("<blockquote class=instagram-media data-instgrm-permalink='https://x.example/p/1'>x</blockquote>", "embed", "https://x.example/p/1"),
    ],
)  # fmt: skip
def test_each_kind_of_medium_is_known_by_its_markup(content: str, kind: str, url: str) -> None:
    assert [(medium.kind, medium.url) for medium in found(content)] == [(kind, url)]


@pytest.mark.parametrize(
    "content",
    [
        "<img class=emoji src='/e.png'>",
        "<img class='avatar photo' src='/a.png'>",
        "<img src='/dot.gif' width=1 height=1>",
        "<img src='javascript:x'>",
        "<img>",
        "<iframe src='https://ads.doubleclick.net/x'></iframe>",
        "<iframe width=0 height=0 src='/x'></iframe>",
        "<blockquote>Only words.</blockquote>",
    ],
)
def test_ornaments_and_trackers_are_no_media(content: str) -> None:
    assert found(content) == []


@pytest.mark.parametrize(
    ("caption", "credit"),
    [
        ("<figcaption>The wheel. Photo: Cy Vane</figcaption>", "Cy Vane"),
        ("<figcaption>The wheel (© Cy Vane)</figcaption>", "Cy Vane"),
        ("<figcaption>The wheel <span class=credit>Cy Vane/Agency</span></figcaption>", "Cy Vane/Agency"),
        ("<figcaption>Das Rad. Foto: Cy Vane</figcaption>", "Cy Vane"),
        ("<figcaption>The wheel.</figcaption>", None),
    ],
)
def test_a_caption_names_whose_picture_it_is(caption: str, credit: str | None) -> None:
    (picture,) = found(f"<figure><img src='/a.jpg'>{caption}</figure>")
    assert picture.credit == credit
    assert picture.caption is not None


@pytest.mark.parametrize(
    ("text", "credit"),
    [
        ("You may share it. Image credit: Cy Vane. If you spot a typo, write.", "Cy Vane"),
        ("Featured image by Cy Vane", "Cy Vane"),
        ("Photo courtesy of Cy Vane", "Cy Vane"),
        ("Images of the mill were shown to the council.", None),
        ("", None),
    ],
)
def test_a_text_names_whose_picture_it_shows(text: str, credit: str | None) -> None:
    assert media.credit_in(text) == credit


def address(content: str, head: str = "") -> str | None:
    source = page(content, head)
    said, shown = metadata.read(source.root, source.url), signs.read(source.root)
    named = licence.address(said, shown, (source.root.body,), source.url)
    return named[0] if named else None


CC = "https://creativecommons.org/licenses/by/4.0/"


def test_a_licence_is_the_articles_only_where_it_says_so() -> None:
    assert address("", f"<link rel=license href='{CC}'>") == CC
    assert address(f"<p>This article is licensed under <a rel=license href='{CC}'>CC BY</a>.</p>") == CC
    assert address(f"<p>You may republish this text under a Creative Commons <a href='{CC}'>licence</a>.</p>") == CC
    assert (
        address(f"<figure><img src=/a><figcaption>Cy, <a rel=license href='{CC}'>CC BY</a></figcaption></figure>")
        is None
    )
    assert address(f"<p>He wrote at length about <a href='{CC}'>open licences</a> and mills.</p>") is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "The mill is shut.\n\nThis article is free and open source. You may republish it under a Creative Commons "
            "license. Write to us.",
            "This article is free and open source. You may republish it under a Creative Commons license.",
        ),
        ("Dieser Artikel steht unter der Lizenz CC BY 4.0.", "Dieser Artikel steht unter der Lizenz CC BY 4.0."),
        ("The mill is shut.\n\nThe council spoke of creative commons and rivers.", None),
        ("The mill is shut.", None),
    ],
)
def test_a_printed_licence_is_its_own_sentences(text: str, sentence: str | None) -> None:
    source = page("")
    said, shown = metadata.read(source.root, source.url), signs.read(source.root)
    found = licence.sentence(text, said, shown)
    assert (found[0] if found else None) == sentence
