"""A conversation as a Word file, and the quotes in such a file as Word shows them."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any

import docx
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from assistant.export.found import Found, Part
from assistant.export.showing import one_line, showable
from assistant.export.transcript import Entry, Excerpt, Grid, Transcript, attribution, explanation
from assistant.references.rich import Rich
from assistant.texts import text
from index.documents.document import Language
from index.documents.package import Package

QUOTE, SOURCE, RECEIPT = "Kildesvar sitat", "Kildesvar kilde", "Kildesvar kvittering"
"""Names of our paragraph styles: what a paragraph is, is known by them."""
_LANGUAGES = {Language.BOKMAAL: "nb-NO", Language.NYNORSK: "nn-NO", Language.ENGLISH: "en-GB"}
_WIDTHS = Cm(4), Cm(12)
"""Of a comparison's columns."""
_INK = RGBColor(0x58, 0x5E, 0x64)
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_ALTERNATIVE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_UNSEEN = frozenset({"del", "moveFrom", "delText", "instrText", "pPr", "rPr", "sectPr"})
"""Deleted or moved in tracked changes, or no text at all."""
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad", "sym": "\ufffd"}


def to_docx(transcript: Transcript) -> bytes:
    """The whole file."""
    language = transcript.language
    file = docx.Document()
    _prepare(file, transcript)
    file.add_heading(text(language, "export.title"), 0)
    _write(file.add_paragraph(), transcript.made, language)
    for number, entry in enumerate(transcript.entries, start=1):
        _entry(file, entry, number)
    references = transcript.references()
    if references:
        file.add_heading(text(language, "export.references"), 1)
    for reference in references:
        paragraph = file.add_paragraph()
        paragraph.paragraph_format.left_indent, paragraph.paragraph_format.first_line_indent = Cm(1), Cm(-1)
        _write_rich(paragraph, reference, language)
    file.add_heading(text(language, "export.receipts"), 1)
    _write(file.add_paragraph(), text(language, "export.explained"), language)
    _write(file.add_paragraph(style=RECEIPT), str(transcript.summary), None)
    made = io.BytesIO()
    file.save(made)
    return made.getvalue()


def found_in(name: str, data: bytes) -> Iterator[Found]:
    """The quotes, receipts and other paragraphs of a Word file, in order, as they are seen.

    Raises ``DamagedFile``, ``PasswordProtected``, ``UnsafeFile`` or ``DocumentTooLarge``.
    """
    package = Package(name, data, format="Word")
    names: dict[str, str] = {}
    for style in package.xml("word/styles.xml").iter(f"{_W}style") if "word/styles.xml" in package else ():
        called = style.find(f"{_W}name")
        name_of_style = called.get(f"{_W}val", "") if called is not None else ""
        names[style.get(f"{_W}styleId", "")] = name_of_style
        if name_of_style in (QUOTE, SOURCE, RECEIPT) and _hidden(style):
            yield Found(Part.DISGUISE, name_of_style, 1)
    parts = {QUOTE: Part.QUOTE, RECEIPT: Part.RECEIPT}
    for number, paragraph in enumerate(package.xml("word/document.xml").iter(f"{_W}p"), start=1):
        style = paragraph.find(f"{_W}pPr/{_W}pStyle")
        called = names.get(style.get(f"{_W}val", ""), "") if style is not None else ""
        part = parts.get(called, Part.TEXT)
        shown = "".join(_shown(paragraph))
        if shown or part is not Part.TEXT:
            yield Found(part, shown, number)


def _shown(node: Any) -> Iterator[str]:  # noqa: ANN401 - an element of xml.etree, from defusedxml, which is not typed
    """The text that Word shows of a paragraph: not what is deleted or hidden, and without a nested paragraph's."""
    for child in node:
        name = child.tag.removeprefix(_W) if isinstance(child.tag, str) else ""
        if name in _UNSEEN or name == "p" or child.tag == _ALTERNATIVE:
            continue
        if name == "r" and _hidden(child):
            continue
        if name == "t":
            yield child.text or ""
        elif name in _SIGNS:
            yield _SIGNS[name]
        else:
            yield from _shown(child)


def _hidden(run: Any) -> bool:  # noqa: ANN401
    marks = [run.find(f"{_W}rPr/{_W}{name}") for name in ("vanish", "webHidden", "specVanish")]
    return any(mark is not None and mark.get(f"{_W}val", "1") not in ("0", "false", "off") for mark in marks)


def _prepare(file: Document, transcript: Transcript) -> None:
    """Styles of ours, and what the file says of itself."""
    for name, size, indent in ((QUOTE, 11.5, 1.0), (SOURCE, 10, 1.0), (RECEIPT, 7.5, 1.0)):
        style: Any = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Normal"]
        style.font.size = Pt(size)
        style.paragraph_format.left_indent = Cm(indent)
        style.paragraph_format.space_after = Pt(10 if name == RECEIPT else 2)
        style.paragraph_format.keep_with_next = name != RECEIPT
        if name == QUOTE:
            style.font.name = "Georgia"
        else:
            style.font.color.rgb = _INK
        if name == RECEIPT:
            style.font.name = "Consolas"
    properties = file.core_properties
    properties.title, properties.author = text(transcript.language, "export.title"), "Kildesvar"
    properties.comments, properties.language = "", _LANGUAGES[transcript.language]
    made = datetime.combine(date.fromisoformat(transcript.summary.date), time(), UTC)
    properties.created = properties.modified = made


def _entry(file: Document, entry: Entry, number: int) -> None:
    heading = file.add_heading(level=1)
    _write(heading, f"{text(entry.language, 'export.question', number=number)}: {entry.question}", entry.language)
    for line in explanation(entry):
        _write(file.add_paragraph(), line, entry.language)
    if entry.grid:
        _table(file, entry, entry.grid)
        return
    for excerpt in entry.quotes:
        _excerpt(file, excerpt, entry.language)


def _table(file: Document, entry: Entry, grid: Grid) -> None:
    """A comparison: the sources as rows, their quotes with citations and receipts in a cell."""
    table = file.add_table(rows=1, cols=2, style="Table Grid")
    table.autofit = False
    for cell, head, width in zip(table.rows[0].cells, grid.heads[:2], _WIDTHS, strict=True):
        cell.width = width
        _write(cell.paragraphs[0], head, entry.language)
    for row, excerpts in grid.cells(entry.quotes):
        source, said = table.add_row().cells
        source.width, said.width = _WIDTHS
        _write(source.paragraphs[0], row.source, entry.language)
        if row.note:
            _write(said.paragraphs[0], row.note, entry.language)
        else:  # a cell must end with a paragraph, so that the empty one goes away only once there are others
            said._tc.remove(said.paragraphs[0]._p)
        for excerpt in excerpts:
            _excerpt(said, excerpt, entry.language)
    file.add_paragraph()


def _excerpt(file: Document | _Cell, excerpt: Excerpt, language: Language) -> None:
    _put(file.add_paragraph(style=QUOTE), showable(excerpt.text), excerpt.language, italic=False)
    source = file.add_paragraph(style=SOURCE)
    _write(source, "— ", language)
    _write_rich(source, attribution(excerpt), language)
    _write(file.add_paragraph(style=RECEIPT), str(excerpt.receipt), None)


def _write(paragraph: Paragraph, words: str, language: Language | None) -> None:
    shown = one_line(words)
    _put(paragraph, shown + " " if words.endswith(" ") else shown, language, italic=False)


def _write_rich(paragraph: Paragraph, runs: Rich, language: Language) -> None:
    for run in runs:
        _put(paragraph, " ".join(showable(run.text).split("\n")), language, italic=run.italic)


def _put(paragraph: Paragraph, words: str, language: Language | None, *, italic: bool) -> None:
    """A run of these characters: each in its own right, tabs and line breaks as Word's elements for them."""
    run = paragraph.add_run()
    run.italic = italic or None
    if language in _LANGUAGES:
        spoken = OxmlElement("w:lang")
        spoken.set(qn("w:val"), _LANGUAGES[language])
        run._r.get_or_add_rPr().append(spoken)
    piece = ""
    for char in [*words, ""]:
        if char and char not in "\t\n":
            piece += char
            continue
        if piece:
            element = OxmlElement("w:t")
            element.text = piece
            # Without this Word drops spaces at the ends of what is written.
            element.set(qn("xml:space"), "preserve")
            run._r.append(element)
            piece = ""
        if char:
            run._r.append(OxmlElement("w:tab" if char == "\t" else "w:br"))
