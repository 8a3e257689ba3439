"""Addresses are compared, joined and judged without changing what they mean."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.pages import urls


@pytest.mark.parametrize(
    ("given_url", "cleaned"),
    [
        ("HTTPS://News.Example:443/a#comment-3", "https://news.example/a"),
        ("http://news.example:8080/a", "http://news.example:8080/a"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example/a?utm_source=x&p=7&fbclid=y", "http://news.example/a?p=7"),
        ("http://news.example/a?utm_source=x", "http://news.example/a"),
        ("http://news.example/a?b=2&a=1", "http://news.example/a?b=2&a=1"),
        ("http://news.example/%7eada/%c3%a9 é", "http://news.example/~ada/%C3%A9%20%C3%A9"),
        ("http://news.example/a%2Fb", "http://news.example/a%2Fb"),
        ("http://news.example/?q=a+b%2B", "http://news.example/?q=a+b%2B"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        (" http://news.example/ ", "http://news.example/"),
    ],
)
def test_cleaning_drops_only_what_does_not_choose_the_page(given_url: str, cleaned: str) -> None:
    assert urls.clean(given_url) == cleaned


@given(st.text(max_size=60), st.text(max_size=60))
def test_cleaning_twice_is_cleaning_once_and_nothing_raises(path: str, href: str) -> None:
    for url in (path, "http://news.example/" + path, "http://" + path, "https://news.example/?" + path):
        assert urls.clean(urls.clean(url)) == urls.clean(url)
        urls.is_archivable(url)
        joined = urls.absolute(url, href)
        assert joined is None or urls.is_archivable(joined)


@pytest.mark.parametrize(
    ("href", "leads_to"),
    [
        ("/b", "https://news.example/b"),
        ("c?d=1", "https://news.example/a/c?d=1"),
        (" \n//other.example/x\t", "https://other.example/x"),
        ("#comment-4", "https://news.example/a/#comment-4"),
        ("javascript:alert(1)", None),
        ("java\nscript:alert(1)", None),
        ("mailto:ada@news.example", None),
        ("data:text/html,x", None),
        ("http://[broken", None),
        ("http://news.example:99999/", None),
        ("http://a b/", None),
        ("", None),
        (None, None),
    ],
)
def test_a_link_is_absolute_or_none(href: str | None, leads_to: str | None) -> None:
    assert urls.absolute("https://news.example/a/", href) == leads_to


def test_www_and_default_ports_do_not_make_another_host() -> None:
    assert urls.same_host("https://www.news.example/a", "http://news.example:80/b")
    assert not urls.same_host("http://news.example:8080/", "http://news.example/")
    assert not urls.same_host("nonsense", "nonsense")


@given(st.from_regex(r"https?://[a-z.:-]{1,8}[a-z./~_?#;-]{0,12}", fullmatch=True))
def test_a_whole_link_leads_where_joining_it_to_the_page_would(link: str) -> None:
    assert urls.absolute("http://news.example/x/y", link) in (None, urljoin("http://news.example/x/y", link))
