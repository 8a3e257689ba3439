"""The headline and the date of an article on pages that show more than one of each."""

from __future__ import annotations

import pytest

from tests.pages.test_article import BODY, HEAD, LEAD, PARAGRAPHS, URL, entry, read


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        (
            "The mill is closed | The Gazette",
            "<h1><a href='/'>The Gazette</a></h1><h2>The mill is closed</h2>",
            "The mill is closed",
        ),
        (
            "The Gazette: The mill is closed",
            "<h1>The Gazette</h1><h3 class=post-title>The mill is closed</h3>",
            "The mill is closed",
        ),
        ("The mill is closed « Gazette", "", "The mill is closed"),
        ("", "<h1>The mill is closed</h1>", "The mill is closed"),
        ("Mill", "<h1>Comments (4)</h1><h2>Mill</h2>", "Mill"),
        ("Notes on all things by Ada: Mill", "<h1>Notes on all things by Ada</h1><h3>Mill</h3>", "Mill"),
        ("GAZETTE - River and valley: Mill...", "<div class='post hentry'><h3>Mill...</h3></div>", "Mill..."),
        (
            "Why was the mill closed?, all of the best news and views on mills",
            "<h1>Why was the mill closed?</h1>",
            "Why was the mill closed?",
        ),
        ("Talk on the mill - Old river", "<h1>Talk on the mill</h1><h2>Old river</h2>", "Talk on the mill"),
        ("Why the mill is closed - Gazette.example", "<h1>Gazette.example</h1>", "Why the mill is closed"),
        (
            "What happened to the old mill / Talk of mills / Old mill talk",
            "<h1>Old mill</h1>",
            "What happened to the old mill / Talk of mills / Old mill talk",
        ),
        ("The mill | The Gazette | Read now!", "<h2>River</h2><p class=site-title>The Gazette</p>", "The mill"),
        (
            "The mill is closed",
            f"<h2><div><a href='/v/'>Valley</a></div><a rel=bookmark href='{URL}'>The mill is closed</a></h2>",
            "The mill is closed",
        ),
        ("The Gazette", f"<h1><a href='/'></a></h1><h2><a href='{URL}'>Mill</a></h2><h2>Author</h2>", "Mill"),
    ],
)
def test_the_title_is_the_headline_that_head_and_page_agree_on(title: str, headings: str, expected: str) -> None:
    assert read(f"{headings}<div class=entry-content>{BODY}</div>", head=f"<title>{title}</title>").title == expected


def test_nothing_behind_the_thread_tells_of_the_article() -> None:
    """Boxes of other threads there have headlines and dates too; those of the article may stand in the thread."""
    thread = f"<div id=thread><h1>Mill</h1><p>{' '.join(PARAGRAPHS)}</p></div>"
    other = "<h3>Submission: the mill is closed</h3><time datetime=2019-01-01>Tuesday</time>"
    found = read(f"{BODY}{thread}{other}", head="<title>The mill is closed</title>", cut=("//*[@id='thread']",))
    assert (found.title, found.published_raw) == ("The mill is closed", "2016-01")


def test_a_list_that_is_cut_above_the_article_hides_nothing_of_it() -> None:
    other = "<div id=thread><p>A word or two.</p></div>"
    found = read(other + entry("<time datetime=2016-01-15>Friday</time>"), head=HEAD, cut=("//*[@id='thread']",))
    assert (found.title, found.published_raw) == ("The mill is closed", "2016-01-15")


@pytest.mark.parametrize(
    ("before", "raw"),
    [
        ("24 January 2016, 19:49 | Ada", "24 January 2016, 19:49 | Ada"),
        ("<p>The mill is closed 2016-02-03</p><p>24 January 2016</p>", "24 January 2016"),
    ],
)
def test_the_date_is_printed_between_headline_and_text(before: str, raw: str) -> None:
    """Not below the text, where the dates of comments are, and not in the title itself."""
    title = "The mill is closed 2016-02-03"
    after = "<h3>#1 of Bo</h3>26 January 2016, 16:19"
    found = read(f"<div><h1>{title}</h1>{before}{BODY}</div><div>{after}</div>", head=f"<title>{title}</title>", url="")
    assert found.published_raw == raw


def test_a_printed_date_gives_way_to_one_of_the_day_in_the_address() -> None:
    """Today's date in the masthead is no date of the article."""
    date, url = "<span class=date-header>Wednesday, 3 May 2017</span>", "https://gazette.example/2016/01/15/mill"
    printed = entry("<p>Published: January 15, 2016 at 3 pm</p>")
    assert read(date + printed, head=HEAD, url=url).published_raw == "January 15, 2016 at 3 pm"
    assert read(date + entry(), head=HEAD, url=url).found_by["published"] == "date in the address"


@pytest.mark.parametrize("printed", ["<span class=date>01.02.16</span>", "<p>on 01/02/2016 15:23</p>"])
def test_the_address_tells_whether_the_day_or_the_month_comes_first(printed: str) -> None:
    found = read(entry(printed), head=HEAD)
    assert found.published_local is not None
    assert (found.published_local.month, found.published_local.day) == (1, 2)
    assert found.found_by["published"].endswith(", day and month in the order of the address")


def test_the_headline_of_a_hidden_part_is_not_where_the_article_begins() -> None:
    hidden = "<div style='display:none'><p>Send it to a friend</p><h2>The mill is closed</h2><p>Your name</p></div>"
    lead = f"<div class=intro><p>{LEAD}</p></div>"
    shown = f"<div><h1><span>River: </span>The mill is closed</h1>{lead}</div><div class=text>{BODY}</div>"
    found = read(f"{hidden}<article>{shown}</article>", head="<title>The mill is closed</title>")
    assert found.text.startswith(LEAD)


def test_a_date_in_the_address_is_the_last_resort_and_says_so() -> None:
    found = read(entry(), head=HEAD)
    assert (found.published_raw, found.published_precision) == ("2016-01", "month")
    assert found.found_by["published"] == "date in the address"
