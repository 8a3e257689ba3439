"""What a flag is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

FlagKind = Literal["spam", "duplicate", "campaign"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Flag:
    """A suspicion about a comment. `rule` says why in words; `score` how strongly, from 0 to 1."""

    comment_id: str
    kind: FlagKind
    rule: str
    score: float
