"""How often an inferred reply is right: the parents of known threads are hidden, and what is found is compared.

    python -m benchmarks.replies THREADS.jsonl...

A line of a file is a thread, its comments in the order in which they were written:
`{"comments": [{"id": "7", "author": "Ann", "text": "…", "parent": "3" or null, "number": 12 or null}]}`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from archiver.threads.links import Said, find


def threads(file: Path) -> Iterator[list[dict[str, Any]]]:
    with file.open(encoding="utf-8") as lines:
        yield from (json.loads(line)["comments"] for line in lines)


def hidden(comments: Sequence[dict[str, Any]]) -> list[Said]:
    """The comments without what the page says of whom they answer."""
    return [
        Said(id=each["id"], text=each["text"], author=each.get("author"), number=each.get("number"))
        for each in comments
    ]


def measure(file: Path, show: int = 0) -> None:
    """Prints, rule by rule, how many of the links from marked replies were right; then precision and recall of all.

    A link from a comment that nothing marks as a reply can be neither right nor wrong: those are only counted.
    """
    right, found, unmarked, replies, before = Counter[str](), Counter[str](), Counter[str](), 0, 0
    for comments in threads(file):
        places = {each["id"]: place for place, each in enumerate(comments)}
        parents = {each["id"]: each["parent"] for each in comments if each["parent"] in places}
        replies += len(parents)
        before += sum(places[parent] == places[child] - 1 for child, parent in parents.items())
        for link in find(hidden(comments)):
            if link.method != "answers" or link.target != "comment":
                continue
            if link.comment_id not in parents:
                unmarked[link.rule] += 1
                continue
            found[link.rule] += 1
            right[link.rule] += parents[link.comment_id] == link.target_id
            if show and parents[link.comment_id] != link.target_id:
                show -= 1
                text = comments[places[link.comment_id]]["text"]
                print(f"  {link.rule}: {link.target_id}, marked {parents[link.comment_id]}: {text[:90]!r}")
    print(f"{file.stem}: {replies} marked replies, {before / max(replies, 1):.2f} of them to the comment before")
    for rule in [*sorted({*found, *unmarked}), "all"]:
        links, good, other = (each.total() if rule == "all" else each[rule] for each in (found, right, unmarked))
        print(
            f"  {rule:30} {good:5} of {links:5} right {good / max(links, 1):.3f}   recall {good / max(replies, 1):.3f}"
            f"   {other} more, from comments that nothing marks"
        )


if __name__ == "__main__":
    for name in sys.argv[1:]:
        measure(Path(name))
