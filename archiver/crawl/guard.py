"""Whom a crawl may connect to: the public, and a private network only where the user typed an address in it.

Whoever writes a page could else make the archiver read what only this machine or its neighbours may see: by a
redirect, a comment service at `http://10.0.0.1/`, or a name that leads there, be it only at the second look. So the
address is checked that a connection goes to, when it is made and before a byte is sent.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from typing import Any
from urllib.parse import urlsplit

from twisted.internet.defer import Deferred
from twisted.internet.interfaces import IAddress

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


class PrivateAddressError(Exception):
    """A connection would lead into a private network. The message is the address."""


def is_public(ip: str) -> bool:
    """Whether an address is one of the internet. IPv4 within IPv6 counts as what it is within."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, ipaddress.IPv6Address):
        within = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if within is None and (address in _NAT64 or int(address) >> 32 == 0):
            within = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if within is not None:
            return is_public(str(within))
    return address.is_global and not address.is_multicast


def is_number(name: str) -> bool:
    """Whether a host is written as an IP address."""
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True


class Guard:
    """Remembers which typed addresses were private from the beginning: a name that becomes so later stays out."""

    def __init__(self) -> None:
        self._private: dict[str, asyncio.Task[bool]] = {}

    async def lets_inside(self, typed: str) -> bool:
        """Whether a visit that began at the host `typed` (name and port) may connect to private addresses."""
        name = urlsplit(f"//{typed}").hostname or ""
        if name not in self._private:
            self._private[name] = asyncio.ensure_future(_is_private(name))
        return await asyncio.shield(self._private[name])


async def _is_private(name: str) -> bool:
    """Whether a name or an address leads to private addresses only. One that leads nowhere does not."""
    try:
        found = await asyncio.get_running_loop().getaddrinfo(name, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return bool(found) and not any(is_public(str(address[4][0])) for address in found)


class PublicEndpoint:
    """An endpoint that connects to public addresses only, else it raises `PrivateAddressError`."""

    def __init__(self, endpoint: Any) -> None:
        self._endpoint = endpoint

    def connect(self, factory: Any) -> Deferred[Any]:
        connecting: Deferred[Any] = self._endpoint.connect(_PublicFactory(factory))
        return connecting


class _PublicFactory:
    """A protocol factory that builds nothing for a private peer: the connection is closed, and nothing was sent."""

    def __init__(self, factory: Any) -> None:
        self._factory = factory

    def buildProtocol(self, addr: IAddress) -> Any:  # noqa: N802 - Twisted's name
        check_peer(addr)
        return self._factory.buildProtocol(addr)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._factory, name)


def check_peer(addr: Any) -> None:
    """Raises `PrivateAddressError` for a peer that is not public. A peer that is no IP address is none of ours."""
    host = getattr(addr, "host", None)
    if host is None or not is_public(str(host)):
        raise PrivateAddressError(str(host))
