"""What to archive of a site: a person's rules, and what they choose from a listing. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from archiver.pages import urls
from archiver.pages.patterns import fitting

if TYPE_CHECKING:  # reading listings takes Scrapy, which a command line without a crawl has no time for
    from archiver.crawl.listings import Listing

SITE_DEPTH, SECTION_DEPTH = 1, 0
"""Steps away from where a crawl began: a front page leads to its sections, a section only to its own pages."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """Where to begin, and what to take. Patterns are those of a shell, of a path (`/world/*`) or a whole address."""

    url: str
    """A front page, a section, a feed or a sitemap."""
    include: tuple[str, ...] = ()
    """Only articles whose address fits one of these; none: all."""
    exclude: tuple[str, ...] = ()
    """No article or listing whose address fits one of these."""
    hosts: tuple[str, ...] = ()
    """Other hosts that it may lead to, such as `blog.news.example`."""
    depth: int | None = None
    """How many steps away listings may be; None: 1 from a front page, else 0. Pages of one listing are no step."""
    limit: int | None = None
    """New articles at most, a run."""
    since: date | None = None
    """Nothing that is known to be older."""
    every: int = 60
    """Minutes after which `archiver watch` looks for new articles again; 0: never."""

    @property
    def steps(self) -> int:
        """The depth that holds."""
        if self.depth is not None:
            return self.depth
        return SITE_DEPTH if urls.is_front_page(self.url) else SECTION_DEPTH

    def recorded(self) -> Mapping[str, Any]:
        """The rules that are set, as plain JSON values: what goes into the archive's record of the run."""
        values = asdict(self) | {"since": self.since.isoformat() if self.since else None}
        return {name: value for name, value in values.items() if value not in (None, ())}


@dataclass(frozen=True, kw_only=True, slots=True)
class Choice:
    """What the rules take of a listing. `listings` come with the steps that are left from there."""

    articles: tuple[str, ...]
    listings: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, str], ...]
    """Articles that a rule leaves out, each with the reason."""


def choose(site: Site, listing: Listing, steps: int, *, newest: bool = False) -> Choice:
    """Which articles and further listings of a listing to ask for, `steps` from the depth's end.

    `newest`: only what a site has now, which is on a section's first page and in its feeds.
    """
    articles, left_out, dated, fresh = [], [], False, False
    for entry in listing.articles:
        older = site.since is not None and entry.latest is not None and entry.latest < site.since
        dated, fresh = dated or entry.latest is not None, fresh or not older
        reason = f"older than {site.since}" if older else _refusal(site, entry.url)
        if reason is None:
            articles.append(entry.url)
        else:
            left_out.append((entry.url, reason))
    # A section's pages go back in time: one on which all is too old has nothing but older ones behind it.
    goes_on = not dated or fresh
    listings = _newest(site, listing) if newest else _further(site, listing, steps, goes_on)
    return Choice(articles=tuple(articles), listings=tuple(listings), left_out=tuple(left_out))


def _newest(site: Site, listing: Listing) -> Iterator[tuple[str, int]]:
    for lead in listing.leads:
        if lead.kind in ("feed", "part") and _allowed(site, lead.url):
            yield lead.url, 0


def _further(site: Site, listing: Listing, steps: int, goes_on: bool) -> Iterator[tuple[str, int]]:
    for lead in listing.leads:
        allowed = _allowed(site, lead.url)
        if allowed and lead.continues and (goes_on or lead.kind == "part"):
            yield lead.url, steps
        elif allowed and not lead.continues and (steps > 0 or _only_way(listing, lead.kind)):
            yield lead.url, max(steps - 1, 0)


def _allowed(site: Site, url: str) -> bool:
    return _on_site(site, url) and fitting(site.exclude, url) is None


def _only_way(listing: Listing, kind: str) -> bool:
    """A page that shows no article itself may have a feed that does."""
    return kind == "feed" and listing.kind == "section" and not listing.articles


def _refusal(site: Site, url: str) -> str | None:
    if not _on_site(site, url):
        return "on another host"
    if (pattern := fitting(site.exclude, url)) is not None:
        return f"excluded by {pattern}"
    if site.include and fitting(site.include, url) is None:
        return "not included"
    return None


def _on_site(site: Site, url: str) -> bool:
    host = urls.host_of(url)
    return urls.same_host(url, site.url) or host in {name.lower().removeprefix("www.") for name in site.hosts}
