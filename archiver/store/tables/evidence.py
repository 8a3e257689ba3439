"""Evidence: which command wrote, and which bytes came. Append only."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Integer, Table

from archiver.store.tables.base import metadata, own_id, refers
from archiver.store.types import Utc, Whole, Words

run = Table(
    "run",
    metadata,
    own_id(),
    Column("command", Words, nullable=False, comment="The command that wrote, such as archive."),
    Column("software", Words, nullable=False, comment="Name and version of the software."),
    Column("settings", JSON, nullable=False, comment="The settings in force, as a JSON object, without secrets."),
    Column("started", Utc, nullable=False, comment="When the command began, UTC."),
    Column("ended", Utc, comment="When it ended, UTC; empty while it runs, or where it was killed."),
    Column("counts", JSON(none_as_null=True), comment="What it did, as a JSON object: articles, comments, requests."),
    Column("seal", Words, comment="Digest of the other cells: it shows whether one was changed since."),
    comment="One command that wrote to the archive.",
)

capture = Table(
    "capture",
    metadata,
    own_id(),
    refers("run_id", "run", "The command that made the capture.", required=False, index=False),
    refers("visit_id", "visit", "The visit that it belongs to."),
    refers("request_id", "request", "The request that it answers.", required=False, index=False),
    Column("url", Words, nullable=False, comment="The address that answered, after redirects."),
    Column("method", Words, nullable=False, comment="The HTTP method: GET or POST."),
    Column("status", Integer, nullable=False, comment="The HTTP status, such as 200."),
    Column("at", Utc, nullable=False, comment="When the answer came, UTC."),
    Column("content_type", Words, comment="The media type that the server named."),
    Column("warc_file", Words, nullable=False, comment="Name of the WARC file in the captures folder."),
    Column("warc_offset", Whole, nullable=False, comment="Where the record begins in that file, in bytes."),
    Column("warc_length", Whole, nullable=False, comment="Length of the compressed record, in bytes."),
    Column("record_id", Words, nullable=False, unique=True, comment="The WARC-Record-ID."),
    Column("sha256", Words, nullable=False, index=True, comment="SHA-256 of the payload, hexadecimal."),
    Column("robots", Words, nullable=False, comment="What robots.txt said: allowed, none, ignored or unknown."),
    Column("fidelity", Words, nullable=False, comment="exact: bytes as they came. reconstructed: from another format."),
    Column("seal", Words, comment="Digest of the other cells: it shows whether one was changed since."),
    comment="One HTTP exchange, and where its exact bytes lie.",
)
