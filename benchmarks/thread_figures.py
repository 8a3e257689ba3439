"""How well threads are read, as the scorer sees it: what `archiver.extract` gives, with any model of threads."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from archiver import platforms
from archiver.items import ThreadPage
from archiver.pages import steps, threads
from archiver.pages.page import Page
from archiver.pages.threads.trees import Trees
from benchmarks.threads_learned import FITTED_ON, GOLD_WITHOUT_ITS_COMMENTS, host_of

SCORED_ON = (*FITTED_ON, "trafeval")
ASKED = {
    ("dragnet", "comments F1"): ".955",
    ("dragnet", "pages with F1 >= .9"): ".940",
    ("dragnet", "alarms outside the list"): "3",
    ("structured", "comments matched"): ".990",
    ("structured", "author right"): ".985",
    ("structured", "date right"): ".980",
    ("structured", "parent right"): ".990",
    ("structured", "reply right"): ".960",
    ("structured", "permalink right"): ".900",
    ("structured", "pages with exact count"): "34",
    ("forum52", "comments matched"): ".970",
    ("forum52", "author right"): ".930",
    ("forum52", "date right"): ".920",
    ("forum52", "pages with exact count"): "35",
    ("wcxb", "thread F1"): ".800",
    ("wcxb", "thread recall"): ".920",
    ("trafeval", "comment segments in comments"): "114",
    ("trafeval", "comment segments in article"): "3",
}
"""What is to be reached on new sites."""

_FEW_TOKENS = 10
_RIGHT = 0.8


@dataclass
class Read:
    """One page: the scorer's row, and how sure the generic thread was; None where there is none."""

    row: dict[str, Any]
    confidence: float | None
    is_right: bool


Figures = dict[str, list[Read]]


def read_all(data: Path, models_of: Callable[[str], tuple[Trees, Trees]]) -> tuple[Figures, Figures]:
    """All pages of all sets, each read with both of the models that are meant for its host."""
    from scoring.pages import decode, pages_of
    from scoring.runner import SCORING

    both: tuple[Figures, Figures] = ({}, {})
    for set_name in SCORED_ON:
        for page in pages_of(set_name, data / "threads"):
            gold, html = page.gold(), page.html()
            url, text = gold.get("url") or "", decode(html)
            known: dict[Any, dict[str, Any]] = {}
            for found, model in zip(both, models_of(host_of(url or page.name)), strict=True):
                read = Page(url=url, body=html)
                shown = threads.of_html(read, model)
                comments = [replace(one, confidence=1.0) for thread in shown for one in thread.comments]
                key = repr((comments, [thread.regions for thread in shown]))
                row = known.get(key)
                if row is None:
                    row = known[key] = SCORING[set_name].score(_answer(read, shown), gold, text)
                    row["listed"] = page.name in GOLD_WITHOUT_ITS_COMMENTS.split()
                sure = max((thread.confidence for thread in shown), default=None)
                found.setdefault(set_name, []).append(Read(row, sure, _is_right(set_name, row)))
    return both


def _answer(page: Page, shown: tuple[ThreadPage, ...]) -> Any:
    """What `archiver.extract` gives of a page with these threads, as the scorer reads it."""
    from scoring.answers import read_answer

    page.memory[threads.EXTRACTOR] = shown
    found = steps.normalise_replies(steps.normalise_article(platforms.read(page)))
    return read_answer(
        {
            "article": found.article.text if found.article else "",
            "comments": [_as_answer(comment) for thread in found.threads for comment in thread.comments],
        }
    )


def _as_answer(comment: Any) -> dict[str, Any]:
    return {
        "id": comment.id,
        "parent": comment.parent_id,
        "author": comment.author,
        "published": comment.published or comment.published_local,
        "published_raw": comment.published_raw,
        "text": comment.text,
        "permalink": comment.permalink,
    }


def _is_right(set_name: str, row: dict[str, Any]) -> bool:
    """Whether what was found is the thread, give or take a few words. On pages where the gold lost its comments
    anything is."""
    if set_name == "dragnet":
        if row["gold_tokens"] and row["judged"]:
            return bool(row["comments"].f1 >= _RIGHT)
        return bool(row["listed"] or not row["judged"] or row["found_tokens"] < _FEW_TOKENS)
    if set_name == "wcxb":
        return bool(row["thread"].recall >= _RIGHT)
    if set_name == "trafeval":
        return bool(row["in_comments"] >= _RIGHT * row["segments"])
    return bool(2 * row["matched"] >= _RIGHT * (row["gold"] + row["predicted"]))


def show(shipped: Figures, unseen: Figures) -> None:
    """Both figures of each metric side by side, and what is asked."""
    from scoring.report import figure

    for set_name in SCORED_ON:
        print(f"\n{set_name:40} {'as shipped':>18} {'new sites':>18} {'asked':>8}")
        both = [_totals(set_name, found[set_name]) for found in (shipped, unseen)]
        for name in both[0]:
            asked = ASKED.get((set_name, name), "")
            print(f"  {name:38} {figure(both[0][name]):>18} {figure(both[1][name]):>18} {asked:>8}")


def _totals(set_name: str, found: list[Read]) -> dict[str, Any]:
    from scoring.runner import SCORING

    rows = [one.row for one in found]
    totals = dict(SCORING[set_name].total(rows))
    if set_name == "dragnet":
        silent = [row for row in rows if row["judged"] and not row["gold_tokens"] and not row["listed"]]
        totals["alarms outside the list"] = [sum(row["found_tokens"] >= _FEW_TOKENS for row in silent), len(silent)]
    return totals


def show_reliability(unseen: Figures) -> None:
    """Of the threads found at a confidence how many are right, on new sites."""
    sure = [(one.confidence, one.is_right) for found in unseen.values() for one in found if one.confidence is not None]
    print(f"\n{'confidence (new sites)':24} {'threads':>8} {'mean':>6} {'right':>6}")
    for low, high in ((0.5, 0.65), (0.65, 0.8), (0.8, 0.9), (0.9, 0.95), (0.95, 0.99), (0.99, 1.01)):
        within = [(value, right) for value, right in sure if low <= value < high]
        if within:
            mean, right = (sum(column) / len(within) for column in zip(*within, strict=True))
            print(f"  {low:.2f} to {min(high, 1.0):.2f} {len(within):18} {mean:6.2f} {right:6.2f}")
