"""Who wants to know of which changes: a `[[notify]]` table in archiver.toml, and what it chooses. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Literal

from archiver.pages.patterns import fitting
from archiver.pages.urls import clean, host_of, is_archivable
from archiver.store.changes import Change, VisitChanges
from archiver.store.outbox import Wanted
from archiver.threads.history import Wording

Kind = Literal["first", "new", "edited", "gone", "back", "restated"]
"""`first`: came with the first reading of its thread. `restated`: gone before, and now the site says why."""

Body = Literal["json", "text", "chat"]
"""`chat`: the text in the JSON object that Slack, Mattermost and their kin read."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Notifier:
    """One receiver, and what it wants to know. Every filter that is set must hold, by one of its values."""

    name: str
    command: tuple[str, ...] | str | None = None
    """Started for each message, which it reads from standard input. A list: program and arguments; a string: for the
    shell."""
    webhook: str | None = None
    """An address that each message is POSTed to."""
    atom: str | None = None
    """A file that shows the latest changes as an Atom feed."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """Further headers for a webhook, such as Authorization."""
    body: Body = "json"
    on: tuple[Kind, ...] = ("new", "edited", "gone", "back")
    sites: tuple[str, ...] = ()
    """Hosts, their subdomains included."""
    urls: tuple[str, ...] = ()
    """Patterns of article addresses, such as `/world/*`."""
    authors: tuple[str, ...] = ()
    """Names or account ids; `*` stands for anything. Capitals make no difference."""
    words: tuple[str, ...] = ()
    """Whole words or phrases in a comment, before or after an edit; `ferr*` finds all that begins so."""
    entries: int = 100
    """How many changes an Atom feed shows."""

    def __post_init__(self) -> None:
        given = [name for name in ("command", "webhook", "atom") if getattr(self, name) is not None]
        if not self.name.strip():
            raise ValueError("`name` is empty")
        if len(given) != 1:
            raise ValueError(f"give one of `command`, `webhook` and `atom`, not {' and '.join(given) or 'none'}")
        if not getattr(self, given[0]):
            raise ValueError(f"`{given[0]}` is empty")
        if self.webhook is not None and not is_archivable(self.webhook):
            raise ValueError("`webhook` is no whole address, such as https://chat.example/hooks/1")
        if not self.on:
            raise ValueError("`on` is empty")
        if self.entries < 1:
            raise ValueError("`entries` is less than 1")


def wanted(notifiers: Sequence[Notifier]) -> Wanted | None:
    """What all of them together want to know; None where there are none."""
    if not notifiers:
        return None

    def by_notifier(found: VisitChanges) -> Mapping[str, VisitChanges]:
        chosen = {notifier.name: choose(notifier, found) for notifier in notifiers}
        return {name: changes for name, changes in chosen.items() if changes is not None}

    return Wanted(first=any("first" in notifier.on for notifier in notifiers), by_notifier=by_notifier)


def choose(notifier: Notifier, found: VisitChanges) -> VisitChanges | None:
    """The changes that a notifier wants to know of; None where there are none."""
    if not _is_about(notifier, found.url):
        return None
    changes = tuple(change for change in found.changes if _fits(notifier, change))
    return replace(found, changes=changes) if changes else None


def kind_of(change: Change) -> Kind:
    """What `on` calls it."""
    if change.event.kind == "added":
        return "first" if change.first else "new"
    return change.event.kind


def _is_about(notifier: Notifier, url: str) -> bool:
    hosts = {host_of(url), host_of(url).partition(":")[0]}  # whoever names no port means any
    sites = {host_of(site if "://" in site else f"https://{site}") for site in notifier.sites}
    on_site = not sites or any(host == site or host.endswith(f".{site}") for host in hosts for site in sites)
    return on_site and (not notifier.urls or fitting({*notifier.urls, *map(clean, notifier.urls)}, url) is not None)


def _fits(notifier: Notifier, change: Change) -> bool:
    return (
        kind_of(change) in notifier.on
        and (not notifier.authors or _by_one_of(notifier.authors, change))
        and (not notifier.words or _says_one_of(notifier.words, _texts(change)))
    )


def _by_one_of(authors: Iterable[str], change: Change) -> bool:
    told = {change.comment.author, change.comment.author_id, *(each.author for each in _wordings(change))}
    names = [_folded(name) for name in told if name]
    return any(fnmatchcase(name, _folded(pattern)) for pattern in authors for name in names)


def _says_one_of(words: tuple[str, ...], texts: Iterable[str]) -> bool:
    pattern = _pattern(words)
    return any(pattern.search(_folded(text)) for text in texts)


def _texts(change: Change) -> list[str]:
    comment = change.comment
    return [comment.title or "", comment.text, *(each.text for each in _wordings(change))]


def _wordings(change: Change) -> list[Wording]:
    """The words around an edit."""
    if change.event.kind != "edited":
        return []
    return [each for each in (change.event.before, change.event.after) if each is not None]


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words, whole; blanks in a phrase stand for any blanks."""
    parts = (r"\s+".join(map(re.escape, _folded(word).split())).replace(r"\*", r"\w*") for word in words)
    return re.compile("|".join(rf"(?<!\w){part}(?!\w)" for part in parts))


def _folded(text: str) -> str:
    """Equal where only capitals differ, or how an accent is put on its letter."""
    return unicodedata.normalize("NFC", text.casefold())
