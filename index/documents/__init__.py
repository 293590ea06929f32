"""Files become documents: ``read_document`` for one file, ``read_bytes`` for an upload, ``read_corpus`` for a folder.

Each format has a reader, a function ``(name, data, *, metadata) -> Document``; ``READERS`` says which file endings are
whose. The way of the text reader: ``decoding`` (bytes → characters), ``lines``, ``units`` (with ``tables`` and
``inline``), ``roles`` and ``headings`` (with ``phrases`` and ``bylines``), ``metadata``.
"""

import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from index.documents import apart, archive, decoding, docx, epub, html, odt, pdf, rtf
from index.documents.archive import place, placed, refusal
from index.documents.document import Document, Metadata
from index.documents.manifest import MANIFEST, read_manifest
from index.documents.naming import file_name, mislabelled
from index.documents.text import SUFFIXES, read_text
from index.documents.web_address import address_given
from index.errors import (
    BinaryFile,
    DamagedFile,
    DocumentError,
    DocumentNotFound,
    DocumentTooLarge,
    ManifestInvalid,
    NotFetched,
    UnreadableFile,
    UnsupportedFormat,
)

__all__ = [
    "READERS",
    "Reader",
    "files_in_zip",
    "find_files",
    "place",
    "placed",
    "read_bytes",
    "read_corpus",
    "read_document",
    "refusal",
]


class Reader(Protocol):
    """Makes a document of a file's bytes."""

    def __call__(self, name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
        """The document; raises ``DocumentError``."""
        ...


SHORT_TEXT = 300_000
"""Bytes of a text that is read at once; a longer one could hold up whatever else this process does."""


def read_any_text(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a text, parsed apart if it is long. Raises ``DocumentError``."""
    if len(data) <= SHORT_TEXT:
        return read_text(name, data, metadata=metadata)
    return apart.read_apart("index.documents.text", name, data, metadata=metadata, function="read_text")


READERS: dict[str, Reader] = {
    **dict.fromkeys(SUFFIXES, read_any_text),
    **dict.fromkeys(pdf.SUFFIXES, pdf.read_pdf),
    **dict.fromkeys(docx.SUFFIXES, docx.read_docx),
    **dict.fromkeys(odt.SUFFIXES, odt.read_odt),
    **dict.fromkeys(html.SUFFIXES, html.read_html),
    **dict.fromkeys(epub.SUFFIXES, epub.read_epub),
    **dict.fromkeys(rtf.SUFFIXES, rtf.read_rtf),
    **dict.fromkeys(archive.SUFFIXES, archive.refuse),
}
"""File endings, lower case with their dot, and the readers that take them."""


def read_document(path: Path, *, metadata: Metadata | None = None, recognition: bool = False) -> Document:
    """The document in a file. What ``metadata`` says wins over what the document says of itself.

    With ``recognition``, pages without text that can be read are read by text recognition (``recognition``).
    Raises ``DocumentError``: not found, on the web, unsupported, unreadable, too large, or what the format's
    reader objects to; of a file in a zip file it names both.
    """
    try:
        return _read(path, metadata, recognition=recognition)
    except DocumentError as error:
        told = placed(path, error)
        if told is error:
            raise
        raise told from error


def _read(path: Path, metadata: Metadata | None, *, recognition: bool) -> Document:
    if address := address_given(path):
        raise NotFetched(file=address)
    _reader(path.name)
    if (refused := refusal(path)) is not None:
        raise refused
    name = file_name(path.name)
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a pipe or a device may never end
            raise UnreadableFile(file=name, cause="it is no regular file")
        limit = decoding.LIMIT_BYTES if path.suffix.lower() in SUFFIXES else apart.LIMIT_BYTES
        if found.st_size > limit:
            raise DocumentTooLarge(file=name, size=f"{found.st_size / 1e6:.1f}", limit=f"{limit / 1e6:g}")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentNotFound(file=file_name(str(path))) from error
    except OSError as error:
        raise UnreadableFile(file=name, cause=error.strerror or str(error)) from error
    return read_bytes(path.name, data, metadata=metadata, recognition=recognition)


def read_bytes(name: str, data: bytes, *, metadata: Metadata | None = None, recognition: bool = False) -> Document:
    """The document in ``data``, the content of a file called ``name``; see ``read_document``.

    Raises ``DocumentError``, or ``RecognitionUnavailable`` if text recognition is asked for and not there.
    """
    read = _reader(name)
    if recognition and read is pdf.read_pdf:
        read = pdf.read_scanned_pdf
    name = file_name(Path(name).name)
    try:
        return read(name, data, metadata=metadata)
    except (DamagedFile, BinaryFile) as error:
        told = mislabelled(name, data)
        if told is None:
            raise
        raise told from error


def find_files(path: Path) -> Iterator[Path]:
    """The files to read at ``path``: itself, or every readable file below it if it is a folder or a zip file, sorted.

    A zip file's are unpacked for as long as the iteration lasts: each must be read before the next is asked for. A zip
    file that cannot be unpacked comes itself, so that reading it tells why.
    """
    if not path.is_dir():
        yield from _unpacked(path, archive.Room())
        return
    for file in sorted(path.rglob("*")):
        if file.suffix.lower() in READERS and file.is_file():
            yield from _unpacked(file, archive.Room())


def _unpacked(path: Path, room: archive.Room) -> Iterator[Path]:
    found = False
    if path.suffix.lower() in archive.SUFFIXES and path.is_file():
        for file in files_in_zip(path, room):
            found = True
            yield file
    if not found:
        yield path


def files_in_zip(path: Path, room: archive.Room | None = None, *, name: str | None = None) -> Iterator[Path]:
    """The readable files in a zip file, whatever its name, and in zip files in it; none if it is no good.

    As with ``find_files``, each must be read before the next is asked for; ``refusal`` knows what is wrong with those
    that could not be unpacked, and ``place`` where each lies in the zip file, which is called ``name``, or as its path.
    """
    room = room or archive.Room()
    with archive.unpacked(path, READERS, room, name=name) as files:
        for file in files:
            yield from _unpacked(file, room)


def read_corpus(directory: Path) -> tuple[Document, ...]:
    """The documents that the folder's ``manifest.toml`` lists, in its order, each proved by its hash.

    Raises ``ManifestInvalid`` if the manifest is wrong or a file is not the one it lists, and ``DocumentError`` as
    ``read_document`` does.
    """
    documents = []
    for entry in read_manifest(directory):
        document = read_document(directory / entry.file, metadata=entry.metadata)
        if document.source.sha256 != entry.sha256:
            found, wanted = document.source.sha256[:16], entry.sha256[:16]
            problem = f"{entry.file} has SHA-256 {found}…, not {wanted}… as listed"
            raise ManifestInvalid(file=str(directory / MANIFEST), problem=problem)
        documents.append(document)
    return tuple(documents)


def _reader(name: str) -> Reader:
    reader = READERS.get(Path(name).suffix.lower())
    if reader is None:
        raise UnsupportedFormat(file=file_name(name), supported=", ".join(READERS))
    return reader
