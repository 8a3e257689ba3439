"""What a person's rules take of a listing."""

from __future__ import annotations

from datetime import date

import pytest

from archiver.crawl.listings import Entry, Lead, Listing
from archiver.crawl.sites import Site, choose

HOST = "https://news.example"


def listing(*paths: str, leads: tuple[Lead, ...] = ()) -> Listing:
    """Paths that begin with a day carry it: '2026-03-07 /x'."""
    entries = []
    for path in paths:
        day, _, rest = path.rpartition(" ")
        url = rest if "://" in rest else HOST + rest
        entries.append(Entry(url=url, latest=date.fromisoformat(day) if day else None))
    return Listing(kind="section", articles=tuple(entries), leads=leads)


NEXT = Lead(url=f"{HOST}/world/page/2/", kind="next page")
FEED = Lead(url=f"{HOST}/feed/", kind="feed")
SPORT = Lead(url=f"{HOST}/sport/", kind="section")


def test_without_rules_all_of_the_host_is_taken_and_nothing_else() -> None:
    found = listing("/a", "https://www.news.example/b", "https://other.example/c")
    choice = choose(Site(url=f"{HOST}/world/"), found, 0)
    assert choice.articles == (f"{HOST}/a", "https://www.news.example/b")
    assert choice.left_out == (("https://other.example/c", "on another host"),)


def test_other_hosts_are_taken_where_they_are_named() -> None:
    site = Site(url=f"{HOST}/", hosts=("Blog.news.example",))
    assert choose(site, listing("https://blog.news.example/c"), 0).articles == ("https://blog.news.example/c",)


@pytest.mark.parametrize(
    ("rules", "taken"),
    [
        ({"include": ("/world/*",)}, ["/world/a", "/world/live/b"]),
        ({"exclude": ("*/live/*",)}, ["/world/a", "/sport/c", "/sport/d?x=1"]),
        ({"include": ("/world/*", "/sport/?"), "exclude": ("/world/live/*",)}, ["/world/a", "/sport/c"]),
        ({"include": (f"{HOST}/sport/*",)}, ["/sport/c", "/sport/d?x=1"]),
    ],
)
def test_patterns_are_of_paths_or_of_whole_addresses(rules: dict[str, tuple[str, ...]], taken: list[str]) -> None:
    found = listing("/world/a", "/world/live/b", "/sport/c", "/sport/d?x=1")
    choice = choose(Site(url=HOST, **rules), found, 0)  # type: ignore[arg-type]
    assert [url.removeprefix(HOST) for url in choice.articles] == taken


def test_what_is_known_to_be_older_is_left_out() -> None:
    site = Site(url=HOST, since=date(2026, 3, 7))
    choice = choose(site, listing("2026-03-08 /a", "2026-03-07 /b", "2026-03-06 /c", "/d"), 0)
    assert [url.removeprefix(HOST) for url in choice.articles] == ["/a", "/b", "/d"]
    assert choice.left_out == ((f"{HOST}/c", "older than 2026-03-07"),)


def test_a_section_is_read_to_its_end_or_to_where_it_is_too_old() -> None:
    site = Site(url=f"{HOST}/world/", since=date(2026, 3, 7))
    for page, goes_on in (("2026-03-08 /a", True), ("/a", True), ("2026-03-01 /a", False)):
        assert bool(choose(site, listing(page, leads=(NEXT,)), 0).listings) is goes_on


def test_depth_counts_the_steps_away_from_the_start() -> None:
    front, section = Site(url=f"{HOST}/"), Site(url=f"{HOST}/world/")
    assert (front.steps, section.steps, Site(url=HOST, depth=0).steps) == (1, 0, 0)
    found = listing("/a", leads=(NEXT, FEED, SPORT))
    assert choose(front, found, front.steps).listings == ((NEXT.url, 1), (FEED.url, 0), (SPORT.url, 0))
    assert choose(front, found, 0).listings == ((NEXT.url, 0),)


def test_a_section_that_shows_nothing_itself_has_a_feed() -> None:
    assert choose(Site(url=f"{HOST}/world/"), listing(leads=(FEED, SPORT)), 0).listings == ((FEED.url, 0),)


def test_what_is_newest_stands_on_the_first_page_and_in_the_feeds() -> None:
    found = listing("/a", leads=(NEXT, FEED, SPORT))
    choice = choose(Site(url=f"{HOST}/"), found, 1, newest=True)
    assert (choice.articles, choice.listings) == ((f"{HOST}/a",), ((FEED.url, 0),))


def test_excluded_sections_are_not_read() -> None:
    assert choose(Site(url=HOST, exclude=("/sport/*",)), listing("/a", leads=(SPORT,)), 1).listings == ()
