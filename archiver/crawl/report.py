"""What a run did, and the exit status that it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from archiver import errors
from archiver.store.closing import ClosedVisit
from archiver.store.rows import OpenVisit

_OUTCOMES: Mapping[str, int] = {"stored": errors.OK, "refused": errors.REFUSED}


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """`unfinished` are visits with requests that wait for another run."""

    folder: Path
    visits: Sequence[ClosedVisit]
    passed_over: int = 0
    """Pages that a crawl took for articles by their addresses, and that are none. They are no failure."""
    unfinished: tuple[OpenVisit, ...] = ()
    interrupted: bool = False

    @property
    def exit_status(self) -> int:
        """The worst of its visits', see `archiver.errors`."""
        statuses = [status_of(visit) for visit in self.visits]
        statuses += [errors.INCOMPLETE if visit.stored else errors.FAILED for visit in self.unfinished]
        return errors.INTERRUPTED if self.interrupted else errors.worst(statuses)


def status_of(visit: ClosedVisit) -> int:
    """Of one visit: what became of its page, then whether its threads are whole."""
    status = _OUTCOMES.get(visit.outcome, errors.FAILED)
    if status == errors.OK and visit.completeness == "incomplete":
        return errors.INCOMPLETE
    return status
