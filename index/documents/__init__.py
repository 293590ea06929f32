"""Files become documents: ``read_document`` for one file, ``read_bytes`` for an upload, ``read_corpus`` for a folder.

Each format has a reader, a function ``(name, data, *, metadata) -> Document``; ``READERS`` says which file endings are
whose. The way of the text reader: ``decoding`` (bytes → characters), ``lines``, ``units`` (with ``tables`` and
``inline``), ``roles`` and ``headings`` (with ``phrases`` and ``bylines``), ``metadata``.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from index.documents import apart, archive, decoding, docx, epub, html, odt, pdf, rtf
from index.documents.document import Document, Metadata
from index.documents.manifest import MANIFEST, read_manifest
from index.documents.text import SUFFIXES, read_text
from index.errors import DocumentNotFound, DocumentTooLarge, ManifestInvalid, UnreadableFile, UnsupportedFormat

__all__ = ["READERS", "Reader", "find_files", "read_bytes", "read_corpus", "read_document"]


class Reader(Protocol):
    """Makes a document of a file's bytes."""

    def __call__(self, name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
        """The document; raises ``DocumentError``."""
        ...


READERS: dict[str, Reader] = {
    **dict.fromkeys(SUFFIXES, read_text),
    **dict.fromkeys(pdf.SUFFIXES, pdf.read_pdf),
    **dict.fromkeys(docx.SUFFIXES, docx.read_docx),
    **dict.fromkeys(odt.SUFFIXES, odt.read_odt),
    **dict.fromkeys(html.SUFFIXES, html.read_html),
    **dict.fromkeys(epub.SUFFIXES, epub.read_epub),
    **dict.fromkeys(rtf.SUFFIXES, rtf.read_rtf),
    **dict.fromkeys(archive.SUFFIXES, archive.refuse),
}
"""File endings, lower case with their dot, and the readers that take them."""


def read_document(path: Path, *, metadata: Metadata | None = None) -> Document:
    """The document in a file. What ``metadata`` says wins over what the document says of itself.

    Raises ``DocumentError``: not found, unsupported, unreadable, too large, or what the format's reader objects to.
    """
    _reader(path.name)
    try:
        size = path.stat().st_size
        limit = decoding.LIMIT_BYTES if path.suffix.lower() in SUFFIXES else apart.LIMIT_BYTES
        if size > limit:
            raise DocumentTooLarge(file=path.name, size=f"{size / 1e6:.1f}", limit=f"{limit / 1e6:g}")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentNotFound(file=str(path)) from error
    except OSError as error:
        raise UnreadableFile(file=path.name, cause=error.strerror or str(error)) from error
    return read_bytes(path.name, data, metadata=metadata)


def read_bytes(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in ``data``, the content of a file called ``name``. Raises ``DocumentError``."""
    return _reader(name)(Path(name).name, data, metadata=metadata)


def find_files(path: Path) -> Iterator[Path]:
    """The files to read at ``path``: itself, or every readable file below it if it is a folder or a zip file, sorted.

    A zip file's are unpacked for as long as the iteration lasts: each must be read before the next is asked for. A zip
    file that cannot be unpacked comes itself, so that reading it tells why.
    """
    if path.is_dir():
        for file in sorted(path.rglob("*")):
            if file.suffix.lower() in READERS and file.is_file():
                yield from find_files(file)
    elif path.suffix.lower() in archive.SUFFIXES and path.is_file():
        with archive.unpacked(path, READERS.keys() - set(archive.SUFFIXES)) as files:
            yield from files or [path]
    else:
        yield path


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
        raise UnsupportedFormat(file=name, supported=", ".join(READERS))
    return reader
