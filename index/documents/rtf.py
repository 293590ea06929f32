"""The reader of RTF files: control words say what is a heading, a list, a table; all else that is seen is text."""

import codecs
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from index.documents.apart import read_apart
from index.documents.document import BlockKind, Document, Metadata
from index.documents.extraction import Element, Extraction, Said, TextLine
from index.documents.grid import Cell, table_elements
from index.errors import DamagedFile

SUFFIXES = (".rtf",)
_FORMAT = "RTF"
_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|[\r\n]+|(?P<text>[^\\{}\r\n]+)",
    re.S,
)
_SIGNS = {"~": "\xa0", "-": "\xad", "_": "-", "\\": "\\", "{": "{", "}": "}"}
_CHARACTERS = {
    "tab": " ", "line": " ", "emdash": "—", "endash": "–", "emspace": " ", "enspace": " ", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "nestcell": " ", "softline": " ",
}  # fmt: skip
_SKIPPED = frozenset(
    {"fonttbl", "colortbl", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr"}
    | {"footerf", "fldinst", "xe", "tc", "listtable", "listoverridetable", "revtbl", "themedata", "datastore", "info"}
    | {"annotation", "atnid", "atnauthor", "bkmkstart", "bkmkend", "nonesttables", "generator", "latentstyles", "sp"}
    | {"shprslt", "private", "template", "ftnsep", "ftnsepc", "aftnsep", "aftnsepc"}
)
_FIELDS = frozenset({"title", "author"})
_KNOWN = frozenset({"shppict", "footnote", "listtext", "pntext", "shptxt", "shpinst", "nesttableprops"})
"""Groups that open with a star and are gone into all the same."""
_HEADING = re.compile(r"(?:heading|overskrift)\s?([1-9])", re.I)
_TITLE = re.compile(r"(?:title|tittel)", re.I)
_MAX_LEVEL = 6
_MAX_GROUPS = 1_000
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until the group's closing brace."""

    place: str = "text"
    """``text``, ``skip``, ``marker``, ``footnote``, ``stylesheet``, ``title`` or ``author``."""
    replaced: int = 1
    """Characters that stand for one of Unicode, for programs that know none (``uc``)."""
    hidden: bool = False
    """By the control word ``v``."""


@dataclass(slots=True)
class _Paragraph:
    """What control words say of the paragraph."""

    style: int = 0
    outline: int | None = None
    listed: bool = False
    depth: int = 0
    table: bool = False


@dataclass(slots=True)
class _Reading:
    codec: str = "cp1252"
    group: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    paragraph: _Paragraph = field(default_factory=_Paragraph)
    text: dict[str, list[str]] = field(default_factory=dict)
    """What is written at each place and not yet taken."""
    bytes_read: bytearray = field(default_factory=bytearray)
    """Of characters written in hexadecimal: some encodings have two for one."""
    skip: int = 0
    """Characters still to be left out, that stand for the one of Unicode before."""
    notes: list[str] = field(default_factory=list)
    styles: dict[int, tuple[int, bool]] = field(default_factory=dict)
    """Heading level (0 for none) of each style, and whether it is a document's title."""
    cell: list[str] = field(default_factory=list)
    row: list[Cell] = field(default_factory=list)
    rows: list[list[Cell]] = field(default_factory=list)
    found: list[Element] = field(default_factory=list)
    titled: bool = False

    def write(self, text: str) -> None:
        """Add characters at the place that the group says, without those that stand in for Unicode."""
        cut = min(self.skip, len(text))
        self.skip -= cut
        if text[cut:] and not (self.group.hidden and self.group.place == "text"):
            self.text.setdefault(self.group.place, []).append(text[cut:])

    def taken(self, place: str) -> str:
        """What was written at a place, which is empty after that."""
        # Two halves of a character beyond the first 65,536 are one.
        text = "".join(self.text.pop(place, ()))
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def read_rtf(name: str, data: bytes, *, metadata: Metadata | None = None) -> Document:
    """The document in an RTF file, parsed apart. Raises ``DocumentError``."""
    return read_apart("index.documents.rtf", name, data, metadata=metadata)


def extract(name: str, data: bytes) -> Extraction:
    """What is in an RTF file. Raises ``DamagedFile``."""
    if not data.lstrip()[:5].startswith(b"{\\rtf"):
        raise DamagedFile(file=name, format=_FORMAT)
    reading = _Reading()
    for token in _TOKEN.finditer(_without_binary(data).decode("latin-1")):
        _read(token, reading)
        if len(reading.groups) > _MAX_GROUPS:
            raise DamagedFile(file=name, format=_FORMAT)
    _end_paragraph(reading)
    _end_table(reading)
    if reading.titled:
        for element in reading.found:
            if element.kind is BlockKind.HEADING:
                element.level = min(element.level + 1, _MAX_LEVEL)
    title, author = reading.taken("title").strip() or None, reading.taken("author").strip()
    return Extraction(reading.found, said=Said(title=title, authors=(author,) if author else ()))


def _without_binary(data: bytes) -> bytes:
    """The file without pictures in raw bytes, whose braces would be taken for the text's."""
    kept = bytearray()
    at = 0
    while mark := _BINARY.search(data, at):
        kept += data[at : mark.start()]
        at = mark.end() + int(mark.group(1))
    return bytes(kept + data[at:])


def _read(token: re.Match[str], reading: _Reading) -> None:
    kind = token.lastgroup
    if kind == "hex":
        if reading.skip:
            reading.skip -= 1
        else:
            reading.bytes_read.append(int(token.group("hex"), 16))
        return
    if reading.bytes_read:
        text = reading.bytes_read.decode(reading.codec, errors="replace")
        reading.bytes_read.clear()
        reading.write(text)
    if kind == "brace":
        _open_or_close(token.group(), reading)
    elif kind == "sign":
        sign = token.group("sign")
        if sign == "*":
            following = _TOKEN.match(token.string, token.end())
            known = following is not None and following.group("word") in _KNOWN
            reading.group = reading.group if known else replace(reading.group, place="skip")
        elif sign in "\r\n":
            _end_paragraph(reading)
        else:
            reading.write(_SIGNS.get(sign, ""))
    elif kind == "text":
        reading.write(token.group("text").encode("latin-1").decode(reading.codec, errors="replace"))
    elif token.group("word"):
        _control(token.group("word"), token.group("number"), reading)


def _open_or_close(brace: str, reading: _Reading) -> None:
    reading.skip = 0
    if brace == "{":
        reading.groups.append(reading.group)
        return
    closed = reading.group
    reading.group = reading.groups.pop() if reading.groups else _Group()
    if closed.place == "stylesheet":
        _end_style(reading)
    elif closed.place == "footnote" and reading.group.place != "footnote":
        note = reading.taken("footnote").strip()
        reading.notes += [note] if note else []


def _control(word: str, number: str | None, reading: _Reading) -> None:
    value = int(number) if number else None
    reading.skip = 0
    if word == "u" and value is not None:
        reading.write(chr(value % 0x10000))
        reading.skip = reading.group.replaced
    elif word in _CHARACTERS:
        reading.write(_CHARACTERS[word])
    elif word in _SKIPPED:
        reading.group = replace(reading.group, place="skip")
    elif word in _FIELDS and len(reading.groups) > 1 and reading.groups[-1].place == "skip":
        reading.group = replace(reading.group, place=word)
    elif word in ("listtext", "pntext"):
        reading.paragraph.listed = True
        reading.group = replace(reading.group, place="marker")
    elif word in ("footnote", "stylesheet"):
        reading.group = replace(reading.group, place=word)
    elif reading.group.place in ("text", "stylesheet", "footnote"):
        _format(word, value, reading)


def _format(word: str, value: int | None, reading: _Reading) -> None:
    """Control words that say how a paragraph is set."""
    paragraph = reading.paragraph
    if reading.group.place == "footnote":
        if word == "par":
            reading.write(" ")
        return
    if word == "uc" and value is not None:
        reading.group = replace(reading.group, replaced=min(max(value, 0), 8))
    elif word == "v":
        reading.group = replace(reading.group, hidden=value != 0)
    elif word == "plain":
        reading.group = replace(reading.group, hidden=False)
    elif word == "ansicpg" and value is not None:
        reading.codec = _codec(f"cp{value}")
    elif word == "mac":
        reading.codec = "mac_roman"
    elif word == "pard":
        reading.paragraph = _Paragraph()
    elif word == "s":
        paragraph.style = value or 0
    elif word == "outlinelevel":
        paragraph.outline = value
    elif word == "ls":
        paragraph.listed = bool(value)
    elif word == "ilvl":
        paragraph.depth = min(max(value or 0, 0), 8)
    elif word == "intbl":
        paragraph.table = True
    elif reading.group.place == "text" and word in _ENDS:
        _ENDS[word](reading)


def _codec(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _end_style(reading: _Reading) -> None:
    name = reading.taken("stylesheet").strip().rstrip(";")
    if not name:
        return
    heading = _HEADING.fullmatch(name)
    outline = reading.paragraph.outline
    level = int(heading.group(1)) if heading else outline + 1 if outline is not None and 0 <= outline < 9 else 0
    reading.styles[reading.paragraph.style] = min(level, _MAX_LEVEL), bool(_TITLE.fullmatch(name))
    reading.paragraph = _Paragraph()


def _end_paragraph(reading: _Reading) -> None:
    text = reading.taken("text")
    reading.taken("marker")
    notes, reading.notes = reading.notes, []
    paragraph = reading.paragraph
    if paragraph.table:
        reading.cell += [text, *notes]
        return
    if text.strip():
        _end_table(reading)
        reading.found.append(_element(text, reading))
    reading.found += (Element(BlockKind.PARAGRAPH, [TextLine(note)]) for note in notes)
    paragraph.listed = paragraph.listed and bool(paragraph.depth or text.strip())


def _element(text: str, reading: _Reading) -> Element:
    paragraph = reading.paragraph
    level, title = reading.styles.get(paragraph.style, (0, False))
    if paragraph.outline is not None and 0 <= paragraph.outline < 9:
        level = min(paragraph.outline + 1, _MAX_LEVEL)
    line = [TextLine(text)]
    if title or level:
        # One level deeper comes for all below a title.
        element = Element(BlockKind.HEADING, line, level=level or (1 if reading.titled else 0))
        reading.titled = reading.titled or title
        return element
    bullet = re.match(r"\s*[•·▪◦]\s+", text)
    if not paragraph.listed and not bullet:
        return Element(BlockKind.PARAGRAPH, line)
    before = reading.found[-1] if reading.found else None
    gap = before is None or before.kind is not BlockKind.LIST_ITEM
    cut = bullet.end() if bullet else 0
    return Element(BlockKind.LIST_ITEM, line, level=paragraph.depth, marker="•", with_marker=cut, gap=gap)


def _end_cell(reading: _Reading) -> None:
    reading.paragraph.table = True
    _end_paragraph(reading)
    reading.row.append(Cell(len(reading.row), tuple(reading.cell)))
    reading.cell = []


def _end_row(reading: _Reading) -> None:
    if reading.row:
        reading.rows.append(reading.row)
        reading.row = []


def _end_table(reading: _Reading) -> None:
    if reading.cell:
        _end_cell(reading)
    _end_row(reading)
    if reading.rows:
        reading.found += table_elements(reading.rows)
        reading.rows = []


_ENDS: dict[str, Callable[[_Reading], None]] = {
    "par": _end_paragraph,
    "sect": _end_paragraph,
    "page": _end_paragraph,
    "cell": _end_cell,
    "row": _end_row,
}
"""Control words that end something."""
