"""Lines become units: headings, paragraphs, list items and table cells, each with the lines it was wrapped over."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.documents.document import BlockKind
from index.documents.inline import Piece, Range, plain, render
from index.documents.lines import Line, Wrapping, ends_sentence
from index.documents.tables import Table, table_at

_HASHES = re.compile(r"(#{1,6})(?:\s+|$)")
_CLOSING_HASHES = re.compile(r"\s#+$")
_BULLET = re.compile(r"([-*+•‣◦▪–—·])\s+(?=\S)")
_NUMBER = re.compile(r"\(?(\d{1,3}|[a-zæøå]|[ivx]{2,5})([.)])\s+(?=\S)")
_ORDINAL = re.compile(
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember|jan|feb|mar|apr|jun|jul"
    r"|aug|sept?|okt|nov|des)\b|(?:til|og|eller|–|-)\s+\d"
    r"|(?:dag|plass|gang|klasse|trinn|divisjon|kvartal|århundre|hundreår|juledag|plassen|dagen|gangen|gongen)\b"
)
_BOLD = re.compile(r"(\*\*|__)(?=\S)(?:(?!\1).)+\1[:.]?")
_ITALIC = re.compile(r"([*_])(?![*_])[^*_]+\1")
_READ_ALSO = re.compile(r"[*_>\s]{0,6}(?:les|sjå|se)\s+(?:også|mer|meir|mere|òg)\b", re.I)
_SPEECH_START = re.compile(r"[-–—]\s?[«\"“]?[A-ZÆØÅÄÖ]")
DASHES = "-–—"
"""Bullets that may be speech."""
FRONT = 14
"""Units at a document's beginning in which title, byline and date are looked for."""
BULLETS = "*+•‣◦▪·"
"""Bullets that are nothing else; a numbered item's marker is in neither."""


@dataclass(slots=True)
class Unit:
    """A block in the making."""

    kind: BlockKind
    ranges: list[Range]
    """Of the decoded file, one a line, markers excluded."""
    marker: str = ""
    """A list's bullet (``-``), or ``1`` for numbers and ``a`` for letters."""
    number: int = 0
    """Of a numbered item."""
    with_marker: int = 0
    """Where the first line begins if the marker is text after all."""
    indent: int = 0
    gap: bool = True
    """An empty line stands before it."""
    level: int = 0
    hashes: int = 0
    """Level given by ``#`` or an underline; 0 for none."""
    bold: bool = False
    """The whole line is emphasised, as in ``**Bakgrunn**``."""
    italic: bool = False
    quoted: bool = False
    spaced: bool = False
    """Wide gaps set parts of the line apart, as in a newspaper's head."""
    row: str | None = None
    column: str | None = None
    markup: bool = True
    """The source is Markdown; otherwise its stars and brackets are text."""
    pieces: list[Piece] = field(default_factory=list)
    text: str = ""
    """Of ``pieces``."""

    def draw(self, source: str, compounds: frozenset[str]) -> None:
        """Make ``pieces`` and ``text`` from the ranges."""
        self.pieces = render(source, self.ranges, compounds=compounds, markup=self.markup)
        self.text = plain(self.pieces)

    def keep_marker(self, source: str, compounds: frozenset[str]) -> None:
        """What looked like a list's marker is text (a dash that shows speech, a number)."""
        self.ranges[0] = (self.with_marker, self.ranges[0][1])
        self.marker = ""
        self.draw(source, compounds)


def build_units(source: str, lines: Sequence[Line], compounds: frozenset[str]) -> list[Unit]:
    """Units of ``source`` in reading order, drawn; units without text are left out."""
    wrapping = Wrapping(lines)
    units: list[Unit] = []
    at = 0
    while at < len(lines):
        table = table_at(lines, at)
        if table:
            units += _cells(source, table, compounds, gap=lines[at].gap)
            at += table.lines
            continue
        line = lines[at]
        open_unit = units[-1] if units and not line.gap else None
        if open_unit is not None and _continues(open_unit, lines[at - 1], line, wrapping):
            open_unit.ranges.append((line.start, line.end))
        else:
            units.append(_unit(line))
        at += 1
    for unit in units:
        unit.draw(source, compounds)
    return [unit for unit in units if unit.text]


def _unit(line: Line) -> Unit:
    unit = Unit(BlockKind.PARAGRAPH, [(line.start, line.end)], gap=line.gap, indent=line.indent, quoted=line.quoted)
    unit.with_marker = line.start
    unit.bold = bool(len(line.text) <= 200 and _BOLD.fullmatch(line.text))
    unit.italic = line.text[:1] in "*_" and _ITALIC.fullmatch(line.text) is not None
    unit.spaced = "   " in line.text
    hashes = _HASHES.match(line.text)
    if hashes or line.underlined or re.fullmatch("h[1-6]", line.tag):
        unit.kind = BlockKind.HEADING
        unit.hashes = len(hashes.group(1)) if hashes else line.underlined or int(line.tag[1])
        closing = _CLOSING_HASHES.search(line.text[-12:])
        end = line.end - len(closing.group()) if closing else line.end
        unit.ranges = [(min(line.start + (hashes.end() if hashes else 0), end), end)]
        return unit
    bullet = _BULLET.match(line.text)
    number = _NUMBER.match(line.text)
    if bullet or line.tag == "li":
        unit.kind = BlockKind.LIST_ITEM
        unit.marker = bullet.group(1) if bullet else "•"
        unit.ranges = [(line.start + (bullet.end() if bullet else 0), line.end)]
    elif number and not _ORDINAL.match(line.text, number.end()):
        unit.kind = BlockKind.LIST_ITEM
        unit.marker = "1" if number.group(1).isdigit() else "a"
        unit.number = int(number.group(1)) if number.group(1).isdigit() else _ordinal(number.group(1))
        unit.ranges = [(line.start + number.end(), line.end)]
    return unit


def _ordinal(letters: str) -> int:
    """Place of ``b`` (2) or ``iv`` (4) in its sequence."""
    if len(letters) == 1:
        return "abcdefghijklmnopqrstuvwxyzæøå".index(letters) + 1
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in letters]
    return sum(-one if one < two else one for one, two in zip(values, [*values[1:], 0], strict=True))


def _continues(unit: Unit, previous: Line, line: Line, wrapping: Wrapping) -> bool:
    """``line`` goes on with ``unit``, whose last line is ``previous``; there is no gap between them."""
    if unit.hashes or unit.kind is BlockKind.TABLE_CELL or _HASHES.match(line.text) or _READ_ALSO.match(line.text):
        return False
    if (len(line.text) <= 200 and _BOLD.fullmatch(line.text)) or unit.bold:
        return False
    new = _unit(line)
    if new.kind is BlockKind.LIST_ITEM:
        sibling = unit.kind is BlockKind.LIST_ITEM and (new.marker == unit.marker or new.indent != unit.indent)
        counts = new.number in (0, 1) or new.number == unit.number + 1
        if sibling and counts:
            return False
        if ends_sentence(previous.text) and (new.marker not in DASHES or _SPEECH_START.match(line.text)):
            return new.number > 1 and not counts
        return wrapping.joins(previous, line)
    if unit.kind is BlockKind.LIST_ITEM and unit.marker not in DASHES[1:] and line.indent > unit.indent:
        return True
    return wrapping.joins(previous, line)


def _cells(source: str, table: Table, compounds: frozenset[str], *, gap: bool) -> list[Unit]:
    """Units of a table: its head is shown but not quoted, its other cells know their row and column."""
    names: dict[int, str] = {}
    units: list[Unit] = []
    for number, row in enumerate(table.rows):
        name: str | None = None
        for cell in row:
            drawn = [Unit(BlockKind.TABLE_CELL, [part], with_marker=part[0]) for part in cell.parts]
            for unit in drawn:
                unit.gap = gap and not units
                unit.draw(source, compounds)
            text = " ".join(unit.text for unit in drawn if unit.text)
            if number == 0:
                names[cell.column] = text
            for unit in drawn:
                unit.kind = BlockKind.BOILERPLATE if number == 0 else BlockKind.TABLE_CELL
                unit.column = names.get(cell.column) or None if number else None
                unit.row = name if cell.column else None
            if cell.column == 0 and number:
                name = text or None
            units += drawn
    return units
