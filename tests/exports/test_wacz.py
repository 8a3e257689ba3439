"""The captures as a WACZ file: every page listed, every digest right, a part of the archive by itself."""

from __future__ import annotations

import json
import zipfile
from hashlib import sha256
from pathlib import Path

from tests.cli.conftest import Run, run
from tests.site.server import Site

__all__ = ["run"]


def _lines(wacz: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in wacz.read(name).decode().splitlines()]


def test_every_article_is_listed_and_every_digest_is_right(run: Run, site: Site) -> None:
    urls = [site.url(story.path) for story in site.listed]
    run("archive", *urls)
    ran = run("export", "wacz", "all.wacz")
    assert (ran.status, ran.out.split(" with ")[0]) == (0, f"Wrote {len(urls)} pages")
    with zipfile.ZipFile("all.wacz") as wacz:
        pages = _lines(wacz, "pages/pages.jsonl")[1:]
        assert sorted(page["url"] for page in pages) == sorted(urls)
        assert all(page["title"] and page["title"] != page["url"] for page in pages)
        for resource in json.loads(wacz.read("datapackage.json"))["resources"]:
            assert resource["hash"] == f"sha256:{sha256(wacz.read(resource['path'])).hexdigest()}"
        index = wacz.read("indexes/index.cdx").decode()
    assert all(f'"url": "{url}"' in index for url in urls)


def test_one_article_goes_with_its_redirects_and_its_thread_and_nothing_else(run: Run, site: Site) -> None:
    moved = site.url("/errors/moved")
    run("archive", moved, site.url(site.story("night-bus").path))
    run("export", "wacz", "one.wacz", "--url", site.url(site.listed[0].path), "--json")
    with zipfile.ZipFile("one.wacz") as wacz:
        index = wacz.read("indexes/index.cdx").decode()
    assert f'"url": "{moved}"' in index
    assert "night-bus" not in index


def test_it_goes_to_a_file_and_not_beside_it_when_something_is_wrong(run: Run, site: Site) -> None:
    run("archive", site.url(site.story("library").path))
    assert run("export", "wacz", "-").status == 1
    assert run("export", "wacz").status == 0
    assert Path("output/exports/pages.wacz").exists()
    [file] = Path("output/captures").iterdir()
    file.write_bytes(file.read_bytes()[:-300])
    ran = run("export", "wacz", "torn.wacz")
    assert (ran.status, Path("torn.wacz").exists()) == (5, False)


def test_what_a_repair_could_not_save_is_named_and_not_listed(run: Run, site: Site) -> None:
    url = site.url(site.story("library").path)
    run("archive", url)
    run("archive", url)
    first, second = sorted(Path("output/captures").iterdir())
    page = next(
        each for each in run("show", url, "--evidence", "--json").json["places"] if each["capture"]["url"] == url
    )
    damaged = bytearray(first.read_bytes())
    damaged[page["capture"]["offset"] + 60] ^= 1
    first.write_bytes(damaged)
    assert "Every other row follows" in run("verify", "--deep", "--repair").out
    assert "the record is lost; in its place stands: damaged" in run("verify").out
    ran = run("export", "wacz", "rest.wacz")
    assert (ran.status, ran.out.splitlines()[1].split(", 2")[0]) == (5, f"Lost, and not in it: {url}")
    with zipfile.ZipFile("rest.wacz") as wacz:
        listed = _lines(wacz, "pages/pages.jsonl")[1:]
    assert [page["url"] for page in listed] == [url]
    assert listed[0]["ts"].replace("-", "")[:8] == second.name[:8]
