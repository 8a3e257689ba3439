"""The feed as readers see it."""

from __future__ import annotations

import feedparser
from hypothesis import given
from hypothesis import strategies as st

from archiver.notify.atom import feed
from archiver.notify.notifier import Notifier
from archiver.notify.sample import sample
from archiver.store.outbox import Message
from tests.notify.changes import NEW, change, message

PLACE = "file:///srv/archive/changes.xml"
OTHER = "0b9a4cf4-4e2b-4c53-8d7e-8a3f2b1f9c22"


def read(*messages: Message, entries: int = 100) -> feedparser.FeedParserDict:
    notifier = Notifier(name="desk", atom="changes.xml", entries=entries)
    found = feedparser.parse(feed(notifier, messages, place=PLACE))
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


def test_each_change_is_an_entry_that_carries_the_comment() -> None:
    found = read(sample())
    assert (found.feed.title, found.feed.author, found.feed.updated) == (
        "Comments: desk",
        "archiver",
        "2026-03-01T12:00:00Z",
    )
    new, edited, gone = found.entries
    assert new.title == "New: Ida Holm, on A sample: the ferry sails again"
    assert (new.author, new.link, new.published) == (
        "Ida Holm",
        "https://news.example/ferry#comment-1",
        "2026-03-01T11:00:00Z",
    )
    assert new.content[0].value == "<p>Is the night ferry back on Fridays, too?</p>"
    assert [tag.term for tag in gone.tags] == ["gone"]
    assert "It sails on Fridays.</p></blockquote>" in edited.content[0].value
    assert "It sails on Fridays at ten." in edited.content[0].value


def test_names_stay_and_no_two_are_equal() -> None:
    first = read(message(NEW, NEW), sample())
    later = read(message(NEW, uid=OTHER), message(NEW, NEW), sample())
    assert later.feed.id == first.feed.id
    assert [each.id for each in later.entries[1:]] == [each.id for each in first.entries]
    assert len({each.id for each in later.entries}) == 6


def test_only_the_latest_are_shown() -> None:
    found = read(message(NEW, change(author="Jon Vik")), sample(), entries=2)
    assert [each.author for each in found.entries] == ["Ida Holm", "Jon Vik"]


def test_markup_in_a_comment_stays_text() -> None:
    (entry,) = read(message(change(text="<script>alert(1)</script>\n\n& <b>more</b>"))).entries
    assert "<script" not in entry.content[0].value
    assert "&lt;script&gt;" in entry.content[0].value or "alert(1)" not in entry.content[0].value


@given(st.text(), st.text(), st.text())
def test_whatever_people_write_the_feed_can_be_read(words: str, author: str, title: str) -> None:
    found = read(message(change(text=words, author=author), title=title))
    assert len(found.entries) == 1


def test_a_feed_of_nothing_is_one_too() -> None:
    assert read().entries == []
