"""How often a quotation of the article inside a comment is found, beside rapidfuzz in the same run.

    pip install rapidfuzz
    python -m benchmarks.quotes_of_article [ARTICLE.txt]

Comments are made from the article (else from the stories of the sample newspaper): a third each quotes a passage word
for word, cuts it short, or changes about one word in eight; a quarter of them without quotation marks. As many talk
about the article in its own words without quoting it. The peer is `partial_ratio_alignment` on folded texts: of what
stands in marks, and of each sentence.
"""

from __future__ import annotations

import random
import re
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from w3lib.html import remove_tags, replace_entities

from archiver.threads.links.passages import Sources
from archiver.threads.links.words import Words
from tests.site.stories import all_stories

COMMENTS = 1200
PEER_SCORE = 85
SHORTEST, LONGEST = 9, 30
"""Words of a quoted passage."""

OPENINGS = ("So", "I read that", "The paper says", "Seriously?", "As the article puts it:", "Nobody believes", "Wait,")
ENDINGS = (
    "What a shame.",
    "and we are to believe it?",
    "My aunt said so for years.",
    "No!",
    "– who would have thought.",
)
_FILLERS = "honestly people never always think about money weather council taxes nobody anyway why because really"
FILLERS = _FILLERS.split()


def main() -> int:
    chance = random.Random(20260315)
    article = Path(sys.argv[1]).read_text(encoding="utf-8") if len(sys.argv) > 1 else sample()
    words = article.split()
    quoting = {kind: [make(words, chance) for _ in range(COMMENTS // 3)] for kind, make in KINDS.items()}
    others = [about(words, chance) for _ in range(COMMENTS)]
    seconds = {}
    for name, finder in (("archiver", ours(article)), ("rapidfuzz", peer(article))):
        began = time.process_time()
        found = {kind: sum(finder(text) for text in texts) for kind, texts in quoting.items()}
        false = sum(finder(text) for text in others)
        seconds[name] = time.process_time() - began
        recall = "  ".join(f"{kind} {found[kind] / (COMMENTS // 3):.3f}" for kind in KINDS)
        each = seconds[name] / (2 * COMMENTS) * 1e6
        print(f"{name:10} {recall}  false {false} of {COMMENTS}  {each:.0f} µs a comment")
    print(f"time, of rapidfuzz': {seconds['archiver'] / seconds['rapidfuzz']:.2f}")
    return 0


def sample() -> str:
    return "\n".join(" ".join(replace_entities(remove_tags(story.body)).split()) for story in all_stories())


def ours(article: str) -> Callable[[str], bool]:
    sources = Sources()
    sources.add(Words(article))
    return lambda text: any(True for _ in sources.passages(Words(text)))


def peer(article: str) -> Callable[[str], bool]:
    from rapidfuzz.fuzz import partial_ratio_alignment

    folded = article.casefold()

    def found(text: str) -> bool:
        return any(
            len(part) > 20 and partial_ratio_alignment(part, folded, score_cutoff=PEER_SCORE) is not None
            for part in parts(text.casefold())
        )

    return found


def parts(text: str) -> Sequence[str]:
    """What stands in marks, and each sentence: the peer compares wholes, and nobody knows beforehand what is quoted."""
    marked = re.findall("“(.*?)”", text)
    return [*marked, *re.split(r"[.!?:“”]+", text)]


def verbatim(words: Sequence[str], chance: random.Random) -> str:
    return said(passage(words, chance), chance)


def truncated(words: Sequence[str], chance: random.Random) -> str:
    whole = passage(words, chance)
    cut = chance.randint(1, max(1, len(whole) - SHORTEST))
    return said(whole[cut:] if chance.random() < 0.5 else whole[:-cut], chance)


def edited(words: Sequence[str], chance: random.Random) -> str:
    changed = []
    for word in passage(words, chance):
        dice = chance.random()
        if dice < 0.04:
            continue
        changed.append(chance.choice(FILLERS) if dice < 0.08 else word[:-1] + word[-1:] * 2 if dice < 0.12 else word)
    return said(changed, chance)


KINDS = {"verbatim": verbatim, "truncated": truncated, "edited": edited}


def passage(words: Sequence[str], chance: random.Random) -> list[str]:
    length = chance.randint(SHORTEST + 1, LONGEST)
    begin = chance.randrange(len(words) - length)
    return list(words[begin : begin + length])


def said(quoted: Sequence[str], chance: random.Random) -> str:
    text = " ".join(quoted)
    marked = f"“{text}”" if chance.random() < 0.75 else text
    return f"{chance.choice(OPENINGS)} {marked} {chance.choice(ENDINGS)}"


def about(words: Sequence[str], chance: random.Random) -> str:
    """Talk in the article's own words, two or three of them together at most."""
    pieces: list[str] = []
    while sum(piece.count(" ") + 1 for piece in pieces) < chance.randint(15, 40):
        begin = chance.randrange(len(words) - 4)
        pieces.append(" ".join(words[begin : begin + chance.randint(1, 3)]))
        pieces.append(chance.choice(FILLERS))
    return " ".join(pieces)


if __name__ == "__main__":
    raise SystemExit(main())
