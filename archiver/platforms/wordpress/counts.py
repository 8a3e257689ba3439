"""The number of comments that a WordPress page claims, in any language: '46 thoughts on …', 'Comments (46)', 'One …'.

Beware of numbers that belong to a title: `2 Responses to "Top 10 lists"`. Titles are in quotation marks there, or
known from the page's own title; both are cut out before a number is looked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages import paths, urls
from archiver.pages.page import Page
from archiver.pages.text import collapse
from archiver.platforms.wordpress.site import without_comment_page

_WORDS = (
    r"comment(?:s|aires?|i|o)?\b|comentarios?\b|comentários?\b|commento\b|kommentare?n?\b|kommentarer?\b|reacties?\b|reakcj\w+|kommentti\w*|"
    r"repl(?:y|ies)\b|responses?\b|thoughts?\b|réponses?\b|réflexions?\b|pensées?\b|respuestas?\b|respostas?\b|"
    r"antwort(?:en)?\b|gedanken?\b|gedachten?\b|pensieri?\b|ideas?\b|opiniones\b|meinung(?:en)?\b|avis\b|risposte?\b|"
    r"комментари\w*|отзыв\w*|ответ\w*|komentarz\w*|komentář\w*|yorum\w*|コメント|评论|評論|댓글|تعليق\w*|תגובות|σχόλι\w*"
)
_PING_WORDS = re.compile(r"\b(?:pings?|pingbacks?|trackbacks?)\b", re.IGNORECASE)
_COUNT = re.compile(
    rf"(?P<before>(?<![\d.,])\d{{1,3}}(?:[.,'’\u00a0\u202f ]\d{{3}})+(?!\d)|\d+)\s*(?:{_WORDS})"
    rf"|(?:{_WORDS})\s*(?:[:：–-]\s*|[(\[（]\s*)(?P<after>\d[\d.,]*)",
    re.IGNORECASE,
)
_BUTTON = re.compile(r"\breply$", re.IGNORECASE)
"""'February 1, 2016 Reply' is a date beside a button: only one reply is called so."""
_ONE = re.compile(
    rf"^(?:one|a single|ein|eine|einen|un|une|uno|una|um|uma|één|en|et|ett|один|jeden)\s+(?:\w+\s+)?(?:{_WORDS})",
    re.IGNORECASE,
)
_NONE = re.compile(
    rf"^(?:no|zero|keine?|aucune?|sin|ningún|nessun|geen|ingen|inga|nenhum|brak|нет)\s+(?:\w+\s+)?(?:{_WORDS})",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„«\"‹「《].*[”“»\"›」》]|(?<!\w)[‘‚'].*[’‘'](?!\w)")
_NUMBER = re.compile(
    r"(?<![\w.,/:-])\d{1,3}(?:[.,'’\u00a0\u202f ]\d{3})+(?![\w/:-])|(?<![\w.,/:-])\d{1,9}(?![\w/:-]|[.,]\d)"
)
_HEADING_NAME = re.compile(
    r"(?:^|\s)(?:[\w-]*comments?[-_]?(?:title|heading|headline|header|head|count|counter|num|number|nr|total|list-title)[\w-]*|comments|wpd-thread-info|number-of-comments|comment-num\w*|response-count)(?:\s|$)",
    re.IGNORECASE,
)
_STRUCTURED = re.compile(r'"commentCount"\s*:\s*"?(\d{1,9})\b')
_META = paths.elements('//*[@itemprop="commentCount" or @itemprop="interactionCount"]')
_TITLES = paths.elements("//title | //h1")
_META_TITLES = paths.values('//meta[@property="og:title"]/@content')
_TO_COMMENTS = paths.elements('//a[contains(@href, "#comments") or contains(@href, "#respond")]')
_SHORTCODE = re.compile(r"\[/?[a-z_]+[^\[\]]*\]")
_NEAR_LINES = 12
_NEAR = 4
"""How many headings before the first comment are looked at: a heading of the article stands further away."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claimed:
    """A count as printed. `heading` is None where it does not stand over the comments; `pings` is the count of a
    heading of its own over the pingbacks."""

    count: int
    rule: str
    heading: HtmlElement | None = None
    pings: int | None = None


def read(
    page: Page, comments: Sequence[HtmlElement], form: HtmlElement | None, section: HtmlElement | None
) -> Claimed | None:
    """What the page claims. `comments` are the outermost ones, `form` stands for them where there are none."""
    titles = _titles(page)
    first = comments[0] if comments else form
    over, lines = _before(page.root, first, without_comment_page(page.url))
    over = list(dict.fromkeys([*over, *_headings_within(section, set(comments))]))
    for heading in sorted(over, key=lambda element: not _is_within(element, section)):
        count = count_in(collapse(heading.text_content()), titles)
        if count is not None:
            pings = next((n for h in over if (n := _ping_count(collapse(h.text_content()))) is not None), None)
            return Claimed(count=count, rule="heading", heading=heading, pings=pings)
    return _from_data(page) or _from_lines(lines, titles) or _from_link(page, titles)


def count_in(printed: str, titles: Iterable[str] = ()) -> int | None:
    """The number of comments that a heading claims; None where it claims none, or is about pingbacks."""
    words = printed
    for title in titles:
        words = words.replace(title, " ")
    words = collapse(_QUOTED.sub(" ", words))
    if len(words) > 160 or (_PING_WORDS.search(words) and not re.search(_WORDS, words, re.IGNORECASE)):
        return None
    if found := _COUNT.search(words):
        count = _number(found["before"] or found["after"])
        return None if count != 1 and _BUTTON.search(found[0]) else count
    if _ONE.search(words):
        return 1
    if _NONE.search(words):
        return 0
    numbers = _NUMBER.findall(words)
    return _number(numbers[0]) if len(numbers) == 1 and re.search(_WORDS, words, re.IGNORECASE) else None


def _number(digits: str) -> int | None:
    plain = re.sub(r"\D", "", digits)
    return int(plain) if plain and len(plain) < 10 else None


def _ping_count(words: str) -> int | None:
    numbers = _NUMBER.findall(words)
    return _number(numbers[0]) if _PING_WORDS.search(words) and len(numbers) == 1 else None


def _titles(page: Page) -> list[str]:
    """The page's own titles, long ones first; a title of one short word would cut too much."""
    found: set[str] = set()
    for told in (*_META_TITLES(page.root), *(element.text_content() for element in _TITLES(page.root))):
        words = collapse(told)
        if len(words) > 400:
            continue
        found.update(part.strip() for part in (words, *re.split(r"\s[|–—«»-]\s", words)) if len(part.strip()) > 3)
    return sorted((title for title in found if not _COUNT.search(title)), key=len, reverse=True)


def _before(root: HtmlElement, first: HtmlElement | None, address: str) -> tuple[list[HtmlElement], list[str]]:
    """What stands before the first comment, the nearest first: a few headings, and a few short lines of any kind.

    What a link to another article says is about that article; where a link leads is told of the few that stand near."""
    if first is None:
        return [], []
    link: HtmlElement | None = None
    headings: list[tuple[HtmlElement, HtmlElement | None]] = []
    lines: list[tuple[str, HtmlElement | None]] = []
    steps = etree.iterwalk(root, events=("start", "end"))
    for event, element in steps:
        if element is first:
            break
        if event == "start" and element.tag in ("script", "style"):
            steps.skip_subtree()
            continue
        if element.tag == "a":  # HTML has no link within a link
            link = element if event == "start" else None
        words = (element.tail if event == "end" else element.text) or ""
        if words.strip():
            lines.append((words.strip(), link))
        if event == "start" and _is_heading(element):
            headings.append((element, link))
    over = (element for element, link in reversed(headings) if not _leads_elsewhere(link, address))
    printed = (words for words, link in reversed(lines) if not _leads_elsewhere(link, address))
    return list(islice(over, _NEAR)), list(islice(printed, _NEAR_LINES))


def _leads_elsewhere(link: HtmlElement | None, address: str) -> bool:
    target = urls.absolute(address, link.get("href")) if link is not None and link.get("href") else None
    return target is not None and without_comment_page(target) != address


def _headings_within(section: HtmlElement | None, comments: set[HtmlElement]) -> Iterator[HtmlElement]:
    """The headings of a section, those inside its comments left out."""
    if section is None:
        return
    steps = etree.iterwalk(section, events=("start",))
    for _, element in steps:
        if element in comments:
            steps.skip_subtree()
        elif _is_heading(element):
            yield element


def _is_within(element: HtmlElement, section: HtmlElement | None) -> bool:
    return section is not None and section in element.iterancestors()


def _is_heading(element: HtmlElement) -> bool:
    if element.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return True
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return (
        _HEADING_NAME.search(named) is not None
        and element.tag not in ("body", "a", "ol", "ul", "li")
        and _is_short(element)
    )


def _is_short(element: HtmlElement) -> bool:
    """Whether the element holds a few words: told without reading all of a section."""
    length = 0
    for piece in element.itertext():
        length += len(piece.strip())
        if length > 200:
            return False
    return length > 0


def _from_data(page: Page) -> Claimed | None:
    counts = {int(found) for found in _STRUCTURED.findall(page.text)}
    if len(counts) == 1:
        return Claimed(count=counts.pop(), rule="commentCount in JSON-LD")
    for element in _META(page.root):
        told = element.get("content") or element.text_content()
        found = re.fullmatch(r"\s*(?:UserComments:)?(\d{1,9})\D{0,20}", told)
        if found:
            return Claimed(count=int(found[1]), rule="commentCount in microdata")
    return None


def _from_lines(lines: list[str], titles: list[str]) -> Claimed | None:
    """A line shortly before the comments that is nothing but their count: 'Comments (46)' on a tab."""
    for line in lines:
        words = _SHORTCODE.sub(" ", line)
        if len(words) < 60 and _COUNT.search(words) and (count := count_in(collapse(words), titles)) is not None:
            pings = next((n for other in lines if (n := _ping_count(other)) is not None), None)
            return Claimed(count=count, rule="line before the comments", pings=pings)
    return None


def _from_link(page: Page, titles: list[str]) -> Claimed | None:
    """A link to the comments of this very article, as themes print it under the title."""
    address = without_comment_page(page.url)
    for element in _TO_COMMENTS(page.root):
        if _leads_elsewhere(element, address):
            continue
        count = count_in(collapse(element.text_content()), titles)
        if count is not None:
            return Claimed(count=count, rule="link to the comments")
    return None
