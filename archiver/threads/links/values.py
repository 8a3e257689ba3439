"""What is known of a comment before its links are sought, and what a link is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Method = Literal["answers", "quotes", "mentions", "copies"]
Target = Literal["comment", "article", "name"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """One comment. `parent_id` is the one that markup or API tell; no link is sought that would contradict it."""

    id: str
    text: str
    author: str | None = None
    parent_id: str | None = None
    number: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """A comment refers to another, to the article, or to somebody of whom only the name is known.

    Spans are in characters of the comment's and the target's text; `similarity` is the share of words in common.
    """

    comment_id: str
    method: Method
    target: Target
    target_id: str | None = None
    """The comment referred to; None for the article and for a name."""
    target_name: str | None = None
    """Who is addressed, as printed there."""
    rule: str
    span: tuple[int, int] | None = None
    target_span: tuple[int, int] | None = None
    similarity: float | None = None
    confidence: float
