"""An uncertain page of a thread that was read with certainty tells nothing of it."""

from __future__ import annotations

import pytest

from archiver.items import CERTAIN, Comment, FollowUp, ThreadPage
from archiver.threads.trust import is_certain, weigh

NEXT = FollowUp(url="https://news.example/a?page=2", platform="generic", thread_id="a", purpose="next page")


def _page(confidence: float, **more: str) -> ThreadPage:
    comments = (Comment(id="1", text="perhaps a comment"),)
    return ThreadPage(
        platform="generic", id="a", claimed=1, comments=comments, follow_ups=(NEXT,), confidence=confidence, **more
    )  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("known", "seen"), [(None, 0.6), (0.6, 0.5), (0.6, 0.9), (0.9, 0.9), (0.9, CERTAIN), (1.0, 1.0)]
)
def test_what_is_as_sure_as_what_is_known_is_believed(known: float | None, seen: float) -> None:
    assert weigh(_page(seen), known) == _page(seen)


@pytest.mark.parametrize("seen", [0.5, CERTAIN - 0.01])
def test_the_uncertain_never_replaces_the_certain(seen: float) -> None:
    weighed = weigh(_page(seen), CERTAIN)
    assert (weighed.comments, weighed.follow_ups, weighed.claimed) == ((), (), None)
    assert "uncertain" in (weighed.gap or "")
    assert weighed.confidence == seen


def test_a_reason_that_the_page_gives_itself_stays() -> None:
    assert weigh(_page(0.5, gap="password"), 1.0).gap == "password"


def test_the_threshold_belongs_to_the_certain() -> None:
    assert is_certain(CERTAIN)
    assert not is_certain(CERTAIN - 0.001)
