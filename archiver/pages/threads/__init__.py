"""The comment threads of a page that no platform knows: any theme, any system, any decade.

outline   the page as one run of text with its elements laid over it
signs     where it shows times, authors, ids, labels, headings, counters, forms: signs_in_elements, signs_in_lines,
              all_signs
sets      every way to name a set of elements; cuts: every way such a set cuts the page into records,
              by its units and rows
measures  what is measured of a cut; trees: the fitted model; scores: how much each cut looks like the thread;
              choice: which is taken; whole: of several cuts of the same part the one with whole records;
              layers: answers with comments below them; trimmed, edges: what is no record of it, first or last
records   the chosen records; written, authors, bodies, permalinks, parents: their fields; comments: put together
kinds     what a list is of (comments, pingbacks, picks); lists, pings: further lists of the page; picks: comments
              shown twice; assembly: the threads put together
told      what structured data tells of the comments: told_json_ld, told_markup (microdata, RDFa, microformats2)
more      the rest of the thread and its printed count; region: what is no part of the article; places: XPaths
"""

from __future__ import annotations

from archiver.items import ThreadPage
from archiver.pages.page import Page
from archiver.pages.threads import in_json, layers, lists, told_json_ld, told_markup, trees
from archiver.pages.threads.assembly import EXTRACTOR, Shown, threads_of
from archiver.pages.threads.edges import without_strangers
from archiver.pages.threads.look import Considered, explain, look_at
from archiver.pages.threads.more import PLATFORM
from archiver.pages.threads.places import Places
from archiver.pages.threads.told import confirmed
from archiver.pages.threads.trimmed import without_article, without_aside

__all__ = ["EXTRACTOR", "PLATFORM", "Considered", "explain", "find", "find_with", "of"]


def of(page: Page) -> tuple[ThreadPage, ...]:
    """The threads of a page of any kind, looked for once."""
    if EXTRACTOR not in page.memory:
        page.memory[EXTRACTOR] = in_json.find(page) if page.is_json else of_html(page, trees.fitted())
    found: tuple[ThreadPage, ...] = page.memory[EXTRACTOR]
    return found


def of_html(page: Page, model: trees.Trees) -> tuple[ThreadPage, ...]:
    """The threads that an HTML page shows; where it shows none, what its data holds."""
    return find_with(page, model) or _in_data(page)


def _in_data(page: Page) -> tuple[ThreadPage, ...]:
    """The thread of a page that shows none, for a script is to write it: what its data holds, the largest."""
    told = told_json_ld.thread_of(page)
    found = [*([told] if told else []), *in_json.find_in_scripts(page)]
    return (max(found, key=lambda thread: len(thread.comments)),) if found else ()


def find(page: Page) -> tuple[ThreadPage, ...]:
    """The threads that an HTML page shows; none where it shows no comments."""
    return find_with(page, trees.fitted())


def find_with(page: Page, model: trees.Trees) -> tuple[ThreadPage, ...]:
    """The same with another model, for fitting one."""
    look = look_at(page, model)
    if look.chosen is None:
        return ()
    text, signs = look.text, look.signs
    cut = without_article(text, signs, layers.merged(text, signs, look.scored, look.chosen))
    cut = without_strangers(text, signs, without_aside(signs, cut))
    others = lists.beside(text, signs, look.scored, cut, page.url)
    found = threads_of(Shown(page, text, signs, Places(text)), cut, look.chosen.confidence, others)
    witnesses = [one for one in (told_markup.witness_of(page, text), told_json_ld.witness_of(page)) if one]
    return (confirmed(found[0], witnesses), *found[1:]) if found else ()
