"""Content codings undone as Scrapy does, but no further than pages are read: a small body may unpack to gigabytes."""

from __future__ import annotations

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from archiver.pages.page import MAX_BODY


class TooLargeError(IgnoreRequest):
    """A body unpacks to more than is read. The message says so, as a clause."""


class CompressionMiddleware(HttpCompressionMiddleware):
    """Raises `TooLargeError`: what came is kept as it came, and nobody unpacks it."""

    def __init__(self, *, crawler: Crawler) -> None:
        super().__init__(crawler=crawler)
        self._max_size = MAX_BODY

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        try:
            return super().process_response(request, response)
        except IgnoreRequest as error:
            packed = len(response.body)
            why = f"its {packed:,} bytes unpack to more than the {MAX_BODY // 1024 // 1024} MiB that are read"
            raise TooLargeError(why) from error
