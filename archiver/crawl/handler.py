"""Scrapy's download handler for http and https, keeping every exchange before anybody else sees it.

Redirects, error pages, retries, robots.txt, API calls and broken-off bodies alike: what middlewares drop, decode or
ask again has been kept. Written against private names of Scrapy 2.19, see `archiver.crawl.wire`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import cast
from urllib.parse import urldefrag, urlsplit

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ScrapyAgent
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError, StopDownload
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.web.client import HTTPConnectionPool

from archiver.crawl.guard import Guard, PrivateAddressError, is_number, is_public
from archiver.crawl.wire import Tape, TapedFactory, TapedPool
from archiver.items import Capture
from archiver.store.hosts import host_of
from archiver.warc import message
from archiver.warc.exchange import Exchange, Truncated
from archiver.warc.writer import Writer


class CaptureHandler(HTTP11DownloadHandler):
    """Keeps each exchange in the writer that the setting `ARCHIVER_CAPTURES` holds; without one it keeps nothing.

    `request.meta["capture"]` (which `response.meta` shares, and the request of a failure too) is the capture. It is
    absent where no byte of an answer came. `request.meta["before"]` are the captures of redirects that led here;
    `request.meta["robots"]` goes into the record. Raises `ArchiveUnusable` where the exchange cannot be kept: what
    has no evidence is not passed on.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = TapedFactory
        self._captures = cast("Writer | None", crawler.settings.get("ARCHIVER_CAPTURES"))
        self._guard = Guard()

    async def download_request(self, request: Request) -> Response:
        if earlier := request.meta.pop("capture", None):  # a redirect brings that of the request before
            request.meta["before"] = (*request.meta.get("before", ()), earlier)
        public_only = await self._is_public_only(request)
        tape = Tape(self._captures.clock if self._captures else _no_clock)
        cut: Truncated = "disconnect"
        try:
            response = await self._download(request, tape, public_only)
            cut = "disconnect" if "dataloss" in response.flags else "unspecified"
            return response
        except DownloadTimeoutError:
            cut = "time"
            raise
        except DownloadCancelledError:
            cut = "length"
            raise
        except DownloadFailedError as failed:
            if not tape.is_too_long:
                raise
            cut = "length"
            raise DownloadCancelledError("The headers are too long") from failed
        except StopDownload:
            cut = "unspecified"
            raise
        finally:
            tape.stop()
            if tape.received and self._captures is not None:
                request.meta["capture"] = self._keep(self._captures, request, tape, cut)
            tape.forget()

    async def _is_public_only(self, request: Request) -> bool:
        """Whether private addresses are out of bounds: unless the visit began at one.

        `request.meta["typed"]` is the host at which it began, by itself that of the first request. Behind a proxy
        the peer is the proxy, which the user chose: there only an address that is written as a number can be told.
        """
        typed = request.meta.setdefault("typed", host_of(request.url))
        if await self._guard.lets_inside(typed):
            return False
        if not request.meta.get("proxy"):
            return True
        name = urlsplit(request.url).hostname or ""
        if is_number(name) and not is_public(name):
            raise PrivateAddressError(name)
        return False

    async def _download(self, request: Request, tape: Tape, public_only: bool) -> Response:
        """As the base class does, with a pool that knows the tape."""
        agent = _ScrapyAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=cast("HTTPConnectionPool", TapedPool(self._pool, tape, public_only=public_only)),
            maxsize=self._default_maxsize,
            warnsize=self._default_warnsize,
            fail_on_dataloss=self._fail_on_dataloss,
            crawler=self._crawler,
            tls_verbose_logging=self._tls_verbose_logging,
        )
        with wrap_twisted_exceptions():
            return await maybe_deferred_to_future(agent.download_request(request))

    def _keep(self, captures: Writer, request: Request, tape: Tape, cut: Truncated) -> Capture:
        assert tape.started is not None
        interim, final = message.split_interim(tape.received)
        exchange = Exchange(
            url=urldefrag(request.url)[0],
            method=request.method,
            request=tape.sent,
            response=final,
            interim=interim,
            started=tape.started,
            ip=None if request.meta.get("proxy") else tape.peer,  # behind a proxy the peer is not the server
            truncated=None if tape.whole else cut,
        )
        return captures.write(exchange, robots=request.meta.get("robots", "unknown"))


def _no_clock() -> datetime:
    """For exchanges that nobody keeps."""
    return datetime.min.replace(tzinfo=UTC)
