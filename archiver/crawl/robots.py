"""robots.txt: obeyed as Scrapy does, with the decision noted for the capture."""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.robotstxt import RobotParser


class RefusedByRobotsError(IgnoreRequest):
    """robots.txt does not allow the request."""


class RobotsMiddleware(RobotsTxtMiddleware):
    """Notes in `request.meta["robots"]` what robots.txt says: `allowed`, or `none` where there is no such file."""

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        request.meta["robots"] = "none" if rp is None else "allowed"
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest as error:
            raise RefusedByRobotsError(str(error)) from error
