"""What went wrong with a request, in words a person understands, and whether and when to ask again. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Literal

TRIES = 3
"""How often a request is made before it counts as failed."""

MAX_WAIT = timedelta(days=1)
"""A server that asks for more patience than this is believed to mean tomorrow."""

_BACKOFF = (timedelta(seconds=5), timedelta(seconds=30))
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
_PAUSES_HOST = frozenset({429, 503})

# Scrapy's and Twisted's exceptions by name: a request fails at many depths, and only the name is stable.
_CAUSES: Mapping[str, tuple[str, bool]] = {
    "CannotResolveHostError": ("the host is unknown", False),
    "DNSLookupError": ("the host is unknown", False),
    "DownloadConnectionRefusedError": ("nothing answers at this address", False),
    "ConnectionRefusedError": ("nothing answers at this address", False),
    "DownloadTimeoutError": ("no answer in time", True),
    "TimeoutError": ("no answer in time", True),
    "DownloadCancelledError": ("larger than this archive reads", False),
    "UnsupportedURLSchemeError": ("only http and https can be archived", False),
    "NotSupported": ("only http and https can be archived", False),
    "IgnoreRequest": ("it redirects in a circle", False),  # the only reason left for which Scrapy drops a request
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Failure:
    """`cause` reads on after the URL: 'URL: no answer in time'."""

    cause: str
    kind: Literal["failed", "missing", "refused"] = "failed"
    again: bool = False
    asked_to_wait: timedelta | None = None
    """What Retry-After said."""
    pauses_host: bool = False
    """Whether the whole host wants to be left alone, not only this address."""


def of_status(status: int, retry_after: str | None, now: datetime) -> Failure | None:
    """The failure that a status means; None for a status that is an answer."""
    if status < 400:
        return None
    phrase = HTTPStatus(status).phrase.lower() if status in set(HTTPStatus) else "an unknown status"
    return Failure(
        cause=f"the server answered {status} ({phrase})",
        kind="missing" if status in (404, 410) else "failed",
        again=status in _AGAIN,
        asked_to_wait=read_retry_after(retry_after, now),
        pauses_host=status in _PAUSES_HOST,
    )


def of_exception(error: BaseException) -> Failure:
    """The failure behind an exception of the download."""
    if type(error).__name__ == "RefusedByRobotsError":
        return Failure(cause="robots.txt does not allow this page", kind="refused")
    if type(error).__name__ == "RobotsUnknownError":
        return _robots_unknown(*error.args)
    if type(error).__name__ == "PrivateAddressError":
        cause = f"it leads to {error}, into a private network, where only addresses that you type yourself may lead"
        return Failure(cause=cause, kind="refused")
    if type(error).__name__ == "TooLargeError":
        return too_large(str(error))
    for kind in type(error).__mro__:
        if kind.__name__ in _CAUSES:
            cause, again = _CAUSES[kind.__name__]
            return Failure(cause=cause, again=again)
    detail = _sentence(error)
    return Failure(cause=f"the connection broke ({detail})" if detail else "the connection broke", again=True)


def too_large(why: str) -> Failure:
    """The failure of a page that came and is not read. `why` is a clause."""
    return Failure(cause=f"the page was kept, but not read: {why}")


def _robots_unknown(status: int, wait: timedelta | None) -> Failure:
    return Failure(
        cause=f"robots.txt cannot be had (the server answered {status}), and without it nothing is asked for",
        again=True,
        asked_to_wait=wait,
        pauses_host=status in _PAUSES_HOST,
    )


def next_try(failure: Failure, attempts: int) -> timedelta | None:
    """How long to wait before asking again after `attempts` tries; None to give up."""
    if not failure.again or attempts >= TRIES:
        return None
    backoff = _BACKOFF[min(attempts, len(_BACKOFF)) - 1]
    return min(max(failure.asked_to_wait or backoff, backoff), MAX_WAIT)


def read_retry_after(value: str | None, now: datetime) -> timedelta | None:
    """The header's seconds or HTTP date (RFC 9110, 10.2.3) as a wait from `now`; None where it says nothing."""
    if not value:
        return None
    if re.fullmatch(r"\s*\d{1,9}\s*", value):
        return timedelta(seconds=int(value))
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(moment - now, timedelta(0))


def _sentence(error: BaseException) -> str:
    """The exception's own words, on one line, without the classes and brackets around them."""
    words = " ".join(str(error).split())
    inner = re.search(r".*(?:twisted[\w.]+|<class [^>]+>)[:>]?\s*(.+)", words)
    return (inner.group(1) if inner else words).strip("[]<> .")[:200]
