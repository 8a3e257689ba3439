"""`archiver show URL --quotes`: the speaker in the margin, the words beside."""

from __future__ import annotations

from dataclasses import replace

from archiver.cli.quotes_shown import MARGIN, lines
from archiver.store.rows import QuoteRow
from tests.store.site import URL

QUOTE = QuoteRow(
    article_url=URL,
    start=1,
    end=20,
    text="The mill is closed,",
    kind="direct",
    speaker="Ada Quill",
    speaker_mention="she",
    cue="told",
    addressee="reporters",
    repaired=False,
    rule="who says, after",
    confidence=0.91,
    repeats=None,
    url=None,
)


def shown(*quotes: QuoteRow, width: int = 80) -> list[str]:
    return list(lines("The mill", quotes, width))


def test_the_speaker_stands_in_the_margin_with_the_words_that_name_them() -> None:
    assert shown(QUOTE) == [
        "The mill",
        "1 quote by 1 speaker",
        "",
        f"{'Ada Quill':{MARGIN}}“The mill is closed,”",
        f"{'(she)':{MARGIN}}[told reporters, 91% sure]",
    ]


def test_an_unclear_pronoun_and_nobody_are_told_apart() -> None:
    pronoun, nobody = replace(QUOTE, speaker=None), replace(QUOTE, speaker=None, speaker_mention=None, cue=None)
    assert [line[:MARGIN].strip() for line in shown(pronoun)[3:]] == ["?", "(she)"]
    assert next(line[:MARGIN].strip() for line in shown(nobody)[3:]) == "–"


def test_long_quotations_are_wrapped_beside_the_margin() -> None:
    text = " ".join(["word"] * 60)
    *_, last = shown(replace(QUOTE, text=text), width=60)
    assert all(len(line) <= 60 for line in shown(replace(QUOTE, text=text), width=60))
    assert last.startswith(" " * MARGIN)


def test_a_pull_quote_says_which_quotation_it_repeats_and_a_post_where_it_is() -> None:
    pulled = replace(QUOTE, kind="block", repeats=0)
    post = replace(QUOTE, kind="embed", url="https://x.example/1")
    assert "[block, again, as in quote 1, told reporters, 91% sure]" in " ".join(shown(pulled))
    assert "https://x.example/1]" in " ".join(shown(post))


def test_nothing_in_a_quotation_drives_the_terminal() -> None:
    assert "\x1b" not in " ".join(shown(replace(QUOTE, text="\x1b[2Jhidden", speaker="\x1b[2J")))
