"""What SQLite and the operating system complain of about the file of conversations, in the words of our own errors."""

import errno
import sqlite3
from pathlib import Path

from index.errors import HistoryBusy, HistoryFault, HistoryFull, HistoryNotWritable, HistoryUnusable

DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_SQLITE: dict[int, type[HistoryFault]] = {
    sqlite3.SQLITE_FULL: HistoryFull,
    sqlite3.SQLITE_BUSY: HistoryBusy,
    sqlite3.SQLITE_LOCKED: HistoryBusy,
    sqlite3.SQLITE_READONLY: HistoryNotWritable,
    sqlite3.SQLITE_CANTOPEN: HistoryNotWritable,
    sqlite3.SQLITE_PERM: HistoryNotWritable,
}
_SYSTEM: dict[int, type[HistoryFault]] = {
    errno.ENOSPC: HistoryFull,
    errno.EDQUOT: HistoryFull,
    errno.EACCES: HistoryNotWritable,
    errno.EPERM: HistoryNotWritable,
    errno.EROFS: HistoryNotWritable,
}


def fault_of(error: sqlite3.Error | OSError, file: Path) -> HistoryFault:
    """The error to raise from it; damage is not told apart here."""
    kinds, code = (_SYSTEM, error.errno) if isinstance(error, OSError) else (_SQLITE, primary(error))
    kind = kinds.get(code or 0)
    return kind(file=str(file)) if kind else HistoryUnusable(file=str(file), cause=str(error))


def primary(error: sqlite3.Error) -> int:
    """SQLite's own code of the error, without what it is extended by; 0 where the error is not SQLite's."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
