"""Bringing an older archive up to date: a copy first, then the migrations. Imported only when there is need."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


def knows(revision: str) -> bool:
    """Whether `revision` is one of ours; a later version's is not."""
    return revision in {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}


def upgrade(engine: Engine, found: str | None) -> None:
    """Runs the migrations from `found` on, all of them for None.

    A file is copied first, beside it; to copy a server is its owner's part.
    """
    if found is not None and engine.dialect.name == "sqlite" and engine.url.database:
        _copy(Path(engine.url.database), found)
    with engine.connect().execution_options(archiver_write=True) as connection, connection.begin():
        settings = config()
        settings.attributes["connection"] = connection
        command.upgrade(settings, "head")


def config() -> Config:
    """Alembic's view of our migrations."""
    settings = Config()
    settings.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return settings


def _copy(path: Path, found: str) -> None:
    """A whole copy, with what is still in the write-ahead log; never over an older one."""
    copy = path.with_name(f"{path.name}.before-{found}")
    if copy.exists():
        return
    part = copy.with_name(f"{copy.name}.part")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(part)) as target:
        source.backup(target)
    part.replace(copy)
