"""What a notifier chooses of the changes of a visit."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archiver.notify.notifier import Kind, Notifier, choose, wanted
from archiver.store.changes import Change
from tests.notify.changes import EDITED, GONE, NEW, change, changes

RESTATED = change(GONE, state="removed")
KINDS: tuple[Kind, ...] = ("first", "new", "edited", "gone", "back", "restated")


def notifier(**given: Any) -> Notifier:
    return Notifier(**{"name": "desk", "command": ("true",)} | given)


def chosen(found: Change, **given: Any) -> bool:
    return choose(notifier(**given), changes(found)) is not None


def test_without_filters_all_is_told_but_what_a_first_reading_found() -> None:
    found = changes(NEW, EDITED, GONE, change(first=True))
    assert choose(notifier(), found) == changes(NEW, EDITED, GONE)


def test_only_what_is_gone() -> None:
    assert choose(notifier(on=("gone",)), changes(NEW, EDITED, GONE)) == changes(GONE)
    assert choose(notifier(on=("gone",)), changes(NEW)) is None


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"sites": ("news.example",)}, True),
        ({"sites": ("WWW.News.example",)}, True),
        ({"sites": ("example",)}, True),
        ({"sites": ("ews.example",)}, False),
        ({"sites": ("other.example", "news.example")}, True),
        ({"sites": ("other.example",)}, False),
        ({"sites": ("https://news.example/",)}, True),
        ({"sites": ("news.example:8080",)}, False),
        ({"urls": ("/ferry",)}, True),
        ({"urls": ("https://NEWS.example/ferry?utm_source=mail#comments",)}, True),
        ({"urls": ("/fer*",)}, True),
        ({"urls": ("https://news.example/*",)}, True),
        ({"urls": ("/harbour",)}, False),
        ({"authors": ("ida holm",)}, True),
        ({"authors": ("Ida*",)}, True),
        ({"authors": ("Ida",)}, False),
        ({"authors": ("acct-7",)}, True),
        ({"words": ("FERRY",)}, True),
        ({"words": ("night ferry",)}, True),
        ({"words": ("ferr",)}, False),
        ({"words": ("ferr*",)}, True),
        ({"words": ("café",)}, True),
        ({"words": ("goat",)}, False),
        ({"words": ("goat", "ferry")}, True),
        ({"words": ("ferry",), "authors": ("Jon Vik",)}, False),
        ({"words": ("c++",)}, True),
        ({"words": ("(o",)}, False),
    ],
)
def test_filters(given: dict[str, Any], expected: bool) -> None:
    found = change(text="Is the night\nferry back? C++, at the cafe\u0301.", author_id="acct-7")
    assert chosen(found, **given) is expected


def test_a_site_without_a_port_is_any_port_of_it_and_may_have_any_letters() -> None:
    elsewhere = changes(NEW, url="http://xn--bcher-kva.example:8080/ferry")
    for site in ("bücher.example", "bücher.example:8080", "http://bücher.example:8080"):
        assert choose(notifier(sites=(site,)), elsewhere) == elsewhere
    assert choose(notifier(sites=("bücher.example:9090",)), elsewhere) is None


def test_of_an_edit_the_words_before_count_too() -> None:
    edited = change(EDITED, text="I said nothing.", before="The mayor is a goat.")
    assert chosen(edited, words=("goat",))
    assert chosen(edited, words=("nothing",))
    assert not chosen(edited, words=("sheep",))


@given(
    st.lists(st.sampled_from((NEW, EDITED, GONE, RESTATED, change(first=True)))),
    st.sets(st.sampled_from(KINDS), min_size=1),
    st.sampled_from(((), ("Ida Holm",), ("Jon*",))),
    st.sampled_from(((), ("ferry",), ("fridays", "comment"))),
)
def test_filters_only_take_away(found: list[Change], on: set[Kind], authors: Any, words: Any) -> None:
    """What is chosen is part of what there is, in its order; one filter more never lets more through."""
    whole = changes(*found)
    asked = notifier(on=tuple(on), authors=authors, words=words)
    kept = choose(asked, whole)
    rest = iter(whole.changes)
    assert all(any(each is other for other in rest) for each in (kept.changes if kept else ()))
    fewer = choose(notifier(on=tuple(on), authors=authors), whole)
    assert set(map(id, kept.changes if kept else ())) <= set(map(id, fewer.changes if fewer else ()))


def test_each_notifier_gets_its_own_part() -> None:
    mine, yours = notifier(name="mine", on=("new",)), notifier(name="yours", on=("gone", "first"))
    asked = wanted([mine, yours])
    assert asked is not None
    assert asked.first
    assert asked.by_notifier(changes(NEW, GONE)) == {"mine": changes(NEW), "yours": changes(GONE)}
    assert asked.by_notifier(changes(NEW)) == {"mine": changes(NEW)}
    only_later = wanted([mine])
    assert only_later is not None
    assert not only_later.first
    assert wanted([]) is None


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"command": None}, "one of `command`, `webhook` and `atom`, not none"),
        ({"atom": "changes.xml"}, "not command and atom"),
        ({"command": ()}, "`command` is empty"),
        ({"command": None, "webhook": "chat.example/hooks"}, "no whole address"),
        ({"on": ()}, "`on` is empty"),
        ({"name": " "}, "`name` is empty"),
        ({"entries": 0}, "`entries`"),
    ],
)
def test_what_makes_no_sense_is_named(given: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        notifier(**given)
