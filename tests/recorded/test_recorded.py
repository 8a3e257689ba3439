"""The main net: whole dialogues with comment systems, in the shape of real pages, with invented names and words."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.recorded import dialogue


@pytest.mark.parametrize("folder", dialogue.cases(), ids=lambda folder: f"{folder.parent.name}/{folder.name}")
def test_a_dialogue_gives_what_was_accepted(folder: Path) -> None:
    """Every request is recorded, every recording is asked for, and the outcome is the accepted one. After a change on
    purpose: `python -m tests.recorded.accept`."""
    path, expected = dialogue.kept(folder)
    assert expected is not None, f"{path} is missing: run python -m tests.recorded.accept {folder.name}"
    assert dialogue.run(folder) == expected


def test_a_missing_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "01-request.json").write_text('{"url": "https://a.example/story"}')
    page = (
        '<section id="isso-thread"></section><script data-isso="//c.example/" '
        'src="//c.example/js/embed.min.js"></script>'
    )
    (tmp_path / "01-response.html").write_text(page)
    with pytest.raises(dialogue.BrokenDialogue, match="no recording of GET https://c"):
        dialogue.run(tmp_path)


def test_an_unused_recording_is_told(tmp_path: Path) -> None:
    (tmp_path / "01-request.json").write_text('{"url": "https://a.example/story"}')
    (tmp_path / "01-response.html").write_text("<p>No comments here.</p>")
    (tmp_path / "02-request.json").write_text('{"url": "https://a.example/more"}')
    (tmp_path / "02-response.html").write_text("<p>More.</p>")
    with pytest.raises(dialogue.BrokenDialogue, match="nobody asked for https://a"):
        dialogue.run(tmp_path)
