"""The reader of OpenDocument texts (``.odt``)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from index.documents.apart import read_apart
from index.documents.bylines import body_named
from index.documents.document import BlockKind, Document, Metadata
from index.documents.extraction import Element, Extraction, Said, TextLine
from index.documents.grid import Cell, span, table_elements
from index.documents.package import Package
from index.documents.saving import saved_year
from index.documents.web_address import web_address
from index.errors import DamagedFile, PasswordProtected

SUFFIXES = (".odt",)
_FORMAT = "OpenDocument"
_URN = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_TEXT, _STYLE, _TABLE, _META = (_URN % name for name in ("text", "style", "table", "meta"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_NAMESPACE = re.compile(r"\{urn:oasis:names:tc:opendocument:xmlns:([\w-]+):1\.0\}")
_SKIPPED = frozenset(
    {"text:tracked-changes", "office:annotation", "office:forms", "text:sequence-decls", "text:note-citation"}
    | {"text:variable-decls", "text:user-field-decls", "text:hidden-text", "text:hidden-paragraph", "text:ruby-text"}
)
_TITLE = re.compile(r"title|tittel", re.I)
_CAPTION = re.compile(r"caption|illustration|bildetekst|figure", re.I)
_CONTENTS = frozenset(
    {"text:table-of-content", "text:alphabetical-index", "text:illustration-index", "text:table-index"}
)
_MAX_LEVEL = 6


@dataclass(slots=True)
class _Reading:
    """What is known while the text is gone through."""

    parents: dict[str, str]
    """The style that each style is based on."""
    found: list[Element] = field(default_factory=list)
    titled: bool = False
    contents: bool = False
    """Inside a table of contents."""


def read_odt(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in an OpenDocument text, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.odt", name, data, metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in an OpenDocument text.

    Raises ``DamagedFile``, ``PasswordProtected``, ``UnsafeFile`` or ``DocumentTooLarge``.
    """
    package = Package(name, data, format=_FORMAT)
    if "META-INF/manifest.xml" in package and b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise PasswordProtected(file=name)
    root = package.xml("content.xml")
    body = root.find(f"{_URN % 'office'}body/{_URN % 'office'}text")
    if body is None:
        raise DamagedFile(file=name, format=_FORMAT)
    reading = _Reading(_parents(root))
    for child in body:
        _read(child, reading, depth=-1)
    if reading.titled:
        for element in reading.found:
            if element.kind is BlockKind.HEADING:
                element.level = min(element.level + 1, _MAX_LEVEL)
    lines = (line.text for element in reading.found for line in element.lines)
    said = _said(package.xml("meta.xml"), lines) if "meta.xml" in package else Said()
    return Extraction(reading.found, said=said)


def _name(node: Any) -> str:  # noqa: ANN401 - an element of xml.etree, from defusedxml, which is not typed
    """The tag with the usual prefix, for instance ``text:p``."""
    return _NAMESPACE.sub(r"\1:", str(node.tag))


def _parents(root: Any) -> dict[str, str]:  # noqa: ANN401
    styles = (node for node in root.iter(_STYLE + "style"))
    return {node.get(_STYLE + "name", ""): node.get(_STYLE + "parent-style-name", "") for node in styles}


def _read(node: Any, reading: _Reading, *, depth: int) -> None:  # noqa: ANN401
    """Go through a block and what is in it; ``depth`` is -1 outside lists."""
    name = _name(node)
    if name in ("text:p", "text:h"):
        _read_paragraph(node, reading, depth=depth)
    elif name == "table:table":
        reading.found += table_elements(list(_rows(node)))
    elif name in _CONTENTS:
        reading.contents = True
        for child in node:
            _read(child, reading, depth=depth)
        reading.contents = False
    elif name not in _SKIPPED:
        for child in node:
            _read(child, reading, depth=depth + (name == "text:list"))


def _read_paragraph(node: Any, reading: _Reading, *, depth: int) -> None:  # noqa: ANN401
    text, apart = _text(node)
    if text.strip():
        reading.found.append(_paragraph(node, text, reading, depth))
    for part in apart:
        for child in part:
            _read(child, reading, depth=-1)


def _paragraph(node: Any, text: str, reading: _Reading, depth: int) -> Element:  # noqa: ANN401
    style = node.get(_TEXT + "style-name", "")
    style = reading.parents.get(style, style) or style
    line = [TextLine(text)]
    if reading.contents:
        return Element(BlockKind.BOILERPLATE, line)
    if _name(node) == "text:h":
        level = node.get(_TEXT + "outline-level", "1")
        return Element(BlockKind.HEADING, line, level=min(int(level), _MAX_LEVEL) if level.isdecimal() else 1)
    if _TITLE.fullmatch(style):
        # One level deeper comes for all when the text is read.
        element = Element(BlockKind.HEADING, line, level=1 if reading.titled else 0)
        reading.titled = True
        return element
    if _CAPTION.fullmatch(style):
        return Element(BlockKind.CAPTION, line)
    if depth < 0:
        return Element(BlockKind.PARAGRAPH, line)
    before = reading.found[-1] if reading.found else None
    gap = before is None or before.kind is not BlockKind.LIST_ITEM
    return Element(BlockKind.LIST_ITEM, line, level=depth, marker="•", gap=gap)


def _text(node: Any) -> tuple[str, list[Any]]:  # noqa: ANN401
    """A paragraph's text, and what stands apart from it: notes and text boxes."""
    text: list[str] = []
    apart: list[Any] = []

    def walk(part: Any) -> None:  # noqa: ANN401
        text.append(part.text or "")
        for child in part:
            name = _name(child)
            if name in ("text:s", "text:tab", "text:line-break"):
                text.append(" ")
            elif name in ("text:note", "draw:text-box"):
                apart.append(child)
            elif name not in _SKIPPED:
                walk(child)
            text.append(child.tail or "")

    walk(node)
    return "".join(text), apart


def _rows(table: Any) -> Iterator[list[Cell]]:  # noqa: ANN401
    for row in _own_rows(table):
        cells: list[Cell] = []
        column = 0
        for node in row:
            if _name(node) not in ("table:table-cell", "table:covered-table-cell"):
                continue
            paragraphs = (part for part in node.iter() if _name(part) in ("text:p", "text:h"))
            columns = span(node.get(_TABLE + "number-columns-spanned", "1"))
            covered = _name(node) == "table:covered-table-cell"
            cells.append(Cell(column, tuple(_text(part)[0] for part in paragraphs), columns, continued=covered))
            column += span(node.get(_TABLE + "number-columns-repeated", "1"))
        yield cells


def _own_rows(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table, not those of tables in its cells."""
    for child in node:
        if _name(child) == "table:table-row":
            yield child
        elif _name(child) not in ("table:table-cell", "table:table"):
            yield from _own_rows(child)


def _said(root: Any, lines: Iterable[str]) -> Said:  # noqa: ANN401
    def field_of(tag: str) -> str | None:
        return next((text for node in root.iter(tag) if (text := (node.text or "").strip())), None)

    creator = field_of(_META + "initial-creator") or field_of(_DC + "creator") or ""
    return Said(
        title=field_of(_DC + "title"),
        authors=tuple(part.strip() for part in re.split(r";|,\s|\sog\s", creator) if part.strip()),
        publisher=body_named(creator),
        date=saved_year(field_of(_META + "creation-date"), field_of(_DC + "date"), lines),
        url=web_address(field_of(_DC + "identifier")) or web_address(field_of(_DC + "source")),
    )
