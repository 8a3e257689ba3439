"""`python -m tests.site.serve [PORT]`: the sample newspaper, to be looked at in a browser."""

from __future__ import annotations

import sys
import threading

from tests.site.server import serving


def main() -> None:
    with serving(port=int(sys.argv[1]) if len(sys.argv) > 1 else 0) as site:
        print(site.url(), flush=True)
        for story in site.stories:
            print(site.url(story.path), flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            print("Closed.")


if __name__ == "__main__":
    main()
