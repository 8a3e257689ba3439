"""The error for a page whose body cannot be looked for in bounded time."""

from __future__ import annotations


class Unreadable(ValueError):
    """The body of a page cannot be looked for."""
