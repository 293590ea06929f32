"""How far the parser of a file has come, told from its own process to the one that waits for it.

The parser writes lines such as ``3/120`` (pages done, pages in all) to its standard error. Who wants to hear them says
so around the reading of a file; otherwise nothing is written down.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Thread

Listener = Callable[[int, int], None]
"""Called with (pages done, pages in all), from another thread."""

_LINE = re.compile(r"(\d{1,9})/(\d{1,9})\n", re.ASCII)
_LONGEST = 100
_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)
_aloud = False


def tell_aloud() -> None:
    """From now on, what is told in this process is written to standard error: somebody may listen there."""
    global _aloud
    _aloud = True


def tell(done: int, total: int) -> None:
    """So many pages of so many have been read."""
    if _aloud:
        sys.stderr.write(f"{done}/{total}\n")
        sys.stderr.flush()


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Hear how far the files have come that are read within the block."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)


@contextmanager
def ear() -> Iterator[int]:
    """Where a parser's process shall write its standard error: to whoever listens, else nowhere."""
    listener = _listener.get()
    if listener is None:
        yield subprocess.DEVNULL
        return
    hearing, speaking = os.pipe()
    thread = Thread(target=_hear, args=(hearing, listener), daemon=True)
    thread.start()
    try:
        yield speaking
    finally:
        os.close(speaking)
        thread.join()


def _hear(hearing: int, listener: Listener) -> None:
    with os.fdopen(hearing, encoding="utf-8", errors="replace") as lines:
        while line := lines.readline(_LONGEST):  # a parser that has gone wild may write one line without an end
            if told := _LINE.fullmatch(line):
                listener(int(told[1]), int(told[2]))
