"""The reader of Word files (``.docx``): the styles say what is a heading, a list, a caption."""

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

SUFFIXES = (".docx",)
_FORMAT = "Word"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_HEADING = re.compile(r"(?:heading|overskrift|rubrik|überschrift)\s?([1-9])", re.I)
_TITLE = re.compile(r"(?:title|tittel)", re.I)
_CAPTION = re.compile(r"(?:caption|bildetekst|bilettekst|figurtekst)", re.I)
_CONTENTS = re.compile(r"(?:toc|innh|inh)\s?\d.*|table of figures|figurliste", re.I)
_LIST = re.compile(r"(?:list|liste)(?!\s?(?:continue|forts))\b.*", re.I)
_HIDDEN = frozenset(
    {"del", "moveFrom", "instrText", "delText", "rPr", "pPr", "annotationRef", "sectPr", "tblPr", "trPr"}
)
_MAX_LEVEL = 6


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style makes of a paragraph."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    title: bool = False


@dataclass(slots=True)
class _Reading:
    """What is known while the text is gone through."""

    styles: dict[str, _Style]
    notes: dict[str, list[str]]
    """Footnotes and endnotes by their number, the kind's first letter before it."""
    found: list[Element] = field(default_factory=list)
    begun: str = ""
    """Text of a paragraph whose mark is deleted: it goes on in the next one."""
    titled: bool = False
    """A paragraph has the style of a document's title: headings lie one level deeper."""

    def close(self) -> None:
        """No paragraph follows in which what was begun could go on."""
        if self.begun.strip():
            self.found.append(Element(BlockKind.PARAGRAPH, [TextLine(self.begun)]))
        self.begun = ""


def read_docx(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in a Word file, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.docx", name, data, metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in a Word file. Raises ``DamagedFile``, ``PasswordProtected``, ``UnsafeFile`` or ``DocumentTooLarge``."""
    package = Package(name, data, format=_FORMAT)
    body = package.xml("word/document.xml")
    notes: dict[str, list[str]] = {}
    for part, letter in (("footnotes", "f"), ("endnotes", "e")):
        if f"word/{part}.xml" in package:
            notes |= _notes(package.xml(f"word/{part}.xml"), letter)
    styles = _styles(package.xml("word/styles.xml")) if "word/styles.xml" in package else {}
    reading = _Reading(styles, notes)
    for child in body:
        _read(child, reading)
    reading.close()
    if reading.titled:
        for element in reading.found:
            deeper = element.kind is BlockKind.HEADING and element.level > 0
            element.level = min(element.level + 1, _MAX_LEVEL) if deeper else element.level or 1
    lines = (line.text for element in reading.found for line in element.lines)
    said = _said(package.xml("docProps/core.xml"), lines) if "docProps/core.xml" in package else Said()
    return Extraction(reading.found, said=said)


def _name(node: Any) -> str:  # noqa: ANN401 - an element of xml.etree, from defusedxml, which is not typed
    """The tag without the namespace of Word."""
    return str(node.tag).removeprefix(_W).removeprefix(_STRICT)


def _value(node: Any, path: str, default: str = "") -> str:  # noqa: ANN401
    """The ``val`` of the node below ``node`` that the tags of ``path`` lead to."""
    for tag in path.split("/"):
        node = next((child for child in node if _name(child) == tag), None)
        if node is None:
            return default
    return str(_attribute(node, "val"))


def _attribute(node: Any, name: str) -> str:  # noqa: ANN401
    return str(node.get(_W + name) or node.get(_STRICT + name) or "")


def _styles(root: Any) -> dict[str, _Style]:  # noqa: ANN401
    nodes = {_attribute(node, "styleId"): node for node in root if _name(node) == "style"}
    return {style: _style(nodes, style) for style in nodes}


def _style(nodes: dict[str, Any], style: str) -> _Style:
    """By its name or outline level, or by those of the styles that it is based on."""
    listed = False
    for _ in range(12):  # a chain of styles, which in a damaged file may be a ring
        node = nodes.get(style)
        if node is None:
            break
        name = _value(node, "name")
        heading = _HEADING.fullmatch(name)
        outline = _value(node, "pPr/outlineLvl")
        if heading or (outline.isdecimal() and int(outline) < 9):
            level = int(heading.group(1)) if heading else int(outline) + 1
            return _Style(BlockKind.HEADING, min(level, _MAX_LEVEL))
        if _TITLE.fullmatch(name):
            return _Style(BlockKind.HEADING, 0, title=True)
        for pattern, kind in ((_CAPTION, BlockKind.CAPTION), (_CONTENTS, BlockKind.BOILERPLATE)):
            if pattern.fullmatch(name):
                return _Style(kind)
        if _LIST.fullmatch(name) and "paragraph" not in name.lower():
            return _Style(BlockKind.LIST_ITEM)
        listed = listed or _value(node, "pPr/numPr/numId", "0") != "0"
        style = _value(node, "basedOn")
    return _Style(BlockKind.LIST_ITEM if listed else BlockKind.PARAGRAPH)


def _notes(root: Any, letter: str) -> dict[str, list[str]]:  # noqa: ANN401
    """The paragraphs of each note; those with a type are lines that part notes from text."""
    return {
        letter + _attribute(node, "id"): [
            text for p in node.iter() if _name(p) == "p" and (text := _text(p)[0].strip())
        ]
        for node in root
        if not _attribute(node, "type")
    }


def _read(node: Any, reading: _Reading) -> None:  # noqa: ANN401
    """Go through a block and what is in it."""
    name = _name(node)
    if name == "p":
        _read_paragraph(node, reading)
    elif name == "tbl":
        reading.close()
        reading.found += table_elements(list(_rows(node)))
    elif name not in _HIDDEN and node.tag != _FALLBACK:
        for child in node:
            _read(child, reading)


def _read_paragraph(node: Any, reading: _Reading) -> None:  # noqa: ANN401
    text, notes, boxes = _text(node)
    text, reading.begun = reading.begun + text, ""
    if _goes_on(node):
        reading.begun = text
    elif text.strip():
        reading.found.append(_paragraph(node, text, reading))
    for note in notes:
        reading.found += (Element(BlockKind.PARAGRAPH, [TextLine(line)]) for line in reading.notes.get(note, ()))
    for box in boxes:
        _read(box, reading)


def _paragraph(node: Any, text: str, reading: _Reading) -> Element:  # noqa: ANN401
    style = reading.styles.get(_value(node, "pPr/pStyle"), _Style())
    outline = _value(node, "pPr/outlineLvl")
    numbering = _value(node, "pPr/numPr/numId")
    kind, level = style.kind, style.level
    if outline.isdecimal() and int(outline) < 9 and kind is BlockKind.PARAGRAPH:
        kind, level = BlockKind.HEADING, min(int(outline) + 1, _MAX_LEVEL)
    if style.title and not reading.titled:
        reading.titled = True
    elif style.title:
        level = 1
    if kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and numbering:  # "0" takes the style's own away
        kind = BlockKind.PARAGRAPH if numbering == "0" else BlockKind.LIST_ITEM
    element = Element(kind, [TextLine(text)], level=level)
    if kind is BlockKind.LIST_ITEM:
        depth = _value(node, "pPr/numPr/ilvl", "0")
        element.marker, element.level = "•", int(depth) if depth.isdecimal() else 0
        before = reading.found[-1] if reading.found else None
        element.gap = before is None or before.kind is not BlockKind.LIST_ITEM
    return element


def _goes_on(paragraph: Any) -> bool:  # noqa: ANN401
    """The mark that ends it is deleted."""
    mark = (one for part in paragraph if _name(part) == "pPr" for one in part if _name(one) == "rPr")
    return any(_name(change) in ("del", "moveFrom") for properties in mark for change in properties)


def _text(node: Any) -> tuple[str, list[str], list[Any]]:  # noqa: ANN401
    """A paragraph's text as it stands when all changes are accepted, its notes, and the text boxes that hang on it."""
    text: list[str] = []
    notes: list[str] = []
    boxes: list[Any] = []
    for part in _parts(node):
        name = _name(part)
        if name == "t":
            text.append(part.text or "")
        elif name in ("tab", "br", "cr", "ptab"):
            text.append(" ")
        elif name == "noBreakHyphen":
            text.append("-")
        elif name in ("footnoteReference", "endnoteReference"):
            notes.append(name[0] + _attribute(part, "id"))
        elif name == "txbxContent":
            boxes.append(part)
    return "".join(text), notes, boxes


def _parts(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """What is below ``node`` and seen, in order; text boxes are not entered."""
    for child in node:
        name = _name(child)
        if name in _HIDDEN or child.tag == _FALLBACK:
            continue
        if name == "r" and any(_name(one) == "rPr" and _is_hidden(one) for one in child):
            continue
        yield child
        if name != "txbxContent":
            yield from _parts(child)


def _is_hidden(properties: Any) -> bool:  # noqa: ANN401
    return any(_name(one) == "vanish" and _attribute(one, "val") not in ("0", "false") for one in properties)


def _rows(table: Any) -> Iterator[list[Cell]]:  # noqa: ANN401
    for row in _own_rows(table):
        cells: list[Cell] = []
        column = 0
        for cell in (node for node in row if _name(node) == "tc"):
            paragraphs = tuple(_text(node)[0] for node in cell.iter() if _name(node) == "p")
            columns = span(_value(cell, "tcPr/gridSpan", "1"))
            merged = _value(cell, "tcPr/vMerge", "restart") != "restart" and not any(paragraphs)
            cells.append(Cell(column, paragraphs, columns, continued=merged))
            column += columns
        yield cells


def _own_rows(node: Any) -> Iterator[Any]:  # noqa: ANN401
    """The rows of a table, not those of tables in its cells."""
    for child in node:
        if _name(child) == "tr":
            yield child
        elif _name(child) not in ("tc", "tbl"):
            yield from _own_rows(child)


def _said(root: Any, lines: Iterable[str]) -> Said:  # noqa: ANN401
    def field_of(tag: str) -> str | None:
        return (root.findtext(tag) or "").strip() or None

    creator = field_of(_DC + "creator") or ""
    return Said(
        title=field_of(_DC + "title"),
        authors=tuple(part.strip() for part in re.split(r";|,\s|\sog\s", creator) if part.strip()),
        publisher=body_named(creator),
        date=saved_year(field_of(_TERMS + "created"), field_of(_TERMS + "modified"), lines),
        url=web_address(field_of(_DC + "identifier")) or web_address(field_of(_DC + "source")),
    )
