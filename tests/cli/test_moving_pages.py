"""Comments that come and go while the pages of a thread are read are neither lost, nor doubled, nor called gone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.cli.conftest import Run
from tests.cli.test_archive import rows
from tests.clock import Clock
from tests.evidence.test_rebuild import assert_rebuilding_changes_nothing
from tests.site import news
from tests.site.answers import Answer
from tests.site.server import Site
from tests.site.stories import Remark, Story


def after(site: Site, path: str, then: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    """Once a path has been answered for the first time, something happens on the site."""
    answer, waiting = site.answer, [then]

    def answered(method: str, target: str, body: bytes) -> Answer:
        found = answer(method, target, body)
        if target == path and waiting:
            waiting.pop()()
        return found

    monkeypatch.setattr(site, "answer", answered)


def tell(site: Site, name: str, *comments: Remark) -> None:
    site.stories = tuple(replace(each, comments=comments) if each.name == name else each for each in site.stories)


def late(story: Story, number: int = 9000) -> Remark:
    return replace(story.comments[-1], id=number, parent=None, author="Late Lily", text="<p>Late as ever.</p>")


def pages_alone(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the API nor the feed of comments is to be had."""
    answer = site.answer

    def answered(method: str, target: str, body: bytes) -> Answer:
        refused = target.startswith("/wp-json/") or target.endswith("/feed/")
        return Answer("no", status=401) if refused else answer(method, target, body)

    monkeypatch.setattr(site, "answer", answered)


def readings() -> list[tuple[int | None, int, str, str | None]]:
    return rows("select claimed, collected, completeness, reason from reading order by id")


def test_a_comment_that_comes_while_pages_are_read_is_on_the_last_of_them(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_alone(site, monkeypatch)
    story = site.story("ferry")
    after(site, story.path, lambda: tell(site, "ferry", *story.comments, late(story)), monkeypatch)
    assert run("archive", site.url(story.path)).status == 0
    assert readings() == [(25, 25, "complete", None)]


def test_a_comment_that_comes_to_a_page_that_was_read_is_found_by_reading_it_again(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The new comment answers one of the first page, and the last page counts it."""
    pages_alone(site, monkeypatch)
    story = site.story("ferry")
    answer = replace(late(story), parent=story.comments[0].id, at=story.comments[-1].at + timedelta(hours=1))
    # The first page has the newest comment of all, so that it is the one to be read again.
    early = replace(story.comments[0], at=story.comments[-1].at + timedelta(minutes=1))
    tell(site, "ferry", early, *story.comments[1:])
    after(site, story.path, lambda: tell(site, "ferry", early, *story.comments[1:], answer), monkeypatch)
    assert run("archive", site.url(story.path)).status == 0
    assert readings() == [(25, 25, "complete", None)]
    assert rows("select count(*) from comment") == [(25,)]
    assert sum(asked == f"GET {story.path}" for asked in site.asked) == 2
    assert_rebuilding_changes_nothing()


def test_a_comment_that_moves_up_because_another_went_is_not_missed(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_alone(site, monkeypatch)
    clock = Clock(monkeypatch)
    story = site.story("ferry")
    gone = next(each for each in story.comments if each.parent is None and not list(story.replies(each.id)))
    kept = [each for each in story.comments if each is not gone]
    after(site, story.path, lambda: tell(site, "ferry", *kept), monkeypatch)
    assert run("archive", site.url(story.path)).status == 0
    assert rows("select count(*) from comment where state = 'visible'") == [(24,)]
    clock.days += 1
    assert "1 gone" in run("archive", site.url(story.path)).out
    assert rows("select native_id from comment where state = 'missing'") == [(str(gone.id),)]


def test_an_api_whose_answers_shift_is_asked_again(run: Run, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    story = site.story("ferry")
    many = tuple(
        replace(story.comments[0], id=5000 + n, at=story.comments[0].at + timedelta(minutes=n)) for n in range(120)
    )
    tell(site, "ferry", *many)
    api = f"/wp-json/wp/v2/comments?post={story.id}&per_page=100&page=1&order=asc&orderby=id"
    after(site, api, lambda: tell(site, "ferry", *many[1:]), monkeypatch)
    # Only the API tells of the thread: its pages would find what moved.
    monkeypatch.setattr("archiver.platforms.wordpress.context.Context.ask_pages", lambda *_, **__: iter(()))
    assert run("archive", site.url(story.path)).status == 0
    assert sum(asked == f"GET {api}" for asked in site.asked) == 2
    assert rows("select count(*) from comment where state = 'visible'") == [(120,)]


SAID = (
    "Mondays are the only day on which I could never come, so this suits me well.",
    "Who asked the people who work there? I did, and they were told on Friday.",
    "My children have waited for this since the old reading room was closed.",
    "It is a good beginning, though the evenings would have helped many more.",
    "The heating alone costs more than the two hours are worth, says the council.",
    "Then let the council sit there in January and decide it with cold feet.",
    "Could somebody bring back the newspapers from abroad, at least the old ones?",
    "They are in the cellar, in boxes, and nobody may open them without a form.",
    "I have the form here. It asks for the form that one needs to be given it.",
    "Open on Mondays, closed on rainy days: ask anybody who stood there last week.",
    "We stood there, and it was open; the bell is to the left of the door.",
    "Left of which door? There are three now, and one of them is painted on.",
)


WHO = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn", "Gro", "Hal", "Ida", "Jon", "Kai", "Liv")


def forum(site: Site, numbers: list[int], page: int, of: int) -> Answer:
    """A thread without a count, five comments a page, under an article; without ids."""
    shown = numbers[(page - 1) * 5 : page * 5]
    items = "".join(
        f'<div class="comment"><p class="comment-author">{WHO[n]}</p><time>1 March 2026, 8:{n:02}</time>'
        f"<p>{SAID[n]}</p></div>"
        for n in shown
    )
    path = site.story("library").path
    addresses = {n: f"{path}?comments_page={n}" if n > 1 else path for n in range(1, of + 1) if n != page}
    links = "".join(f'<a href="{address}">{n}</a> ' for n, address in addresses.items())
    below = f'<div id="comments"><h2>Comments</h2>{items}</div><p class="pages">{links}</p>'
    return news.page(site.story("library"), site.base, below=below)


def serve_forum(site: Site, numbers: list[int], monkeypatch: pytest.MonkeyPatch) -> str:
    """The library's story with such a thread; what is put into `numbers` or taken out is so at once."""
    answer, path = site.answer, site.story("library").path

    def answered(method: str, target: str, body: bytes) -> Answer:
        bare, _, query = target.partition("?")
        if bare != path:
            return answer(method, target, body)
        return forum(site, numbers, int(query.rpartition("=")[2] or 1), -(-len(numbers) // 5))

    monkeypatch.setattr(site, "answer", answered)
    return path


def test_without_a_count_the_first_page_is_read_again_and_shows_that_nothing_moved(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = serve_forum(site, list(range(10, 0, -1)), monkeypatch)
    assert run("archive", site.url(path)).status == 0
    assert readings() == [(None, 10, "unknown", None)]
    assert sum(asked == f"GET {path}" for asked in site.asked) == 2


def test_pages_that_overlap_because_one_came_need_not_be_read_again(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = list(range(9, 0, -1))
    path = serve_forum(site, numbers, monkeypatch)
    after(site, path, lambda: numbers.insert(0, 10), monkeypatch)
    assert run("archive", site.url(path)).status == 0
    assert rows("select count(*) from comment") == [(9,)]
    assert readings() == [(None, 9, "unknown", None)]
    assert sum(asked == f"GET {path}" for asked in site.asked) == 1


def test_without_a_count_a_comment_that_went_meanwhile_makes_the_reading_incomplete(
    run: Run, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers = list(range(1, 11))
    path = serve_forum(site, numbers, monkeypatch)
    after(site, path, lambda: numbers.remove(2), monkeypatch)
    assert run("archive", site.url(path)).status == 3
    ((_, _, completeness, reason),) = readings()
    assert (completeness, str(reason).partition(":")[0]) == (
        "incomplete",
        "comments went or changed places while its pages were read",
    )


@pytest.mark.parametrize("status", [500, 404])
def test_a_page_that_does_not_come_never_marks_a_comment_as_gone(
    run: Run, site: Site, status: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_alone(site, monkeypatch)
    clock = Clock(monkeypatch)
    monkeypatch.setattr("archiver.crawl.session.next_try", lambda *_: None)  # at once, instead of after its tries
    story = site.story("ferry")
    assert run("archive", site.url(story.path)).status == 0
    for _ in range(3):
        clock.days += 1
        site.plan(f"{story.path}comment-page-2/", Answer("no", status=status))
        assert run("archive", site.url(story.path)).status == 3
    assert rows("select count(*) from comment where state = 'visible'") == [(24,)]
    assert rows("select count(*) from comment_state") == [(0,)]
