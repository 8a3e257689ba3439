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
    return revision in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}


def upgrade(engine: Engine, found: str) -> None:
    """Runs the migrations from `found` on. A file is copied first, beside it; copying a server is its owner's part."""
    if engine.dialect.name == "sqlite" and engine.url.database:
        _copy(Path(engine.url.database), found)
    with engine.connect().execution_options(archiver_write=True) as connection, connection.begin():
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def make(engine: Engine) -> None:
    """An empty database made by the migrations alone, the long way; tests compare it with the short one."""
    with engine.connect().execution_options(archiver_write=True) as connection, connection.begin():
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def _copy(path: Path, found: str) -> None:
    """A whole copy, with what is still in the write-ahead log; never over an older one."""
    copy = path.with_name(f"{path.name}.before-{found}")
    if not copy.exists():
        with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).with_name("migrations")).replace("%", "%%"))
    return config
