"""What single comments do must not spoil the thread: pings, headings in a comment, words that look like labels."""

from __future__ import annotations

from tests.pages.threads.pages import NAMES, WORDS, comments_of, item, replies


def _list(items: str, aside: str = "") -> str:
    return f"<div id='comments'><h3>Comments</h3><ol class='commentlist'>{items}</ol></div>{aside}"


TITLES = ("Ferries", "Why the ferries of the lake are late", "On being late", "A rant about boats", "Monday, again")


def _ping(number: int) -> str:
    return (
        f"<li id='comment-{200 + number}' class='pingback even'><p>Pingback: "
        f"<a href='http://blog{number}.example/why' rel='external nofollow'>{TITLES[number]}</a>"
        "</p></li>"
    )


def test_pings_speak_under_the_title_of_their_page() -> None:
    comments = comments_of(_list(item(0) + _ping(1) + item(2) + _ping(3) + _ping(4)))
    assert [comment.id for comment in comments] == [f"comment-{n}" for n in (100, 201, 102, 203, 204)]
    ping = comments[1]
    assert (ping.kind, ping.author, ping.author_url, ping.text) == (
        "pingback",
        "Why the ferries of the lake are late",
        "http://blog1.example/why",
        "",
    )


def test_more_pings_than_comments() -> None:
    comments = comments_of(_list("".join(map(_ping, range(5))) + item(0)))
    assert [comment.kind for comment in comments] == ["pingback"] * 5 + ["comment"]


def test_a_heading_in_a_comment_does_not_begin_the_thread() -> None:
    items = [item(number) for number in range(6)]
    items[3] = items[3].replace(f"<p>{WORDS[3]}</p>", f"<h3>12 comments</h3><p>{WORDS[3]} {WORDS[4] * 60}</p>")
    assert [comment.author for comment in comments_of(_list("".join(items)))] == list(NAMES)


def test_recent_comments_in_a_sidebar_are_no_part_of_the_thread() -> None:
    recent = "".join(
        f"<li class='recentcomments'><cite>{NAMES[n]}</cite> on <a href='/other-story#comment-{300 + n}'>Story</a></li>"
        for n in range(4)
    )
    aside = f"<aside class='widget'><h2>Recent comments</h2><ul>{recent}</ul></aside>"
    assert len(comments_of(_list("".join(item(number) for number in range(6)), aside))) == 6


def test_the_same_words_in_most_comments_are_still_their_words() -> None:
    items = [item(number).replace(WORDS[number], f"Agreed, number {number}.") for number in range(6)]
    comments = comments_of(_list("".join(items)))
    assert [comment.text for comment in comments] == [f"Agreed, number {number}." for number in range(6)]


def test_words_that_look_like_a_label() -> None:
    items = [item(number) for number in range(6)]
    items[2] = items[2].replace(WORDS[2], "Author comment.")
    assert comments_of(_list("".join(items)))[2].text == "Author comment."


def test_marks_around_a_name_are_no_part_of_it() -> None:
    items = "".join(item(n) for n in range(6))
    items = items.replace("Ada Fern", "Ada Fern <a href='#comment-100'>¶</a>").replace("Bo Lind", 'Bo "Bobby"')
    comments = comments_of(_list(items.replace("Cleo Marsh", '"Cleo Marsh"')))
    assert [comment.author for comment in comments][:3] == ["Ada Fern", 'Bo "Bobby"', "Cleo Marsh"]


def test_a_title_above_the_first_number_and_a_long_name() -> None:
    names = [NAMES[0], NAMES[1], "N" * 70, *NAMES[3:]]
    items = "".join(
        f"<div class='post' id='forum{n * 7 + 20}'>{'<h1>Late ferries</h1>' if n == 0 else ''}"
        f"<h4 class='posthead'>({n + 1}) By <a href='/user/{n}'>{names[n]}</a> on 2015-03-0{n + 3} 09:1{n}:00"
        f"{' in reply to <a href=/post/9f33aa01>1</a>' if n else ''} <a href='/post/{n}7c1f00{n}a'>[link]</a></h4>"
        f"<div class='body'><p>{'x' if n == 4 else WORDS[n]}</p></div></div>"
        for n in range(6)
    )
    comments = comments_of(f"<div class='content'>{items}</div>", before="", url="https://forum.example/forumpost/9f33")
    assert [comment.number for comment in comments] == [1, 2, 3, 4, 5, 6]
    assert replies(comments) == [None, 0, 0, 0, 0, 0]
    assert comments[4].text == "x"


def test_a_text_that_two_of_four_comments_share_stays() -> None:
    items = [item(number) for number in range(4)]
    items[2] = item(2).replace(WORDS[2], WORDS[1])
    assert [comment.text for comment in comments_of(_list("".join(items)))] == [WORDS[n] for n in (0, 1, 1, 3)]


def test_a_link_behind_the_last_word_is_no_part_of_the_text() -> None:
    items = "".join(
        item(number).replace(WORDS[number], f"{WORDS[number]}<a href='/report?c={number}'>Report</a>")
        for number in range(6)
    )
    assert [comment.text for comment in comments_of(_list(items))] == list(WORDS)


def test_a_time_that_is_printed_twice_is_no_text() -> None:
    items = "".join(
        f"<li id='comment-{number + 10}'><p>{WORDS[number]}</p><p class='postMeta'>Comment by {NAMES[number]} on "
        f"February 2{number}, 2007 @ <a href='#comment-{number + 10}'>February 2{number}, 2007</a></p></li>"
        for number in range(6)
    )
    assert [comment.text for comment in comments_of(_list(items))] == list(WORDS)


def test_beside_a_short_post_the_panel_of_the_user_is_no_text() -> None:
    def post(number: int, text: str) -> str:
        return (
            f"<div class='post' id='p{number + 500}'><div class='postbody'><p class='author'>by <strong>{NAMES[number]}"
            f"</strong> on Tue Oct 1{number}, 2009 4:44 pm</p><div class='content'>{text}</div></div>"
            f"<dl class='profile'><dt><a href='/memberlist.php?u={number}'>{NAMES[number]}</a></dt>"
            f"<dd>Joined: Mon May {number + 1}, 2005</dd>"
            f"<dd>Location: The harbour below the old town {number}</dd></dl></div>"
        )

    texts = [*WORDS[:5], "Thanks!"]
    posts = "".join(post(number, text) for number, text in enumerate(texts))
    comments = comments_of(posts, url="https://board.example/forum/viewtopic.php?t=7")
    assert [comment.text for comment in comments] == texts


def test_a_clock_that_only_the_print_has_is_kept() -> None:
    items = "".join(
        item(number).replace(
            f"March {number + 3}, 2015 at 9:1{number} am",
            f"<time datetime='2015-03-0{number + 3}'>March {number + 3}, 2015 at 9:1{number} am</time>",
        )
        for number in range(6)
    )
    times = [comment.published_local for comment in comments_of(_list(items))]
    assert [f"{time:%m-%d %H:%M}" for time in times if time] == [f"03-0{n + 3} 09:1{n}" for n in range(6)]


def test_a_word_behind_the_clock_is_no_zone() -> None:
    items = "".join(item(number).replace(f"9:1{number} am", f"9:1{number} am Post") for number in range(6))
    assert comments_of(_list(items))[0].published_raw == "March 3, 2015 at 9:10 am"


def test_a_clock_below_its_day_is_no_time_of_its_own() -> None:
    items = "".join(
        item(number).replace(
            f"March {number + 3}, 2015 at 9:1{number} am",
            f"<ul><li class='date'><span>March {number + 3}, 2015</span></li>"
            f"<li class='time'><span>9:1{number} AM</span></li></ul>",
        )
        for number in range(6)
    )
    assert [f"{c.published_local:%m-%d %H:%M}" for c in comments_of(_list(items))] == [
        f"03-0{n + 3} 09:1{n}" for n in range(6)
    ]


def test_a_message_to_share_is_no_part_of_the_comment() -> None:
    def shared(number: int) -> str:
        words = f"{NAMES[number].replace(' ', '_')}: {WORDS[number][:40]}"
        link = f"https://news.example/social/{number}"
        return item(number, inner=f"<div class='bottom'><div>{words}</div><div>{link}</div></div>")

    comments = comments_of(f"<div id='comments'><h3>6 comments</h3><ol>{''.join(map(shared, range(6)))}</ol></div>")
    assert [comment.text for comment in comments] == list(WORDS)


def test_words_that_most_posts_quote_are_still_their_words() -> None:
    def post(number: int) -> str:
        quote = "<blockquote>It sails at noon, weather permitting.</blockquote>" if number else ""
        said = WORDS[number] if number else "It sails at noon, weather permitting."
        return (
            f"<div class='post' id='post{number + 70}'><div class='author'><a href='/member/{number}'>"
            f"{NAMES[number]}</a></div><div class='date'>0{number + 2}-11-2008, 10:1{number}</div>"
            f"<div class='words'>{quote}{said}</div>"
            "<div class='buttons'><a class='quote' href='/reply'>Reply with this</a></div></div>"
        )

    comments = comments_of(
        f"<div id='posts'>{''.join(map(post, range(6)))}</div>", url="https://b.example/showthread.php?t=4"
    )
    assert [comment.text.count("It sails at noon") for comment in comments] == [1] * 6
    assert not any("Reply with this" in comment.text for comment in comments)
