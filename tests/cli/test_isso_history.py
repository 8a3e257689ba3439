"""What people do to their comments in Isso, and what the archive says of it: in the sample paper, and in a real Isso.

The real one is asked where `ARCHIVER_TEST_ISSO` names it, an Isso without moderation and without its guard:
`ARCHIVER_TEST_ISSO=http://127.0.0.1:8080 pytest tests/cli/test_isso_history.py`.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import UTC, datetime
from itertools import count
from typing import Any, Protocol
from urllib.parse import urlencode
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

from tests.cli.conftest import Run
from tests.cli.test_archive import rows
from tests.clock import Clock
from tests.site import news
from tests.site.answers import Answer
from tests.site.server import Site
from tests.site.stories import Remark

REAL = "ARCHIVER_TEST_ISSO"


class Isso(Protocol):
    """A thread in Isso, and the address of the page that shows it."""

    url: str

    def post(self, text: str, *, parent: int | None = None) -> int: ...
    def edit(self, number: int, text: str) -> None: ...
    def delete(self, number: int) -> None: ...


class PapersIsso:
    """The sample paper's Isso, which does with deleted comments as the real one does."""

    def __init__(self, site: Site) -> None:
        self.site, self.url = site, site.url(site.story("night-bus").path)
        self.numbers = count(100)
        self.show(())

    @property
    def comments(self) -> tuple[Remark, ...]:
        return self.site.story("night-bus").comments

    def show(self, comments: tuple[Remark, ...]) -> None:
        self.site.stories = tuple(
            replace(each, comments=comments) if each.name == "night-bus" else each for each in self.site.stories
        )

    def post(self, text: str, *, parent: int | None = None) -> int:
        number = next(self.numbers)
        written = datetime(2026, 3, 1, 12, number - 100, tzinfo=UTC)
        self.show((*self.comments, Remark(id=number, at=written, text=f"<p>{text}</p>", parent=parent, author="Ida")))
        return number

    def edit(self, number: int, text: str) -> None:
        self.show(tuple(replace(each, text=f"<p>{text}</p>") if each.id == number else each for each in self.comments))

    def delete(self, number: int) -> None:
        """A comment that has answers leaves a tombstone, until the last of them is gone."""
        kept = tuple(each for each in self.comments if each.id != number)
        answered = {each.parent for each in kept}
        if number in answered:
            kept = tuple(replace(c, deleted=True, text="") if c.id == number else c for c in self.comments)
        self.show(tuple(each for each in kept if not each.deleted or each.id in answered))


class RealIsso:
    """A thread of its own in a running Isso, under a page of the sample paper."""

    def __init__(self, site: Site, service: str) -> None:
        self.service, self.path = service.rstrip("/"), f"/stories/{uuid4()}.html"
        self.url = site.url(self.path)
        self.cookies: dict[int, str] = {}
        widget = f'<script data-isso="{self.service}/" src="{self.service}/js/embed.min.js"></script>'
        page = news.page(site.story("library"), site.base, below=f'{widget}<section id="isso-thread"></section>')
        html = str(page.body).replace(site.story("library").path, self.path)
        site.plan(self.path, *[Answer(html)] * 9)

    def post(self, text: str, *, parent: int | None = None) -> int:
        told = {"text": text, "author": "Ida", "title": "The library", "parent": parent}
        return self._ask("POST", f"/new?{urlencode({'uri': self.path})}", told)

    def edit(self, number: int, text: str) -> None:
        self._ask("PUT", f"/id/{number}", {"text": text, "author": "Ida"}, number)

    def delete(self, number: int) -> None:
        self._ask("DELETE", f"/id/{number}", {}, number)

    def _ask(self, method: str, path: str, told: dict[str, Any], number: int | None = None) -> int:
        headers = {"Content-Type": "application/json", "Cookie": self.cookies.get(number or 0, "")}
        request = Request(self.service + path, json.dumps(told).encode(), headers, method=method)
        with urlopen(request, timeout=30) as answer:
            told_back = json.load(answer)
            cookie = answer.headers.get("Set-Cookie", "")
        number = told_back["id"] if told_back else number or 0
        self.cookies[number] = cookie.partition(";")[0]
        return number


@pytest.fixture(params=["of the sample paper", "real"])
def isso(request: pytest.FixtureRequest, site: Site) -> Isso:
    if request.param != "real":
        return PapersIsso(site)
    service = os.environ.get(REAL)
    if not service:
        pytest.skip(f"{REAL} names no running Isso, such as http://127.0.0.1:8080")
    return RealIsso(site, service)


def states() -> dict[str, str]:
    return dict(rows("select text, state from latest_comment"))


def test_edits_and_deletions_with_and_without_answers(run: Run, isso: Isso, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock(monkeypatch)
    answered, alone, edited = (isso.post(text) for text in ("The first one, answered.", "Alone.", "Soon edited."))
    answer = isso.post("The answer.", parent=answered)
    assert "Complete." in run("archive", isso.url).out

    isso.edit(edited, "Now edited.")
    isso.delete(answered)
    isso.delete(alone)
    isso.post("A late one.")
    clock.days += 1
    assert ": 1 new, 1 edited, 2 gone. Complete." in run("archive", isso.url).out
    assert states() == {
        "The first one, answered.": "deleted",
        "The answer.": "visible",
        "Alone.": "missing",
        "Now edited.": "visible",
        "A late one.": "visible",
    }
    told = run("diff", isso.url, "--json").json
    assert told["counts"] == {"added": 1, "edited": 1, "gone": 2, "back": 0, "restated": 0}
    assert {(each["event"], each["state"]) for each in told["threads"][0]["comments"]} == {
        ("added", "visible"),
        ("edited", "visible"),
        ("gone", "deleted"),
        ("gone", "missing"),
    }

    isso.delete(answer)
    clock.days += 1
    assert ": 1 gone. Complete." in run("archive", isso.url).out
    assert states()["The first one, answered."] == "deleted", "its tombstone went too, and its state is known"
    assert states()["The answer."] == "missing"


def test_a_comment_that_was_deleted_before_the_first_visit_did_not_go_in_it(run: Run, isso: Isso) -> None:
    answered = isso.post("Nobody will know.")
    isso.post("What did it say?", parent=answered)
    isso.delete(answered)
    ran = run("archive", isso.url, "--json")
    (thread,) = ran.json["visits"][0]["threads"]
    assert (thread["new"], thread["gone"], thread["collected"]) == (2, 0, 2)
    assert states() == {"": "deleted", "What did it say?": "visible"}
