"""What a cut holds beside the thread: the article before it, a box of recent comments behind it."""

from __future__ import annotations

from statistics import median

from archiver.pages.threads.cuts import Cut
from archiver.pages.threads.outline import Outline
from archiver.pages.threads.signs import Signs


def without_article(page: Outline, signs: Signs, cut: Cut) -> Cut:
    """The cut without its first record where that is the article, which carries the same 'Posted by' line; and without
    a second that is the article's footer, having no id as all behind it have."""
    if signs.is_forum or len(cut.spans) < 3:
        return cut
    sizes = [page.size(begin, end) for begin, end in cut.spans]
    (begin, end), parents = cut.spans[0], [page.parents[unit] for unit in cut.units]
    stands_apart = parents[0] != parents[1] and parents[1] == parents[2]
    holds_title = signs.title_at > 0 and begin <= signs.title_at < end
    without_id = _leading_without_id(signs, cut)
    if sizes[0] == max(sizes) > 3 * median(sizes) + 40 and (stands_apart or holds_title or without_id):
        left = max(1, without_id)
        cut.spans, cut.units, cut.members = cut.spans[left:], cut.units[left:], cut.members[left:]
    return cut


def _leading_without_id(signs: Signs, cut: Cut) -> int:
    """How many of the first two records have no id or address of their own, where all behind them have."""
    for sums in (signs.comment_ids, signs.permalinks, signs.ids):
        have = [sums[end] > sums[begin] for begin, end in cut.spans]
        without = have.index(True) if any(have) else 0
        if 0 < without <= 2 and all(have[without:]) and len(have) >= 3 * without:
            return without
    return 0


def without_aside(signs: Signs, cut: Cut) -> Cut:
    """The cut without the records behind its last that stand in a sidebar and print no time, where the others do: a box
    of recent comments links to comments too."""
    kept = len(cut.spans)
    while kept and signs.in_aside[cut.units[kept - 1]] and not signs.is_dated(cut.spans[kept - 1]):
        kept -= 1
    if 2 * kept > len(cut.spans) > kept and all(signs.is_dated(span) for span in cut.spans[:kept]):
        cut.spans, cut.units, cut.members = cut.spans[:kept], cut.units[:kept], cut.members[:kept]
        cut.layers = cut.layers[:kept]
    return cut
