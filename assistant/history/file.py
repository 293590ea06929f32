"""How the file of conversations is opened: laid out where it is new, set aside where it is damaged.

SQLite in WAL mode; a connection is opened for each piece of work, so that between two of them all lies in one file.
"""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from assistant.clock import now
from assistant.history.faults import DAMAGE, fault_of, primary
from index.errors import HistoryBusy, HistoryDamaged, HistoryFault, HistoryTooNew, IndexBusy
from index.lock import exclusive

FILE, LOCK = "history.sqlite", "history.lock"
"""Their names in the directory of the index."""
_VERSION = 1
_SCHEMA = f"""
CREATE TABLE conversations (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, words TEXT NOT NULL, created TEXT NOT NULL, changed TEXT NOT NULL
);
CREATE INDEX conversations_changed ON conversations (changed);
CREATE TABLE turns (
    conversation TEXT NOT NULL REFERENCES conversations (id) ON DELETE CASCADE, number INTEGER NOT NULL,
    id TEXT NOT NULL, asked TEXT NOT NULL, question TEXT NOT NULL, words TEXT NOT NULL, record TEXT NOT NULL,
    PRIMARY KEY (conversation, number)
);
PRAGMA user_version = {_VERSION};
"""
_PATIENCE = 2.0
"""Seconds to wait for another process that writes; what it writes takes milliseconds."""


class HistoryFile:
    """The file in one directory. Safe to use from several threads and processes."""

    def __init__(self, directory: Path) -> None:
        """Nothing is made before it is needed."""
        self.path = directory / FILE

    @property
    def there(self) -> bool:
        """Whether something has been kept in it."""
        return self.path.exists()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """A connection; what is begun in it is committed at the end, or taken back on an error."""
        try:
            with closing(self._connect()) as connection:
                try:
                    yield connection
                    if connection.in_transaction:
                        connection.execute("COMMIT")
                except BaseException:
                    if connection.in_transaction:
                        connection.execute("ROLLBACK")
                    raise
        except sqlite3.Error as error:
            if primary(error) in DAMAGE:
                raise self._set_aside() from error
            raise fault_of(error, self.path) from error
        except OSError as error:
            raise fault_of(error, self.path) from error

    def wipe(self) -> None:
        """Take what was overwritten out of the log beside the file too, as soon as nobody reads in it.

        Raises ``HistoryFault``.
        """
        with self.open() as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._make()
        # Autocommit: transactions are begun where they are needed.
        connection = sqlite3.connect(self.path, timeout=_PATIENCE, isolation_level=None)
        try:
            for setting in ("synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
                connection.execute(f"PRAGMA {setting}")
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version > _VERSION:
                raise HistoryTooNew(file=str(self.path))
            if version < _VERSION:
                self._lay_out(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make(self) -> None:
        """Make the file where there is none; nobody but its owner may read it.

        One that is there must not be opened besides by SQLite: closing it would let go of all locks that this process
        holds on it, and another process would take the log away that a thread here still writes.
        """
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        except FileExistsError:
            if not self.path.is_file():
                raise

    def _lay_out(self, connection: sqlite3.Connection) -> None:
        """Make the tables, unless another process has just made them; one that died at it left none."""
        with self._alone():
            connection.execute("PRAGMA journal_mode = WAL")
            if connection.execute("PRAGMA user_version").fetchone() == (0,):
                connection.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}COMMIT;")

    def _set_aside(self) -> HistoryFault:
        """Move a damaged file out of the way, with what belongs to it; returns what to tell of that."""
        aside = self.path.with_name(f"history-damaged-{''.join(filter(str.isdigit, now()))}.sqlite")
        try:
            with self._alone():
                if not self._damaged():  # another process was first
                    return HistoryBusy(file=str(self.path))
                for ending in ("-wal", "-shm", ""):
                    beside = self.path.with_name(self.path.name + ending)
                    with suppress(FileNotFoundError):  # SQLite takes its log away with the last connection
                        beside.rename(aside.with_name(aside.name + ending))
        except OSError as error:
            return fault_of(error, self.path)
        return HistoryDamaged(file=str(self.path), aside=str(aside))

    def _damaged(self) -> bool:
        try:
            with closing(sqlite3.connect(self.path, timeout=_PATIENCE)) as connection:
                (verdict,) = connection.execute("PRAGMA integrity_check(1)").fetchone()
                return str(verdict) != "ok"
        except sqlite3.DatabaseError as error:
            return primary(error) in DAMAGE

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """For what no other process may do at the same time. Raises ``HistoryBusy``."""
        try:
            with exclusive(self.path.with_name(LOCK), timeout=_PATIENCE):
                yield
        except IndexBusy as error:
            raise HistoryBusy(file=str(self.path)) from error
