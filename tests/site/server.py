"""The newspaper on a port of 127.0.0.1, from the standard library alone."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, unquote, urlsplit

from tests.site import isso, news, wordpress
from tests.site.answers import Answer
from tests.site.stories import Story, all_stories


class Site:
    """A running server. `url(path)` is an address on it, `asked` what was requested, in order."""

    def __init__(self, stories: tuple[Story, ...], port: int = 0) -> None:
        self.stories = stories
        self.listed = tuple(story for story in stories if not story.path.startswith(news.PRIVATE))
        self.asked: list[str] = []
        self.planned: dict[str, list[Answer]] = {}
        self.closing = threading.Event()
        self.server = _Server(("127.0.0.1", port), self._handler())
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"

    def url(self, path: str = "/") -> str:
        return self.base + path

    def story(self, name: str) -> Story:
        return next(story for story in self.stories if story.name == name)

    def plan(self, path: str, *answers: Answer) -> None:
        """The next requests for a path (with its query) get these answers, one each; then it is as before."""
        self.planned.setdefault(path, []).extend(answers)

    def answer(self, method: str, target: str, body: bytes) -> Answer:
        """What a request gets."""
        if self.planned.get(target):
            return self.planned[target].pop(0)
        parts = urlsplit(target)
        path, query = unquote(parts.path), dict(parse_qsl(parts.query))
        if method == "POST":
            return isso.count(self.stories, body) if path == "/isso/count" else news.missing()
        for found in (self._story(path), self._system(path, query), self._paper(path, query)):
            if found is not None:
                return found
        return news.missing()

    def _story(self, path: str) -> Answer | None:
        for story in self.stories:
            if story.system == "wordpress" and path.startswith(story.path):
                return self._post(story, path.removeprefix(story.path))
            if path == story.path:
                return isso.page(story, self.base) if story.system == "isso" else news.page(story, self.base)
        return None

    def _post(self, story: Story, rest: str) -> Answer | None:
        if rest == "feed/":
            return wordpress.comment_feed(story, self.base)
        number = re.fullmatch(r"(?:comment-page-(\d+)/)?", rest)
        page = int(number[1] or 1) if number else 0
        return wordpress.post(story, self.base, page) if 1 <= page <= wordpress.page_count(story) else None

    def _system(self, path: str, query: dict[str, str]) -> Answer | None:
        posts = [story for story in self.stories if story.system == "wordpress"]
        if path == "/isso/":
            return isso.thread(self.stories, query)
        if path == f"{wordpress.REST}/comments" and "post" not in query:
            return wordpress.rest_of_site(posts, self.base, query)
        if path == "/comments/feed/":
            return wordpress.feed_of_site(posts, self.base)
        if path == f"{wordpress.REST}/comments":
            asked = next((post for post in posts if query.get("post") == str(post.id)), posts[0])
            return wordpress.rest(asked, self.base, query)
        for post in posts:
            if path == f"{wordpress.REST}/posts/{post.id}":
                return wordpress.rest_post(post, self.base)
            if path == "/" and query.get("p") == str(post.id):
                return Answer(status=301, headers=[("Location", self.base + post.path)])
        return None

    def _paper(self, path: str, query: dict[str, str]) -> Answer | None:
        pages: dict[str, Callable[[], Answer]] = {
            "/": lambda: news.front(self.listed, self.base),
            "/about/": news.about,
            "/feed.xml": lambda: news.feed(self.listed, self.base),
            "/sitemap.xml": lambda: news.sitemap(self.listed, self.base),
            "/robots.txt": lambda: news.robots(self.base),
            "/errors/broken": news.broken,
            "/errors/brochure.pdf": news.brochure,
            "/errors/slow": lambda: Answer("late", after=float(query.get("seconds", "30"))),
            "/errors/moved": lambda: Answer(status=301, headers=[("Location", self.listed[0].path)]),
            "/errors/busy": lambda: Answer(status=429, headers=[("Retry-After", query.get("seconds", "3600"))]),
        }
        return pages[path]() if path in pages else None

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1
            disable_nagle_algorithm = True  # else the end of a long answer waits 40 ms for an acknowledgement

            def do_GET(self) -> None:
                self.respond(b"")

            def do_HEAD(self) -> None:
                self.respond(b"")

            def do_POST(self) -> None:
                self.respond(self.rfile.read(int(self.headers.get("Content-Length", "0"))))

            def respond(self, body: bytes) -> None:
                site.asked.append(f"{self.command} {self.path}")
                answer = site.answer(self.command, self.path, body)
                if answer.after and site.closing.wait(answer.after):
                    return
                self.send_response(answer.status)
                self.send_header("Content-Type", answer.content_type)
                self.send_header("Content-Length", str(len(answer.payload)))
                for name, value in answer.headers:
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.payload)

            def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002  # its name there
                """Quiet: what was asked stands in `Site.asked`."""

        return Handler


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128  # with Python's five, a sixth connection at once is answered a second later


@contextmanager
def serving(stories: tuple[Story, ...] | None = None, port: int = 0) -> Iterator[Site]:
    """A site for as long as the block runs."""
    site = Site(all_stories() if stories is None else stories, port)
    thread = threading.Thread(target=site.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.closing.set()
        site.server.shutdown()
        site.server.server_close()
        thread.join()
