"""The peer: a Scrapy spider that downloads and parses the same pages, runs the same article library, keeps nothing."""

from __future__ import annotations

import json
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from readability import Document
from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.http import Response, TextResponse

from archiver.crawl import settings as ours

SAME = (
    "ROBOTSTXT_OBEY",
    "ROBOTSTXT_USER_AGENT",
    "USER_AGENT",
    "CONCURRENT_REQUESTS",
    "CONCURRENT_REQUESTS_PER_DOMAIN",
    "DOWNLOAD_TIMEOUT",
    "DOWNLOAD_MAXSIZE",
    "TELNETCONSOLE_ENABLED",
    "LOG_LEVEL",
    "TWISTED_REACTOR",
)


class PlainSpider(Spider):
    """What somebody would write in an afternoon: article and comments as dictionaries."""

    name = "plain"

    def __init__(self, addresses: str, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.addresses = json.loads(Path(addresses).read_text(encoding="utf-8"))

    async def start(self) -> AsyncIterator[Request]:
        for address in self.addresses:
            yield Request(address, dont_filter=True)

    def parse(self, response: Response) -> dict[str, Any]:
        """One item a page, as the archiver has: Scrapy waits some milliseconds between two items of a page."""
        assert isinstance(response, TextResponse)
        kind = (response.headers.get("Content-Type") or b"").decode()
        if "json" in kind:
            return {"comments": [(each["id"], each["content"]["rendered"]) for each in response.json()]}
        if "xml" in kind:
            return {"links": response.xpath("//*[local-name()='loc' or local-name()='link']/text()").getall()}
        document = Document(response.text)
        return {
            "title": document.title(),
            "html": document.summary(html_partial=True),
            "comments": [_comment(item) for item in response.css("li[id^=comment-]")],
        }


def _comment(item: Any) -> dict[str, Any]:
    return {
        "id": item.attrib["id"],
        "parent": item.xpath("ancestor::li[1]/@id").get(),
        "author": item.css(".fn ::text").get(),
        "published": item.css("time::attr(datetime)").get(),
        "text": " ".join(item.xpath("(.//div[@class='comment-content'])[1]//text()").getall()),
    }


def main() -> None:
    """`python -m benchmarks.plain_scrapy ADDRESSES.json`"""
    settings = {name: getattr(ours, name) for name in SAME} | {
        "DOWNLOAD_DELAY": 0,
        "DUPEFILTER_CLASS": ours.DUPEFILTER_CLASS,
    }
    process = CrawlerProcess(settings)
    process.crawl(PlainSpider, addresses=sys.argv[1])
    process.start()


if __name__ == "__main__":
    main()
