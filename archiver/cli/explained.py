"""What `archiver inspect --explain` prints: what was weighed, and by which rules each field was read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from archiver.cli.words import count
from archiver.items import Comment, Extraction, ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page
from archiver.pages.threads import Considered
from archiver.platforms import known

_FIELDS = ("author", "published", "parent", "text", "permalink")
_WIDTH = 110
_MOST = 8


def lines(page: Page, found: Extraction) -> Iterator[str]:
    """For each thread the rules and the confidence of its fields; then every way to see a thread that was weighed."""
    for thread in found.threads:
        yield ""
        yield from _fields(thread)
    yield ""
    yield from _platforms(found)
    if page.is_html:
        yield from _weighed(threads.explain(page))


def _fields(thread: ThreadPage) -> Iterator[str]:
    comments, total = thread.comments, len(thread.comments)
    yield f"Fields of {thread.platform} {thread.id}, read by {thread.extractor}, confidence {thread.confidence:.2f}"
    if not total:
        return
    for field in _FIELDS:
        having = [comment for comment in comments if _value(comment, field)]
        rules = Counter(comment.found_by.get(field, "") for comment in having)
        told = [f"{rule} ({number})" if len(rules) > 1 else rule for rule, number in rules.most_common() if rule]
        yield f"  {field:<10}{len(having)} of {total}{': ' if told else ''}{', '.join(told)}"[:_WIDTH]
    less = [comment for comment in comments if comment.confidence < thread.confidence]
    if less:
        yield f"  less sure {count(len(less), 'comment')}, such as {less[0].id}: {less[0].confidence:.2f}"


def _value(comment: Comment, field: str) -> object:
    if field == "published":
        return comment.published or comment.published_local
    return comment.parent_id if field == "parent" else getattr(comment, field)


def _platforms(found: Extraction) -> Iterator[str]:
    seen = {thread.platform for thread in found.threads}
    others = [name for name in known() if name not in seen]
    if others:
        yield f"No sign of, or not asked for: {', '.join(others)}"


def _weighed(considered: tuple[Considered, ...]) -> Iterator[str]:
    if not considered:
        yield "Weighed as a thread of an unknown system: nothing. No part of the page repeats with a sign of comments."
        return
    yield "Weighed as a thread of an unknown system (score, records, words, what they are):"
    shown = considered[:_MOST] + tuple(one for one in considered[_MOST:] if one.chosen)
    for one in shown:
        mark = "→" if one.chosen else " "
        names = ", ".join(one.names[:3]) + (" …" if len(one.names) > 3 else "")
        yield f"{mark} {one.score:6.2f} {one.records:>5} {one.words:>6}  {names} ({one.mode})"[:_WIDTH]
        if one.left:
            yield f"        left: {one.left}"
        if one.why:
            yield f"        and: {'; '.join(one.why)}"
