"""Structured data is a witness: it fills what the page does not show, and where it differs what is seen stays."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from archiver.items import ThreadPage
from archiver.pages import threads
from tests.pages.threads.pages import ARTICLE, NAMES, WORDS, page_of, replies, thread_of

URL = "https://news.example/ferries"


def _shown(number: int) -> str:
    return (
        f"<li class='comment'><b class='comment-author'>{NAMES[number]}</b>"
        f" <span class='date'>March {number + 3}, 2015</span>"
        f"<div class='comment-text'><p>{WORDS[number]}</p></div></li>"
    )


def _list(*items: str) -> str:
    return f"<div id='comments'><h3>Comments</h3><ol class='commentlist'>{''.join(items)}</ol></div>"


def _told(number: int, **more: Any) -> dict[str, Any]:
    return {
        "@type": "Comment",
        "author": {"@type": "Person", "name": NAMES[number], "url": f"/people/{number}"},
        "dateCreated": f"2015-03-{number + 3:02d}T09:1{number}:00+01:00",
        "text": WORDS[number],
        "url": f"{URL}#c{number + 70}",
        "upvoteCount": number,
        **more,
    }


def _ld(*documents: Any) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(one)}</script>' for one in documents)


def _article(*comments: Any, **more: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Late ferries", "url": URL,
            "comment": list(comments), **more}  # fmt: skip


SIX = _list(*map(_shown, range(6)))


def test_json_ld_fills_what_the_page_does_not_show() -> None:
    thread = thread_of(SIX + _ld(_article(*map(_told, range(6)), commentCount=6)))
    assert [comment.published for comment in thread.comments] == [
        datetime(2015, 3, number + 3, 8, 10 + number, tzinfo=UTC) for number in range(6)
    ]
    assert [comment.published_raw for comment in thread.comments] == [
        f"March {number + 3}, 2015" for number in range(6)
    ]
    assert thread.comments[2].author_url == "https://news.example/people/2"
    assert thread.comments[2].permalink == f"{URL}#c72"
    assert [comment.score for comment in thread.comments] == list(range(6))
    assert thread.comments[2].found_by["published"] == "member dateCreated"
    assert thread.claimed == 6


def test_agreement_makes_surer() -> None:
    without, with_witness = thread_of(SIX), thread_of(SIX + _ld(_article(*map(_told, range(6)))))
    assert without.confidence < with_witness.confidence <= 1
    assert without.comments[0].confidence < with_witness.comments[0].confidence
    assert "json-ld: 6 of its 6 comments are seen" in with_witness.evidence


def test_nested_comments_are_answers() -> None:
    document = _article(_told(0, comment=[_told(1, comment=_told(2))]), *map(_told, range(3, 6)))
    comments = thread_of(SIX + _ld(document)).comments
    assert replies(comments) == [None, 0, 1, None, None, None]
    assert comments[1].found_by["parent"] == "json-ld nesting"


def test_what_is_seen_stays_where_the_witness_differs() -> None:
    other = [_told(number, author={"name": "Webmaster"}) for number in range(6)]
    thread = thread_of(SIX + _ld(_article(*other)))
    assert [comment.author for comment in thread.comments] == list(NAMES)
    assert thread.comments[0].published is None
    assert "json-ld has another author for 6 of them" in thread.evidence
    assert thread.confidence == thread_of(SIX).confidence


def test_another_time_is_told_and_not_taken() -> None:
    thread = thread_of(SIX + _ld(_article(*(_told(number, dateCreated="1970-01-01T00:00:00Z") for number in range(6)))))
    assert thread.comments[0].published is None
    assert "json-ld has another time for 6 of them" in thread.evidence


def test_texts_may_be_cut_off_and_quotations_left_out() -> None:
    shown = [
        _shown(0),
        _shown(1).replace("<p>", f"<blockquote>{WORDS[0]}</blockquote><p>"),
        *map(_shown, range(2, 6)),
    ]
    told = [_told(0, text=WORDS[0][:50] + "…"), *map(_told, range(1, 6))]
    thread = thread_of(_list(*shown) + _ld(_article(*told)))
    assert "json-ld: 6 of its 6 comments are seen" in thread.evidence
    assert thread.comments[1].score == 1


def test_a_printed_count_is_kept_and_the_other_told() -> None:
    thread = thread_of(SIX.replace("Comments<", "6 comments<") + _ld(_article(commentCount=9)))
    assert thread.claimed == 6
    assert "json-ld counts 9 comments" in thread.evidence


def test_a_count_of_another_article_is_none_of_this_page() -> None:
    teasers = [
        {"@type": "NewsArticle", "headline": "x", "url": f"/other/{n}", "commentCount": n + 30} for n in range(3)
    ]
    assert thread_of(SIX + _ld(teasers)).claimed is None
    assert thread_of(SIX + _ld([*teasers, _article(commentCount=8)])).claimed == 8


def test_interaction_counters_count_comments() -> None:
    counters = [
        {"@type": "InteractionCounter", "interactionType": {"@type": "LikeAction"}, "userInteractionCount": 90},
        {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": "7",
        },
    ]
    assert thread_of(SIX + _ld(_article(interactionStatistic=counters))).claimed == 7


def test_microdata_that_nobody_sees_is_read() -> None:
    items = "".join(
        f"<li class='comment' itemscope itemtype='http://schema.org/Comment'><b class='comment-author'>{NAMES[n]}</b>"
        f" <span class='date'>March {n + 3}, 2015</span>"
        f"<meta itemprop='dateCreated' content='2015-03-0{n + 3}T08:1{n}:00Z'>"
        f"<meta itemprop='upvoteCount' content='{n}'><div itemprop='text'><p>{WORDS[n]}</p></div>"
        f"<span itemprop='author' itemscope itemtype='http://schema.org/Person'>"
        f"<meta itemprop='name' content='{NAMES[n]}'><link itemprop='url' href='/people/{n}'></span></li>"
        for n in range(4)
    )
    comments = thread_of(_list(items)).comments
    assert [comment.published for comment in comments] == [
        datetime(2015, 3, n + 3, 8, 10 + n, tzinfo=UTC) for n in range(4)
    ]
    assert [comment.score for comment in comments] == [0, 1, 2, 3]
    assert comments[1].author_url == "https://news.example/people/1"


def test_microformats_are_read() -> None:
    items = "".join(
        f"<div class='response p-comment h-cite' id='r{n}'>"
        f"<a class='p-author h-card' href='http://own{n}.example/'>{NAMES[n]}</a> <a class='u-url' href='/notes/{n}'>"
        f"<data class='dt-published' value='2015-03-0{n + 3}T08:1{n}:00Z'></data>March {n + 3}, 2015</a>"
        f"<div class='e-content'><p>{WORDS[n]}</p></div></div>"
        for n in range(4)
    )
    comments = thread_of(f"<div id='responses'><h3>Responses</h3>{items}</div>").comments
    assert [comment.published for comment in comments] == [
        datetime(2015, 3, n + 3, 8, 10 + n, tzinfo=UTC) for n in range(4)
    ]
    assert comments[2].author_url == "http://own2.example/"


def _in_data(*documents: Any) -> tuple[ThreadPage, ...]:
    return threads.of(page_of("<div id='app'></div>" + _ld(*documents), before=ARTICLE))


def test_where_nothing_is_shown_json_ld_is_the_thread() -> None:
    document = _article(_told(0, comment=[_told(2)]), _told(1), commentCount=12)
    (thread,) = _in_data({"@graph": [document, {"@type": "WebSite", "name": "News"}]})
    assert [comment.text for comment in thread.comments] == [WORDS[0], WORDS[2], WORDS[1]]
    assert replies(thread.comments) == [None, 0, None]
    assert [comment.id for comment in thread.comments] == ["c70", "c72", "c71"]
    assert (thread.claimed, thread.source) == (12, "markup")
    assert thread.comments[0].published == datetime(2015, 3, 3, 8, 10, tzinfo=UTC)


def test_questions_and_answers_in_json_ld() -> None:
    question = {
        "@type": "QAPage",
        "mainEntity": {**_told(0), "@type": "Question", "name": "Late?", "answerCount": 2,
                       "acceptedAnswer": {**_told(1), "@type": "Answer"},
                       "suggestedAnswer": [{**_told(2), "@type": "Answer", "comment": _told(3)}]},
    }  # fmt: skip
    (thread,) = _in_data(question)
    assert [comment.text for comment in thread.comments] == [WORDS[0], WORDS[1], WORDS[2], WORDS[3]]
    assert replies(thread.comments) == [None, None, None, 2]


def test_questions_that_a_site_asks_itself_are_no_thread() -> None:
    answers = [{"@type": "Answer", "text": words} for words in WORDS]
    questions = [{"@type": "Question", "name": "Why?", "acceptedAnswer": answer} for answer in answers]
    assert _in_data({"@type": "FAQPage", "mainEntity": questions}) == ()


def test_a_first_post_without_answers_is_no_thread() -> None:
    assert _in_data({**_told(0), "@type": "DiscussionForumPosting", "headline": "Late?"}) == ()
