"""One writer at a time, across processes, through a lock that the operating system lets go of when its holder dies."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from index.errors import IndexBusy

_PAUSE = 0.02
"""Seconds between two attempts."""


@contextmanager
def exclusive(file: Path, *, timeout: float) -> Iterator[None]:
    """Hold the lock on ``file``, which is made if need be and never removed.

    Args:
        file: The lock; it stays empty.
        timeout: Seconds to wait for another holder; 0 tries once.

    Raises:
        IndexBusy: Another process or thread held it all that time.
        OSError: The file cannot be made or opened.
    """
    deadline = time.monotonic() + timeout
    with file.open("ab") as handle:
        while not _acquire(handle):
            if time.monotonic() >= deadline:
                raise IndexBusy(directory=str(file.parent))
            time.sleep(_PAUSE)
        try:
            yield
        finally:
            _release(handle)


if sys.platform == "win32":
    import msvcrt

    def _acquire(handle: IO[bytes]) -> bool:
        try:
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

    def _release(handle: IO[bytes]) -> None:
        handle.seek(0)
        msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)
else:
    import fcntl

    def _acquire(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _release(handle: IO[bytes]) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)
