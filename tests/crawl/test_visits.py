from __future__ import annotations

import pytest

from archiver.crawl import visits
from archiver.crawl.visits import ClosedVisits
from archiver.store.closing import ClosedThread, ClosedVisit


def closed(number: int) -> ClosedVisit:
    thread = ClosedThread(
        platform="WordPress",
        id=str(number),
        state="open",
        claimed=3,
        collected=2,
        completeness="incomplete",
        reason="–",
    )
    url = f"https://news.example/{number}"
    return ClosedVisit(visit_id=number, url=url, outcome="stored", reason=None, title="Fähre", threads=(thread,) * 2)


def test_visits_come_back_in_order_from_memory_and_from_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visits, "IN_MEMORY", 1000)
    kept, given = ClosedVisits(), [closed(number) for number in range(50)]
    for visit in given:
        kept.add(visit)
        assert kept[-1] == visit
    assert (list(kept), len(kept), kept[3], kept[:2]) == (given, 50, given[3], tuple(given[:2]))
    with pytest.raises(IndexError):
        kept[50]
