"""The sample newspaper shows what its stories say: what tests compare with has to be true."""

from __future__ import annotations

import json
import re
from urllib.request import urlopen

from tests.site.server import Site
from tests.site.wordpress import page_count


def _read(url: str) -> str:
    with urlopen(url) as response:
        text: str = response.read().decode()
    return text


def test_every_comment_of_the_post_stands_on_one_of_its_pages(site: Site) -> None:
    ferry = site.story("ferry")
    pages = [_read(site.url(ferry.path + (f"comment-page-{n}/" if n > 1 else ""))) for n in (1, 2)]
    shown = [int(found) for page in pages for found in re.findall(r'<li id="comment-(\d+)"', page)]
    assert page_count(ferry) == 2
    assert sorted(shown) == sorted(comment.id for comment in ferry.comments)


def test_the_api_knows_parents_that_the_page_flattens(site: Site) -> None:
    answer = json.loads(_read(site.url("/wp-json/wp/v2/comments?post=218&per_page=100")))
    assert {each["id"]: each["parent"] for each in answer}[3121] == 3114
    assert {each["type"] for each in answer} == {"comment"}


def test_isso_holds_replies_back_until_they_are_asked_for(site: Site) -> None:
    path = site.story("night-bus").path
    first = json.loads(_read(site.url(f"/isso/?uri={path}&nested_limit=2")))
    assert (first["total_replies"], first["replies"][2]["hidden_replies"]) == (11, 1)
    more = json.loads(_read(site.url(f"/isso/?uri={path}&parent=46&offset=2")))
    assert [each["id"] for each in more["replies"]] == [49]
