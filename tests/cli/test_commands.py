"""The commands that read an archive, and what all commands share."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from archiver.cli import main_group
from archiver.cli.export import FORMATS
from tests.cli.conftest import Run
from tests.site.server import Site


@pytest.fixture
def ferry(run: Run, site: Site) -> str:
    """The address of an article that is archived."""
    url = site.url(site.story("ferry").path)
    assert run("archive", url).status == 0
    return url


def test_show_prints_the_thread_as_a_tree(run: Run, site: Site, ferry: str) -> None:
    ran = run("show", ferry)
    assert ran.status == 0
    assert "complete" in ran.out
    for comment in site.story("ferry").comments:
        assert f"#{comment.id}" in ran.out
    replies = [comment for comment in site.story("ferry").comments if comment.parent]
    assert replies
    assert any(line.startswith("  ") and f"#{replies[0].id}" in line for line in ran.out.splitlines())


def test_show_quotes_and_json(run: Run, ferry: str) -> None:
    assert "quote" in run("show", ferry, "--quotes").out
    shown = run("show", ferry, "--json").json
    assert {"article", "threads", "comments", "quotes", "links", "flags"} == set(shown)


def test_what_is_not_archived_is_named(run: Run, ferry: str) -> None:
    ran = run("show", "https://news.example/never")
    assert ran.status == 1
    assert ran.err.startswith("https://news.example/never: ")


def test_a_command_that_reads_makes_no_archive(run: Run) -> None:
    for command in (["show", "https://news.example/a"], ["status"], ["export", "csv", "-"]):
        ran = run(*command)
        assert ran.status == 1
        assert "output" in ran.err
    assert not Path("output").exists()


def test_exports_agree(run: Run, site: Site, ferry: str) -> None:
    ids = {str(comment.id) for comment in site.story("ferry").comments}
    table = list(csv.DictReader(io.StringIO(run("export", "csv", "-").out)))
    assert {row["native_id"] for row in table} == ids
    lines = [json.loads(line) for line in run("export", "jsonl", "-").out.splitlines()]
    assert {line["native_id"] for line in lines} == ids
    [article] = json.loads(run("export", "json", "-").out)
    assert len(article["threads"]) == 1


def test_an_export_without_a_file_goes_into_the_archive(run: Run, ferry: str) -> None:
    assert "output/exports/comments.csv" in run("export", "csv").out
    assert Path("output/exports/comments.csv").is_file()


def test_the_command_knows_the_formats_there_are() -> None:
    from archiver.exports import formats

    assert set(FORMATS) == {*formats.FORMATS, *formats.PACKAGES}


def test_inspect_tells_and_stores_nothing(run: Run, site: Site) -> None:
    ran = run("inspect", site.url(site.story("ferry").path))
    assert ran.status == 0
    assert "wordpress" in ran.out
    assert "would ask" in ran.out
    assert not list(Path().iterdir())


def test_inspect_reads_a_saved_page(run: Run, site: Site) -> None:
    Path("saved.html").write_bytes(site.answer("GET", site.story("ferry").path, b"").payload)
    ran = run("inspect", "saved.html", "--url", site.url(site.story("ferry").path), "--json")
    assert ran.json["article"]["title"]


def test_crawl_archives_what_a_feed_leads_to_and_goes_on_later(run: Run, site: Site) -> None:
    first = run("crawl", site.url("/feed.xml"), "--limit", "1", "--json").json
    assert len(first["visits"]) == 1
    second = run("crawl", site.url("/feed.xml"), "--json").json
    found = {visit["url"] for visit in first["visits"] + second["visits"]}
    assert found == {site.url(story.path) for story in site.listed}
    third = run("crawl", site.url("/sitemap.xml"), "--json").json
    assert all(visit["outcome"] != "stored" for visit in third["visits"])


def test_crawl_of_a_front_page_finds_what_feed_and_sitemap_know_too(run: Run, site: Site) -> None:
    ran = run("crawl", site.url("/"), "--json")
    assert {visit["url"] for visit in ran.json["visits"]} == {site.url(story.path) for story in site.listed}
    assert ran.json["passed_over"] == 0
    for path in ("/feed.xml", "/sitemap.xml", "/robots.txt"):
        assert sum(asked.endswith(path) for asked in site.asked) == 1
    again = run("crawl", site.url("/"))
    assert (again.status, again.out.splitlines()[0]) == (
        0,
        "Nothing new was found. --dry-run shows where was looked and what is known already.",
    )


def test_a_dry_run_says_what_would_be_archived_and_stores_nothing(run: Run, site: Site) -> None:
    first, *others = [site.url(story.path) for story in site.listed]
    pattern = site.listed[-1].path
    ran = run("crawl", site.url("/"), "--dry-run", "--exclude", pattern, "--json")
    (plan,) = ran.json["sites"]
    assert (plan["site"], plan["would_archive"]) == (site.url("/"), [first, *others[:-1]])
    assert plan["left_out"] == {others[-1]: f"excluded by {pattern}"}
    assert not Path("output").exists()
    run("archive", first)
    ran = run("crawl", site.url("/"), "--dry-run")
    assert ran.out.splitlines()[-1] == f"Would archive {len(others)} articles. 1 known already."


def test_a_listing_that_does_not_come_is_named_in_a_dry_run(run: Run, site: Site) -> None:
    ran = run("crawl", site.url("/nowhere/"), "--dry-run")
    assert ran.status == 1
    assert ran.err == f"{site.url('/nowhere/')}: the server answered 404 (not found).\n"


def test_sites_and_their_rules_stand_in_archiver_toml(run: Run, site: Site) -> None:
    wanted = site.listed[0].path
    Path("archiver.toml").write_text(
        f"""[[site]]
url = "{site.url("/feed.xml")}"
include = ["{wanted}"]

[[site]]
url = "{site.url("/sitemap.xml")}"
since = 2999-01-01
"""
    )
    plans = run("crawl", "--dry-run", "--json").json["sites"]
    assert [plan["would_archive"] for plan in plans] == [[site.url(wanted)], []]
    one = run("crawl", site.url("/feed.xml"), "--json").json
    assert [visit["url"] for visit in one["visits"]] == [site.url(wanted)]


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ('url = "https://a.example/"\nexlude = ["/x"]', "unknown setting 'site 1: exlude'. Did you mean"),
        ('url = "https://a.example/"\nlimit = "ten"', "site 1: `limit`: expected `int | null`, got `str`."),
        ("limit = 3", "site 1: object missing required field `url`."),
    ],
)
def test_a_site_that_cannot_be_understood_is_named(run: Run, table: str, message: str) -> None:
    Path("archiver.toml").write_text(f"[[site]]\n{table}\n")
    ran = run("crawl")
    assert (ran.status, message in ran.err) == (2, True), ran.err


def test_crawl_without_an_address_says_what_is_missing(run: Run) -> None:
    ran = run("crawl")
    assert (ran.status, "[[site]]" in ran.err) == (2, True)


def test_scrapy_s_own_command_works(site: Site, tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    url = site.url(site.story("ferry").path)
    done = subprocess.run(
        [sys.executable, "-m", "scrapy", "crawl", "article", "-a", f"url={url}", "-s", f"ARCHIVER_HOME={tmp_path}",
         "-s", "DOWNLOAD_DELAY=0"],
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "archive.db").is_file()
    listed = subprocess.run([sys.executable, "-m", "scrapy", "list"], cwd=root, capture_output=True, text=True)
    assert listed.stdout.split() == ["article", "site", "watch"]


def test_help_imports_neither_scrapy_nor_sqlalchemy() -> None:
    code = "import sys, archiver.cli; print(*sorted({'scrapy', 'sqlalchemy', 'lxml'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("command", [["status"], ["show", "URL"], ["show", "URL", "--quotes"], ["diff", "URL"]])
def test_what_reads_the_archive_imports_nothing_that_reads_pages(ferry: str, command: list[str]) -> None:
    code = (
        "import sys; from archiver.cli import main_group\n"
        "main_group.main(sys.argv[1:], standalone_mode=False)\n"
        "unneeded = {'scrapy', 'twisted', 'lxml', 'parsel', 'dateparser', 'feedparser', 'alembic', 'http.client',\n"
        "            'archiver.pages.page', 'archiver.platforms', 'archiver.crawl', 'archiver.warc.reader'}\n"
        "print(*sorted(unneeded & set(sys.modules)), file=sys.stderr)"
    )
    given = [ferry if word == "URL" else word for word in command]
    done = subprocess.run([sys.executable, "-c", code, *given], capture_output=True, text=True)
    assert (done.returncode, done.stderr.strip()) == (0, "")
    assert done.stdout


@pytest.mark.parametrize("name", sorted(main_group.commands))
def test_every_command_explains_itself_with_an_example(run: Run, name: str) -> None:
    ran = run(name, "--help")
    assert ran.status == 0
    assert f"archiver {name}" in ran.out


def test_an_unknown_setting_names_its_nearest_neighbour(run: Run) -> None:
    Path("archiver.toml").write_text("[archive]\ndelai = 2.0\n", encoding="utf-8")
    ran = run("status")
    assert ran.status == 2
    assert "archive.delay" in ran.err


def test_settings_come_from_the_file(run: Run, ferry: str) -> None:
    Path("output").rename("elsewhere")
    Path("archiver.toml").write_text('archive = "elsewhere"\n', encoding="utf-8")
    assert "elsewhere: 1 article" in run("status").out


def test_an_interrupted_visit_is_gone_on_with(run: Run, site: Site, ferry: str) -> None:
    import archiver

    report = archiver.archive(ferry, to="second", delay=0)
    assert report.exit_status == 0
    with archiver.open("second") as opened:
        assert len(list(opened.articles())) == 1
        assert len(list(opened.comments())) == len(site.story("ferry").comments)
