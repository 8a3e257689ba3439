"""`archiver diff URL`: what was added, edited, gone and back, and how the article changed."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archiver.cli import options
from archiver.cli.moments import MomentType

if TYPE_CHECKING:
    from archiver.exports.past import ArticleEdit, CommentEvent, Difference, ThreadChanges


@click.command("diff", short_help="What was added, edited, gone.")
@click.argument("url", metavar="URL")
@click.option("--from", "since", type=MomentType("begin"), metavar="DATE", help="What was noticed after this time.")
@click.option("--to", "until", type=MomentType("end"), metavar="DATE", help="What was noticed up to this time.")
@options.archive_folder
@options.database
@options.as_json
def command(
    url: str, since: datetime | None, until: datetime | None, archive: Path, database: str | None, as_json: bool
) -> int:
    """Print what changed in an archived article and its threads: by default, what the last visit found changed.

    \b
    archiver diff https://news.example/story
    archiver diff https://news.example/story --from 2026-03-01 --to 2026-03-07T18:00+01:00

    Edits are shown word by word: [-what was there-]{+what is there now+}, in colour on a terminal. A time without a
    zone is UTC.
    """
    from archiver import api
    from archiver.cli import difference
    from archiver.cli.output import print_json

    if since and until and since >= until:
        raise click.BadParameter("lies after --to, or is the same time.", param_hint="--from")
    with api.open(archive, database) as opened:
        found = opened.diff(url, since, until)
    if as_json:
        print_json(_object(found))
    else:
        difference.print_difference(found)
    return 0


def _object(found: Difference) -> dict[str, Any]:
    counts = sum((Counter(each.counts) for each in found.threads), Counter[str]())
    return {
        "url": found.url,
        "title": found.title,
        "from": found.since,
        "to": found.until,
        "counts": {kind: counts[kind] for kind in ("added", "edited", "gone", "back", "restated")},
        "visits": found.visits,
        "article": [
            {
                "at": edit.at,
                "since": edit.since,
                "fields": {each.field: _edit(each.before, each.after) for each in edit.fields},
            }
            for edit in found.article
        ],
        "threads": [_thread(each) for each in found.threads],
    }


def _article(edit: ArticleEdit) -> dict[str, Any]:
    fields = {each.field: _edit(each.before, each.after) for each in edit.fields}
    return {"at": edit.at, "since": edit.since, "fields": fields}


def _edit(before: str, after: str) -> dict[str, Any]:
    from archiver.threads.wording import compare

    return {"before": before, "after": after, "words": compare(before, after)}


def _thread(changes: ThreadChanges) -> dict[str, Any]:
    return {
        "platform": changes.platform,
        "id": changes.id,
        "before": changes.before,
        "after": changes.after,
        "comments": [_event(each) for each in changes.events],
    }


def _event(each: CommentEvent) -> dict[str, Any]:
    comment, event = each.comment, each.event
    told = {name: getattr(comment, name) for name in ("id", "parent_id", "depth", "position", "kind", "permalink")}
    told |= {name: getattr(comment, name) for name in ("published", "published_local", "published_raw")}
    happened = {name: getattr(event, name) for name in ("at", "since", "until", "state", "state_before")}
    words = None
    if event.kind == "edited" and event.before and event.after:
        words = _edit(event.before.text, event.after.text)["words"]
    said = {name: _said(getattr(event, name)) for name in ("before", "after")}
    return {"event": event.kind, **happened, "comment": told, **said, "words": words}


def _said(wording: Any) -> dict[str, Any] | None:
    if wording is None:
        return None
    return {name: getattr(wording, name) for name in ("author", "author_url", "text", "links", "seen")}
