"""Scrapy's event loop in a thread of its own, started once a process and never stopped.

Twisted's reactor cannot be started twice. In a thread it need not be: `archiver.archive` can be called again and
again, from a script, a notebook or the command line.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


@cache
def loop() -> asyncio.AbstractEventLoop:
    """The running loop with Twisted's reactor on it.

    Raises Twisted's `ReactorAlreadyInstalledError` in a program that has installed a reactor of its own.
    """
    from twisted.internet import asyncioreactor

    running = asyncio.new_event_loop()
    asyncioreactor.install(running)  # type: ignore[no-untyped-call]
    started = threading.Event()

    def run() -> None:
        asyncio.set_event_loop(running)
        from twisted.internet import reactor

        running.call_soon(started.set)
        cast(Any, reactor).run(installSignalHandlers=False)

    threading.Thread(target=run, name="archiver-crawl", daemon=True).start()
    started.wait()
    return running


def submit(make: Callable[[], Coroutine[Any, Any, T]]) -> Future[T]:
    """Runs a coroutine on the loop. The result is waited for in the caller's own thread."""

    async def call() -> T:
        return await make()

    return asyncio.run_coroutine_threadsafe(call(), loop())
