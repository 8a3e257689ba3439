"""How a message is worded."""

from __future__ import annotations

import json

from archiver.notify.deliver import environment
from archiver.notify.message import CHAT, body, subject, text
from archiver.notify.notifier import Body, Notifier
from archiver.notify.sample import sample
from tests.notify.changes import EDITED, GONE, NEW, change, changes, message


def notifier(form: Body = "json") -> Notifier:
    return Notifier(name="desk", command=("true",), body=form)


def test_the_json_has_the_shape_that_was_promised() -> None:
    told = json.loads(body(notifier(), sample()))
    assert list(told) == ["id", "notifier", "summary", "article", "visited", "counts", "changes"]
    assert told["id"] == "00000000-0000-0000-0000-000000000000"
    assert told["summary"] == "1 new, 1 edited, 1 gone: A sample: the ferry sails again"
    assert told["article"] == {"url": "https://news.example/ferry", "title": "A sample: the ferry sails again"}
    assert told["counts"] == {"first": 0, "new": 1, "edited": 1, "gone": 1, "back": 0, "restated": 0}
    new, edited, gone = told["changes"]
    assert list(new) == ["change", "noticed", "happened", "words_before", "comment"]
    assert (new["change"], new["words_before"]) == ("new", None)
    assert (new["comment"]["author"], new["comment"]["id"]) == ("Ida Holm", "1")
    assert (edited["words_before"]["text"], edited["comment"]["text"]) == (
        "It sails on Fridays.",
        "It sails on Fridays at ten.",
    )
    assert gone["happened"] == {"after": "2026-03-01T11:00:00Z", "before": "2026-03-01T12:00:00Z"}
    assert gone["comment"]["text"] == "A comment that is no longer there."


def test_the_text_holds_every_comment_with_its_words() -> None:
    assert text(changes(NEW, EDITED, GONE)) == (
        "1 new, 1 edited, 1 gone: A sample: the ferry sails again\n"
        "https://news.example/ferry\n"
        "\n"
        "New: Ida Holm, 2026-03-01 11:00 UTC\n"
        "https://news.example/ferry#comment-1\n"
        "  Is the night ferry back on Fridays, too?\n"
        "\n"
        "Edited: Jon Vik, 2026-03-01 11:00 UTC\n"
        "https://news.example/ferry#comment-2\n"
        "Before:\n"
        "  It sails on Fridays.\n"
        "Now:\n"
        "  It sails on Fridays at ten.\n"
        "\n"
        "Gone (missing): Pia Lund, 2026-03-01 11:00 UTC\n"
        "https://news.example/ferry#comment-3\n"
        "It went between 2026-03-01 11:00 and 2026-03-01 12:00 UTC.\n"
        "  A comment that is no longer there.\n"
    )


def test_a_chat_gets_what_fits_and_is_told_how_many_more_there_are() -> None:
    told = json.loads(body(notifier("chat"), message(*[change(text="word " * 40)] * 50)))
    assert list(told) == ["text"]
    assert len(told["text"]) < CHAT + 50
    shown = told["text"].count("New: Ida Holm")
    assert 0 < shown < 50
    assert told["text"].endswith(f"… and {50 - shown} more.\n")
    long = json.loads(body(notifier("chat"), message(change(text="word " * 5000), NEW)))
    assert len(long["text"]) < CHAT + 50
    assert long["text"].endswith("… and 1 more.\n")


def test_a_headline_cannot_add_a_header_to_a_mail() -> None:
    hostile = "Ferry\r\nBcc: everybody@news.example\x1b[2J\0"
    assert subject(changes(NEW, title=hostile)) == "1 new: Ferry Bcc: everybody@news.example[2J"
    told = environment(message(NEW, title=hostile * 100))
    assert all(value.isprintable() and len(value) < 300 for value in told.values())
    assert told["NOTICE_NEW"] == "1"
