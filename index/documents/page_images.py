"""A PDF's pages as pictures, drawn on this machine: each document by a process of its own (``page_painter``).

Pictures are kept as long as there is room, a few documents stay open, and a process that does not answer in time is
ended: the next request starts another.
"""

import json
import subprocess
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from index.documents import page_painter
from index.documents.page_painter import LENGTH, REQUEST
from index.errors import PageUnavailable

Load = Callable[[], bytes]
"""Gives the file's bytes when they are needed; empty where they are not kept."""
WIDTHS = (700, 1100, 1600)
"""Pixels; a closed choice, so that pictures can be kept and nobody can ask for a huge one."""
OPEN = 3
"""Documents that are held open at a time."""
PATIENCE = 20.0
"""Seconds that opening a file or drawing a page may take."""
IDLE = 180.0
"""Seconds after which a document that nobody reads is closed."""
KEPT_BYTES = 48_000_000
MAX_ANSWER = 50_000_000
_KEPT_FAILURES, _KEPT_SIZES = 1_000, 100


@dataclass(frozen=True, slots=True)
class Size:
    """How large a page is as it is shown."""

    width: float
    height: float
    """Points (1/72 inch)."""


class Painter:
    """One open document and the process that draws it. Safe with threads: one at a time."""

    def __init__(self, data: bytes, *, patience: float = PATIENCE) -> None:
        """Open a PDF; ``sizes`` is empty where it cannot be opened."""
        self._lock, self._patience = threading.Lock(), patience
        self.closed = False
        command = [sys.executable, "-P", str(Path(page_painter.__file__))]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        answer = self._ask(LENGTH.pack(len(data)) + data)
        self.sizes = tuple(Size(*size) for size in json.loads(answer or b"[]"))

    @property
    def alive(self) -> bool:
        """Whether it can still draw."""
        return self._process.poll() is None

    def draw(self, page: int, width: int) -> bytes:
        """The page (from 1) as a JPEG of that many pixels across; empty where it cannot be drawn."""
        return self._ask(REQUEST.pack(page - 1, width))

    def close(self) -> None:
        """End the process; whoever waits for a picture gets none."""
        self.closed = True
        self._process.kill()
        with self._lock:
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    with suppress(OSError):  # of what was not sent any more
                        pipe.close()
        self._process.wait()

    def _ask(self, request: bytes) -> bytes:
        """The answer; empty when the process broke down or took too long, and then it has ended."""
        incoming, outgoing = self._process.stdin, self._process.stdout
        if incoming is None or outgoing is None:
            return b""
        with self._lock:
            watch = threading.Timer(self._patience, self._process.kill)
            watch.start()
            try:
                incoming.write(request)
                incoming.flush()
                answer = _received(outgoing)
            except (OSError, ValueError):  # it has ended, or was closed meanwhile
                answer = None
            finally:
                watch.cancel()
            if answer is None:  # its pipes close a moment before it is known to have ended
                self._process.kill()
                self._process.wait()
            return answer or b""


def _received(outgoing: IO[bytes]) -> bytes | None:
    """The next answer; None where it breaks off, or is longer than any."""
    head = outgoing.read(LENGTH.size)
    length = LENGTH.unpack(head)[0] if len(head) == LENGTH.size else MAX_ANSWER + 1
    # A drawing process that was taken over could promise anything.
    answer = outgoing.read(length) if length <= MAX_ANSWER else b""
    return answer if len(answer) == length else None


@dataclass(slots=True)
class PageImages:
    """Pictures of the pages of many documents. Safe with threads."""

    patience: float = PATIENCE
    idle: float = IDLE
    kept_bytes: int = KEPT_BYTES
    _painters: "OrderedDict[str, Painter]" = field(default_factory=OrderedDict)
    _sizes: "OrderedDict[str, tuple[Size, ...]]" = field(default_factory=OrderedDict)
    _kept: "OrderedDict[tuple[str, int, int], bytes]" = field(default_factory=OrderedDict)
    _failed: "OrderedDict[tuple[str, int], None]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _opening: threading.Lock = field(default_factory=threading.Lock)
    _closing: threading.Timer | None = None

    def sizes(self, document_id: str, load: Load) -> tuple[Size, ...]:
        """The sizes of the document's pages; empty where it is no PDF, or none that can be opened."""
        with self._lock:
            if document_id in self._sizes:
                return self._sizes[document_id]
        painter = self._painter(document_id, load)
        sizes = painter.sizes if painter else ()
        with self._lock:
            self._sizes[document_id] = sizes
            _forget_oldest(self._sizes, _KEPT_SIZES)
        return sizes

    def image(self, document_id: str, load: Load, *, page: int, width: int) -> bytes:
        """A page (from 1) as a JPEG. Raises ``PageUnavailable`` if there is no such page or it cannot be drawn."""
        key = (document_id, page, width)
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
            failed = (document_id, page) in self._failed
        if failed or width not in WIDTHS or not 1 <= page <= len(self.sizes(document_id, load)):
            raise PageUnavailable(page=page)
        drawn, interrupted = b"", True
        while interrupted and not drawn:
            painter = self._painter(document_id, load)
            drawn = painter.draw(page, width) if painter else b""
            # Another document may have needed the room meanwhile: that is not this page's fault.
            interrupted = painter is not None and painter.closed
        self._keep(key, drawn)
        if not drawn:
            raise PageUnavailable(page=page)
        return drawn

    def close(self) -> None:
        """Close all documents; they are opened again when they are asked for."""
        with self._lock:
            painters = list(self._painters.values())
            self._painters.clear()
            if self._closing:
                self._closing.cancel()
        for painter in painters:
            painter.close()

    def _painter(self, document_id: str, load: Load) -> Painter | None:
        """The document's painter, started if need be; None where there is nothing to paint."""
        with self._opening:  # two requests for the same document start one process
            with self._lock:
                painter = self._painters.get(document_id)
            if painter is None or not painter.alive:
                data = load()
                painter = Painter(data, patience=self.patience) if data else None
            superseded = self._hold(document_id, painter) if painter else []
        for one in superseded:
            one.close()
        return painter

    def _hold(self, document_id: str, painter: Painter) -> list[Painter]:
        """Hold the painter open; returns those that must make room for it."""
        with self._lock:
            earlier = self._painters.pop(document_id, None)
            self._painters[document_id] = painter
            superseded = [earlier] if earlier and earlier is not painter else []
            while len(self._painters) > OPEN:
                superseded.append(self._painters.popitem(last=False)[1])
            if self._closing:
                self._closing.cancel()
            self._closing = threading.Timer(self.idle, self.close)
            self._closing.daemon = True
            self._closing.start()
        return superseded

    def _keep(self, key: tuple[str, int, int], drawn: bytes) -> None:
        """Remember a picture, or that there is none: a page that hangs would do so again and again."""
        with self._lock:
            if not drawn:
                self._failed[key[:2]] = None
                _forget_oldest(self._failed, _KEPT_FAILURES)
                return
            self._kept[key] = drawn
            while len(self._kept) > 1 and sum(map(len, self._kept.values())) > self.kept_bytes:
                self._kept.popitem(last=False)


def _forget_oldest(kept: "OrderedDict[Any, Any]", most: int) -> None:
    while len(kept) > most:
        kept.popitem(last=False)
