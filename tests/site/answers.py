"""What the server sends, as a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Answer:
    """One response. `after` is how many seconds the server takes its time."""

    body: str | bytes = ""
    status: int = 200
    content_type: str = "text/html; charset=UTF-8"
    headers: Sequence[tuple[str, str]] = ()
    after: float = 0.0

    @property
    def payload(self) -> bytes:
        return self.body if isinstance(self.body, bytes) else self.body.encode()
