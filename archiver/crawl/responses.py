"""Between Scrapy's requests and responses and ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from scrapy import Request
from scrapy.http import Response

from archiver.items import Capture, FollowUp
from archiver.pages.page import Page
from archiver.store.frontier import Leased
from archiver.store.hosts import host_of


def request_for(
    leased: Leased, callback: Callable[..., Any], errback: Callable[..., Any], *, ignore_robots: bool
) -> Request:
    """The Scrapy request that carries out a leased one."""
    return Request(
        leased.url,
        method=leased.method,
        headers=list(leased.headers),
        body=leased.body,
        callback=callback,
        errback=errback,
        dont_filter=True,
        meta={
            "leased": leased,
            "robots": "ignored" if ignore_robots else "unknown",
            "typed": host_of(leased.begun_at or leased.url),
        },
    )


def page_of(response: Response, follow_up: FollowUp | None, *, at: datetime) -> Page:
    """The response as extractors see it: content coding removed. `at` is the time of its capture."""
    headers = tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in response.headers.items()
        for value in values
    )
    content_type = response.headers.get(b"Content-Type")
    return Page(
        url=response.url,
        body=response.body,
        status=response.status,
        content_type=content_type.decode("latin-1") if content_type else None,
        headers=headers,
        at=at,
        follow_up=follow_up,
    )


def asked_for(response: Response) -> tuple[str, ...]:
    """The addresses through which a response was reached, as asked first; its own is left out."""
    return tuple(url for url in response.meta.get("redirect_urls", ()) if url != response.url)


def kept_before(meta: Mapping[str, Any]) -> tuple[Capture, ...]:
    """The captures of the redirects that led to a request."""
    return tuple(meta.get("before", ()))


def retry_after(response: Response) -> str | None:
    """The header, where the server sent one."""
    value = response.headers.get(b"Retry-After")
    return value.decode("latin-1") if value else None
