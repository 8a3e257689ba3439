"""Threads in JSON that nobody has described: answers of unknown APIs, and the state that a page carries in its scripts.

json_documents   the JSON that an HTML page carries
json_families    the objects that can be read as comments, and which of them belong together
json_fields      what the members of one object mean
json_times       when it was written

The family that looks most like a thread is the thread.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from archiver.items import Comment, FollowUp, Moment, Source, ThreadPage
from archiver.pages import text, urls
from archiver.pages.page import Page
from archiver.pages.threads import json_fields
from archiver.pages.threads.json_documents import documents
from archiver.pages.threads.json_families import Entry, Family, rate, read_families
from archiver.pages.threads.json_times import Basis, in_one_order
from archiver.pages.threads.shown import where_shown

EXTRACTOR: Final = "generic.json 1"
PLATFORM: Final = "generic"

_PEOPLE: Final = ("authors", "users", "profiles", "accounts", "members", "people", "participants", "included")
_COUNTS: Final = "commentcount commentscount numcomments totalcomments numfound totalcount total count resultcount"
_NEXT: Final = "next nexturl nextpage nextpageurl nextlink"
_MARKUP: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]*)?/?>", re.IGNORECASE)
_LEAST: Final = 0.5
_LEAST_IN_SCRIPTS: Final = 0.75
"""A page carries much data that nobody sees."""
_MAX_LEVELS: Final = 5
_NO_BASIS: Final = Basis()


def find(page: Page) -> tuple[ThreadPage, ...]:
    """The thread in an API's answer; none where it holds no comments or is no JSON."""
    try:
        document = page.json
    except ValueError:
        return ()
    thread = thread_in(document, page.url, "api", Basis(page.at))
    return (thread,) if thread else ()


def find_in_scripts(page: Page) -> tuple[ThreadPage, ...]:
    """The largest thread that an HTML page carries as data in its scripts."""
    basis = Basis(page.at, page.languages)
    threads = (thread_in(document, page.url, "markup", basis) for document in documents(page))
    found = [thread for thread in threads if thread and thread.confidence >= _LEAST_IN_SCRIPTS]
    if not found:
        return ()
    largest = max(found, key=lambda thread: len(thread.comments))
    return (replace(largest, regions=where_shown(page, largest.comments)),)


def thread_in(document: Any, url: str, source: Source, basis: Basis = _NO_BASIS) -> ThreadPage | None:
    """The thread that a decoded document holds; None where no family of objects looks like one."""
    entries, families = read_families(document, basis)
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
        comments=_comments(document, entries, family, url, basis),
        follow_ups=_follow_ups(document, url),
        evidence=(f"objects at {family.place or '/'}",),
        extractor=EXTRACTOR,
        confidence=round(confidence, 2),
    )


def _comments(document: Any, entries: list[Entry], family: Family, url: str, basis: Basis) -> tuple[Comment, ...]:
    ids: dict[int, str] = {}
    taken: set[str] = set()
    for place, number in enumerate(family.entries, start=1):
        own = entries[number].fields.native or entries[number].key
        ids[number] = own if own and own not in taken else f"{place}~"
        taken.add(ids[number])
    parents = _parents(entries, family, ids)
    people = _people(document) if any(not entries[number].fields.author for number in family.entries) else {}
    moments = in_one_order([entries[number].fields.moment for number in family.entries], basis)
    return tuple(
        _comment(entries[number], ids[number], parents[number], moments[position], people, position, url)
        for position, number in enumerate(family.entries)
    )


def _comment(
    entry: Entry,
    own: str,
    parent: tuple[str | None, str],
    moment: Moment | None,
    people: Mapping[str, str],
    position: int,
    url: str,
) -> Comment:
    fields = entry.fields
    rules = {"parent": parent[1], "published": moment.rule if moment else ""}
    is_markup = _MARKUP.search(fields.text) is not None
    return Comment(
        id=own,
        id_origin="native" if own in (fields.native, entry.key) else "derived",
        parent_id=parent[0],
        author=fields.author or people.get(fields.author_id or ""),
        author_id=fields.author_id,
        published=moment.utc if moment else None,
        published_local=moment.local if moment else None,
        published_raw=moment.raw if moment else None,
        published_precision=moment.precision if moment else None,
        text=text.text_of_html(fields.text) if is_markup else fields.text.strip(),
        html=fields.text if is_markup else "",
        permalink=urls.absolute(url, fields.link) if fields.link else None,
        state=fields.state,
        score=fields.score,
        number=fields.number,
        position=position,
        locator=entry.pointer,
        found_by={field: rule for field, rule in rules.items() if rule},
    )


def _parents(entries: list[Entry], family: Family, ids: Mapping[int, str]) -> dict[int, tuple[str | None, str]]:
    """Entry → the id of the comment that is answered, and how it was told: an id, nesting, else the depth."""
    known = set(ids.values())
    numbered = {entries[n].fields.number: ids[n] for n in family.entries if entries[n].fields.number is not None}
    found = {number: _parent(entries[number], ids, ids[number], known, numbered) for number in family.entries}
    if not any(parent for parent, _ in found.values()):
        above: list[int] = []
        for number in family.entries:
            depth = entries[number].fields.depth
            while depth is not None and above and (entries[above[-1]].fields.depth or 0) >= depth:
                above.pop()
            if depth is not None:
                found[number] = (ids[above[-1]], "depth") if above else (None, "")
                above.append(number)
    return found


def _parent(
    entry: Entry, ids: Mapping[int, str], own: str, known: set[str], numbered: Mapping[int | None, str]
) -> tuple[str | None, str]:
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


def _people(document: Any) -> dict[str, str]:
    """Id → name, of the accounts that an answer lists apart from the comments."""
    found: dict[str, str] = {}
    level = [document]
    for _ in range(_MAX_LEVELS):
        level = [value for value in level if isinstance(value, dict)]
        for value in level:
            for name, people in value.items():
                if name.lower() in _PEOPLE:
                    found |= _named(people)
        level = [inner for value in level for inner in value.values()]
    return found


def _named(people: Any) -> dict[str, str]:
    pairs = people.items() if isinstance(people, dict) else []
    if isinstance(people, list):
        pairs = [(str(person.get("id")), person) for person in people if isinstance(person, dict)]
    return {key: name for key, person in pairs if (name := json_fields.name_of(person))}


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
