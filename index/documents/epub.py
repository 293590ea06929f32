"""The reader of e-books (``.epub``): the chapters in the order of the book."""

import posixpath
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import unquote

from index.documents import html
from index.documents.apart import read_apart
from index.documents.document import Document, Metadata
from index.documents.extraction import Extraction, Said
from index.documents.markup import elements_of
from index.documents.package import Package
from index.documents.web_address import web_address
from index.errors import DamagedFile, EmptyDocument, PasswordProtected

SUFFIXES = (".epub",)
_FORMAT = "EPUB"
_CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
_ENCRYPTED = re.compile(rb"""CipherReference[^>]{0,200}URI\s*=\s*["']([^"']{1,500})""")
_OPF = "{http://www.idpf.org/2007/opf}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def read_epub(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in an e-book, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.epub", name, data, metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in an e-book.

    Raises ``DamagedFile``, ``PasswordProtected``, ``UnsafeFile`` or ``DocumentTooLarge``.
    """
    package = Package(name, data, format=_FORMAT)
    root = package.xml("META-INF/container.xml").find(f".//{_CONTAINER}rootfile")
    book = root.get("full-path") if root is not None else None
    if not book or book not in package:
        raise DamagedFile(file=name, format=_FORMAT)
    opf = package.xml(book)
    chapters = [chapter for chapter in _chapters(opf, posixpath.dirname(book)) if chapter in package]
    if not chapters:
        raise DamagedFile(file=name, format=_FORMAT)
    _check_readable(name, package, chapters)
    elements = []
    for chapter in chapters:
        try:
            page = html.parse(name, package.read(chapter), format=_FORMAT)
        except EmptyDocument:  # an empty chapter is no empty book
            continue
        elements += elements_of(page)
    return Extraction(elements, said=_said(opf))


def _chapters(opf: Any, folder: str) -> list[str]:  # noqa: ANN401 - an element of xml.etree, from defusedxml
    """The members of the zip file that hold the book's text, in order; its table of contents is not among them."""
    pages = {
        item.get("id"): posixpath.normpath(posixpath.join(folder, unquote(item.get("href", ""))))
        for item in opf.iter(_OPF + "item")
        if item.get("media-type") in _PAGES and "nav" not in (item.get("properties") or "").split()
    }
    found = (pages.get(reference.get("idref")) for reference in opf.iter(_OPF + "itemref"))
    return list(dict.fromkeys(chapter for chapter in found if chapter))


def _check_readable(name: str, package: Package, chapters: Sequence[str]) -> None:
    """Raises ``PasswordProtected`` if chapters are encrypted; fonts often are, and are not needed."""
    if "META-INF/encryption.xml" in package:
        locked = {
            unquote(uri.decode(errors="replace")) for uri in _ENCRYPTED.findall(package.read("META-INF/encryption.xml"))
        }
        if locked.intersection(chapters):
            raise PasswordProtected(file=name)


def _said(opf: Any) -> Said:  # noqa: ANN401
    def fields(tag: str) -> list[str]:
        return [text for node in opf.iter(_DC + tag) if (text := " ".join((node.text or "").split()))]

    date = next((match.group() for text in fields("date") if (match := _DATE.match(text))), None)
    return Said(
        title=next(iter(fields("title")), None),
        authors=tuple(fields("creator")),
        publisher=next(iter(fields("publisher")), None),
        date=date,
        url=next((found for text in fields("source") + fields("identifier") if (found := web_address(text))), None),
    )
