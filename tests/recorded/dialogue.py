"""A recorded dialogue: an article's page and the answers to all that it leads to, as files of one folder.

`01-request.json` holds the request and what belongs to its answer but the body (status, headers); `01-response.*` the
body. A request without a response brought no answer. The dialogue ends in `expected.json`, or in `error.json`.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archiver.errors import ArchiverError
from archiver.items import Extraction, FollowUp, request_key
from archiver.pages import steps
from archiver.pages.page import Page
from archiver.platforms.walk import walk

HERE = Path(__file__).parent


class BrokenDialogue(AssertionError):
    """A recording is missing, or none asked for it."""


class Dialogue:
    """The recordings of one case."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.requests = [json.loads(path.read_text("utf-8")) for path in sorted(folder.glob("*-request.json"))]
        self.bodies = [
            next(iter(folder.glob(f"{index:02d}-response.*")), None) for index in range(1, len(self.requests) + 1)
        ]
        self.unused = set(range(len(self.requests)))

    def first(self) -> Page:
        page = self._page(0, None)
        assert page is not None, "the article's page needs an answer"
        return page

    def answer(self, asked: FollowUp) -> Page | None:
        """The page that answers a follow-up; None where the recording says that there was no answer."""
        for index, request in enumerate(self.requests):
            if request_key(request.get("method", "GET"), request["url"], request.get("body", "").encode()) == asked.key:
                return self._page(index, asked)
        raise BrokenDialogue(f"{self.folder.name}: no recording of {asked.key}")

    def _page(self, index: int, asked: FollowUp | None) -> Page | None:
        self.unused.discard(index)
        request, body = self.requests[index], self.bodies[index]
        if body is None:
            return None
        return Page(
            url=request["url"],
            body=body.read_bytes(),
            status=request.get("status", 200),
            content_type=request.get("content_type", "text/html; charset=UTF-8"),
            headers=tuple(request.get("headers", {}).items()),
            at=datetime.fromisoformat(request["at"]) if "at" in request else None,
            follow_up=asked,
        )


def run(folder: Path) -> dict[str, Any]:
    """What the walk over a dialogue finds, page by page: `expected.json` or `error.json` should hold just this."""
    dialogue = Dialogue(folder)
    try:
        pages = [_told(page, found) for page, found in walk(dialogue.first(), dialogue.answer)]
    except ArchiverError as error:
        return {"error": type(error).__name__, "message": str(error)}
    if dialogue.unused:
        unused = ", ".join(dialogue.requests[index]["url"] for index in sorted(dialogue.unused))
        raise BrokenDialogue(f"{folder.name}: nobody asked for {unused}")
    return {"pages": pages}


def _told(page: Page, found: Extraction) -> dict[str, Any]:
    normal = steps.normalise_replies(found)
    told = {"url": page.url, "purpose": page.follow_up.purpose if page.follow_up else "article"}
    return told | {"threads": [shorten(thread) for thread in normal.threads], "problems": list(found.problems)}


def shorten(value: Any) -> Any:
    """A value as JSON, fields that have their default left out."""
    if is_dataclass(value):
        return {f.name: shorten(told) for f in fields(value) if (told := getattr(value, f.name)) != _default(f)}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [shorten(one) for one in value]
    if isinstance(value, dict):
        return {key: shorten(told) for key, told in value.items()}
    return value


def _default(field: Any) -> Any:
    return field.default_factory() if field.default_factory is not MISSING else field.default


def cases() -> list[Path]:
    """The folders of all recorded dialogues."""
    return sorted({path.parent for path in HERE.glob("*/*/01-request.json")})


def kept(folder: Path) -> tuple[Path, dict[str, Any] | None]:
    """The file with the accepted outcome of a case, and what it holds."""
    for name in ("expected.json", "error.json"):
        if (folder / name).exists():
            return folder / name, json.loads((folder / name).read_text("utf-8"))
    return folder / "expected.json", None
