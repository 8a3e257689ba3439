"""The clock of a crawl, put forward: visits of one test lie days apart, as in life."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo

import pytest


class Clock:
    """What the crawler takes for the time: that of the machine, and so many days."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.days = 0
        clock = self

        class Shifted(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]  # what it gives is a datetime
                return datetime.now(tz) + timedelta(days=clock.days)

        monkeypatch.setattr("archiver.crawl.session.datetime", Shifted)

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(days=self.days)
