"""Addresses: made absolute, made comparable, judged. Hostile ones are refused, never raised about."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import SplitResult, quote, urljoin, urlsplit, urlunsplit

_TRACKER_NAMES = """
    fbclid gclid gclsrc dclid gbraid wbraid msclkid yclid twclid ttclid igshid igsh mc_cid mc_eid _ga _gl _hsenc _hsmi
    hsctatracking mkt_tok vero_id vero_conv oly_anon_id oly_enc_id wickedid __s s_cid ml_subscriber ml_subscriber_hash
    fb_action_ids fb_action_types fb_source spm sscid rb_clickid epik
"""
_TRACKERS = frozenset(_TRACKER_NAMES.split())
_TRACKER_FAMILIES = ("utm_", "pk_", "mtm_", "piwik_", "matomo_", "hsa_")
_DEFAULT_PORTS = {"http": 80, "https": 443}
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_PATH_SAFE = "%/:=&?~#+!$,;'@()*[]|"
_BLANKS_WITHIN = re.compile(r"[\t\r\n]")
_NO_HOST = re.compile(r"[\x00-\x20\x7f<>\"\\^`{|}%\ud800-\udfff]")
_MAX_LENGTH = 8192
_WHOLE = re.compile(r"https?://[\w.:-]+(?:/[\w.~/-]*)?", re.ASCII)
"""Most links of most pages: nothing in them that joining would change."""


@lru_cache(maxsize=2048)
def clean(url: str) -> str:
    """The address without what does not choose the page: fragment, tracking parameters, default port, case of the
    host, needless escapes. The query keeps its order. What cannot be read as an address comes back as it is."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return url.strip()
    return urlunsplit((parts.scheme, _netloc(parts), _escape(parts.path) or "/", _query(parts.query), ""))


def same_host(a: str, b: str) -> bool:
    """Whether two addresses are of one host, `www.` and the port's number aside where both use the default."""
    return (host := host_of(a)) != "" and host == host_of(b)


def host_of(url: str) -> str:
    """Host in ASCII without `www.`, with the port where it is not the scheme's own; empty where there is none."""
    parts = _split(url)
    if parts is None or not parts.hostname:
        return ""
    return _netloc(parts).rpartition("@")[2].removeprefix("www.")


def path_of(url: str) -> str:
    """Path and query; empty where the address cannot be read."""
    parts = _split(url)
    return "" if parts is None else parts.path + (f"?{parts.query}" if parts.query else "")


@lru_cache(maxsize=2048)
def absolute(base: str, href: str | None) -> str | None:
    """Where a link leads, from a page at `base`; None for what is no web address (`javascript:`, `mailto:`, `data:`,
    an empty or unreadable one). The fragment stays: it may be the permalink of a comment."""
    link = _BLANKS_WITHIN.sub("", (href or "").strip(" \t\r\n\f"))
    if not link or len(link) > _MAX_LENGTH or "\x00" in link:
        return None
    try:
        joined = link if _WHOLE.fullmatch(link) else urljoin(base, link)
    except ValueError:
        return None
    return joined if is_archivable(joined) else None


@lru_cache(maxsize=2048)
def is_archivable(url: str) -> bool:
    """Whether this is a whole web address: http or https, with a host."""
    parts = _split(url)
    if parts is None or parts.scheme not in _DEFAULT_PORTS:
        return False
    return bool(parts.hostname) and _NO_HOST.search(parts.hostname or "") is None


def _split(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url.strip())
        _ = parts.port, parts.hostname  # both raise for an impossible netloc
    except ValueError:
        return None
    return parts


def _netloc(parts: SplitResult) -> str:
    host = _ascii_host(parts.hostname or "")
    port = "" if parts.port in (None, _DEFAULT_PORTS.get(parts.scheme)) else f":{parts.port}"
    user = parts.netloc.rpartition("@")[0]
    return (f"{user}@" if user else "") + (f"[{host}]" if ":" in host else host) + port


def _ascii_host(host: str) -> str:
    host = host.rstrip(".").lower()
    try:
        return host if host.isascii() else host.encode("idna").decode("ascii")
    except UnicodeError:
        return host


def _escape(text: str) -> str:
    """One spelling for each path: unreserved characters plain, all else escaped in capitals (RFC 3986, 6.2.2)."""
    return quote(_ESCAPE.sub(_unescaped, text), safe=_PATH_SAFE, errors="replace")


def _unescaped(found: re.Match[str]) -> str:
    character = chr(int(found[1], 16))
    return character if character in _UNRESERVED else found[0].upper()


def _query(query: str) -> str:
    kept = [pair for pair in query.split("&") if not _tracks(pair.partition("=")[0].lower())]
    return quote("&".join(kept), safe=_PATH_SAFE, errors="replace")


def _tracks(name: str) -> bool:
    return name in _TRACKERS or name.startswith(_TRACKER_FAMILIES)


def is_front_page(url: str) -> bool:
    """Whether this is a site's first page: no path and no query to choose another."""
    parts = _split(url)
    return (
        parts is not None
        and bool(parts.hostname)
        and parts.path in ("", "/", "/index.html", "/index.php")
        and not _query(parts.query)
    )
