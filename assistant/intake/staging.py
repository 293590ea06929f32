"""Files that wait to be added, on disk: their bytes, and a record of each.

The directory lies in the index's own. A file is ``ID.file`` with its record ``ID.json``; its name is in the record
only, so that no name ever becomes a path. A record is replaced in one step, so that it is always whole; what was cut
short before there was a record (``*.part``, a lone ``.file``) is swept away at the next start.
"""

import hashlib
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import IO

from assistant.intake.item import Item, State, item_of
from index.documents import READERS
from index.documents.apart import LIMIT_BYTES
from index.errors import DocumentTooLarge, EmptyDocument, UnsupportedFormat
from index.faults import faults

DIRECTORY = "intake"
LIMIT_STAGED = 4_000_000_000
"""Bytes of all files that wait."""
LIMIT_NAME = 200
"""Characters of a file's name; more are cut out of its middle."""
_COMING_IN = 3600.0
"""Seconds that a file may take to come in, into this process or another one."""
_HEX = frozenset("0123456789abcdef-")


class Staging:
    """The staged files of one index. The records are the truth: several processes may look at them."""

    def __init__(self, directory: Path) -> None:
        """``directory`` is the index's. Raises ``IndexNotWritable`` or ``DiskFull``."""
        self.directory = directory / DIRECTORY
        with faults(directory):
            self.directory.mkdir(exist_ok=True)

    def draft(self, name: str, *, place: str = "") -> "Draft":
        """A file about to come in, out of a zip file at ``place``. Raises ``UnsupportedFormat`` or ``IndexFault``."""
        return Draft(self, plain_name(name), place)

    def file(self, item: Item) -> Path:
        """Where the bytes of an item lie."""
        return self.directory / f"{item.id}.file"

    def items(self) -> Iterator[Item]:
        """All records, in the order of coming in; one that cannot be read is passed over."""
        for path in sorted(self.directory.glob("*.json")):
            if item := self._read(path):
                yield item

    def item(self, item_id: str) -> Item | None:
        """One record; None if there is none of that id."""
        return self._read(self.directory / f"{item_id}.json") if item_id and set(item_id) <= _HEX else None

    def save(self, item: Item) -> None:
        """Write a record, in one step. What has ended needs its bytes no more, unless it may be tried again."""
        with faults(self.directory):
            # Another process may write of the same item: what is not whole yet is nobody else's.
            beside = self.directory / f"{item.id}.{secrets.token_hex(4)}.new"
            beside.write_text(item.to_json(), "utf-8")
            os.replace(beside, self.directory / f"{item.id}.json")
            if item.ended and not (item.problem and (item.problem.again or item.recognisable)):
                self.file(item).unlink(missing_ok=True)

    def restage(self, item: Item, data: bytes) -> None:
        """Have the bytes of an item at hand again."""
        with faults(self.directory):
            beside = self.directory / f"{item.id}.part"
            beside.write_bytes(data)
            os.replace(beside, self.file(item))

    def forget(self, item: Item) -> None:
        """Remove a record and its bytes."""
        with faults(self.directory):
            (self.directory / f"{item.id}.json").unlink(missing_ok=True)
            self.file(item).unlink(missing_ok=True)

    def staged(self) -> int:
        """Bytes of all that waits."""
        found = (_stat(path) for path in self.directory.glob("*.file"))
        return sum(of.st_size for of in found if of)

    def recover(self) -> None:
        """After a crash: what was being read waits again, and what never came in whole is swept away."""
        with faults(self.directory):
            known = {item.id: item for item in self.items()}
            for path in self.directory.iterdir():
                torn = path.suffix in (".part", ".new") or (path.suffix == ".file" and path.stem not in known)
                if torn and (of := _stat(path)) and of.st_mtime < time.time() - _COMING_IN:
                    path.unlink(missing_ok=True)
            for item in known.values():
                if not item.ended and not self.file(item).is_file():
                    self.forget(item)
                elif item.state is State.ACTIVE:
                    self.save(replace(item, state=State.WAITING))

    @staticmethod
    def _read(path: Path) -> Item | None:
        try:
            return item_of(path.read_text("utf-8"))
        except (OSError, ValueError, KeyError, TypeError):  # forgotten meanwhile, or not ours
            return None


def _stat(path: Path) -> os.stat_result | None:
    """None for a file that has gone since its directory was read: another thread or process was done with it."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


class Draft:
    """A file that is coming in: ``write`` its bytes, then ``finish`` it; on any trouble ``discard`` it."""

    def __init__(self, staging: Staging, name: str, place: str) -> None:
        """Raises ``UnsupportedFormat`` for an ending that no reader takes, or ``IndexFault``."""
        if Path(name).suffix.lower() not in READERS:
            raise UnsupportedFormat(file=name, supported=", ".join(READERS))
        self._staging, self.name, self.place = staging, name, place
        self._room = LIMIT_STAGED - staging.staged()
        self._size, self._digest = 0, hashlib.sha256()
        self.id = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
        self._path = staging.directory / f"{self.id}.part"
        with faults(staging.directory):
            self._file: IO[bytes] = self._path.open("xb")

    def write(self, data: bytes) -> None:
        """Take the next bytes. Raises ``DocumentTooLarge`` or ``IndexFault``."""
        self._size += len(data)
        limit = min(LIMIT_BYTES, max(0, self._room))
        if self._size > limit:
            raise DocumentTooLarge(file=self.name, size=f"{self._size / 1e6:.1f}", limit=f"{limit / 1e6:g}")
        self._digest.update(data)
        with faults(self._staging.directory):
            self._file.write(data)

    def finish(self) -> Item:
        """Let the file wait for its turn. Raises ``EmptyDocument`` or ``IndexFault``."""
        if not self._size:
            raise EmptyDocument(file=self.name)
        item = Item(self.id, self.name, self._size, self._digest.hexdigest(), place=self.place)
        with faults(self._staging.directory):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
            os.replace(self._path, self._staging.file(item))
        self._staging.save(item)
        return item

    def discard(self) -> None:
        """Leave nothing behind. Harmless after ``finish``."""
        self._file.close()
        self._path.unlink(missing_ok=True)


def plain_name(name: str) -> str:
    r"""The last part of a name, whatever system it comes from, without what would steer a terminal or a reader's eye.

    >>> plain_name("..\\..\\Mine dokumenter/plan.pdf")
    'plan.pdf'
    """
    last = PureWindowsPath(PurePosixPath(name.replace("\0", "")).name).name
    kept = "".join(char for char in last if char.isprintable()).strip() or "uten navn"
    if len(kept) <= LIMIT_NAME:
        return kept
    ending = Path(kept).suffix[-20:]
    return kept[: LIMIT_NAME - len(ending) - 1] + "…" + ending
