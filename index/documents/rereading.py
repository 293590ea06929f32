"""Documents whose reader has got better since they were read: which they are, and how they read now."""

from dataclasses import replace
from pathlib import Path

from index.documents import read_bytes
from index.documents.document import Document, Metadata
from index.documents.metadata import corrected
from index.errors import DocumentError

_VERSIONS = {".pdf": 3, ".docx": 2} | dict.fromkeys((".html", ".htm", ".xhtml", ".epub"), 2)
"""By file ending, how often a reader has come to give another text of files that it read before; 1 where it is not
named. 2 of PDF: text that lies on its side, on its own and beside upright text; 3: figures beside commas and brackets
that were taken for footnotes' marks. 2 of Word: paragraphs whose mark is deleted are one. 2 of web pages and e-books:
what is folded below its heading, and tables' captions."""


def reader_version(file: str) -> int:
    """The version of the reader that takes a file of this name."""
    return _VERSIONS.get(Path(file).suffix.lower(), 1)


def read_again(document: Document, original: bytes) -> Document | None:
    """The document as its file (``original``) is read now, with what a person said of it; None if it cannot be read.

    What text recognition has read is read by it again.
    """
    known = document.source.metadata
    given = Metadata(**{name: getattr(known, name) for name in known.given})
    recognised = any(page.recognised for page in document.pages)
    try:
        found = read_bytes(document.source.file, original, metadata=given, recognition=recognised)
    except DocumentError:  # a file may have the name of an earlier edition, of another format; or tesseract has gone
        return None
    if found.id != document.id:
        return None
    return replace(found, source=replace(found.source, metadata=corrected(known, found.source.metadata)))
