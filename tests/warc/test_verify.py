"""Whatever happens to a file is found, and costs no more than the records that it hits."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.items import Capture
from archiver.warc.adopt import adopt
from archiver.warc.reader import read_record
from archiver.warc.repair import repair
from archiver.warc.scan import Damage, members
from archiver.warc.verify import check_capture, check_file, check_files
from archiver.warc.writer import Writer
from tests.warc.conftest import AT, Exchanged, chunked

NOISE = random.Random(3)


@pytest.fixture
def kept(tmp_path: Path, exchanged: Exchanged) -> tuple[Path, list[Capture]]:
    """A closed file with small records of every kind."""
    exchanges = [
        exchanged(b"<p>%d</p>" % n + NOISE.randbytes(300), interim=b"HTTP/1.1 100 Continue\r\n\r\n" if n == 1 else b"")
        for n in range(4)
    ]
    exchanges += [exchanges[0], exchanged(chunked(b"words"), headers=b"Transfer-Encoding: chunked\r\n")]
    exchanges += [exchanged(truncated="time")]
    with Writer(tmp_path / "captures", clock=lambda: AT, software="test") as writer:
        captures = [writer.write(exchange, robots="none") for exchange in exchanges]
    return tmp_path / "captures" / captures[0].file, captures


def readable(folder: Path, captures: list[Capture]) -> list[Capture]:
    return [capture for capture in captures if check_capture(folder, capture) is None]


def test_a_file_as_it_was_written_has_no_findings(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    assert list(check_files(path.parent)) == []
    assert readable(path.parent, captures) == captures


def test_every_cut_within_the_last_members_is_found_and_costs_only_what_was_cut(
    kept: tuple[Path, list[Capture]], tmp_path: Path
) -> None:
    path, captures = kept
    whole = path.read_bytes()
    starts = [found.offset for found in members(path) if not isinstance(found, Damage)]
    folder = tmp_path / "cut"
    folder.mkdir()
    torn = folder / path.name
    for cut in range(starts[-3], len(whole)):
        torn.write_bytes(whole[:cut])
        assert list(check_file(torn)), f"cut at {cut} not found"
        if cut % 9 and cut not in starts:
            continue  # repairing waits for the disk
        repaired = repair(torn, at=AT)
        assert repaired.kept == sum(end <= cut for end in [*starts[1:], len(whole)])
        assert list(check_file(torn)) == []
        assert torn.read_bytes()[: starts[-3]] == whole[: starts[-3]]
        alive = [capture for capture in captures if capture.offset + capture.length <= cut]
        assert readable(folder, captures) == alive


@pytest.mark.parametrize("within", [True, False])
def test_a_cut_is_named_once(kept: tuple[Path, list[Capture]], within: bool) -> None:
    path, captures = kept
    end = captures[-1].offset + captures[-1].length
    path.write_bytes(path.read_bytes()[: end - 9 if within else end])
    (finding,) = check_file(path)
    assert ("breaks off" if within else "end of the file is missing") in finding.what


def test_every_changed_byte_is_found(kept: tuple[Path, list[Capture]]) -> None:
    path, _ = kept
    whole = path.read_bytes()
    for at in NOISE.sample(range(len(whole)), 400):
        changed = bytearray(whole)
        changed[at] ^= 1 << NOISE.randrange(8)
        path.write_bytes(changed)
        findings = list(check_file(path))
        assert findings, f"byte {at} changed unnoticed"
        assert any(found.offset <= at < found.offset + max(found.length, 1) for found in findings), at


def test_a_changed_record_in_the_middle_costs_itself_and_those_that_repeat_it(
    kept: tuple[Path, list[Capture]],
) -> None:
    path, captures = kept
    changed = bytearray(path.read_bytes())
    for at in range(captures[0].offset + 50, captures[0].offset + 90):
        changed[at] ^= 0xFF
    path.write_bytes(changed)
    (lost, without_original) = check_file(path)
    assert (lost.offset, lost.length) == (captures[0].offset, captures[0].length)
    assert without_original.offset == captures[4].offset
    assert without_original.url == captures[4].url
    repair(path, at=AT)
    others = [capture for capture in captures if capture not in (captures[0], captures[4])]
    assert readable(path.parent, captures) == others
    with path.open("rb") as file:
        assert sum(1 for _ in ArchiveIterator(file)) == sum(1 for _ in members(path))
    assert path.with_name(f"{path.name}.damaged").read_bytes() == bytes(changed)


def test_bytes_put_in_between_are_taken_out_again(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    whole = path.read_bytes()
    path.write_bytes(whole[: captures[1].offset] + b"rubbish" + whole[captures[1].offset :])
    assert list(check_file(path))
    repair(path, at=AT)
    assert readable(path.parent, captures) == captures


def test_a_removed_record_is_missed(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    whole = path.read_bytes()
    path.write_bytes(whole[: captures[5].offset] + whole[captures[5].offset + captures[5].length :])
    (finding,) = check_file(path)
    assert "records were written" in finding.what


def test_the_torn_end_of_an_open_file_is_no_damage_before_or_after_adoption(
    kept: tuple[Path, list[Capture]],
) -> None:
    path, captures = kept
    cut = captures[-1].offset + captures[-1].length + 5
    path.with_name(f"{path.name}.open").write_bytes(path.read_bytes()[:cut])
    path.unlink()
    assert list(check_files(path.parent)) == []
    assert readable(path.parent, captures) == captures
    adopt(path.parent)
    assert list(check_files(path.parent)) == []
    assert readable(path.parent, captures) == captures


def test_a_row_that_names_another_record_or_none_is_found(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    first, second = captures[:2]
    assert check_capture(path.parent, replace(first, offset=second.offset, length=second.length))
    assert check_capture(path.parent, replace(first, sha256=second.sha256))
    assert check_capture(path.parent, replace(first, at=AT + timedelta(seconds=1)))
    missing = check_capture(path.parent, replace(first, file="../elsewhere.warc.gz"))
    assert missing
    assert "missing" in missing.what
    assert first.url in str(missing)


def test_repairing_what_is_whole_changes_nothing(kept: tuple[Path, list[Capture]]) -> None:
    path, _ = kept
    before = path.read_bytes()
    assert repair(path, at=AT).lost == ()
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_a_file_of_another_writer_is_judged_by_its_digests_alone(kept: tuple[Path, list[Capture]]) -> None:
    import gzip

    path, _ = kept
    foreign = b"".join(
        gzip.compress(found.data.replace(b"Archiver-", b"Other-"))
        for found in members(path)
        if not isinstance(found, Damage)
    )
    path.write_bytes(foreign)
    assert list(check_file(path)) == []
    path.write_bytes(b"".join(gzip.compress(found.data.replace(b"<p>0", b"<p>9")) for found in members(path)))  # type: ignore[union-attr]
    assert [finding.what for finding in check_file(path)] == [
        "WARC-Block-Digest does not match",
        "WARC-Payload-Digest does not match",
    ]


def test_rubbish_and_empty_files_are_found_and_never_fatal(tmp_path: Path) -> None:
    (tmp_path / "empty.warc.gz").write_bytes(b"")
    (tmp_path / "rubbish.warc.gz").write_bytes(NOISE.randbytes(5000) + b"\x1f\x8b\x08" * 50)
    assert [finding.file for finding in check_files(tmp_path)] == ["empty.warc.gz", "rubbish.warc.gz"]


def test_reading_a_changed_record_names_file_and_offset(kept: tuple[Path, list[Capture]]) -> None:
    path, captures = kept
    shutil.copy(path, path.with_name("copy.warc.gz"))
    changed = bytearray(path.read_bytes())
    changed[captures[2].offset + 60] ^= 1
    path.write_bytes(changed)
    with pytest.raises(Exception, match=f"{path.name} at byte {captures[2].offset}"):
        read_record(path.parent, path.name, captures[2].offset, captures[2].length)
