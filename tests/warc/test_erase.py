from __future__ import annotations

from pathlib import Path

import pytest
from warcio.archiveiterator import ArchiveIterator

from archiver.errors import ArchiveBusy, EvidenceDamaged
from archiver.items import Capture
from archiver.warc.erase import erase
from archiver.warc.reader import read_record
from archiver.warc.verify import check_capture, check_files
from archiver.warc.writer import Writer
from tests.warc.conftest import AT, Exchanged

SECRET = b"<p>Please forget what Ada Example wrote here.</p>" * 20


@pytest.fixture
def captures(writer: Writer, exchanged: Exchanged) -> list[Capture]:
    """A page to be forgotten, a small one, and the first one again."""
    kept = [writer.write(exchanged(body), robots="none") for body in (SECRET, b"", SECRET)]
    writer.close()
    return kept


def test_what_is_erased_is_gone_and_all_else_stays_where_it_was(tmp_path: Path, captures: list[Capture]) -> None:
    (path,) = tmp_path.iterdir()
    size = path.stat().st_size
    assert set(erase(tmp_path, captures[0], at=AT, why="asked for")) == {captures[0].record_id, captures[2].record_id}
    assert path.stat().st_size == size
    assert list(check_files(tmp_path)) == []
    assert check_capture(tmp_path, captures[1]) is None
    with path.open("rb") as file:
        assert not any(b"Ada Example" in record.content_stream().read() for record in ArchiveIterator(file))
    told = read_record(tmp_path, captures[0].file, captures[0].offset, captures[0].length)
    assert (told.id, told.type, told.url) == (captures[0].record_id, "metadata", "")
    assert b"erased: sha256:" in told.block
    assert b"asked for" in told.block


def test_the_smallest_response_can_be_erased(tmp_path: Path, captures: list[Capture]) -> None:
    erase(tmp_path, captures[1], at=AT, why="a long story, " * 500)
    assert list(check_files(tmp_path)) == []


def test_erasing_twice_does_no_harm(tmp_path: Path, captures: list[Capture]) -> None:
    for _ in range(2):
        erase(tmp_path, captures[0], at=AT)
    assert list(check_files(tmp_path)) == []


def test_a_torn_record_is_erased_all_the_same(tmp_path: Path, captures: list[Capture]) -> None:
    (path,) = tmp_path.iterdir()
    data = bytearray(path.read_bytes())
    data[captures[0].offset + 99] ^= 1
    path.write_bytes(data)
    assert erase(tmp_path, captures[0], at=AT) == (captures[0].record_id,)
    read_record(tmp_path, captures[0].file, captures[0].offset, captures[0].length)


def test_a_missing_file_is_told(tmp_path: Path, captures: list[Capture]) -> None:
    (path,) = tmp_path.iterdir()
    path.unlink()
    with pytest.raises(EvidenceDamaged):
        erase(tmp_path, captures[0], at=AT)


def test_nothing_is_erased_from_a_file_that_is_written_to(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(SECRET), robots="none")
    with pytest.raises(ArchiveBusy):
        erase(tmp_path, capture, at=AT)
    assert check_capture(tmp_path, capture) is None
