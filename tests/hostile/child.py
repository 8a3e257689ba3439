"""Archives addresses in a process of its own, and tells how it went and how much memory that took.

python -m tests.hostile.child FOLDER TIMEOUT URL...
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path

from archiver.crawl import failures, run
from archiver.crawl.options import Options


def main() -> None:
    folder, timeout, *urls = sys.argv[1:]
    failures.TRIES = 1
    report = run.archive(urls, Options(folder=Path(folder), delay=0, timeout=float(timeout)))
    visits = {
        visit.url: {
            "outcome": visit.outcome,
            "reason": visit.reason,
            "threads": [{name: getattr(thread, name) for name in thread.__slots__} for thread in visit.threads],
        }
        for visit in report.visits
    }
    print(json.dumps({"visits": visits, "unfinished": len(report.unfinished), "peak": peak()}))


def peak() -> float:
    """The most memory that this process ever held, in MiB. What its parent held before the start is not its own."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main()
