"""Authors are people as printed; datelines are places as printed; neither is guessed from prose."""

from __future__ import annotations

import pytest

from archiver.pages.article import byline, metadata, published, signs
from archiver.pages.page import Page


def authors(content: str, *, head: str = "", site: str | None = "The Gazette") -> tuple[str, ...]:
    html = f"<html><head>{head}</head><body><main><h1>The mill</h1>{content}</main></body></html>"
    page = Page(url="https://gazette.example/mill", body=html.encode(), content_type="text/html")
    shown = signs.read(page.root)
    said = metadata.read(page.root, page.url)
    return byline.authors(said, shown, site=site, url=page.url, window=shown.elements)[0]


@pytest.mark.parametrize(
    ("content", "names"),
    [
        ("<p class=byline>By Ada Quill</p>", ("Ada Quill",)),
        ("<p class=byline>By Ada Quill and Bo Reed, staff writers | 3 May 2016</p>", ("Ada Quill", "Bo Reed")),
        ("<span class=author>Von Ada Quill und Bo Reed</span>", ("Ada Quill", "Bo Reed")),
        ("<span class='author vcard'>by <a class=fn href='/a'>Ada Quill</a></span> in <a>News</a>", ("Ada Quill",)),
        ("<p>Posted by Ada Quill on May 3, 2016 at 5 pm</p>", ("Ada Quill",)),
        ("<p>May 3, 2016 | By Ada Quill</p>", ("Ada Quill",)),
        ("<p id=author-info><strong>Author:</strong> Ada Quill</p>", ("Ada Quill",)),
        ("<p class=author>Bo Staff</p>", ("Bo Staff",)),
        (
            "<div class=author><a href='/members/ada'>Ada Quill</a> Member since 2009, 312 posts, Gold</div>",
            ("Ada Quill",),
        ),
        ("<p class=author>published May 3, 2016</p>", ()),
        ("<p>The mill was bought by Ada Quill nine years ago, and nobody in the valley had been told of it.</p>", ()),
        ("<p class=author>View all posts</p>", ()),
        ("<p class=author>View my complete profile</p>", ()),
        ("<p class=byline>Ada Quill / Editorial Columnist</p>", ("Ada Quill",)),
        ("<p class=byline>By Ada Quill, executive editor</p>", ("Ada Quill",)),
        ("<p>Posted by Ada Quill Thursday, 3 May</p>", ("Ada Quill",)),
        ("<p class=byline>May 03 1:44p by Ada Quill</p>", ("Ada Quill",)),
        ("<p>posted May 3, 2016 2:08 AM by Ada Quill</p>", ("Ada Quill",)),
        ("<p>Posted by adaquill on Tuesday May 3, @09:04AM</p>", ("adaquill",)),
        ("<p>Posted by the mill on Tuesday</p>", ()),
        ("<p class=author>Guest Author</p>", ()),
        ("<p>By Ada Quill [www] on Monday</p>", ("Ada Quill",)),
        ("<span class='credit vcard'><span class=fn>Bo Reed</span> / AP</span><p>By Ada Quill</p>", ("Ada Quill",)),
    ],
)
def test_names_are_read_from_by_lines(content: str, names: tuple[str, ...]) -> None:
    assert authors(content) == names


@pytest.mark.parametrize("name", ["The Gazette", "gazette.example", "GAZETTE"])
def test_the_site_gives_way_to_a_person(name: str) -> None:
    head = f"<meta name=author content='{name}'>"
    assert authors("<p class=byline>By Ada Quill</p>", head=head, site="Gazette") == ("Ada Quill",)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("(VALLEYMEDIA) Upper Mill, CA – The mill is closed.", "(VALLEYMEDIA) Upper Mill, CA"),
        ("UPPER MILL (Reuters) - The mill is closed.", "UPPER MILL (Reuters)"),
        ("BERLIN/PARIS (AFP) — The mill is closed.", "BERLIN/PARIS (AFP)"),
        ("UPPER MILL, N.Y. — The mill is closed.", "UPPER MILL, N.Y."),
        ("Berlin (dpa) - Die Mühle ist zu.", "Berlin (dpa)"),
        ("UPPER MILL, Jan. 15 (AP) — The mill is closed.", "UPPER MILL, Jan. 15 (AP)"),
        ("Monday – and it was the last one – saw the mill closed.", None),
        ("The mill – bought nine years ago – is closed.", None),
        ("Well-known people came.", None),
        ("", None),
    ],
)
def test_datelines_are_read_as_printed(text: str, line: str | None) -> None:
    assert published.dateline(text) == line
