"""Author, time, text and links of one comment, read from the elements that are its own.

The rule behind it: WordPress lets commenters write no class and no id (wp_kses), so inside a comment every element
that has one is the theme's. What the theme's names mean is told by the words in them; where they tell nothing, the
text is where the class-less paragraphs are (wpautop), and the author is whom the reply link names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from archiver.pages import text, urls
from archiver.platforms.wordpress.boxes import Box, comment_class

_MEANINGS: dict[str, re.Pattern[str]] = {
    "fn": re.compile(r"^fn$"),
    "author": re.compile(
        r"^(?:[a-z]{1,4}-(?:block-)?)?(?:comment(?:er|ator|ers|s)?|cmt|user|poster)?[-_]*"
        r"(?:author|authour|commenter|commentator|username|user[-_]name|name|nick(?:name)?|autor|auteur|autore|byline|by|poster)"
        r"s?(?:[-_]+(?:name|link|url|title|n|text|inner))?$"
    ),
    "avatar": re.compile(r"avatar|gravatar|^photo$"),
    "date": re.compile(
        r"(?:^|[-_])(?:date|time|datetime|timestamp|published|posted|dateline|datum|fecha|ago|when|day)(?:[-_]|$)"
        r"|(?:^|[-_])comment(?:date|time)$|^(?:date|time)(?:line|stamp)?$"
    ),
    "meta": re.compile(r"(?:^|[-_])(?:comment)?(?:meta|metadata|postinfo|header|head)$"),
    "reply": re.compile(r"(?:^|[-_])(?:reply|replies|respond|replylink|antworten)(?:[-_]|$)|^cancel-comment"),
    "edit": re.compile(r"(?:^|[-_])edit(?:[-_]|$)"),
    "held": re.compile(r"awaiting[-_]moderation|moderat(?:ion|ed)"),
    "says": re.compile(r"^says?$"),
    "noise": re.compile(
        r"(?:^|[-_])(?:rating|votes?|voting|(?:dis)?likes?|share|sharing|sharedaddy|social|report|flag|abuse|badge|"
        r"permalink|toolbar|actions?|buttons?|btn|karma|thumbs?|tooltip|role|screen-reader-text|cluv|ip)(?:[-_]|$)"
    ),
    "number": re.compile(r"(?:^|[-_])(?:num(?:ber)?|nr|counter|index|count)$"),
    "text": re.compile(
        r"^(?:[a-z]{1,4}-(?:block-)?)?comment(?:ary|s)?[-_]*"
        r"(?:content|text|txt|message|msg|copy|entry|post|description|excerpt)(?:[-_]*(?:inner|box|block|wrap|wrapper|content|text))?$"
        r"|^(?:entry|entry-content|the-comment|format_text)$"
    ),
}
_FURNITURE = frozenset(("reply", "edit", "held", "says", "noise", "avatar"))
_INLINE = frozenset(("a", "abbr", "acronym", "b", "code", "em", "i", "img", "pre", "q", "strong", "sub", "sup", "u"))
_HOLDERS = ("div", "li", "article", "section", "td", "dd", "body", "span", "main", "aside", "footer")
"""What a theme puts a text into. Quotes and lists are the commenter's."""
_EPOCHS = ("pubdate", "data-time", "data-timestamp", "data-utime", "data-epoch")
_PING_LABEL = re.compile(r"^\s*(pingback|trackback)\b", re.IGNORECASE)
_NUMBER_IN_ID = re.compile(r"[-_]*\d+$")
_DIGITS = re.compile(r"#?\s*(\d{1,9})\.?")
_WORD = re.compile(r"\w")
_SAYS = re.compile(
    r"[\s,]*\b(?:says|said|wrote|writes|sagt|sagte|schreibt|schrieb|meint|dit|a dit|a écrit|écrit|dice|dijo|escribió"
    r"|ha detto|scrive|zegt|schreef|diz|disse|skriver|siger|sier|säger|mówi|pisze|говорит|пишет)\s*:\s*$",
    re.IGNORECASE,
)


@dataclass(slots=True, kw_only=True)
class Read:
    """What one comment's markup says. `dates` are (rule, value) pairs, best first: the words are read later, when all
    dates of the page are known. `label` is the text of the reply link's label, such as 'Reply to Ann'."""

    id: str
    kind: str = "comment"
    level: int | None = None
    author: str | None = None
    author_rule: str = ""
    author_id: str | None = None
    author_url: str | None = None
    label: str | None = None
    dates: list[tuple[str, str]] = field(default_factory=list)
    text: str = ""
    html: str = ""
    links: tuple[str, ...] = ()
    text_rule: str = ""
    permalink: str | None = None
    number: int | None = None
    held: bool = False
    can_be_answered: bool = False


@lru_cache(maxsize=8192)
def meanings(names: str) -> frozenset[str]:
    """What a class attribute says of its element, in words of ours."""
    words = names.lower().split()
    return frozenset(meaning for meaning, pattern in _MEANINGS.items() if any(pattern.search(word) for word in words))


def _said(element: HtmlElement) -> frozenset[str]:
    names, own_id = element.get("class"), element.get("id")
    if own_id:
        names = f"{names or ''} {_NUMBER_IN_ID.sub('', own_id)}"
    return meanings(names) if names else frozenset()


def read(box: Box, base: str) -> Read:
    """All fields of a box that `boxes.walk` has just handed out. `base` is the page's address."""
    marks = {element: said for element in box.own if element not in box.roots and (said := _said(element))}
    found = Read(id=box.id)
    _read_kind(box, found)
    _read_links(box, found, base)
    body, skip, found.text_rule = _body(box, marks)
    inside = _commenters_own(body, skip) if found.text_rule != "what is left" else set()
    _read_author(box, found, marks, inside, base)
    _read_dates(box, found, marks, inside)
    _read_text(box, found, body, skip, base)
    found.held = any("held" in said and element not in inside for element, said in marks.items())
    found.number = next(
        (number for element, said in marks.items() if "number" in said and (number := _number(element))), None
    )
    return found


def _read_kind(box: Box, found: Read) -> None:
    names = " ".join(root.get("class") or "" for root in box.roots)
    told = comment_class(names)
    if told:
        found.kind, found.level = told
    elif _PING_LABEL.match(text.collapse(text.text_of(box.root, box.inner))[:40]) and not any(
        "fn" in meanings(e.get("class") or "") for e in box.own
    ):
        found.kind = "pingback"
    slug = re.search(r"(?:^|\s)comment-author-(\S+)", names)
    if slug and re.search(r"(?:^|\s)byuser(?:\s|$)", names):
        found.author_id = slug[1]


def _read_links(box: Box, found: Read, base: str) -> None:
    own_anchor = re.compile(rf"#(?:li-|div-)?comment-{box.id}$")
    for element in box.own:
        if element.tag != "a":
            continue
        href = element.get("href") or ""
        if (
            element.get("data-commentid")
            or "replytocom=" in href
            or "comment-reply-link" in (element.get("class") or "")
        ):
            found.can_be_answered = True
            found.label = found.label or element.get("data-replyto") or element.get("aria-label")
        elif found.permalink is None and own_anchor.search(href):
            found.permalink = urls.absolute(base, href)


# --- the text -------------------------------------------------------------------------------------------------------


def _body(box: Box, marks: dict[HtmlElement, frozenset[str]]) -> tuple[HtmlElement | None, set[HtmlElement], str]:
    """The element that holds the words, what in it is not the commenter's, and the rule that found it."""
    body: HtmlElement | None = None
    for element, said in marks.items():
        if "text" in said and (body is None or body in element.iterancestors()):
            body = element
    if body is None:
        body = next(
            (
                e
                for e in box.own
                if (e.get("itemprop") or "").lower() in ("text", "commenttext", "description") and e.tag != "meta"
            ),
            None,
        )
    if body is not None:
        return body, _skipped(box, body, marks), ""
    body = _holder_of_paragraphs(box, marks)
    if body is not None:
        return body, _skipped(box, body, marks) | set(_not_the_commenters(body, marks, box)), "paragraphs"
    skip = _skipped(box, box.root, marks) | {
        e for e, said in marks.items() if said & {"author", "fn", "date", "meta", "number"}
    }
    return (
        box.root,
        skip
        | {
            element
            for element in box.own
            if element.tag in ("ol", "ul") and any(child in box.inner for child in element)
        },
        "what is left",
    )


def _commenters_own(body: HtmlElement | None, skip: set[HtmlElement]) -> set[HtmlElement]:
    """The elements that the commenter wrote: nobody's name or date is looked for in them."""
    own: set[HtmlElement] = set()
    if body is not None:
        steps = etree.iterwalk(body, events=("start",))
        for _, element in steps:
            if element in skip:
                steps.skip_subtree()
            elif element is not body:
                own.add(element)
    return own


def _skipped(box: Box, body: HtmlElement, marks: dict[HtmlElement, frozenset[str]]) -> set[HtmlElement]:
    """Within the body: other comments, reply and edit links, moderation notes, buttons, author and date lines."""
    unwanted = {
        element
        for element, said in marks.items()
        if said & _FURNITURE or (said & {"author", "fn", "date", "meta"} and "text" not in said)
    }
    unwanted |= {element for element in box.own if element.tag in ("form", "button", "time") or _is_reply(element)}
    unwanted = {e for e in unwanted if e is not body and e.tag not in ("blockquote",)}
    within = [element for element in body.iter() if element in unwanted] if unwanted else []
    skipped = box.inner | set(within)
    for element in within:
        for above in islice(element.iterancestors(), 3):
            if above is body or above in box.roots or _WORD.search(text.text_of(above, skipped)):
                break
            skipped.add(above)
    return skipped


def _is_reply(element: HtmlElement) -> bool:
    if element.tag != "a":
        return False
    href = element.get("href") or ""
    return "replytocom=" in href or href == "#respond" or href.startswith("javascript:")


def _holder_of_paragraphs(box: Box, marks: dict[HtmlElement, frozenset[str]]) -> HtmlElement | None:
    """The element with most words in class-less paragraphs of its own: those are what wpautop made of the comment."""
    words: dict[HtmlElement, int] = {}
    theme = {above for element in marks for above in (element, *islice(element.iterancestors(), 3))}
    for element in box.own:
        above = next(element.iterancestors(*_HOLDERS), None)
        if element.tag == "p" and not element.get("class") and element not in theme and above is not None:
            if not any(
                near in marks and marks[near] & {"author", "meta", "date", "reply"}
                for near in (above, *islice(above.iterancestors(), 2))
                if near not in box.roots
            ):
                words[above] = words.get(above, 0) + 1 + len(text.text_of(element))
    return max(words, key=lambda element: words[element]) if words else None


def _not_the_commenters(body: HtmlElement, marks: dict[HtmlElement, frozenset[str]], box: Box) -> Iterator[HtmlElement]:
    """Children of the body that the theme named, and those that hold something it named."""
    named = {above for element in marks for above in (element, *islice(element.iterancestors(), 3))}
    for child in body.iterchildren():
        if child.tag in _INLINE and child not in named:
            continue
        if (
            child in named
            or child in box.inner
            or (child.get("class") and child.tag not in ("blockquote", "p"))
            or child.tag in ("ol", "ul")
            and any(c in box.inner for c in child)
        ):
            yield child


def _read_text(box: Box, found: Read, body: HtmlElement | None, skip: set[HtmlElement], base: str) -> None:
    if body is None or (found.kind != "comment" and found.text_rule):
        return
    holders = [body] if body is not box.root else box.roots
    found.text = "\n\n".join(part for holder in holders if (part := text.text_of(holder, skip)))
    found.html = "".join(text.inner_html(holder, skip) for holder in holders)
    found.links = tuple(dict.fromkeys(link for holder in holders for link in text.links_of(holder, base, skip)))


# --- the author -----------------------------------------------------------------------------------------------------


def _read_author(
    box: Box, found: Read, marks: dict[HtmlElement, frozenset[str]], inside: set[HtmlElement], base: str
) -> None:
    for element, rule in _author_elements(box, marks, inside):
        name = _name(element, marks, box.inner)
        if name:
            found.author, found.author_rule = name, rule
            found.author_url = _author_link(element, base)
            return


def _author_elements(
    box: Box, marks: dict[HtmlElement, frozenset[str]], inside: set[HtmlElement]
) -> Iterator[tuple[HtmlElement, str]]:
    for meaning in ("fn", "author"):
        named = [element for element, said in marks.items() if meaning in said and "avatar" not in said]
        for element in named:
            yield from ((other, "") for other in named if other is not element and element in other.iterancestors())
            yield from ((inner, "") for inner in element.iter("cite", "b", "strong") if inner is not element)
            yield element, ""
    outside = [element for element in box.own if element not in inside]
    yield from ((e, "itemprop") for e in box.own if (e.get("itemprop") or "").lower() in ("author", "creator", "name"))
    yield from ((e, "cite") for e in outside if e.tag == "cite")
    yield from ((e, "link to the author") for e in outside if e.tag == "a" and _is_author_link(e))
    yield from ((e, "heading") for e in outside if e.tag in ("h2", "h3", "h4", "h5", "h6"))
    yield from ((e, "first name in bold") for e in outside if e.tag in ("b", "strong") and len(e.text_content()) < 80)


def _is_author_link(element: HtmlElement) -> bool:
    return "url" in (element.get("class") or "").split() or "external" in (element.get("rel") or "").split()


def _name(element: HtmlElement, marks: dict[HtmlElement, frozenset[str]], inner: set[HtmlElement]) -> str:
    """The name that an element prints. Beside it themes put 'says', a badge, the date: names themselves have no markup."""
    skip = {
        e
        for e in element.iterdescendants()
        if marks.get(e, frozenset()) & (_FURNITURE | {"date", "meta", "number"})
        or e.tag in ("time", "small")
        or _is_reply(e)
    }
    links = [e for e in element.iter("a") if _is_author_link(e) and e not in skip]
    direct = text.collapse(element.text)
    if links:
        return text.collapse(text.text_of(links[0], skip | inner))[:300]
    if _WORD.search(direct) and len(element):
        return direct[:300]
    return text.collapse(text.text_of(element, skip | inner))[:300]


def without_says(name: str) -> str:
    """'Ann' of 'Ann says:'."""
    return _SAYS.sub("", name).strip()


def _author_link(element: HtmlElement, base: str) -> str | None:
    near = [element, *islice(element.iterancestors("a"), 1), *element.iter("a")]
    for link in near:
        href = link.get("href") if link.tag == "a" else None
        if href and not _is_reply(link) and not re.search(r"#(?:li-|div-)?comment-\d", href):
            return urls.absolute(base, href)
    return None


# --- the time -------------------------------------------------------------------------------------------------------


def _read_dates(box: Box, found: Read, marks: dict[HtmlElement, frozenset[str]], inside: set[HtmlElement]) -> None:
    """Everything on the comment that may be its time: attributes first, then printed words."""
    attributes: list[tuple[str, str]] = []
    printed: list[tuple[str, str]] = []
    for element in box.own:
        said = marks.get(element, frozenset())
        attributes.extend(_time_attributes(element, said))
        if element.tag == "time" or "date" in said or _is_permalink(element, box.id):
            printed.append(("printed", _words(element, marks, box.inner)))
            if (above := element.getparent()) is not None and above not in box.roots and above not in inside:
                printed.append(("printed beside it", _words(above, marks, box.inner)))
        elif "meta" in said:
            printed.append(("printed in the meta line", _words(element, marks, box.inner)))
    if not printed:
        printed.append(("printed anywhere in the comment", _loose_words(box, marks, inside)))
    found.dates = attributes + [
        (rule, words)
        for rule, words in dict.fromkeys(printed)
        if words and any(map(str.isdigit, words)) or rule == "printed"
    ]


def _time_attributes(element: HtmlElement, said: frozenset[str]) -> Iterator[tuple[str, str]]:
    if element.tag == "time" and element.get("datetime"):
        yield "datetime", element.get("datetime") or ""
    if "date" in (prop := (element.get("itemprop") or "").lower()) or prop == "commenttime":
        yield from (
            ("itemprop", value)
            for name in ("datetime", "content")
            if (value := element.get(name)) and element.tag != "time"
        )
    if "date" in said or element.tag in ("abbr", "time"):
        yield from (("title", value) for name in ("title", "data-datetime") if (value := element.get(name)))
    yield from (
        ("epoch", value)
        for name in _EPOCHS
        if (value := element.get(name)) and value.isascii() and value.isdecimal() and 9 <= len(value) <= 10
    )


def _is_permalink(element: HtmlElement, number: str) -> bool:
    return element.tag == "a" and re.search(rf"#(?:li-|div-)?comment-{number}$", element.get("href") or "") is not None


def _words(element: HtmlElement, marks: dict[HtmlElement, frozenset[str]], inner: set[HtmlElement]) -> str:
    skip = {
        e
        for e in element.iterdescendants()
        if (marks.get(e, frozenset()) & (_FURNITURE | {"author", "fn", "text", "number"})) or _is_reply(e)
    }
    return text.collapse(text.text_of(element, skip | inner))


def _loose_words(box: Box, marks: dict[HtmlElement, frozenset[str]], inside: set[HtmlElement]) -> str:
    skip = {e for e, said in marks.items() if said & (_FURNITURE | {"author", "fn", "text"})}
    skip |= {e for e in box.own if e in inside or e.tag == "p" or _is_reply(e)}
    return text.collapse(text.text_of(box.root, skip | box.inner))


def _number(element: HtmlElement) -> int | None:
    found = _DIGITS.fullmatch(text.collapse(element.text_content()[:40]))
    return int(found[1]) if found else None


def names_from_labels(labels: Iterable[tuple[str, str | None]]) -> dict[str, str]:
    """Whom each reply link names, by comment id: what is left of the labels without what all of them share."""
    told = {number: text.collapse(label) for number, label in labels if label}
    if not told:
        return {}
    values = sorted(set(told.values()))
    before = _shared(values[0], values[-1]) if len(values) > 1 else len("Reply to ") * values[0].startswith("Reply to ")
    before = min(before, values[0].rfind(" ", 0, before) + 1) if before else 0
    backwards = sorted(value[::-1] for value in values)
    after = _shared(backwards[0], backwards[-1]) if len(values) > 1 and not before else 0
    return {number: label[before : len(label) - after].strip() for number, label in told.items() if before or after}


def _shared(first: str, last: str) -> int:
    """How many letters two strings share at their beginning."""
    count = 0
    for a, b in zip(first, last, strict=False):
        if a != b:
            break
        count += 1
    return count
