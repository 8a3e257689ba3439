"""What the newspaper prints: `stories/*.toml` as values. Tests compare what was archived with these."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

FOLDER = Path(__file__).with_name("stories")
PAPER = "The Harbour Lantern"


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """One comment, as its system keeps it. `text` is HTML; a deleted one has left only a tombstone."""

    id: int
    at: datetime
    text: str = ""
    parent: int | None = None
    author: str | None = None
    account: int = 0
    url: str = ""
    kind: Literal["comment", "pingback", "trackback"] = "comment"
    likes: int = 0
    dislikes: int = 0
    deleted: bool = False

    @property
    def utc(self) -> datetime:
        return self.at.astimezone(UTC)


@dataclass(frozen=True, kw_only=True, slots=True)
class Story:
    """One article and all that was said under it, in the order in which it was written."""

    name: str
    system: Literal["wordpress", "isso", "none"]
    id: int
    path: str
    title: str
    deck: str
    author: str
    dateline: str
    published: datetime
    modified: datetime
    section: str
    tags: list[str]
    licence: str
    image: str
    image_caption: str
    image_credit: str
    comments_open: bool
    body: str
    comments: tuple[Remark, ...] = ()

    def replies(self, parent: int | None) -> Iterator[Remark]:
        """What answers a comment directly; what answers the article, for None."""
        return (comment for comment in self.comments if comment.parent == parent)


def story(name: str) -> Story:
    """`ferry`, `night-bus`, `library` or `sealed`."""
    return _story(name, tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8")))


def all_stories() -> tuple[Story, ...]:
    return tuple(story(file.stem) for file in sorted(FOLDER.glob("*.toml")))


def _story(name: str, values: Mapping[str, Any]) -> Story:
    comments = tuple(Remark(**comment) for comment in values.get("comments", ()))
    return Story(name=name, **{**values, "comments": comments})
