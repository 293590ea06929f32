"""The database file: where it lies, how it is laid out, and how it is opened."""

import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from uuid import uuid4

DATABASE = "kildesvar.sqlite"
LOCK = "write.lock"
WRITE_TIMEOUT = 30.0
"""Seconds to wait for another writer; encoding, the long part of adding, is done before the lock is taken."""
SCHEMA_VERSION = "1"
SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE, file TEXT NOT NULL UNIQUE, sha256 TEXT NOT NULL UNIQUE,
    metadata TEXT NOT NULL, text TEXT NOT NULL, structure BLOB NOT NULL, runs BLOB NOT NULL, original BLOB NOT NULL,
    first INTEGER NOT NULL, passages INTEGER NOT NULL, added INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS paragraphs (
    document INTEGER NOT NULL, paragraph INTEGER NOT NULL, detail TEXT NOT NULL,
    PRIMARY KEY (document, paragraph)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS passages (
    key INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL, paragraph INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    context TEXT NOT NULL, digest BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS passages_document ON passages (document);
CREATE INDEX IF NOT EXISTS passages_digest ON passages (digest);
CREATE TABLE IF NOT EXISTS vectors (key INTEGER PRIMARY KEY, vector BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS removed (
    generation INTEGER NOT NULL, number INTEGER NOT NULL, first INTEGER NOT NULL, passages INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS removed_generation ON removed (generation);
"""
"""A passage's vector is ``dimension`` little-endian float32; ``digest`` is of the text that was encoded."""


def connect(directory: Path) -> sqlite3.Connection:
    """A connection whose commits are on disk before they return; where nothing may be written, one that reads."""
    location = (directory / DATABASE).resolve().as_uri()
    opened = partial(sqlite3.connect, uri=True, isolation_level=None, check_same_thread=False, timeout=WRITE_TIMEOUT)
    connection = opened(f"{location}?mode=rw")
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        connection.close()
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY):
            raise
        # A reader of a WAL database makes a file beside it. Where it may not, nobody else writes either.
        connection = opened(f"{location}?immutable=1")
    except BaseException:
        connection.close()
        raise
    return connection


def exists(directory: Path) -> bool:
    """Whether there is a store, finished: a creation that was cut short left tables uncommitted, thus none."""
    if not (directory / DATABASE).is_file():
        return False
    with closing(connect(directory)) as connection:
        (tables,) = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'meta'").fetchone()
    return bool(tables)


def create(directory: Path, facts: dict[str, str | int]) -> None:
    """Make an empty store with these facts, unless another process has just made one. The caller holds the lock."""
    with closing(sqlite3.connect(directory / DATABASE, isolation_level=None, timeout=WRITE_TIMEOUT)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in SCHEMA.split(";\n"):
            connection.execute(statement)
        if connection.execute("SELECT count(*) FROM meta").fetchone() == (0,):  # else another process was first
            for name, value in {"schema": SCHEMA_VERSION, "generation": 0, "identity": uuid4().hex, **facts}.items():
                write_meta(connection, name, value)
        connection.execute("COMMIT")


def write_meta(connection: sqlite3.Connection, name: str, value: str | int) -> None:
    """Set one of the facts kept about the index."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, str(value)))
