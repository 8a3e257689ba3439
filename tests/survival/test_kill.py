"""A crawl killed at random moments and gone on with loses nothing and doubles nothing. At length: `make torture`."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

from tests.survival.kills import Score, torture
from tests.survival.paper import printed

pytestmark = pytest.mark.long


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_a_crawl_with_paging_outlives_kills(tmp_path: Path) -> None:
    score = Score()
    with printed(12) as site:
        torture(site, tmp_path, score, kills=5, moments=random.Random(16), longest=3.0)
    assert score.comments > 0
    assert set(score.losses.values()) == {0}, score
