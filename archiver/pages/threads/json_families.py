"""The objects of a document that can be read as comments. Those that stand in the same place are a family:
`/comments/*`, with their replies wherever these are nested in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from archiver.pages.threads import json_fields, words
from archiver.pages.threads.json_fields import Fields
from archiver.pages.threads.json_times import Basis

_MAX_NODES: Final = 400_000
_PERSON: Final = frozenset(("author", "user", "creator", "poster", "account", "owner", "profile", "member"))


@dataclass(slots=True)
class Entry:
    fields: Fields
    pointer: str
    above: int | None
    """The entry in which this one is nested."""
    key: str | None
    """Its own name in an object that maps ids to comments."""


@dataclass(slots=True)
class _Waiting:
    """A value that is still to be looked at, with what is known of the place where it stands."""

    value: Any
    pointer: str
    place: str
    above: int | None
    family: str | None
    key: str | None


@dataclass(slots=True)
class Family:
    place: str
    entries: list[int] = field(default_factory=list)


def read_families(document: Any, basis: Basis) -> tuple[list[Entry], list[Family]]:
    """All objects that can be read as comments, in the order of the document, and the families they form."""
    entries: list[Entry] = []
    families: dict[str, Family] = {}
    waiting = [_Waiting(document, "", "", None, None, None)]
    for _ in range(_MAX_NODES):
        if not waiting:
            break
        here = waiting.pop()
        if isinstance(here.value, list):
            waiting += [
                replace(here, value=one, pointer=f"{here.pointer}/{at}", place=f"{here.place}/*", key=None)
                for at, one in reversed(list(enumerate(here.value)))
                if isinstance(one, dict | list)
            ]
        elif isinstance(here.value, dict):
            fields = json_fields.read(here.value, basis)
            if fields is not None:
                here.family = here.family if here.family is not None else here.place
                entries.append(Entry(fields, here.pointer, here.above, here.key))
                here.above = len(entries) - 1
                families.setdefault(here.family, Family(here.family)).entries.append(here.above)
            is_map = fields is None and _is_map(here.value)
            waiting += [
                replace(
                    here,
                    value=one,
                    pointer=f"{here.pointer}/{_escaped(name)}",
                    place=f"{here.place}/{'*' if is_map else _masked(name)}",
                    key=name if is_map else None,
                )
                for name, one in reversed(here.value.items())
                if isinstance(one, dict | list) and name.lower() not in _PERSON
            ]
    return _without_wrapped(entries, families)


def _is_map(value: Mapping[str, Any]) -> bool:
    """Whether an object maps ids to objects of one kind."""
    if len(value) < 2 or not all(isinstance(one, dict) for one in value.values()):
        return False
    first, *others = (frozenset(one) for one in value.values())
    return bool(first) and all(2 * len(first & other) >= len(first | other) for other in others)


def _without_wrapped(entries: list[Entry], families: dict[str, Family]) -> tuple[list[Entry], list[Family]]:
    """Without the objects that were read twice: as themselves, and through what wraps them."""
    twins = {
        number
        for number, entry in enumerate(entries)
        if entry.above is not None and _is_same(entries[entry.above].fields, entry.fields)
    }
    for number, entry in enumerate(entries):
        while entry.above in twins and entry.above is not None:
            entry.above = entries[entry.above].above
        if number in twins:
            continue
    for family in families.values():
        family.entries = [number for number in family.entries if number not in twins]
    return entries, [family for family in families.values() if family.entries]


def _is_same(one: Fields, other: Fields) -> bool:
    return one.text == other.text and one.moment == other.moment


def _escaped(name: str) -> str:
    """A member's name in a JSON pointer (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")


def _masked(name: str) -> str:
    """Members named by ids are one place: `/comments/12` and `/comments/13` are `/comments/*`."""
    return "*" if any(letter.isdigit() for letter in name) or len(name) > 30 else name


def rate(entries: list[Entry], family: Family) -> float:
    """How much a family looks like a thread, from 0 to 1."""
    members = [entries[number].fields for number in family.entries]
    count = len(members)
    named = words.COMMENT_NAME.search(family.place.lower()) is not None or words.POST_NAME.search(family.place.lower())
    answers = any(member.answers for member in members) or any(entries[n].above is not None for n in family.entries)
    share = sum(
        bool(m.author or m.author_id or m.state != "visible") + bool(m.moment) + bool(m.native) for m in members
    ) / (3 * count)
    articles = sum(member.like_article for member in members) / count
    value = 0.5 * share + 0.25 * bool(named) + 0.2 * answers + (0.1 if count > 1 else 0.0) - 0.6 * articles
    return max(0.0, min(1.0, value))
