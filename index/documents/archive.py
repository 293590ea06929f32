"""Zip files of documents: unpacked for a while, into a folder that is gone afterwards."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from index.documents.apart import LIMIT_BYTES
from index.documents.document import Document, Metadata
from index.documents.package import Package
from index.errors import DocumentError, DocumentTooLarge, EmptyDocument

SUFFIXES = (".zip",)
_FORMAT = "zip"
_IGNORED = ("__MACOSX", ".")
"""What begins the names of folders and files that an operating system hides."""


@contextmanager
def unpacked(path: Path, wanted: Collection[str]) -> Iterator[list[Path]]:
    """The members whose endings are ``wanted``, as files that live as long as the block; none if it is no good."""
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise OSError
        package = Package(path.name, path.read_bytes(), format=_FORMAT)
    except (DocumentError, OSError):
        yield []
        return
    with TemporaryDirectory(prefix="kildesvar-") as folder:
        yield list(_write(package, Path(folder), wanted))


def _write(package: Package, folder: Path, wanted: Collection[str]) -> Iterator[Path]:
    """Each member in a folder of its own: its name stays, and two of one name in different folders are two."""
    for number, member in enumerate(sorted(package.names)):
        inside = PurePosixPath(member)
        hidden = any(part.startswith(_IGNORED) for part in inside.parts)
        if hidden or inside.suffix.lower() not in wanted:
            continue
        file = folder / str(number) / inside.name
        try:
            file.parent.mkdir()
            file.write_bytes(package.read(member))
        except DocumentError:
            file.write_bytes(b"")  # its reader says that nothing is in it, and the rest goes on
        except (OSError, ValueError):
            continue  # a name that this system can't write
        yield file


def refuse(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """Say why nothing can be read from a zip file: it always raises ``DocumentError``.

    ``metadata`` is taken for the sake of the protocol.
    """
    if len(data) > LIMIT_BYTES:
        raise DocumentTooLarge(file=name, size=f"{len(data) / 1e6:.1f}", limit=f"{LIMIT_BYTES / 1e6:g}")
    Package(name, data, format=_FORMAT)
    raise EmptyDocument(file=name)
