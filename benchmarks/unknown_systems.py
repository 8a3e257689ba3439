"""How well pages of known systems are read as if nobody knew them: the platform says what is true of each comment.

    python -m benchmarks.unknown_systems ../shared/data [--wrong]

Every .html file below the folder counts that a platform of the archiver (not the generic one) finds comments in; an
address is taken from the .json file beside it. The pages were not written for the generic reading, and no truth is
written down for them: an error of the platform counts against it. `--wrong` lists the differences.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver import platforms
from archiver.items import Comment, ThreadPage
from archiver.pages import threads
from archiver.pages.page import Page

FIELDS = ("author", "time", "parent", "replies", "reply", "text", "permalink")
COLUMNS = ("comments", "found", "invented", *FIELDS, "claimed", "follow-ups")
SAME_WORDS = 0.9
ALIKE = 0.5
ADDRESS = "https://site.example/story"


@dataclass(frozen=True, slots=True)
class Difference:
    field: str
    comment: str
    true: object
    read: object


def words(text: str | None) -> Counter[str]:
    return Counter(re.findall(r"\w+", (text or "").lower()))


def likeness(one: str, other: str) -> float:
    """F1 of their words."""
    left, right = words(one), words(other)
    return 2 * (left & right).total() / (left.total() + right.total()) if left or right else 1.0


def own_number(name: str | None) -> str:
    return next(iter(re.findall(r"\d+", name or "")[::-1]), "")


def paired(truth: Sequence[Comment], read: Sequence[Comment]) -> dict[int, int]:
    """True comment → the one that was read for it: by the number in its id, else by its words."""
    pairs: dict[int, int] = {}
    numbers = {own_number((one.permalink or one.id).rsplit("#", 1)[-1]): at for at, one in enumerate(read)}
    for number, one in enumerate(truth):
        at = numbers.get(own_number(one.id))
        if at is not None and (likeness(one.text, read[at].text) > ALIKE / 2 or one.author == read[at].author):
            pairs[number] = at
    for number in range(len(truth)):
        if number not in pairs:
            free = [at for at in range(len(read)) if at not in pairs.values()]
            best = max(free, key=lambda at: likeness(truth[number].text, read[at].text), default=None)
            if best is not None and likeness(truth[number].text, read[best].text) >= ALIKE:
                pairs[number] = best
    return pairs


def same_time(true: Comment, read: Comment) -> bool:
    """Of one minute, in whatever zone both tell; of one day, where one tells no more."""
    one, other = true.published or true.published_local, read.published or read.published_local
    if one is None or other is None:
        return one is other
    if not (true.published and read.published):
        one = (true.published_local or one).replace(tzinfo=None)
        other = (read.published_local or other).replace(tzinfo=None)
    if "day" in (true.published_precision, read.published_precision):
        return one.date() == other.date()
    return abs((one - other).total_seconds()) < 60


def compare(true: ThreadPage, read: ThreadPage | None) -> tuple[Counter[str], list[Difference]]:
    """What was found and right, by column, and what differs. Of pingbacks only the place in the tree is judged."""
    found = read.comments if read else ()
    pairs = paired(true.comments, found)
    back = {found[at].id: true.comments[number].id for number, at in pairs.items()}
    counts = Counter(comments=len(true.comments), found=len(pairs), invented=len(found) - len(pairs), pages=1)
    counts["replies"] = sum(one.parent_id is not None for one in true.comments)
    counts["claimed"] = read is not None and read.claimed == true.claimed
    further = any(asked.purpose not in ("api", "feed") for asked in true.follow_ups)
    counts["follow-ups"] = bool(read and read.follow_ups) == further
    wrong = [
        Difference("found", one.id, one.text[:60], None)
        for number, one in enumerate(true.comments)
        if number not in pairs
    ]
    for number, at in pairs.items():
        one, other = true.comments[number], found[at]
        is_ping = one.kind != "comment"
        parent = back.get(other.parent_id, "?") if other.parent_id else None
        for field, is_right, values in (
            ("author", is_ping or words(one.author) == words(other.author), (one.author, other.author)),
            ("time", is_ping or same_time(one, other), (one.published_raw, other.published_raw)),
            ("parent", parent == one.parent_id, (one.parent_id, parent)),
            ("text", is_ping or likeness(one.text, other.text) >= SAME_WORDS, (one.text[:60], other.text[:60])),
            ("permalink", other.permalink is not None, (one.permalink, None)),
        ):
            counts[field] += is_right
            if not is_right:
                wrong.append(Difference(field, one.id, *values))
        counts["reply"] += one.parent_id is not None and parent == one.parent_id
    return counts, wrong


def read_both(folder: Path) -> Iterator[tuple[Path, ThreadPage, ThreadPage | None]]:
    for file in sorted(folder.rglob("*.html")):
        beside = file.with_suffix(".json")
        told = json.loads(beside.read_bytes()) if beside.exists() else {}
        page = Page(url=told.get("url") or ADDRESS, body=file.read_bytes(), content_type="text/html")
        true = (one for one in platforms.read(page).threads if one.platform != threads.PLATFORM and one.comments)
        for one in true:
            yield file, one, next(iter(threads.find(page)), None)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--wrong", action="store_true", help="list what differs")
    options = parser.parse_args()
    rows: dict[str, Counter[str]] = {}
    for file, true, read in read_both(options.folder):
        counts, wrong = compare(true, read)
        rows.setdefault(f"{true.platform} in {file.parent.name}", Counter()).update(counts)
        for one in wrong if options.wrong else ():
            print(f"{file.name}: {one.field} of {one.comment}: {one.true!r} was read as {one.read!r}")
    rows["all"] = sum(rows.values(), Counter())
    print(f"{'':32}{'pages':>7}" + "".join(f"{column:>11}" for column in COLUMNS))
    for name, row in rows.items():
        print(f"{name:32}{row['pages']:>7}" + "".join(f"{row[column]:>11}" for column in COLUMNS))


if __name__ == "__main__":
    main()
