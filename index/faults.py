"""What SQLite and the operating system complain of, in the words of our own error tree."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import DiskFull, IndexBusy, IndexDamaged, IndexFault, IndexNotWritable

_SQLITE: dict[int, type[IndexFault]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_BUSY: IndexBusy,
    sqlite3.SQLITE_LOCKED: IndexBusy,
    sqlite3.SQLITE_READONLY: IndexNotWritable,
    sqlite3.SQLITE_CANTOPEN: IndexNotWritable,
    sqlite3.SQLITE_PERM: IndexNotWritable,
}
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_ERROR)
_SYSTEM: dict[int, type[IndexFault]] = {
    errno.ENOSPC: DiskFull,
    errno.EDQUOT: DiskFull,
    errno.EACCES: IndexNotWritable,
    errno.EPERM: IndexNotWritable,
    errno.EROFS: IndexNotWritable,
}


@contextmanager
def faults(directory: Path) -> Iterator[None]:
    """Turn third-party errors about the index in ``directory`` into ``IndexFault``; others pass as they are."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise _of_sqlite(error, directory) from error
    except OSError as error:
        raise _of_system(error, directory) from error


def _of_sqlite(error: sqlite3.DatabaseError, directory: Path) -> Exception:
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:  # raised by the Python module itself: a mistake of ours, not the disk's
        return error
    primary = code & 0xFF  # the rest of an extended code says more than we need
    if primary in _SQLITE:
        return _SQLITE[primary](directory=str(directory))
    if primary in _DAMAGE:
        return IndexDamaged(directory=str(directory), problem=str(error))
    return error


def _of_system(error: OSError, directory: Path) -> Exception:
    if error.errno in _SYSTEM:
        return _SYSTEM[error.errno](directory=str(directory))
    if error.errno in (errno.ENOTDIR, errno.EEXIST):
        return IndexDamaged(directory=str(directory), problem="a file stands where the directory should be")
    return error
