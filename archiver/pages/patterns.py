"""Patterns that people write to choose addresses: those of a shell, of a path (`/world/*`) or a whole address."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fnmatch import translate
from functools import lru_cache
from urllib.parse import urlsplit


def fitting(patterns: Iterable[str], url: str) -> str | None:
    """The first pattern that the address fits; None where it fits none."""
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    return next((each for each in patterns if _compiled(each).match(url if "://" in each else path)), None)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(pattern))
