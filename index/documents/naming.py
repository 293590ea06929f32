"""What a file is called, and whether its ending is true."""

import re
import unicodedata
from collections.abc import Callable

from index.documents.package import Package
from index.errors import DocumentError, MislabelledFile

_HIDDEN = ("Cc", "Cs", "Zl", "Zp")
"""Categories of characters that no name needs: they break a line, steer a terminal, or are no characters at all."""
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""What turns the direction of writing, so that a name reads as another."""
_SPACES = re.compile(r"\s+")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PAGE = re.compile(rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S)
_START = 2_000
"""Bytes in which a file shows what it is."""


def file_name(name: str) -> str:
    r"""A file's name as it is stored and shown: composed letters (macOS takes them apart), one line, one direction.

    >>> file_name("A\u030arsplan\n2\u202e.pdf")
    'Årsplan 2.pdf'
    """
    shown = "".join(
        " " if unicodedata.category(char) in _HIDDEN else char
        for char in unicodedata.normalize("NFC", name)
        if char not in _DIRECTION
    )
    return _SPACES.sub(" ", shown).strip()


def mislabelled(name: str, data: bytes) -> MislabelledFile | None:
    """The error to tell if the file, which its reader could not read, is plainly of another format than it says."""
    for found, endings, is_it in _FORMATS:
        if is_it(data):
            if name.lower().endswith(endings):
                return None
            return MislabelledFile(file=name, found=found, ending=endings[0])
    return None


def _begins(*magic: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.lstrip()[:_START].startswith(magic)


def _holds(member: str) -> Callable[[bytes], bool]:
    """It is a whole zip file, with that member if one is named."""

    def is_it(data: bytes) -> bool:
        try:
            package = Package("", data, format="zip")
            return not member or member in package
        except DocumentError:
            return False

    return is_it


_FORMATS: tuple[tuple[str, tuple[str, ...], Callable[[bytes], bool]], ...] = (
    ("PDF", (".pdf",), lambda data: b"%PDF-" in data[:1024]),
    ("Word", (".docx",), _holds("word/document.xml")),
    ("Excel", (".xlsx",), _holds("xl/workbook.xml")),
    ("PowerPoint", (".pptx",), _holds("ppt/presentation.xml")),
    ("EPUB", (".epub",), _holds("META-INF/container.xml")),
    ("OpenDocument", (".odt",), _holds("content.xml")),
    ("zip", (".zip", ".docx", ".odt", ".epub"), _holds("")),
    ("Word 97", (".doc",), _begins(_OLD_OFFICE)),
    ("RTF", (".rtf",), _begins(b"{\\rtf")),
    ("HTML", (".html", ".htm", ".xhtml"), lambda data: _PAGE.match(data[:_START]) is not None),
    ("JPEG", (".jpg", ".jpeg"), _begins(b"\xff\xd8\xff")),
    ("PNG", (".png",), _begins(b"\x89PNG")),
)
"""Name, endings, and what tells it, the more special before the more general."""
