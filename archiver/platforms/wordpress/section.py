"""The part of a page that is the comment section: its elements, and whether one can still comment there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlElement

from archiver.items import ThreadState
from archiver.pages import paths
from archiver.pages.text import collapse

# One predicate each, no union: libxml2 joins node sets in quadratic time.
_FORMS = paths.elements(
    '//*[@id="respond" or @id="commentform" or (self::form and contains(@action, "wp-comments-post.php"))'
    ' or (self::iframe and contains(@id, "jetpack_remote_comment")) or contains(@class, "wpd-form-wrapper")'
    ' or contains(concat(" ", normalize-space(@class), " "), " comment-respond ")]'
)
_LOGIN = paths.elements('//*[contains(@class, "must-log-in") or contains(@class, "comment-reply-login")]')
_PASSWORD = paths.elements('//form[contains(@class, "post-password-form") or contains(@action, "action=postpass")]')
_NAVIGATION = paths.elements(
    '//*[self::nav or self::div or self::ul or self::p][contains(@class, "comment")]'
    '[contains(@class, "nav") or contains(@class, "pagination")]'
)
_CLOSED_NAME = re.compile(r"(?:^|\s)(?:no-?comments|comments?-closed|closed-comments?|nocomments?)(?:\s|$)")
_CLOSED = re.compile(
    r"comments? (?:are|is|have been) (?:now |currently )?(?:closed|disabled|turned off|locked)"
    r"|comment(?:ing|s on this \w+|s on this \w+ \w+) (?:is|are|has been|have been) (?:now )?(?:closed|disabled)"
    r"|discussion (?:is|has been) closed|kommentare sind (?:\w+ )?geschlossen|kommentarfunktion (?:ist|wurde)\b"
    r"|commentaires sont fermés|comentarios (?:están )?cerrados|commenti (?:sono )?chiusi|reacties zijn gesloten"
    r"|comentários (?:estão )?(?:encerrados|fechados)|комментарии закрыты|kommentarer är stängda"
    r"|komentarze zostały wyłączone",
    re.IGNORECASE,
)
_COMMENTS_NAME = re.compile(r"comment|respond|discussion|kommentar|reactions", re.IGNORECASE)
_LISTS = ("ol", "ul", "dl")
_OTHER_TEXT = 600
"""Letters outside comments, form and headings that an element may hold and still be the section, not the article."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """`whole` is the element that holds list and form and little else, None where no element does."""

    whole: HtmlElement | None
    lists: tuple[HtmlElement, ...]
    forms: tuple[HtmlElement, ...]
    navigation: tuple[HtmlElement, ...]
    closed_notice: HtmlElement | None
    asks_login: bool

    def state(self, answerable: bool) -> tuple[ThreadState, str]:
        """Whether one can comment, and what says so. `answerable`: some comment has a reply link."""
        if any(form.tag in ("form", "iframe") or form.find(".//form") is not None for form in self.forms):
            return "open", "comment form"
        if self.asks_login or answerable:
            return "open", "reply links" if answerable else "login to comment"
        if self.closed_notice is not None:
            return "closed", "notice that comments are closed"
        if self.lists and not self.forms:
            return "closed", "comments without a form and without reply links"
        return "unknown", ""


def is_protected(root: HtmlElement) -> bool:
    """Whether the post asks for a password: WordPress then prints no comments."""
    return len(_PASSWORD(root)) == 1


def find(root: HtmlElement, comments: Sequence[HtmlElement]) -> Section:
    """The section around the comments' elements (outermost ones), or around the form where there are none."""
    forms = tuple(_outermost(_FORMS(root)))
    lists = tuple(dict.fromkeys(_list_of(element) for element in comments))
    navigation = tuple(
        element
        for element in _outermost(_NAVIGATION(root))
        if not any(element in c.iterancestors() for c in comments[:1])
    )
    notice = None if forms else _closed_notice(root, comments)
    parts = [*lists, *forms, *navigation, *([notice] if notice is not None else [])]
    return Section(
        whole=_whole(parts, lists, forms),
        lists=lists,
        forms=forms,
        navigation=navigation,
        closed_notice=notice,
        asks_login=bool(_LOGIN(root)),
    )


def regions(section: Section, heading: HtmlElement | None) -> list[HtmlElement]:
    """The elements that are no part of the article: the whole section, else its parts."""
    parts = [*section.lists, *section.forms, *section.navigation]
    parts += [element for element in (section.closed_notice, heading) if element is not None]
    whole = [section.whole] if section.whole is not None else []
    return list(_outermost([*whole, *parts]))


def _list_of(comment: HtmlElement) -> HtmlElement:
    above = comment.getparent()
    return above if above is not None and above.tag in _LISTS else comment


def _outermost(elements: Sequence[HtmlElement]) -> list[HtmlElement]:
    all_of_them = set(elements)
    return [e for e in dict.fromkeys(elements) if not any(above in all_of_them for above in e.iterancestors())]


def _closed_notice(root: HtmlElement, comments: Sequence[HtmlElement]) -> HtmlElement | None:
    """The last short line that says that comments are closed. What commenters say of it does not count, nor does what
    the page's title says: an article may be called so."""
    known, notice = set(comments), None
    title = next((collapse(found.text) for found in root.iter("title")), "")
    steps = etree.iterwalk(root, events=("start",))
    for _, element in steps:
        if element in known or element.tag in ("script", "style"):
            steps.skip_subtree()
        elif element.tag in ("p", "span", "div", "em", "strong", "h2", "h3", "h4", "li"):
            words = collapse(element.text)
            named = _CLOSED_NAME.search(element.get("class") or "") is not None
            if words and len(words) < 160 and words not in title and (named or _CLOSED.search(words)):
                notice = element
    return notice


def _whole(
    parts: Sequence[HtmlElement], lists: Sequence[HtmlElement], forms: Sequence[HtmlElement]
) -> HtmlElement | None:
    """The outermost element around the first part that is named after comments and holds hardly anything else."""
    if not parts:
        return None
    found, known = None, set(parts)
    for above in (lists or forms or parts)[0].iterancestors():
        if above.tag in ("body", "html", "main"):
            break
        if _COMMENTS_NAME.search(f"{above.get('id') or ''} {above.get('class') or ''}"):
            if _letters(above, known) > _OTHER_TEXT:
                break
            found = above
    return found


def _letters(element: HtmlElement, without: set[HtmlElement]) -> int:
    """Letters of an element outside the given ones, counted until it is clear that they are too many."""
    count = 0
    steps = etree.iterwalk(element, events=("start", "end"))
    for event, node in steps:
        if event == "start" and (node in without or node.tag in ("script", "style", "template", "noscript")):
            steps.skip_subtree()
        elif event == "start":
            count += len((node.text or "").strip())
        elif node is not element:
            count += len((node.tail or "").strip())
        if count > _OTHER_TEXT:
            break
    return count
