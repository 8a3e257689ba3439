"""What the comments of a thread refer to: whom they answer, and what they quote of each other and of the article.

    words → passages   what two texts share, word for word or nearly
            names      whom a comment opens with
            answers    whom it answers where the page does not say
            values     a comment as it comes in, a link as it goes out

Pure: the comments of one thread and the article's text in, links out. A parent that the page tells stays as it is, and
no answer is sought for such a comment.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from archiver.threads.links.answers import Speakers, answer, named_only
from archiver.threads.links.passages import Passage, Sources
from archiver.threads.links.values import Link, Method, Said
from archiver.threads.links.words import Words

__all__ = ["Link", "Said", "find"]

COPIED = 0.9
"""The share of a comment's words that stand in another: it is that comment once more, no quotation of it."""


def find(comments: Sequence[Said], article: str = "") -> Iterator[Link]:
    """The links of a thread's comments, which come in the order in which they were written."""
    speakers, earlier, of_article = Speakers(), Sources(), Sources()
    of_article.add(Words(article))
    answering = set()
    for comment in comments:
        words = Words(comment.text)
        passages = [(comments[passage.source], passage) for passage in earlier.passages(words)]
        copied = [(said, passage) for said, passage in passages if passage.words >= COPIED * len(words)]
        quoted = [] if copied else passages
        yield from (_shares(comment, "copies", said, passage) for said, passage in copied)
        yield from (_shares(comment, "quotes", said, passage) for said, passage in quoted)
        yield from (_shares(comment, "quotes", None, passage) for passage in of_article.passages(words))
        if comment.parent_id is None and not copied and (found := answer(comment, quoted, speakers)) is not None:
            answering.add(comment.id)
            yield found
        speakers.add(comment)
        earlier.add(words)
    if not any(comment.author for comment in comments):
        yield from (link for link in named_only(comments) if link.comment_id not in answering)


def _shares(comment: Said, method: Method, said: Said | None, passage: Passage) -> Link:
    """`said` is None for the article."""
    return Link(
        comment_id=comment.id,
        method=method,
        target="article" if said is None else "comment",
        target_id=said.id if said else None,
        target_name=said.author if said else None,
        rule="the same words" if passage.similarity == 1 else "nearly the same words",
        span=(passage.start, passage.end),
        target_span=(passage.source_start, passage.source_end),
        similarity=round(passage.similarity, 3),
        confidence=_sure(passage),
    )


def _sure(passage: Passage) -> float:
    """Twelve words in common are no chance; seven with differences may be."""
    return round(min(0.99, 0.8 + 0.02 * (passage.words - 5) + 0.1 * (passage.similarity - 0.9)), 2)
