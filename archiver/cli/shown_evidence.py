"""What `archiver show --evidence` prints."""

from __future__ import annotations

from collections.abc import Iterator

from archiver.evidence.places import Evidence, Place
from archiver.store.sources import Source

WIDTH = 60


def lines(evidence: Evidence) -> Iterator[str]:
    """The captures with their commands, then each row with its capture and its place in it."""
    for place in evidence.places:
        yield from _place(place)
    for source in evidence.sources:
        yield from _source(source)


def _place(place: Place) -> Iterator[str]:
    kept = place.capture
    yield f"Capture {place.capture_id}  {kept.method} {kept.url}  {kept.status}  {kept.at:%Y-%m-%d %H:%M:%S} UTC"
    yield f"  {place.path}, bytes {kept.offset} to {kept.offset + kept.length}"
    yield f"  record {kept.record_id}, sha256 of the body {kept.sha256}"
    yield f"  robots.txt: {kept.robots}, bytes: {kept.fidelity}"
    yield from (f"  $ {command}" for command in place.commands)
    yield ""


def _source(source: Source) -> Iterator[str]:
    words = " ".join(source.words.split())
    yield f"{source.kind} {source.id}  capture {source.capture_id}  {words[:WIDTH]}{'…' if len(words) > WIDTH else ''}"
    read_by = f"read by {source.extractor}" if source.extractor else ""
    rules = ", ".join(f"{field}: {rule}" for field, rule in source.found_by.items())
    yield from (f"  {line}" for line in (source.locator, "; ".join(part for part in (read_by, rules) if part)) if line)
