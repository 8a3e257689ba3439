"""A text as its teller's words, with one token for each quotation; its sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from archiver.pages.quotes.lexicon import Lexicon

QUOTE: Final = "“”"
"""The form of a token that stands for a quotation."""

_ENDS: Final = frozenset(".!?…") | {"...", "。"}
_TELLING_LENGTH: Final = 5
"""Letters of a word whose ending tells its sort."""
_ASIDE: Final = 9
"""Tokens of a parenthesis, signs included."""
_MARKS: Final = frozenset('“”„"«»')
_MAY_END: Final = (".", "q")
"""Sorts that a sentence may end with."""
_NO_BEGINNINGS: Final = frozenset((",", ".", ")", "]", ";", ":", "-", "–", "—", "―"))
"""Signs that no sentence begins with; behind a quotation a dash is what its signature begins with."""
_GLUED: Final = (".", "-", "-t-")
"""Sorts that may belong to the word they touch."""
_POSSESSIVE: Final = ("’s", "'s")


@dataclass(slots=True)
class Narration:
    """The tokens of a text outside of its quotations, as lists of equal length.

    `sorts` has a letter for each: `n` name or noun or what no list knows, `d` determiner, `p` preposition,
    `c` conjunction, `x` auxiliary, `a` adverb, `v` verb, `s` verb of saying, `r` pronoun, `g` possessive ending,
    `q` quotation, `.` end of a sentence; other signs stand for themselves.
    """

    text: str
    lexicon: Lexicon
    forms: list[str] = field(default_factory=list)
    lower: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    sorts: list[str] = field(default_factory=list)
    known: dict[str, tuple[str, str, bool]] = field(default_factory=dict)
    """What each form met tells by itself."""
    quotes: list[int] = field(default_factory=list)
    """The token of each quotation."""
    sentences: list[int] = field(default_factory=list)
    """The first token of each sentence, and behind them the number of tokens."""
    paragraphs: list[int] = field(default_factory=list)
    """The number of the paragraph of each sentence."""

    def sentence_at(self, token: int) -> int:
        """The number of the sentence that holds a token."""
        return bisect_right(self.sentences, token, 0, len(self.sentences) - 1) - 1

    def span(self, sentence: int) -> tuple[int, int]:
        """The first token of a sentence and the one behind its last."""
        return self.sentences[sentence], self.sentences[sentence + 1]

    def words(self, first: int, last: int) -> str:
        """The text from a token up to, not including, another."""
        return self.text[self.starts[first] : self.ends[last - 1]] if first < last else ""


def narrate(
    text: str, paragraphs: Sequence[tuple[int, int]], quotations: Sequence[tuple[int, int]], lexicon: Lexicon
) -> Narration:
    """The narration of a text. `quotations`: their spans in order, marks included, each within a paragraph."""
    told = Narration(text, lexicon)
    number = 0
    for paragraph, (start, end) in enumerate(paragraphs):
        first = len(told.forms)
        while number < len(quotations) and quotations[number][0] < end:
            opening, closing = quotations[number]
            _add_words(told, start, opening)
            told.quotes.append(len(told.forms))
            _add(told, QUOTE, QUOTE, opening, closing, "q")
            start, number = closing, number + 1
        _add_words(told, start, end)
        _set_aside(told, first)
        _part(told, first, paragraph)
    told.sentences.append(len(told.forms))
    return told


def _add_words(told: Narration, start: int, end: int) -> None:
    """Adds the tokens between two places."""
    add_form, add_lower, add_sort = told.forms.append, told.lower.append, told.sorts.append
    add_start, add_end = told.starts.append, told.ends.append
    for match in told.lexicon.token.finditer(told.text, start, end):
        form = match[0]
        known = told.known.get(form)
        if known is None:
            known = told.known[form] = _known(told.lexicon, form)
        lower, sort, certain = known
        first, last = match.span()
        if not certain:
            sort = _sort_there(told, form, lower, sort, first)
            if not sort:
                continue
        add_form(form)
        add_lower(lower)
        add_start(first)
        add_end(last)
        add_sort(sort)


def _sort_there(told: Narration, form: str, lower: str, sort: str, start: int) -> str:
    """The sort of a token where it stands; empty for one that belongs to the word before it or says nothing."""
    if sort in "sav":
        return _noun_instead(told, lower, sort) if told.sorts else sort
    if form in _MARKS:
        return ""  # of a nickname, which belongs to the name around it
    if told.ends and told.ends[-1] == start:
        if sort != ".":
            return ""  # what joins a pronoun to its verb
        if lower == "." and (told.lower[-1] in told.lexicon.of("abbreviations") or _is_initial(told.forms[-1])):
            told.forms[-1], told.lower[-1], told.ends[-1] = told.forms[-1] + form, told.lower[-1] + form, start + 1
            return ""
    return sort


def _known(lists: Lexicon, form: str) -> tuple[str, str, bool]:
    """A token in lower case, its sort as far as the token alone tells, and whether that is all there is to know."""
    lower = form.lower()
    if not form[0].isalnum():
        sign = "." if form in _ENDS else "g" if form in _POSSESSIVE else form
        return lower, sign, sign not in _GLUED and form not in _MARKS
    if form[0].isupper():
        capital = lists.capital_sorts.get(lower, "n")
        return lower, capital, capital not in "sav"
    sort = lists.sorts.get(lower)
    if sort is None and len(form) >= _TELLING_LENGTH:
        endings = (("adverb endings", "a"), ("participle endings", "v"))
        sort = next((sort for name, sort in endings if lower.endswith(tuple(lists.of(name)))), None)
    return lower, sort or "n", sort is None or sort not in "sav"


def _noun_instead(told: Narration, lower: str, sort: str) -> str:
    """`n` for what would be a verb or adverb elsewhere: the report, his stated aim, a recent report."""
    if told.sorts[-1] == "g" or told.lower[-1] in told.lexicon.of("determiners"):
        return "n"
    if sort == "s" and told.sorts[-1] == "n" and lower in told.lexicon.nouns_too and _is_singular(told):
        return "n"
    return sort


def _is_singular(told: Narration) -> bool:
    """Whether the last word, behind an article or owner, is written small and is no plural."""
    begin = len(told.sorts) - 1
    while begin > 0 and told.sorts[begin] == "n":
        begin -= 1
    plural = tuple(told.lexicon.of("plural endings"))
    return told.sorts[begin] in "dg" and told.forms[-1][0].islower() and not told.lower[-1].endswith(plural)


def _is_initial(form: str) -> bool:
    """Whether a full stop behind a word belongs to it: J., U.S."""
    return form[-1].isupper() and (len(form) == 1 or form[-2] == ".")


def _add(told: Narration, form: str, lower: str, start: int, end: int, sort: str) -> None:
    told.forms.append(form)
    told.lower.append(lower)
    told.starts.append(start)
    told.ends.append(end)
    told.sorts.append(sort)


def _set_aside(told: Narration, first: int) -> None:
    """Gives all of a short parenthesis the sort `(`: it names no speaker."""
    for token, sort in enumerate(told.sorts[first:], first):
        if sort == "(":
            end = next((t for t in range(token, min(token + _ASIDE, len(told.forms))) if told.forms[t] == ")"), token)
            told.sorts[token : end + 1] = ["("] * (end + 1 - token)


def _part(told: Narration, first: int, paragraph: int) -> None:
    """Where the sentences of a paragraph begin whose tokens begin at `first`."""
    last = len(told.forms)
    begins = first
    for token in range(first, last):
        if token < last - 1 and told.sorts[token] not in _MAY_END:
            continue
        if token == last - 1 or (_ends_sentence(told, token) and _begins_sentence(told, token + 1)):
            told.sentences.append(begins)
            told.paragraphs.append(paragraph)
            begins = token + 1


def _ends_sentence(told: Narration, token: int) -> bool:
    """Whether a sentence may end with a token; with a quotation, where that ends with a full stop."""
    if told.sorts[token] != "q":
        return told.sorts[token] == "."
    said = told.text[told.starts[token] : told.ends[token]].rstrip("”“\"»«›‹’‘'」』)] \u00a0\u202f")
    return said.endswith((".", "…", "。"))


def _begins_sentence(told: Narration, token: int) -> bool:
    form = told.forms[token]
    return not form[0].islower() and form not in _NO_BEGINNINGS
