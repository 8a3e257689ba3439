"""The bytes behind a row can be had with tools that everybody has."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from lxml import html

from archiver.exports.archive import Archive
from archiver.warc.reader import read_record
from tests.cli.conftest import Run, run
from tests.site.server import Site

__all__ = ["run"]


def _printed(command: str) -> bytes:
    return subprocess.run(command, shell=True, check=True, capture_output=True).stdout


def test_the_printed_commands_give_the_bytes_that_every_row_was_read_from(run: Run, site: Site) -> None:
    story = site.story("ferry")
    run("archive", site.url(story.path))
    run("archive", site.url(story.path))  # its captures repeat the first ones
    told = run("show", site.url(story.path), "--evidence", "--json").json
    assert {each["kind"] for each in told["sources"]} == {"article", "quote", "comment"}
    assert {each["id"] for each in told["sources"] if each["kind"] == "comment"} == {
        str(comment.id) for comment in story.comments
    }
    for place in told["places"]:
        kept = place["capture"]
        record = read_record(Path("output/captures"), kept["file"], kept["offset"], kept["length"])
        head, _, rest = _printed(place["commands"][0]).partition(b"\r\n\r\n")
        assert f"WARC-Record-ID: {kept['record_id']}".encode() in head
        assert rest.removesuffix(b"\r\n\r\n") == record.block
    shown = run("show", site.url(story.path), "--evidence").out
    assert all(command in shown for place in told["places"] for command in place["commands"])


def test_a_repeated_body_is_printed_from_where_it_stands(run: Run, site: Site) -> None:
    from archiver.evidence.places import _place

    story = site.story("ferry")
    run("archive", site.url(story.path), site.url(story.path) + "?print")
    with Archive.open(Path("output")) as archive:
        last = [row for row in archive.captures() if row.capture.status == 200]
    places = [_place(Path("output/captures"), row.id, row.capture) for row in last]
    for place, row in zip(places, last, strict=True):
        record = read_record(Path("output/captures"), row.capture.file, row.capture.offset, row.capture.length)
        assert record.payload in b"".join(_printed(command) for command in place.commands)


def test_locators_lead_to_the_words(run: Run, site: Site) -> None:
    for name in ("ferry", "night-bus"):
        url = site.url(site.story(name).path)
        run("archive", url)
        told = run("show", url, "--evidence", "--json").json
        captures = {place["capture_id"]: place["capture"] for place in told["places"]}
        for source in told["sources"]:
            if source["kind"] == "comment" and source["words"]:
                kept = captures[source["capture_id"]]
                record = read_record(Path("output/captures"), kept["file"], kept["offset"], kept["length"])
                assert source["words"].split()[0] in _at(record.body, source["locator"]), source


def _at(body: bytes, locator: str) -> str:
    """The words at an XPath or a JSON pointer."""
    if locator.startswith(("//", "/html", "id(")):
        [element] = html.document_fromstring(body).xpath(locator)
        return str(element.text_content())
    found = json.loads(body)
    for part in locator.strip("/").split("/"):
        found = found[int(part)] if isinstance(found, list) else found[part]
    return json.dumps(found, ensure_ascii=False)
