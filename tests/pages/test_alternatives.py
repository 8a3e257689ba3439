"""Patterns by first letter: other patterns for the same language."""

from __future__ import annotations

import re

import pytest

from archiver.pages.alternatives import by_first_letter


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("says|said|wrote", "s(?:ays|aid)|wrote"),
        ("one", "one"),
        (r"a(?:b|c)|ad|\bx", r"a(?:(?:b|c)|d)|\bx"),
        ("a?b|ac", "a?b|ac"),
        (r"a[|)]|a\|b", r"a(?:[|)]|\|b)"),
        ("é|a|ès", "é|a|ès"),
    ],
)
def test_alternatives_are_put_together_by_their_first_letter(source: str, expected: str) -> None:
    assert by_first_letter(source) == expected


@pytest.mark.parametrize("text", ["", "say", "he says so", "sayso", "saying", "a wrote b", "xsays", "sa", "comments"])
def test_what_is_found_stays_the_same(text: str) -> None:
    source = r"say|says|sa(?:id|ying)|wrote|comm?ents?|c(?<!\wc)om"
    one, other = re.search(source, text), re.search(by_first_letter(source), text)
    assert (one and one.span()) == (other and other.span())
