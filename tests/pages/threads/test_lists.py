"""Lists beside each other are told apart: pingbacks, picks, threads of two systems; none is doubled or lost."""

from __future__ import annotations

from archiver.items import ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page
from archiver.pages.threads.all_signs import read_signs
from archiver.pages.threads.outline import outline
from archiver.pages.threads.sets import element_sets
from archiver.platforms import Candidate, anywhere
from tests.pages.threads.pages import ARTICLE, NAMES, WORDS, comments_of, item, page_of

ITEMS = "".join(item(number) for number in range(6))


def _ping(number: int, title: str) -> str:
    return (
        f"<li id='comment-{200 + number}'><a href='http://blog{number}.example/' rel='external nofollow'>{title}</a>"
        f" <small>March {number + 3}, 2015 at 8:0{number} am</small> <p>[…] what the ferries cost us […]</p></li>"
    )


PINGS = _ping(0, "Harbour notes") + _ping(1, "The slow boat")


def _kinds(found: tuple[ThreadPage, ...]) -> list[list[str]]:
    return [[comment.kind for comment in thread.comments] for thread in found]


def test_a_list_named_after_pingbacks_holds_pingbacks() -> None:
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{ITEMS}</ol>"
        f"<ol class='pinglist'>{PINGS}</ol></div>"
    )
    assert [comment.kind for comment in comments] == ["comment"] * 6 + ["pingback"] * 2


def test_a_heading_tells_what_the_list_below_it_holds() -> None:
    comments = comments_of(
        f"<div id='comments'><h3>Trackbacks</h3><ol>{PINGS}</ol><h3>6 comments</h3><ol>{ITEMS}</ol></div>"
    )
    assert [comment.kind for comment in comments] == ["trackback"] * 2 + ["comment"] * 6


def test_pingbacks_without_ids_are_found_by_the_name_of_their_list() -> None:
    pings = "".join(
        f"<li><a href='http://blog{n}.example/{n}'>{NAMES[n]} writes on ferries</a> on March {n + 3}, 2015</li>"
        for n in range(3)
    )
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{ITEMS}</ol></div>"
        f"<p>{'Write to us about it. ' * 9}</p><h3>3 trackbacks</h3><ul>{pings}</ul>"
    )
    assert [comment.kind for comment in comments] == ["comment"] * 6 + ["trackback"] * 3
    assert len({comment.id for comment in comments}) == 9


def test_a_list_of_links_below_no_such_heading_is_none() -> None:
    links = "".join(f"<li><a href='http://blog{n}.example/{n}'>{NAMES[n]} writes on ferries</a></li>" for n in range(3))
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{ITEMS}</ol></div>"
        f"<h3>Elsewhere</h3><ul>{links}</ul>"
    )
    assert len(comments) == 6


def test_where_to_send_trackbacks_is_none() -> None:
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{ITEMS}</ol></div><div id='trackbacks'>"
        "<h3>Trackbacks</h3><div><p>TrackBack URL: <a href='http://ping.example/1'>http://ping.example/1</a></p>"
        "<p>Listed below are links to weblogs that mention <a href='http://x.example/7'>ferries</a></p></div></div>"
    )
    assert len(comments) == 6


def test_a_heading_for_both_tells_nothing() -> None:
    comments = comments_of(f"<div id='comments'><h3>6 comments and trackbacks</h3><ol>{ITEMS}</ol></div>")
    assert {comment.kind for comment in comments} == {"comment"}


def test_an_answer_to_a_pingback_is_a_comment() -> None:
    inner = f"<ul class='children'>{item(5)}</ul>"
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{item(0, classes='pingback', inner=inner)}"
        f"{''.join(item(number) for number in range(1, 5))}</ol></div>"
    )
    assert [comment.kind for comment in comments] == ["pingback"] + ["comment"] * 5


def test_comments_picked_out_are_marked_and_stand_once() -> None:
    picks = item(2).replace('id="comment-', 'id="featured-comment-') + item(4).replace(
        'id="comment-', 'id="featured-comment-'
    )
    comments = comments_of(
        f"<div id='comments'><div class='featured-comments'><ol>{picks}</ol></div><h3>6 comments</h3>"
        f"<ol class='commentlist'>{ITEMS}</ol></div>"
    )
    assert [comment.author for comment in comments] == list(NAMES)
    assert [comment.text for comment in comments] == list(WORDS)
    assert [place for place, comment in enumerate(comments) if comment.kind == "pick"] == [2, 4]
    assert comments[2].found_by["kind"] == "shown again in another list"
    assert [comment.position for comment in comments] == list(range(6))


def test_a_heading_names_picks() -> None:
    comments = comments_of(
        f"<div id='comments'><h3>Editors’ picks</h3><ol>{item(3)}</ol><h3>6 comments</h3><ol>{ITEMS}</ol></div>"
    )
    assert [comment.author for comment in comments] == list(NAMES)
    assert [place for place, comment in enumerate(comments) if comment.kind == "pick"] == [3]


def test_the_same_comments_above_the_list_are_picks_without_a_name() -> None:
    comments = comments_of(
        f"<div id='comments'><h3>6 comments</h3><div class='box'><ol>{item(1)}{item(3)}</ol></div>"
        f"<ol class='commentlist'>{ITEMS}</ol></div>"
    )
    assert [comment.author for comment in comments] == list(NAMES)
    assert [place for place, comment in enumerate(comments) if comment.kind == "pick"] == [1, 3]
    assert [comment.id for comment in comments] == [f"comment-{100 + number}" for number in range(6)]


def test_a_pick_from_another_page_of_the_thread_stays() -> None:
    comments = comments_of(
        f"<div id='comments'><div class='featured-comments'><ol>{item(5)}</ol></div><h3>5 comments</h3>"
        f"<ol class='commentlist'>{''.join(item(number) for number in range(5))}</ol></div>"
    )
    assert [comment.kind for comment in comments] == ["pick"] + ["comment"] * 5


def test_a_whole_list_of_top_comments_is_of_comments() -> None:
    comments = comments_of(f"<div id='comments'><h3>Top comments</h3><ol class='commentlist'>{ITEMS}</ol></div>")
    assert {comment.kind for comment in comments} == {"comment"}


def test_somebody_who_says_the_same_twice_is_heard_twice() -> None:
    again = item(3).replace("comment-103", "comment-109")
    comments = comments_of(f"<div id='comments'><h3>7 comments</h3><ol class='commentlist'>{ITEMS}{again}</ol></div>")
    assert len(comments) == 7
    assert {comment.kind for comment in comments} == {"comment"}


def _hosted() -> str:
    posts = "".join(
        f"<div class='hx-comment' id='hx-{500 + number}'><span class='hx-author'>{NAMES[number]}</span>"
        f" <time datetime='2015-03-0{number + 3}T09:00:00Z'>{number + 2} days ago</time>"
        f"<div class='hx-comment-body'>{WORDS[number]}</div></div>"
        for number in range(4)
    )
    return f"<div id='hx-stream' class='hx-comments'><h3>4 comments</h3>{posts}</div>"


def _two_systems() -> Page:
    pings = (
        "<div id='pings'><h3>Pingbacks</h3><ol class='commentlist'>"
        + PINGS.replace("<li ", "<li class='pingback' ")
        + "</ol></div>"
    )
    return page_of(f"{_hosted()}<div class='between'><p>{'About this site. ' * 20}</p></div>{pings}")


def test_two_systems_give_two_threads_with_lasting_ids() -> None:
    found = threads.find(_two_systems())
    assert _kinds(found) == [["comment"] * 4, ["pingback"] * 2]
    assert [thread.id for thread in found] == ["https://news.example/ferries", "https://news.example/ferries#pings"]
    assert found[0].claimed == 4
    assert found[0].regions != found[1].regions


def test_each_thread_is_extracted_by_its_id() -> None:
    page = _two_systems()
    read = [anywhere.extract(page, candidate) for candidate in anywhere.detect(page)]
    assert tuple(read) == threads.of(page)
    assert anywhere.extract(page, Candidate(thread_id=read[1].id)) == read[1]


def test_a_lone_term_of_a_definition_list_has_its_definition() -> None:
    (only,) = comments_of(
        "<div id='comments'><h3>1 comment</h3><dl class='commentlist'><dt class='comment' id='comment-7'>"
        f"<span class='comment_author'>{NAMES[0]}</span> <a href='#comment-7'>March 3, 2015 at 9:10 am</a></dt>"
        f"<dd class='comment' id='comment-body-7'><p>{WORDS[0]}</p></dd></dl></div>"
    )
    assert (only.id, only.author, only.text) == ("comment-7", NAMES[0], WORDS[0])


def test_an_article_on_a_page_named_after_comments_is_no_comment() -> None:
    page = page_of(
        "<section class='comments-area'><h2>One answer</h2><ol class='comment-list'>" + item(0) + "</ol></section>",
        before=f"<div class='category-kommentar'><div class='post-content'>{ARTICLE}</div></div>",
    )
    (thread,) = threads.find(page)
    assert [comment.text for comment in thread.comments] == [WORDS[0]]


def test_the_first_post_of_a_board_in_a_box_of_its_own_is_part_of_the_thread() -> None:
    answers = "".join(item(number, tag="div") for number in range(1, 6))
    first = item(0, tag="div", classes="discussion").replace('id="comment-100"', 'id="discussion-7"')
    rules = "<p>Rules of this board and its members.</p>" * 5
    board = f"<div class='opening'>{first}</div><div>{rules}</div><div class='replies'>{answers}</div>"
    found = threads.find(page_of(board, before="<h1>Late ferries</h1>", url="https://news.example/forum/topic/7"))
    assert [[comment.author for comment in thread.comments] for thread in found] == [list(NAMES)]


def test_links_from_quotations_and_titles_name_each_comment_once() -> None:
    def post(number: int) -> str:
        quoted = "".join(
            f"<blockquote>{NAMES[n]} wrote: <a href='?p={500 + n}#p{500 + n}'>↑</a> {WORDS[n]}</blockquote>"
            for n in range(number % 3)
        )
        here = f"?p={500 + number}#p{500 + number}"
        return (
            f"<h3><a href='{here}'>Re: Late ferries</a></h3><p>by {NAMES[number]} » <a href='{here}'>March {number + 3}"
            f"</a></p>{quoted}<p>{WORDS[number]}</p><hr>"
        )

    text = outline(page_of("".join(map(post, range(6))), before="").root)
    sets = element_sets(text, read_signs(text, "https://news.example/forum/topic/7"))
    links = [found for found in sets if found.naming.how == "link"]
    assert [text.tags[text.parents[member]] for found in links for member in found.members] == ["h3"] * 6


def test_a_list_below_the_thread_whose_entries_have_neither_time_nor_address_is_left_out() -> None:
    below = "".join(
        f"<li class='comment'><div class='comment-author'><cite class='fn'>Dr {NAMES[n]}</cite></div>"
        f"<div class='comment-text'><p>What to know of boat {n}</p></div></li>"
        for n in range(3)
    )
    comments = comments_of(f"<div id='comments'><h3>6 comments</h3><ol class='commentlist'>{ITEMS}{below}</ol></div>")
    assert [comment.author for comment in comments] == list(NAMES)


def test_the_article_and_its_footer_signed_as_comments_are_are_none() -> None:
    posted = "<p class='posted'>Posted by {} at March {}, 2015 9:1{} AM</p>"
    article = f"{ARTICLE}{posted.format('Ida Holm', 1, 0)}<div>Mark this | Send it</div>{posted.format('', 1, 0)}"
    flat = "".join(f"<div id='c{700 + n}'><p>{WORDS[n]}</p></div>{posted.format(NAMES[n], n + 3, n)}" for n in range(6))
    (thread,) = threads.find(page_of(f"<h2>Comments</h2>{flat}", before=article))
    assert [comment.author for comment in thread.comments] == list(NAMES)
