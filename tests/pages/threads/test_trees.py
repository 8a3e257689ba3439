"""The fitted model can be read, and what it says is a share of right threads."""

from __future__ import annotations

import pytest

from archiver.pages import threads
from archiver.pages.threads import choice, trees
from archiver.pages.threads.measures import NAMES
from archiver.pages.threads.trees import Kind, Odds
from tests.pages.threads.pages import item, page_of

STUMP = {
    "trees": [[["dated", 0.5, 1, 2], [-2.0], [2.0]]],
    "odds": {"slope": 8, "named": -4, "unnamed": -6, "forum": -3},
}


def test_a_tree_asks_its_measure() -> None:
    model = trees.from_description(STUMP)
    at = NAMES.index("dated")
    dated, bare = ([float(number == at) * share for number in range(len(NAMES))] for share in (1.0, 0.0))
    assert model.value(dated) == pytest.approx(0.881, abs=0.001)
    assert model.value(bare) == pytest.approx(0.119, abs=0.001)


def test_a_stale_model_is_noticed() -> None:
    with pytest.raises(KeyError, match="no_such_measure"):
        trees.from_description({**STUMP, "trees": [[["no_such_measure", 0.5, 1, 2], [0.0], [1.0]]]})


@pytest.mark.parametrize("kind", ["named", "unnamed", "forum"])
def test_confidence_is_a_share_that_rises_with_the_score(kind: Kind) -> None:
    shares = [trees.fitted().odds.confidence(score / 10, kind) for score in range(-3, 14)]
    assert shares == sorted(shares)
    assert 0 < shares[0] < 0.1 < 0.9 < shares[-1] < 1


def test_more_is_asked_where_no_word_for_comments_is_near() -> None:
    odds = Odds(slope=8, named=-4, unnamed=-6, forum=-3)
    assert odds.confidence(0.6, "unnamed") < choice.LEAST < odds.confidence(0.6, "named")


def test_what_is_left_says_how_sure_it_is() -> None:
    items = "".join(item(number) for number in range(6))
    told = threads.explain(page_of(f"<div id='comments'><h3>6 comments</h3><ol>{items}</ol></div>"))
    unsure = [one.left for one in told if "confidence" in one.left]
    assert all(left.startswith("its confidence is 0.") and left.endswith("less than 0.5") for left in unsure)
