"""Threads in JSON that nobody has described: answers of unknown APIs, and the state that a page carries in its scripts.

Every object is read as a comment (see `json_fields`); those that can be read so and stand in the same place are a
family: `/comments/*`, with their replies wherever these are nested in them. The family that looks most like a thread
is the thread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import msgspec

from archiver.items import Comment, CommentState, FollowUp, Source, ThreadPage
from archiver.pages import paths, text, urls
from archiver.pages.page import Page
from archiver.pages.threads import json_fields, words
from archiver.pages.threads.json_fields import Fields

EXTRACTOR: Final = "generic.json 1"
PLATFORM: Final = "generic"

_MAX_NODES: Final = 400_000
_MAX_SCRIPT: Final = 8_000_000
_SCRIPTS: Final = paths.elements("//script[not(@src)]")
_ASSIGNED: Final = re.compile(r"(?:window\.|var\s+|self\.)?[\w.$\[\]\"']{1,80}\s*=\s*(?=[{\[])")
_PERSON: Final = frozenset(("author", "user", "creator", "poster", "account", "owner", "profile", "member"))
_COUNTS: Final = "commentcount commentscount numcomments totalcomments numfound totalcount total count resultcount"
_NEXT: Final = "next nexturl nextpage nextpageurl nextlink"
_MARKUP: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LEAST: Final = 0.5
_LEAST_IN_SCRIPTS: Final = 0.75
"""A page carries much data that nobody sees."""


@dataclass(slots=True)
class _Entry:
    fields: Fields
    pointer: str
    above: int | None
    """The entry in which this one is nested."""


@dataclass(slots=True)
class _Family:
    place: str
    entries: list[int] = field(default_factory=list)


def find(page: Page) -> tuple[ThreadPage, ...]:
    """The thread in an API's answer; none where it holds no comments or is no JSON."""
    try:
        document = page.json
    except ValueError:
        return ()
    thread = thread_in(document, page.url, "api")
    return (thread,) if thread else ()


def find_in_scripts(page: Page) -> tuple[ThreadPage, ...]:
    """The largest thread that an HTML page carries as data in its scripts."""
    threads = (thread_in(document, page.url, "markup") for document in _documents(page))
    found = [thread for thread in threads if thread and thread.confidence >= _LEAST_IN_SCRIPTS]
    return (max(found, key=lambda thread: len(thread.comments)),) if found else ()


def _documents(page: Page) -> list[Any]:
    documents = []
    for script in _SCRIPTS(page.root):
        source = (script.text or "").strip()
        if not 2 <= len(source) <= _MAX_SCRIPT or (source[0] not in "{[" and "json" in (script.get("type") or "")):
            continue
        if source[0] not in "{[":
            assigned = _ASSIGNED.match(source)
            if assigned is None:
                continue
            source = source[assigned.end() :]
        try:
            documents.append(msgspec.json.decode(source.rstrip("; \n\t\r")))
        except (msgspec.DecodeError, UnicodeError):
            continue
    return documents


def thread_in(document: Any, url: str, source: Source) -> ThreadPage | None:
    """The thread that a decoded document holds; None where no family of objects looks like one."""
    entries, families = _read(document)
    rated = [(rate(entries, family), family) for family in families]
    best = max(rated, key=lambda pair: (pair[0], len(pair[1].entries)), default=None)
    if best is None or best[0] < _LEAST:
        return None
    confidence, family = best
    return ThreadPage(
        platform=PLATFORM,
        id=urls.clean(url),
        source=source,
        claimed=_claimed(document),
        comments=_comments(entries, family, url),
        follow_ups=_follow_ups(document, url),
        evidence=(f"objects at {family.place or '/'}",),
        extractor=EXTRACTOR,
        confidence=round(confidence, 2),
    )


def _read(document: Any) -> tuple[list[_Entry], list[_Family]]:
    """All objects that can be read as comments, in the order of the document, and the families they form."""
    entries: list[_Entry] = []
    families: dict[str, _Family] = {}
    waiting: list[tuple[Any, str, str, int | None, str | None]] = [(document, "", "", None, None)]
    for _ in range(_MAX_NODES):
        if not waiting:
            break
        value, pointer, place, above, family = waiting.pop()
        if isinstance(value, list):
            waiting += [
                (one, f"{pointer}/{at}", f"{place}/*", above, family)
                for at, one in reversed(list(enumerate(value)))
                if isinstance(one, dict | list)
            ]
        elif isinstance(value, dict):
            fields = json_fields.read(value)
            if fields is not None:
                family = family if family is not None else place
                entries.append(_Entry(fields, pointer, above))
                above = len(entries) - 1
                families.setdefault(family, _Family(family)).entries.append(above)
            waiting += [
                (one, f"{pointer}/{_escaped(name)}", f"{place}/{_masked(name)}", above, family)
                for name, one in reversed(value.items())
                if isinstance(one, dict | list) and name.lower() not in _PERSON
            ]
    return _without_wrapped(entries, families)


def _without_wrapped(entries: list[_Entry], families: dict[str, _Family]) -> tuple[list[_Entry], list[_Family]]:
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


def rate(entries: list[_Entry], family: _Family) -> float:
    """How much a family looks like a thread, from 0 to 1."""
    members = [entries[number].fields for number in family.entries]
    count = len(members)
    named = words.COMMENT_NAME.search(family.place.lower()) is not None or words.POST_NAME.search(family.place.lower())
    answers = any(member.answers for member in members) or any(entries[n].above is not None for n in family.entries)
    share = sum(bool(m.author) + bool(m.moment) + bool(m.native) for m in members) / (3 * count)
    articles = sum(member.like_article for member in members) / count
    value = 0.5 * share + 0.25 * bool(named) + 0.2 * answers + (0.1 if count > 1 else 0.0) - 0.6 * articles
    return max(0.0, min(1.0, value))


def _comments(entries: list[_Entry], family: _Family, url: str) -> tuple[Comment, ...]:
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for place, number in enumerate(family.entries, start=1):
        own = entries[number].fields.native
        ids[number] = own if own and own not in taken else f"{place}~"
        taken.add(ids[number])
    numbered = {entries[n].fields.number: ids[n] for n in family.entries if entries[n].fields.number is not None}
    return tuple(
        _comment(entries[number], ids, number, taken, numbered, position, url)
        for position, number in enumerate(family.entries)
    )


def _comment(
    entry: _Entry, ids: dict[int, str], number: int, known: set[str], numbered: Mapping[int | None, str], position: int,
    url: str,
) -> Comment:  # fmt: skip
    fields, moment = entry.fields, entry.fields.moment
    parent, rule = _parent(entry, ids, ids[number], known, numbered)
    is_markup = _MARKUP.search(fields.text) is not None
    state: CommentState = "deleted" if fields.gone else "visible"
    return Comment(
        id=ids[number],
        id_origin="native" if fields.native == ids[number] else "derived",
        parent_id=parent,
        author=fields.author,
        author_id=fields.author_id,
        published=moment.utc if moment else None,
        published_local=moment.local if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        text=text.text_of_html(fields.text) if is_markup else fields.text.strip(),
        html=fields.text if is_markup else "",
        permalink=urls.absolute(url, fields.link) if fields.link else None,
        state=state,
        score=fields.score,
        number=fields.number,
        position=position,
        locator=entry.pointer,
        found_by={"parent": rule} if rule else {},
    )


def _parent(
    entry: _Entry, ids: dict[int, str], own: str, known: set[str], numbered: Mapping[int | None, str]
) -> tuple[str | None, str]:
    """The id of the comment that is answered, and how it was told."""
    answers = entry.fields.answers
    if answers:
        bare = answers.rpartition("_")[2]
        for named in (answers, bare):
            if named in known and named != own:
                return named, "parent id"
        if answers.isdecimal() and numbered.get(int(answers), own) != own:
            return numbered[int(answers)], "parent number"
    if entry.above is not None and entry.above in ids:
        return ids[entry.above], "nesting"
    return None, ""


def _claimed(document: Any) -> int | None:
    """A count at the top of the document, or one level below."""
    tops = [document] if isinstance(document, dict) else []
    tops += [value for top in tops for value in top.values() if isinstance(value, dict)][:20]
    for top in tops:
        plain = {re.sub(r"[^a-z]", "", name.lower()): value for name, value in top.items()}
        for name in _COUNTS.split():
            value = plain.get(name)
            if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
                return value
    return None


def _follow_ups(document: Any, url: str) -> tuple[FollowUp, ...]:
    """The address that the answer names as its next page."""
    tops = [document] if isinstance(document, dict) else []
    tops += [value for top in tops for value in top.values() if isinstance(value, dict)][:20]
    for top in tops:
        plain = {re.sub(r"[^a-z]", "", name.lower()): value for name, value in top.items()}
        for name in _NEXT.split():
            value = plain.get(name)
            target = urls.absolute(url, value) if isinstance(value, str) and "/" in value else None
            if target and urls.same_host(target, url) and urls.clean(target) != urls.clean(url):
                return (FollowUp(url=target, platform=PLATFORM, thread_id=urls.clean(url), purpose="next page"),)
    return ()
