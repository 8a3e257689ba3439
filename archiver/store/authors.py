"""Who wrote comments: one row an account, or a printed name where there are no accounts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, bindparam, select, update

from archiver.items import Comment
from archiver.store.dialect import Prepared, chunks, ignore, short
from archiver.store.schema import author

_AUTHORS = select(author).where(
    author.c.platform == bindparam("of_platform"),
    author.c.site == bindparam("of_site"),
    author.c.key.in_(bindparam("keys", expanding=True)),
)
_NEW = Prepared(author, ignore)
_RENAME = (
    update(author).where(author.c.id == bindparam("row")).values(name=bindparam("new_name"), url=bindparam("new_url"))
)


def author_key(account: str | None, name: str | None) -> str | None:
    """What tells one author from another on a site; None for a comment without any name."""
    if account:
        return short(f"id:{account}")
    return short(f"name:{' '.join(name.split())}") if name and name.strip() else None


def author_rows(conn: Connection, seen: Iterable[Comment], *, platform: str, site: str) -> Mapping[str, int]:
    """Key of each author of these comments → the row. Names and links of accounts are brought up to date."""
    wanted = {key: found for found in seen if (key := author_key(found.author_id, found.author)) is not None}
    known = _known(conn, sorted(wanted), platform, site)
    missing = [key for key in sorted(wanted) if key not in known]  # in order, so that two workers never wait in a ring
    if missing:
        rows = [_row(key, wanted[key], platform, site) for key in missing]
        conn.execute(_NEW(conn), rows)
        known |= _known(conn, missing, platform, site)
    _rename(conn, wanted, known)
    return {key: row["id"] for key, row in known.items()}


def _known(conn: Connection, keys: Sequence[str], platform: str, site: str) -> dict[str, RowMapping]:
    here = {"of_platform": platform, "of_site": site}
    rows = (conn.execute(_AUTHORS, here | {"keys": some}).mappings() for some in chunks(keys))
    return {row["key"]: row for some in rows for row in some}


def _row(key: str, found: Comment, platform: str, site: str) -> dict[str, Any]:
    return {
        "platform": platform,
        "site": site,
        "key": key,
        "native_id": found.author_id,
        "name": found.author,
        "url": found.author_url,
    }


def _rename(conn: Connection, wanted: Mapping[str, Comment], known: Mapping[str, RowMapping]) -> None:
    changed = [
        {"row": row["id"], "new_name": found.author or row["name"], "new_url": found.author_url or row["url"]}
        for key, found in wanted.items()
        if (row := known[key])
        and (found.state == "visible" or found.text)  # what stands in place of a deleted comment is signed by nobody
        and ((found.author or row["name"]) != row["name"] or (found.author_url or row["url"]) != row["url"])
    ]
    if changed:
        conn.execute(_RENAME, changed)
