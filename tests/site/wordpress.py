"""What WordPress 6 with a classic theme serves for a post: pages of nested comments, the REST API, the comment feed.

Eight threads a page, oldest first; five levels of nesting, and what is deeper stands on the fifth, as the core does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from tests.site.answers import Answer
from tests.site.stories import PAPER, Remark, Story

THREADS_A_PAGE = 8
LEVELS = 5
REST = "/wp-json/wp/v2"


def page_count(story: Story) -> int:
    return max(1, -(-len(list(story.replies(None))) // THREADS_A_PAGE))


def post(story: Story, base: str, page: int) -> Answer:
    """The post with one page of its comments, from 1."""
    url = base + story.path
    here = url if page == 1 else f"{url}comment-page-{page}/"
    links = (
        f'<{base}/wp-json/>; rel="https://api.w.org/"',
        f'<{base}{REST}/posts/{story.id}>; rel="alternate"; type="application/json"',
        f"<{base}/?p={story.id}>; rel=shortlink",
    )
    html = f"""<!doctype html>
<html lang="en-CA">
<head>
<meta charset="UTF-8" />
<title>{story.title} &#8211; {PAPER}</title>
<link rel="alternate" type="application/rss+xml" title="{PAPER} &raquo; Feed" href="{base}/feed.xml" />
<link rel="alternate" type="application/rss+xml" title="{story.title} Comments Feed" href="{url}feed/" />
<link rel='stylesheet' id='lantern-style-css' href='{base}/wp-content/themes/lantern/style.css?ver=2.3' media='all' />
<link rel="https://api.w.org/" href="{base}/wp-json/" />
<link rel="alternate" type="application/json" href="{base}{REST}/posts/{story.id}" />
<meta name="generator" content="WordPress 6.5.3" />
<meta property="og:type" content="article" />
<meta property="og:title" content="{escape(story.title)}" />
<meta property="og:description" content="{escape(story.deck)}" />
<meta property="article:published_time" content="{story.published.isoformat()}" />
<meta property="article:modified_time" content="{story.modified.isoformat()}" />
<meta property="article:section" content="{story.section}" />
<link rel="canonical" href="{here}" />
<link rel='shortlink' href='{base}/?p={story.id}' />
</head>
<body class="post-template-default single single-post postid-{story.id} single-format-standard">
<header class="site-header"><p class="site-title"><a href="{base}/" rel="home">{PAPER}</a></p>
<nav class="main-navigation"><a href="{base}/">News</a> <a href="{base}/about/">About</a></nav>
</header>
<main id="main" class="site-main">
<article id="post-{story.id}" class="post-{story.id} post type-post status-publish hentry">
<header class="entry-header"><h1 class="entry-title">{story.title}</h1><p class="entry-subtitle">{story.deck}</p>
<div class="entry-meta"><span class="byline">By <span class="author vcard"><a class="url fn n" rel="author"
 href="{base}/author/marit/">{story.author}</a></span></span> <span class="posted-on"><time class="entry-date published"
 datetime="{story.published.isoformat()}">{_day(story.published)}</time></span></div>
</header>
<figure class="wp-caption post-thumbnail"><img src="{base}/wp-content/uploads/{story.image}" class="wp-post-image"
 width="1200" height="675" alt="" /><figcaption class="wp-caption-text">{story.image_caption}
 <span class="credit">{story.image_credit}</span></figcaption></figure>
<div class="entry-content">
{story.body.strip()}
<p class="licence">{story.licence}</p>
</div>
<footer class="entry-footer"><span class="cat-links"><a href="{base}/category/{story.section.lower()}/"
 rel="category tag">{story.section}</a></span> <span class="tags-links">{_tags(story, base)}</span>
<div class="sharedaddy"><a href="https://share.example/?u={url}" class="share-link">Share this</a></div>
<div class="author-bio"><p>{story.author} writes about everything that floats.</p></div></footer>
</article>
{_comments(story, url, page)}
</main>
<aside class="widget-area"><section class="widget widget_recent_comments"><h2>Recent Comments</h2>
<ul id="recentcomments">{_recent(story, base)}</ul></section></aside>
<footer class="site-footer">Proudly powered by WordPress.</footer>
</body>
</html>
"""
    return Answer(html, headers=[("X-Pingback", f"{base}/xmlrpc.php"), *(("Link", link) for link in links)])


def rest(story: Story, base: str, query: Mapping[str, str]) -> Answer:
    """`GET /wp-json/wp/v2/comments?post=ID`: comments alone; pings are a type that readers cannot ask for."""
    size, page = int(query.get("per_page", "10")), int(query.get("page", "1"))
    asked = query.get("post") == str(story.id)
    found = sorted((c for c in story.comments if asked and c.kind == "comment"), key=lambda c: c.id)
    if query.get("order", "desc") == "desc":
        found.reverse()
    pages = -(-len(found) // size)
    if page > max(pages, 1):
        problem = {
            "code": "rest_comment_invalid_page_number",
            "message": "The page number requested is larger than the number of pages available.",
            "data": {"status": 400},
        }
        return _json(problem, status=400)
    shown = [_rest_comment(story, base, comment) for comment in found[(page - 1) * size : page * size]]
    return _json(shown, headers=[("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(pages))])


def rest_of_site(posts: Sequence[Story], base: str, query: Mapping[str, str]) -> Answer:
    """`GET /wp-json/wp/v2/comments`: the newest comments of all posts, with the fields that `_fields` names."""
    told = [_rest_comment(post, base, each) for post in posts for each in post.comments if each.kind == "comment"]
    by = "id" if query.get("orderby") == "id" else "date_gmt"
    told.sort(key=lambda each: each[by], reverse=query.get("order", "desc") == "desc")
    shown = told[: int(query.get("per_page", "10"))]
    names = query["_fields"].split(",") if "_fields" in query else None
    answer = [{name: each[name] for name in names or each} for each in shown]
    return _json(answer, headers=[("X-WP-Total", str(len(told)))])


def rest_post(story: Story, base: str) -> Answer:
    return _json(
        {
            "id": story.id,
            "date": _clock(story.published),
            "link": base + story.path,
            "type": "post",
            "title": {"rendered": story.title},
            "comment_status": "open" if story.comments_open else "closed",
        }
    )


def comment_feed(story: Story, base: str) -> Answer:
    """The ten newest comments on a post as RSS."""
    return _feed([(story, each) for each in story.comments if each.kind == "comment"], base, f"on: {story.title}")


def feed_of_site(posts: Sequence[Story], base: str) -> Answer:
    """The ten newest comments on all posts, pingbacks included."""
    return _feed([(post, each) for post in posts for each in post.comments], base, f"for {PAPER}")


def _feed(comments: list[tuple[Story, Remark]], base: str, whose: str) -> Answer:
    newest = sorted(comments, key=lambda each: each[1].at, reverse=True)[:10]
    items = "".join(
        f"<item><title>By: {escape(comment.author or '')}</title><link>{_permalink(story, base, comment)}</link>"
        f"<dc:creator><![CDATA[{comment.author}]]></dc:creator><pubDate>{format_datetime(comment.utc)}</pubDate>"
        f'<guid isPermaLink="false">{base}{story.path}#comment-{comment.id}</guid>'
        f"<content:encoded><![CDATA[{comment.text}]]></content:encoded></item>\n"
        for story, comment in newest
    )
    xml = (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>Comments {escape(whose)}</title><link>{base}/</link>\n{items}</channel></rss>\n"
    )
    return Answer(xml, content_type="application/rss+xml; charset=UTF-8")


def _recent(story: Story, base: str) -> str:
    """The newest comment, as the widget in the sidebar shows it."""
    return "".join(
        f'<li class="recentcomments"><span class="comment-author-link">{escape(comment.author or "")}</span> on'
        f' <a href="{_permalink(story, base, comment)}">{story.title}</a></li>'
        for comment in story.comments[-1:]
    )


def _comments(story: Story, url: str, page: int) -> str:
    threads = list(story.replies(None))[(page - 1) * THREADS_A_PAGE : page * THREADS_A_PAGE]
    shown = "".join(_thread(story, url, comment) for comment in threads)
    return f"""<div id="comments" class="comments-area">
<h2 class="comments-title">{len(story.comments)} thoughts on &ldquo;{story.title}&rdquo;</h2>
{_paging(story, url, page)}
<ol class="comment-list">
{shown}</ol>
{_paging(story, url, page)}
<div id="respond" class="comment-respond"><h3 id="reply-title" class="comment-reply-title">Leave a comment</h3>
<form action="/wp-comments-post.php" method="post" id="commentform" class="comment-form">
<textarea id="comment" name="comment" required></textarea>
<input type='hidden' name='comment_post_ID' value='{story.id}' id='comment_post_ID' />
<input type='hidden' name='comment_parent' id='comment_parent' value='0' /></form></div>
</div>"""


def _paging(story: Story, url: str, page: int) -> str:
    if page_count(story) == 1:
        return ""
    older = f"{url}comment-page-{page - 1}/#comments"
    newer = f"{url}comment-page-{page + 1}/#comments"
    links = f'<div class="nav-previous"><a href="{older}">Older Comments</a></div>' if page > 1 else ""
    if page < page_count(story):
        links += f'<div class="nav-next"><a href="{newer}">Newer Comments</a></div>'
    return f'<nav class="navigation comment-navigation"><div class="nav-links">{links}</div></nav>'


def _thread(story: Story, url: str, top: Remark) -> str:
    """A comment with all below it. Told by a walk rather than by nested calls: a thread may be deep."""
    parts: list[str] = []
    level = 0
    for comment, depth in _shown(story, top):
        if depth > level:
            parts.append('<ol class="children">\n' if level else "")
        else:
            parts.append("</li><!-- #comment-## -->\n" + "</ol><!-- .children -->\n</li>\n" * (level - depth))
        parts.append(_ping(comment, depth) if comment.kind != "comment" else _comment(story, url, comment, depth))
        level = depth
    parts.append("</li><!-- #comment-## -->\n" + "</ol><!-- .children -->\n</li>\n" * (level - 1))
    return "".join(parts)


def _shown(story: Story, top: Remark) -> Iterator[tuple[Remark, int]]:
    """Comments in the order of the page with the level on which they stand."""
    waiting = [(top, 1)]
    while waiting:
        comment, depth = waiting.pop()
        yield comment, depth
        below = [(reply, min(depth + 1, LEVELS)) for reply in story.replies(comment.id)]
        waiting += reversed(below)


def _comment(story: Story, url: str, comment: Remark, depth: int) -> str:
    name = escape(comment.author or "Anonymous")
    link = f"<a href='{escape(comment.url)}' class='url' rel='ugc external nofollow'>{name}</a>"
    role = " byuser comment-author-marit bypostauthor" if comment.account else ""
    reply = (
        "<div class=\"reply\"><a rel='nofollow' class='comment-reply-link'"
        f" href='{url}?replytocom={comment.id}#respond'"
        f' data-commentid="{comment.id}" data-postid="{story.id}" data-belowelement="div-comment-{comment.id}"'
        f' data-respondelement="respond" data-replyto="Reply to {name}">Reply</a></div>'
    )
    return f"""<li id="comment-{comment.id}" class="comment{role} depth-{depth}">
<article id="div-comment-{comment.id}" class="comment-body">
<footer class="comment-meta"><div class="comment-author vcard">
<img alt='' src='https://avatar.example/{comment.id}.png'
 class='avatar avatar-56 photo' height='56' width='56' />
 <b class="fn">{link if comment.url else name}</b> <span class="says">says:</span></div>
<div class="comment-metadata"><a href="{_permalink(story, url.removesuffix(story.path), comment)}"><time
 datetime="{comment.at.isoformat()}">{_day(comment.at)} at {comment.at:%I:%M %p}</time></a></div></footer>
<div class="comment-content">
{comment.text}
</div>
{reply if story.comments_open and depth < LEVELS else ""}
</article><!-- .comment-body -->
"""


def _ping(comment: Remark, depth: int) -> str:
    return f"""<li id="comment-{comment.id}" class="{comment.kind} depth-{depth}">
<div class="comment-body">Pingback:
 <a href='{comment.url}' rel='ugc external nofollow' class='url'>{comment.author}</a></div>
"""


def _rest_comment(story: Story, base: str, comment: Remark) -> dict[str, Any]:
    return {
        "id": comment.id,
        "post": story.id,
        "parent": comment.parent or 0,
        "author": comment.account,
        "author_name": comment.author or "",
        "author_url": comment.url,
        "date": _clock(comment.at),
        "date_gmt": _clock(comment.utc),
        "content": {"rendered": comment.text + "\n"},
        "link": _permalink(story, base, comment),
        "status": "approved",
        "type": "comment",
        "author_avatar_urls": {"48": f"https://avatar.example/{comment.id}.png"},
        "meta": [],
    }


def _permalink(story: Story, base: str, comment: Remark) -> str:
    parents = {each.id: each.parent for each in story.comments}
    top = comment.id
    while (above := parents[top]) is not None:
        top = above
    page = [each.id for each in story.replies(None)].index(top) // THREADS_A_PAGE + 1
    return f"{base}{story.path}" + (f"comment-page-{page}/" if page > 1 else "") + f"#comment-{comment.id}"


def _tags(story: Story, base: str) -> str:
    return ", ".join(f'<a href="{base}/tag/{tag}/" rel="tag">{tag}</a>' for tag in story.tags)


def _json(value: object, *, status: int = 200, headers: list[tuple[str, str]] | None = None) -> Answer:
    body = json.dumps(value, separators=(",", ":")).replace("/", r"\/")  # as PHP writes it
    return Answer(body, status=status, content_type="application/json; charset=UTF-8", headers=headers or [])


def _day(at: datetime) -> str:
    return f"{at:%B} {at.day}, {at.year}"


def _clock(at: datetime) -> str:
    return at.replace(tzinfo=None).isoformat()
