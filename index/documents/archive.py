"""Zip files of documents: unpacked for a while, into a folder that is gone afterwards.

A member that cannot be unpacked has its place in that folder all the same, and ``refusal`` knows what is wrong with it:
reading it tells, and the rest goes on. What is told of a member names the zip file that it lies in. Zip files in zip
files are opened too, as far down as people nest them, and all of them together unpack to no more than one may.
"""

import shutil
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from index.documents.apart import LIMIT_BYTES
from index.documents.document import Document, Metadata
from index.documents.naming import file_name
from index.documents.package import BROKEN, LIMIT_UNPACKED, Package
from index.errors import (
    DamagedFile,
    DocumentError,
    DocumentTooLarge,
    EmptyDocument,
    PasswordProtected,
    UnreadableFile,
    UnsafeFile,
)

SUFFIXES = (".zip",)
_FORMAT = "zip"
_IGNORED = ("__MACOSX", ".")
"""What begins the names of folders and files that an operating system hides."""
_DEPTH = 3
"""Zip files inside each other."""
_refused: dict[Path, DocumentError] = {}
"""Unpacked files that are not what the zip file held, for as long as they stand."""
_places: dict[Path, str] = {}
"""Where each unpacked file lies: ``saker.zip/2024/referat.pdf``."""


@dataclass(slots=True)
class Room:
    """What zip files inside each other may take together."""

    unpacked: int = LIMIT_UNPACKED
    """Bytes that are left."""
    depth: int = _DEPTH


def refusal(path: Path) -> DocumentError | None:
    """Why an unpacked file could not be unpacked as it is."""
    error = _refused.get(path)
    return placed(path, error) if error is not None else None


def place(path: Path) -> str | None:
    """Where an unpacked file lies, from the outermost zip file's name on; None for a file that was not unpacked."""
    return _places.get(path)


def placed(path: Path, error: DocumentError) -> DocumentError:
    """The error, naming the file with the zip file that it lies in, if it does: many hold a ``referat.pdf``."""
    where = place(path)
    if where is None or "file" not in error.details:
        return error
    return type(error)(**(error.details | {"file": where}))


@contextmanager
def unpacked(path: Path, wanted: Collection[str], room: Room, *, name: str | None = None) -> Iterator[list[Path]]:
    """The members whose endings are ``wanted``, as files that live as long as the block; none if it is no good.

    ``name`` is what the zip file is called, if it is not called as ``path`` is.
    """
    try:
        if path.stat().st_size > LIMIT_BYTES or path in _refused:
            raise OSError
        package = Package(path.name, path.read_bytes(), format=_FORMAT)
        members = _members(package, wanted)
        if package.locked.issuperset(members):
            raise PasswordProtected(file=path.name)
        if room.depth <= 0 or package.unpacked > room.unpacked:
            _refused[path] = UnsafeFile(file=path.name)
            raise OSError
    except (DocumentError, OSError):
        yield []
        return
    room.unpacked -= package.unpacked
    with TemporaryDirectory(prefix="kildesvar-") as folder:
        files = []
        for member, file in zip(members, _write(package, Path(folder), members), strict=True):
            files.append(file)
            _places[file] = file_name(f"{place(path) or name or path.name}/{member}")
        room.depth -= 1
        try:
            yield files
        finally:
            room.depth += 1
            for file in files:
                _refused.pop(file, None)
                _places.pop(file, None)


def _members(package: Package, wanted: Collection[str]) -> list[str]:
    return [
        member
        for member in sorted(package.sizes)
        if PurePosixPath(member).suffix.lower() in wanted
        and not any(part.startswith(_IGNORED) for part in PurePosixPath(member).parts)
    ]


def _write(package: Package, folder: Path, members: list[str]) -> Iterator[Path]:
    """Each member in a folder of its own: its name stays, and two of one name in different folders are two."""
    for number, member in enumerate(members):
        file = folder / str(number) / PurePosixPath(member).name
        file.parent.mkdir()
        try:
            file.touch()
            _copy(package, member, file)
        except DocumentError as error:
            file.write_bytes(b"")
            _refused[file] = error
        except (OSError, ValueError) as error:  # a name that this system can't write, or no room
            cause = getattr(error, "strerror", None) or str(error)
            _refused[file] = UnreadableFile(file=file.name, cause=cause)
        yield file


def _copy(package: Package, member: str, file: Path) -> None:
    size = package.sizes[member]
    if size > LIMIT_BYTES:
        raise DocumentTooLarge(file=file.name, size=f"{size / 1e6:.1f}", limit=f"{LIMIT_BYTES / 1e6:g}")
    with package.open(member, name=file.name) as source, file.open("wb") as target:
        try:
            shutil.copyfileobj(source, target)
        except BROKEN as error:
            raise DamagedFile(file=file.name, format=file.suffix[1:].upper()) from error


def refuse(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """Say why nothing can be read from a zip file: it always raises ``DocumentError``.

    ``metadata`` is taken for the sake of the protocol.
    """
    if len(data) > LIMIT_BYTES:
        raise DocumentTooLarge(file=name, size=f"{len(data) / 1e6:.1f}", limit=f"{LIMIT_BYTES / 1e6:g}")
    if Package(name, data, format=_FORMAT).locked:
        raise PasswordProtected(file=name)
    raise EmptyDocument(file=name)
