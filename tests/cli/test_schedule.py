"""What a timer needs is printed, with paths that hold everywhere, and nothing is installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_a_unit_a_timer_and_a_cron_line_name_this_archive_and_nothing_is_written(run: Run, tmp_path: Path) -> None:
    printed = run("schedule", "--every", "20")
    assert printed.status == 0
    archive = tmp_path / "output"
    assert f"watch --once --quiet --archive {archive}\n" in printed.out
    assert f"WorkingDirectory={tmp_path}\n" in printed.out
    assert "OnCalendar=*:0/20\n" in printed.out
    assert "\n*/20 * * * * cd " in printed.out
    assert list(tmp_path.iterdir()) == []


def test_options_of_the_command_line_and_the_environment_go_into_the_command(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVER_SCHEDULE_DELAY", "2.5")
    told = run("schedule", "--json", "--contact", "desk@news.example", "--durable", "--budget", "200").json
    for text in (told["service"], told["cron"]):
        assert "--delay 2.5" in text
        assert "--contact desk@news.example" in text
        assert "--budget 200" in text
        assert "--durable" in text


def test_a_password_is_printed_nowhere(run: Run, tmp_path: Path) -> None:
    told = run("schedule", "--database", "postgresql+psycopg://ida:secret@db.example/archive").out
    assert "secret" not in told
    assert f"EnvironmentFile={tmp_path}/output/watch.env" in told
    assert f". {tmp_path}/output/watch.env && export ARCHIVER_WATCH_DATABASE" in told
    assert (
        "--database postgresql://db.example/archive"
        in run("schedule", "--database", "postgresql://db.example/archive").out
    )


def test_odd_names_are_quoted_for_systemd_and_for_the_shell(run: Run) -> None:
    told = run("schedule", "--json", "--archive", "50% of $all 'news'").json
    assert "50%% of $$all 'news'\"" in told["service"]
    assert "50\\% of $all '\"'\"'news'\"'\"''" in told["cron"]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not here")
@pytest.mark.parametrize("name", ["output", "50% of $all 'news'"])
def test_systemd_understands_both_units(run: Run, tmp_path: Path, name: str) -> None:
    told = run("schedule", "--json", "--archive", name, "--contact", 'desk "two" \\ news').json
    for kind in ("service", "timer"):
        (tmp_path / f"archiver.{kind}").write_text(told[kind], encoding="utf-8")
    files = [str(tmp_path / f"archiver.{kind}") for kind in ("service", "timer")]
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", *files], capture_output=True, text=True)
    complaints = [line for line in done.stderr.splitlines() if "archiver" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr
