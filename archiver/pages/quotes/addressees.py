"""Who is spoken to: whom a verb of telling has for its object."""

from __future__ import annotations

from archiver.pages.quotes.scene import Scene


def addressee(scene: Scene, cue: int | None) -> str | None:
    """The words behind a verb such as `told` that name who is told; None without a verb, or where it takes nobody."""
    told, lists = scene.told, scene.told.lexicon
    if cue is None or told.lower[cue] not in lists.of("telling") or cue + 1 >= len(told.forms):
        return None
    if told.lower[cue + 1] in lists.of("objects"):
        return told.forms[cue + 1]
    for mention in scene.mentions(told.sentence_at(cue)):
        if mention.begins == cue + 1 and mention.kind in ("person", "name", "people", "noun"):
            first = mention.first if mention.name is not None else mention.begins
            return told.words(first, mention.last)
    return None
