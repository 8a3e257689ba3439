from __future__ import annotations

import json
import struct
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from archiver.errors import EvidenceDamaged
from archiver.items import Capture
from archiver.warc.reader import read_record
from archiver.warc.verify import check_file
from archiver.warc.wacz import WaczPage, write_wacz
from archiver.warc.writer import Writer
from tests.warc.conftest import AT, Exchanged, chunked

LONG = b"<p>The council met on Monday.</p>" * 20


@pytest.fixture
def captures(writer: Writer, exchanged: Exchanged) -> list[Capture]:
    """A page, another with the same body in chunks, twice, and one more."""
    in_chunks = exchanged(chunked(LONG), url="https://news.example/b", headers=b"Transfer-Encoding: chunked\r\n")
    exchanges = [exchanged(LONG), in_chunks, in_chunks, exchanged(b"other", url="https://news.example/c")]
    kept = [writer.write(exchange, robots="none") for exchange in exchanges]
    writer.close()
    return kept


def packed(folder: Path, captures: list[Capture], **more: object) -> zipfile.ZipFile:
    pages = [WaczPage(url=captures[0].url, at=AT, record_id=captures[0].record_id, title="The council")]
    out = folder / "out.wacz"
    write_wacz(folder, [captures[0].file], pages, out, at=AT, software="archiver/test", title="News", **more)  # type: ignore[arg-type]
    return zipfile.ZipFile(out)


def index_of(wacz: zipfile.ZipFile) -> list[dict[str, str]]:
    lines = wacz.read("indexes/index.cdx").decode().splitlines()
    assert lines == sorted(lines)
    return [json.loads(line.split(" ", 2)[2]) for line in lines]


def test_everything_is_listed_with_its_digest(tmp_path: Path, captures: list[Capture]) -> None:
    with packed(tmp_path, captures) as wacz:
        package = json.loads(wacz.read("datapackage.json"))
        assert package["wacz_version"] == "1.1.1"
        assert package["title"] == "News"
        for resource in package["resources"]:
            data = wacz.read(resource["path"])
            assert (resource["hash"], resource["bytes"]) == (f"sha256:{sha256(data).hexdigest()}", len(data))
        told = json.loads(wacz.read("datapackage-digest.json"))
        assert told["hash"] == f"sha256:{sha256(wacz.read('datapackage.json')).hexdigest()}"
        listed = {resource["path"] for resource in package["resources"]}
        assert listed | {"datapackage.json", "datapackage-digest.json"} == set(wacz.namelist())


def test_pages_name_a_capture_of_the_index_to_the_second(tmp_path: Path, captures: list[Capture]) -> None:
    with packed(tmp_path, captures) as wacz:
        header, page = map(json.loads, wacz.read("pages/pages.jsonl").decode().splitlines())
        assert header["format"] == "json-pages-1.0"
        assert (page["url"], page["ts"], page["title"]) == (captures[0].url, "2016-01-15T08:15:00Z", "The council")
        assert page["url"] in {fields["url"] for fields in index_of(wacz)}


def test_warc_files_go_in_as_they_are_and_uncompressed(tmp_path: Path, captures: list[Capture]) -> None:
    with packed(tmp_path, captures) as wacz:
        name = f"archive/{captures[0].file}"
        assert wacz.read(name) == (tmp_path / captures[0].file).read_bytes()
        assert wacz.getinfo(name).compress_type == zipfile.ZIP_STORED
        places = {(int(fields["offset"]), int(fields["length"])) for fields in index_of(wacz)}
        assert places == {(capture.offset, capture.length) for capture in captures}


def test_of_some_captures_each_reads_by_itself(tmp_path: Path, captures: list[Capture]) -> None:
    with packed(tmp_path, captures, keep={captures[2].record_id, captures[3].record_id}) as wacz:
        (tmp_path / "part").mkdir()
        path = tmp_path / "part" / captures[0].file
        path.write_bytes(wacz.read(f"archive/{captures[0].file}"))
        index = index_of(wacz)
    assert list(check_file(path)) == []
    assert [fields["url"] for fields in index] == ["https://news.example/b", "https://news.example/c"]
    for capture, fields in zip(captures[2:], index, strict=True):
        record = read_record(path.parent, path.name, int(fields["offset"]), int(fields["length"]))
        before = read_record(tmp_path, capture.file, capture.offset, capture.length)
        assert (record.type, record.id, record.wire) == ("response", before.id, before.wire)
        assert fields["mime"] != "warc/revisit"


def test_where_the_bytes_mislead_the_index_leads_to_a_stand_in(
    writer: Writer, tmp_path: Path, exchanged: Exchanged
) -> None:
    headers = b"Content-Length: 9999\r\n"
    odd = b"X-Seen: again\n"
    exchanges = [
        exchanged(LONG),
        exchanged(LONG[:-9], url="https://news.example/b", headers=headers, truncated="disconnect"),
        exchanged(LONG, url="https://news.example/c", headers=odd),
    ]
    kept = [writer.write(exchange, robots="none") for exchange in exchanges]
    writer.close()
    with packed(tmp_path, kept) as wacz:
        name = f"archive/{kept[0].file}"
        assert wacz.read(name) == (tmp_path / kept[0].file).read_bytes()
        index = index_of(wacz)
        assert [fields["filename"] for fields in index] == ["stand-ins.warc.gz", "stand-ins.warc.gz", kept[0].file]
        (tmp_path / "stand-ins.warc.gz").write_bytes(wacz.read("archive/stand-ins.warc.gz"))
    made = [
        read_record(tmp_path, fields["filename"], int(fields["offset"]), int(fields["length"])) for fields in index[:2]
    ]
    assert [record.body for record in made] == [LONG[:-9], LONG]
    assert [record.type for record in made] == ["response", "response"]
    assert made[1].head.headers == (("X-Seen", "again"), ("Content-Length", str(len(LONG))))
    assert list(check_file(tmp_path / "stand-ins.warc.gz")) == []


def test_readers_find_the_data_of_a_file_by_what_the_directory_says(tmp_path: Path, captures: list[Capture]) -> None:
    """ReplayWeb.page asks the entry itself only where the directory tells of an extra field, too."""
    with packed(tmp_path, captures) as wacz:
        zipped = (tmp_path / "out.wacz").read_bytes()
        for entry in wacz.infolist():
            name, extra = struct.unpack_from("<HH", zipped, entry.header_offset + 26)
            assert name == len(entry.filename)
            assert bool(extra) == bool(entry.extra)


def test_a_file_that_is_still_written_to_can_be_packed(writer: Writer, tmp_path: Path, exchanged: Exchanged) -> None:
    capture = writer.write(exchanged(LONG), robots="none")
    with packed(tmp_path, [capture]) as wacz:
        assert len(index_of(wacz)) == 1


def test_damaged_evidence_is_not_packed_in_silence(tmp_path: Path, captures: list[Capture]) -> None:
    path = tmp_path / captures[0].file
    data = bytearray(path.read_bytes())
    data[captures[1].offset + 100] ^= 1
    path.write_bytes(data)
    with pytest.raises(EvidenceDamaged):
        packed(tmp_path, captures)
    assert not (tmp_path / "out.wacz").exists()
