"""One work is one article, whatever address it is read at; two works never become one by mistake."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from archiver.store.closing import close_visit
from archiver.store.database import Database
from tests.store.site import NOW, URL, article, begin, comment, page, rows, save, thread

OTHER = "https://news.example/amp/harbour"
FRONT = "https://news.example/"


def read(database: Database, asked: str, *, at: str | None = None, hours: int = 0, **more: object) -> None:
    """One visit of `asked` that ends at `at`, whose article says `more` of itself."""
    when = NOW + timedelta(hours=hours)
    first = begin(database, asked, at=when)
    shown = article(**{"url": at or asked} | more)
    save(database, replace(page(first, thread(comment("1")), at=when, article=shown)))
    close_visit(database, first.visit_id, now=when)


def articles(database: Database) -> list[str]:
    return [row["url"] for row in rows(database, "SELECT url FROM article ORDER BY id")]


def test_an_address_that_leads_elsewhere_belongs_to_what_was_read(database: Database) -> None:
    read(database, "https://news.example/?p=7", at=URL)
    read(database, URL, hours=1)
    read(database, "https://news.example/?p=7", at=URL, hours=2)
    assert articles(database) == [URL]
    assert len(rows(database, "SELECT * FROM comment")) == 1


def test_an_article_that_moved_is_still_the_same(database: Database) -> None:
    read(database, URL)
    read(database, URL, at="https://news.example/2026/harbour", hours=1)
    read(database, "https://news.example/2026/harbour", hours=2)
    assert articles(database) == [URL]


def test_addresses_passed_on_the_way_belong_to_the_article(database: Database) -> None:
    first = begin(database, "https://short.example/a")
    on_the_way = ("https://short.example/a", "https://news.example/go/7")
    save(database, replace(page(first, thread(), article=article()), asked=on_the_way))
    close_visit(database, first.visit_id, now=NOW)
    read(database, "https://news.example/go/7", hours=1)
    assert articles(database) == [URL]


def test_another_version_names_the_page_that_was_read_before(database: Database) -> None:
    read(database, URL)
    read(database, OTHER, other_urls=(URL,), hours=1)
    assert articles(database) == [URL]


def test_the_page_that_another_version_named_is_the_same_article(database: Database) -> None:
    read(database, OTHER, other_urls=(URL,))
    read(database, URL, hours=1)
    assert articles(database) == [OTHER]


def test_a_site_that_names_its_front_page_everywhere_keeps_its_articles_apart(database: Database) -> None:
    read(database, URL, other_urls=(FRONT,))
    read(database, "https://news.example/bridge", other_urls=(FRONT,), hours=1)
    assert articles(database) == [URL, "https://news.example/bridge"]


def test_a_site_that_names_one_page_everywhere_keeps_its_articles_apart(database: Database) -> None:
    for hours, name in enumerate(("harbour", "bridge", "ferry")):
        read(database, f"https://news.example/{name}", other_urls=("https://news.example/news",), hours=hours)
    assert len(articles(database)) == 3


def test_an_article_that_now_leads_to_the_front_page_is_not_overwritten_by_it(database: Database) -> None:
    read(database, FRONT)
    read(database, URL, hours=1)
    read(database, URL, at=FRONT, hours=2)
    assert articles(database) == [FRONT, URL]
    last = rows(database, "SELECT a.url FROM visit v JOIN article a ON a.id = v.article_id ORDER BY v.id")[-1]
    assert last["url"] == FRONT


def test_a_thread_named_by_the_articles_address_stays_one_under_all_of_them(database: Database) -> None:
    for hours, asked in enumerate((URL, "https://news.example/2026/harbour")):
        when = NOW + timedelta(hours=hours)
        first = begin(database, URL, at=when)
        item = page(first, thread(comment("1"), id=asked), at=when, article=article(url=asked))
        save(database, item)
        close_visit(database, first.visit_id, now=when)
    assert [row["native_id"] for row in rows(database, "SELECT native_id FROM thread")] == [URL]
