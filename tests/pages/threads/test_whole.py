"""Of several cuts of the same part of a page the one with whole records is read."""

from __future__ import annotations

from archiver.pages.threads import scores, trees
from archiver.pages.threads.all_signs import read_signs
from archiver.pages.threads.outline import outline
from archiver.pages.threads.whole import whole
from tests.pages.threads.pages import NAMES, WORDS, page_of

UNFITTED = trees.from_description({"trees": [], "odds": {"slope": 1, "named": 0, "unnamed": 0, "forum": 0}})


def test_the_head_of_a_comment_with_replies_in_it_is_not_the_whole() -> None:
    def comment(number: int, replies: str = "") -> str:
        return (
            f"<div id='c{number + 40}' class='comment'><img src='/a/{number}.png'><div class='column'>"
            f"<h6 class='head'>Jan. {number + 3}, 2016, 5:42 p.m. - {NAMES[number]}</h6>"
            f"<div class='content'><p>{WORDS[number]}</p></div>{replies}</div></div>"
        )

    flat = "".join(comment(number) for number in range(4))
    page = page_of(f"<div id='comments'>{flat}{comment(4, comment(5))}</div>")
    text = outline(page.root)
    signs = read_signs(text, page.url)
    scored = scores.score_all(text, signs, scores.candidates(text, signs), UNFITTED)
    heads = next(one for one in scored if (one.cut.mode, one.cut.naming.name) == ("box", "head"))
    assert len(heads.cut.spans) == 6
    heads.score = max(one.score for one in scored) + 0.05
    chosen = whole(text, scored, heads, has_posts=False)
    assert [
        all(words in " ".join(text.chunks[begin:end]) for words in (name, said))
        for (begin, end), name, said in zip(chosen.cut.spans, NAMES, WORDS, strict=True)
    ] == [True] * 6
