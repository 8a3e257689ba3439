"""What a page's title is made of: the headline and the site's name, and whatever stands between them."""

from __future__ import annotations

import re
from typing import Final

from archiver.pages import urls

_WORDS: Final = re.compile(r"\w+")
_SEPARATORS: Final = re.compile(r"\s+[|»«·•:/–—-]\s+|\s*[|»«]\s*|:\s+")
_EDGES: Final = " |»«·•:/–—-"


def words(text: str) -> list[str]:
    """The words of a title, as they are compared."""
    return _WORDS.findall(text.casefold())


def same(a: str | None, b: str | None) -> bool:
    """Whether two texts have the same words, and any."""
    return bool(a and b) and words(a or "") == words(b or "")


def parts(title: str) -> list[str]:
    """`Headline – Section | Site` in its parts."""
    return [part for part in _SEPARATORS.split(title) if part]


def beside(title: str, part: str) -> str | None:
    """What a title says beside the part that it begins or ends with; None where it does neither, or says no more."""
    for rest, edge in ((title.removesuffix(part), -1), (title.removeprefix(part), 0)):
        if rest != title and rest.strip() and rest.strip()[edge] in _EDGES:
            return rest.strip(_EDGES) or None
    return None


def may_begin_with_site(title: str, part: str) -> bool:
    """Whether a title that begins with the part may name its site there: `Site: Title`. A dash or a bar comes before
    the site, as a rule."""
    return not title.startswith(part) or title.removeprefix(part).lstrip()[:1] in (":", "»")


def without_site(title: str, site: str | None, url: str) -> str:
    """`Title – Site` without the site, told by its name or its host, and without what stands behind that; else the part
    that is by far the longest."""
    found = parts(title)
    if len(found) < 2:
        return title
    between = next((place for place in range(1, len(found) - 1) if same(found[place], site)), 0)
    if between:
        return _beginning(title, found[:between])
    for edge, rest in ((found[-1], title.removesuffix(found[-1])), (found[0], title.removeprefix(found[0]))):
        if same(edge, site) or names_host(edge, url):
            return rest.strip(_EDGES)
    longest = max(found, key=len)
    return longest if len(longest) > 2 * (len(title) - len(longest)) else title


def names_host(part: str, url: str) -> bool:
    """`The Farm Gazette` for farmgazette.example."""
    letters = re.sub(r"^the|[\W_]", "", part.casefold())
    return len(letters) > 3 and letters in re.sub(r"[\W_]", "", urls.host_of(url))


def _beginning(title: str, kept: list[str]) -> str:
    """A title up to the last of its first parts."""
    end = 0
    for part in kept:
        end = title.index(part, end) + len(part)
    return title[:end]
