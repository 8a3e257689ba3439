"""The past of an article from the command line: what changed, and how it stood."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import archiver
from tests.cli.conftest import Run
from tests.cli.test_archive import rows
from tests.clock import Clock
from tests.evidence.test_rebuild import assert_rebuilding_changes_nothing
from tests.site import news
from tests.site.answers import Answer
from tests.site.server import Site, serving
from tests.site.stories import Remark


def change(site: Site, name: str, **changes: Any) -> None:
    """The story is another one from now on."""
    site.stories = tuple(replace(each, **changes) if each.name == name else each for each in site.stories)


def with_remark(site: Site, name: str, number: int, **changes: Any) -> tuple[Remark, ...]:
    return tuple(replace(each, **changes) if each.id == number else each for each in site.story(name).comments)


@dataclass(frozen=True)
class Visited:
    """A paper of which one story was visited twice, and the archive of it."""

    site: Site
    url: str
    folder: Path


@pytest.fixture(scope="module")
def visited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visited]:
    """Between the visits one comment was edited, one deleted, one added, and the headline changed."""
    folder = tmp_path_factory.mktemp("visited") / "output"
    with serving() as site, pytest.MonkeyPatch.context() as patched:
        clock, story = Clock(patched), site.story("ferry")
        archiver.archive(site.url(story.path), to=folder, delay=0)
        late = replace(story.comments[-1], id=4000, parent=None, author="Late Lily", text="<p>Late as ever.</p>")
        edited = with_remark(site, "ferry", 3108, text="<p>Whose was the cat?</p>")
        kept = tuple(each for each in edited if each.id != 3113)
        change(site, "ferry", comments=(*kept, late), title=f"{story.title} [Updated]")
        clock.days = 1
        archiver.archive(site.url(story.path), to=folder, delay=0)
        yield Visited(site, site.url(story.path), folder)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Two days after the first visit, a day after the second."""
    clock = Clock(monkeypatch)
    clock.days = 2
    return clock


@pytest.fixture
def ferry(run: Run, visited: Visited) -> Iterator[str]:
    """The story's address, with a copy of that archive in the current folder."""
    shutil.copytree(visited.folder, "output")
    stories = visited.site.stories
    yield visited.url
    visited.site.stories = stories


def test_diff_tells_what_the_last_visit_found_changed(run: Run, ferry: str) -> None:
    ran = run("diff", ferry)
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[3] == "wordpress: 1 added, 1 edited, 1 gone; 24 comments"
    assert "    The night ferry sails again, and half the island came to watch{+ [Updated]+}" in lines
    assert "    Whose was the [-dog-]{+cat+}?" in lines
    assert "    Late as ever." in lines
    (gone,) = [number for number, line in enumerate(lines) if line.startswith("Gone (1)  not seen any more between ")]
    assert lines[gone + 2].startswith("  Mail Boat Mike  2024-05-14 12:40 UTC  #3113")
    assert "\x1b" not in ran.out


def test_diff_on_a_terminal_is_coloured(run: Run, ferry: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archiver.cli.difference.is_coloured", lambda: True)
    monkeypatch.setattr("click.utils.should_strip_ansi", lambda *_: False)
    printed = run("diff", ferry).out
    assert "Whose was the \x1b[31m\x1b[9mdog\x1b[0m\x1b[32mcat\x1b[0m?" in printed, printed[-1500:]


def test_diff_as_json_keeps_its_shape(run: Run, ferry: str) -> None:
    told = run("diff", ferry, "--json").json
    assert list(told) == ["url", "title", "from", "to", "counts", "visits", "article", "threads"]
    assert told["counts"] == {"added": 1, "edited": 1, "gone": 1, "back": 0, "restated": 0}
    assert list(told["visits"][0]) == ["started", "ended", "outcome", "reason"]
    (edit,) = told["article"]
    assert list(edit) == ["at", "since", "fields"]
    assert [piece["change"] for piece in edit["fields"]["title"]["words"]] == ["same", "added"]
    (thread,) = told["threads"]
    assert list(thread) == ["platform", "id", "before", "after", "comments"]
    assert list(thread["after"]) == [
        "platform", "thread", "at", "state", "claimed", "collected", "completeness", "reason",
    ]  # fmt: skip
    by_event = {each["event"]: each for each in thread["comments"]}
    assert list(by_event["edited"]) == [
        "event", "at", "since", "until", "state", "state_before", "comment", "before", "after", "words",
    ]  # fmt: skip
    assert list(by_event["edited"]["comment"]) == [
        "id", "parent_id", "depth", "position", "kind", "permalink", "published", "published_local", "published_raw",
    ]  # fmt: skip
    assert list(by_event["edited"]["before"]) == ["author", "author_url", "text", "links", "seen"]
    assert by_event["edited"]["words"][1] == {"change": "removed", "text": "dog"}
    assert (by_event["gone"]["state"], by_event["gone"]["state_before"]) == ("missing", "visible")
    assert by_event["gone"]["before"]["text"].startswith("Six passengers")


def test_diff_of_a_span_leaves_out_what_was_noticed_outside_of_it(run: Run, ferry: str) -> None:
    tomorrow = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%d}"
    ran = run("diff", ferry, "--from", tomorrow)
    assert (ran.status, "Nobody looked in that time." in ran.out) == (0, True)
    whole = run("diff", ferry, "--from", "2001-01-01", "--json").json
    assert whole["counts"]["added"] == 25


def test_diff_of_an_article_visited_once_says_so(run: Run, site: Site) -> None:
    url = site.url(site.story("library").path)
    run("archive", url)
    ran = run("diff", url)
    assert (ran.status, "nothing to compare yet" in ran.out) == (0, True)
    assert run("diff", url, "--json").json["from"] is None


def test_what_nobody_changed_is_said_in_a_word(run: Run, ferry: str, clock: Clock) -> None:
    run("archive", ferry)
    assert run("diff", ferry).out.endswith("wordpress: no comment changed; 24 comments\nNothing changed.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("diff", "x", "--from", "yesterday"), "'yesterday' is no date. Accepted: 2026-03-01, 2026-03-01T14:30, "),
        (("diff", "x", "--to", "2026-13-01"), "without a zone it is UTC"),
        (("diff", "x", "--from", "2026-03-02", "--to", "2026-03-01"), "lies after --to"),
        (("show", "x", "--at", "soon"), "'soon' is no date"),
        (("show", "x", "--at", "2026-03-01", "--quotes"), "not with --quotes"),
    ],
)
def test_a_date_that_cannot_be_read_is_wrong_usage(run: Run, arguments: tuple[str, ...], said: str) -> None:
    ran = run(*arguments)
    assert (ran.status, said in ran.err.replace("\n", " ")) == (2, True), ran.err


def test_an_address_that_is_not_here_is_an_error(run: Run, ferry: str) -> None:
    assert run("diff", "https://elsewhere.example/").status == 1
    assert run("show", "https://elsewhere.example/", "--at", "2026-03-01").status == 1


def test_show_at_gives_the_thread_as_it_stood_between_two_visits(run: Run, ferry: str) -> None:
    ((first,),) = rows("select ended from visit order by id limit 1")
    ran = run("show", ferry, "--at", first)
    assert ran.status == 0
    assert "between the visits of" in ran.out
    assert "Updated" not in ran.out
    assert "Whose was the dog?" in ran.out
    assert "Late as ever." in ran.out  # its own time says that it was there
    notes = [line.partition("  [")[2] for line in ran.out.splitlines() if "  [" in line and "back]" not in line]
    assert [note.partition(":")[0] for note in notes] == [
        "perhaps already edited",
        "perhaps already not seen any more",
        "first seen later, the time is its own]",
    ]


def test_show_at_after_the_last_visit_is_what_show_gives(run: Run, ferry: str) -> None:
    ran = run("show", ferry, "--at", "2999-01-01")
    assert "after the last visit, of" in ran.out
    assert ran.out.splitlines()[4:] == run("show", ferry).out.splitlines()[3:]


def test_show_at_before_the_first_visit_goes_by_the_times_of_the_comments(run: Run, ferry: str) -> None:
    ran = run("show", ferry, "--at", "2024-05-14T10:31:59Z", "--json")
    assert list(ran.json) == ["at", "after_visit", "before_visit", "article", "threads", "comments"]
    assert ran.json["after_visit"] is None
    assert [each["id"] for each in ran.json["comments"]] == ["3101", "3102", "3103"]
    assert {note for each in ran.json["comments"] for note in each["uncertain"]} == {
        "first seen later, the time is its own"
    }
    assert list(ran.json["threads"][0]) == ["platform", "id", "before", "after"]


def test_a_day_alone_is_the_end_of_that_day_in_show(run: Run, ferry: str) -> None:
    last = run("show", ferry, "--at", "2024-05-14", "--json").json["comments"][-1]
    assert (last["author"], last["published"][:10]) == ("R&D Boatyard", "2024-05-14")


def test_an_article_that_is_gone_loses_no_comment_and_diff_says_so(
    run: Run, visited: Visited, ferry: str, clock: Clock
) -> None:
    site = visited.site
    site.stories = tuple(each for each in site.stories if each.name != "ferry")
    assert run("archive", ferry).status == 1
    assert rows("select outcome from visit order by id")[-1] == ("missing",)
    assert rows("select count(*) from latest_comment where state = 'visible'") == [(24,)]
    assert "the page was not there any more (the server answered 404" in run("diff", ferry).out


def test_an_article_that_moved_is_one_article_with_one_history(
    run: Run, visited: Visited, ferry: str, clock: Clock
) -> None:
    site = visited.site
    old = site.story("ferry").path
    change(site, "ferry", path="/2024/05/14/the-ferry-moved/")
    site.plan(old, Answer(status=301, headers=[("Location", "/2024/05/14/the-ferry-moved/")]))
    assert run("archive", ferry).status == 0
    assert rows("select count(*) from article") == [(1,)]
    assert run("diff", site.url("/2024/05/14/the-ferry-moved/")).out.endswith("Nothing changed.\n")
    assert rows("select count(*) from comment") == [(25,)]


def test_a_thread_that_was_emptied_is_gone_comment_by_comment(
    run: Run, visited: Visited, ferry: str, clock: Clock
) -> None:
    change(visited.site, "ferry", comments=())
    run("archive", ferry)
    told = run("diff", ferry, "--json").json
    assert told["counts"] == {"added": 0, "edited": 0, "gone": 24, "back": 0, "restated": 0}


def test_the_platforms_own_word_is_kept_apart_from_what_is_not_seen_any_more(
    run: Run, site: Site, clock: Clock
) -> None:
    url = site.url(site.story("night-bus").path)
    first = run("archive", url)
    assert "gone" not in first.out, "a tombstone of a comment that was never seen is nothing that went"
    clock.days += 1
    change(site, "night-bus", comments=with_remark(site, "night-bus", 42, deleted=True, text=""))
    again = run("archive", url)
    assert "1 gone" in again.out
    assert f"What changed: archiver diff {url}" in again.out
    assert "Gone (1)  deleted between" in run("diff", url).out
    assert "[deleted between" in run("show", url).out


GUESTS = (
    ("Ida Holm", "The ferry was late again, and nobody at the office picked up the phone."),
    ("Jon Vik", "Mine was on time, which has not happened once since the spring timetable."),
    ("Berit", "+1 from me, I have been waiting too."),
    ("Ida Holm", "I have written to the harbour board about it, three times now, and got no answer."),
    ("Sverre Lund", "They answered me. It was one line, and it said that they had noted my letter."),
    ("Berit", "+1 from me, I have been waiting too."),
)


def guest_book(site: Site, *guests: tuple[str, str]) -> Answer:
    """Comments without ids, links or times, under an article."""
    items = "".join(
        f'<div class="comment"><p class="comment-author">{name}</p><p>{text}</p></div>' for name, text in guests
    )
    below = f'<div id="comments"><h2>{len(guests)} comments</h2>{items}</div>'
    return news.page(site.story("library"), site.base, below=below)


def test_a_thread_without_ids_has_a_history_too_and_is_rebuilt_row_for_row(run: Run, site: Site, clock: Clock) -> None:
    path = site.story("library").path
    edited = ("Ida Holm", "I have written to the harbour board about it, and now they have called me back.")
    later = (
        ("Olga", "Does anybody know when the last one leaves on Sundays?"),
        *GUESTS[:1],
        *GUESTS[2:3],
        edited,
        *GUESTS[4:],
    )
    site.plan(path, guest_book(site, *GUESTS), guest_book(site, *later))
    for _ in range(2):
        clock.days += 1
        assert run("archive", site.url(path)).status == 0
    told = run("diff", site.url(path), "--json").json
    assert told["counts"] == {"added": 1, "edited": 1, "gone": 1, "back": 0, "restated": 0}
    by_event = {each["event"]: each for each in told["threads"][0]["comments"]}
    assert by_event["edited"]["comment"]["id"] == "ida-holm-2"
    assert by_event["gone"]["comment"]["id"] == "jon-vik-1"
    assert by_event["added"]["after"]["author"] == "Olga"
    assert_rebuilding_changes_nothing()


def test_the_past_from_python(run: Run, ferry: str) -> None:
    with archiver.open("output") as opened:
        found = opened.diff(ferry)
        assert found
        assert found.threads[0].counts == {"added": 1, "edited": 1, "gone": 1}
        assert opened.past(ferry, datetime(2024, 5, 15, tzinfo=UTC)).before is None
        assert len(list(opened.past_comments(ferry, datetime(2024, 5, 14, 10, 31, 59, tzinfo=UTC)))) == 3
