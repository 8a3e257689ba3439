"""The newspaper around its threads: articles in markup of its own, front page, feed, sitemap, robots.txt, errors."""

from __future__ import annotations

import json
from collections.abc import Sequence
from email.utils import format_datetime
from html import escape

from tests.site.answers import Answer
from tests.site.stories import PAPER, Story

PRIVATE = "/private/"
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def page(story: Story, base: str, below: str = "") -> Answer:
    """An article with whatever stands below it."""
    url = base + story.path
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.deck,
        "datePublished": story.published.isoformat(),
        "dateModified": story.modified.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "articleSection": story.section,
        "mainEntityOfPage": url,
    }
    html = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{story.title} | {PAPER}</title>
<meta property="og:type" content="article"><meta property="og:title" content="{escape(story.title)}">
<meta name="keywords" content="{", ".join(story.tags)}">
<link rel="canonical" href="{url}"><link rel="alternate" type="application/rss+xml" href="/feed.xml">
<script type="application/ld+json">{json.dumps(about)}</script></head>
<body><header><a href="/">{PAPER}</a><nav><a href="/">Home</a> <a href="/about/">About</a></nav></header>
<main><article><h1>{story.title}</h1><p class="deck">{story.deck}</p>
<p class="byline">By <a rel="author" href="/people/">{story.author}</a>,
 <time datetime="{story.published.isoformat()}">{story.published:%d %B %Y}</time></p>
<figure><img src="/images/{story.image}" alt=""><figcaption>{story.image_caption}
 <span class="credit">{story.image_credit}</span></figcaption></figure>
<div class="story-body">{story.body.strip()}</div>
<p class="licence">{story.licence}</p></article>
{below}
</main><footer>{PAPER}, printed in Port Ellery on paper that has been paper before.</footer></body></html>
"""
    return Answer(html)


def front(stories: Sequence[Story], base: str) -> Answer:
    items = "\n".join(
        f'<li><h2><a href="{base}{story.path}">{story.title}</a></h2><p>{story.deck}</p></li>' for story in stories
    )
    return Answer(
        f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{PAPER}</title>
<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body><header><h1>{PAPER}</h1><nav><a href="/">Home</a> <a href="/about/">About</a></nav></header>
<main><ul class="stories">
{items}
</ul></main><footer><a href="https://elsewhere.example/">Our friends elsewhere</a></footer></body></html>
"""
    )


def about() -> Answer:
    """A page with neither an article nor a thread."""
    return Answer(f'<!doctype html><html lang="en"><title>About | {PAPER}</title><body><nav><a href="/">Home</a></nav>')


def feed(stories: Sequence[Story], base: str) -> Answer:
    items = "\n".join(
        f"<item><title>{escape(story.title)}</title><link>{base}{story.path}</link><guid>{base}{story.path}</guid>"
        f"<pubDate>{format_datetime(story.published)}</pubDate><description>{escape(story.deck)}</description></item>"
        for story in stories
    )
    xml = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>{PAPER}</title>'
        f"<link>{base}/</link>"
        f"<description>News from Port Ellery</description>\n{items}\n</channel></rss>\n"
    )
    return Answer(xml, content_type="application/rss+xml; charset=UTF-8")


def sitemap(stories: Sequence[Story], base: str) -> Answer:
    urls = "\n".join(
        f"<url><loc>{base}{story.path}</loc><lastmod>{story.modified.isoformat()}</lastmod></url>" for story in stories
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{urls}\n</urlset>\n'
    )
    return Answer(xml, content_type="application/xml; charset=UTF-8")


def robots(base: str) -> Answer:
    text = f"User-agent: *\nDisallow: {PRIVATE}\n\nSitemap: {base}/sitemap.xml\n"
    return Answer(text, content_type="text/plain; charset=utf-8")


def missing() -> Answer:
    return Answer("<!doctype html><title>Not found</title><h1>There is no such page.</h1>", status=404)


def broken() -> Answer:
    return Answer("<!doctype html><title>Error</title><h1>Our presses have stopped.</h1>", status=500)


def brochure() -> Answer:
    return Answer(PDF, content_type="application/pdf")
