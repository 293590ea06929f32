"""An extraction becomes a document, by the same steps that give plain text its structure."""

import hashlib
import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from index.documents import bylines, phrases
from index.documents.document import BlockKind, Document, Metadata, Page, Place, Places, Run, Source, SourceMap
from index.documents.extraction import Element, Extraction, FoundPage, Said, TextLine
from index.documents.inline import Piece
from index.documents.metadata import merged, said_by
from index.documents.roles import assign_roles
from index.documents.text import assembled
from index.documents.units import Unit
from index.documents.web_address import web_address
from index.errors import EmptyDocument

_COMPOUND = re.compile(r"[^\W\d_]+-[^\W\d_]+")
_NOT_WORD = re.compile(r"[\W_]+")
_NONSENSE = re.compile(
    r"microsoft\s(?:word|powerpoint|office)\b.*|.*\.(?:docx?|pdf|odt|rtf|indd|qxd|pptx?|xlsx?|html?|tmp|dot)"
    r"|untitled.*|uten\snavn.*|utan\snamn.*|uten\stittel.*|dokument?\s?\d*|document\s?\d*|layout\s?\d*|print"
    r"|(?:power)?point-?presentas?jon|lysbilde\s?\d+|slide\s?\d+|title|tittel|blank|mal|template|[\W\d_]+|\S*[_\\/]\S*",
    re.I,
)
_ATTESTED_WITHIN = 4_000
"""Characters at a document's beginning in which its title stands, if it is one."""
_INDENT = 4


def compose(name: str, data: bytes, extraction: Extraction, *, metadata: Metadata | None = None) -> Document:
    """The document whose file ``data`` gave ``extraction``. Raises ``EmptyDocument``."""
    source, units, lines = _units(extraction.elements)
    compounds = frozenset(word.lower() for word in _COMPOUND.findall(source))
    for unit in units:
        unit.draw(source, compounds)
    units = assign_roles([unit for unit in units if unit.text], source, compounds)
    if not units:
        raise EmptyDocument(file=name)
    text, blocks, pieces = assembled(units)
    way = _Way(pieces)
    sha256 = hashlib.sha256(data).hexdigest()
    said = _completed(said_by(text, blocks), extraction.said, text)
    return Document(
        source=Source(id=f"d{sha256[:16]}", file=name, sha256=sha256, metadata=merged(metadata, said)),
        text=text,
        blocks=blocks,
        source_map=SourceMap((Run(0, len(text), 0, len(data), verbatim=False),), ""),
        pages=_pages(extraction.pages, lines, way),
        places=_places(lines, way),
        original=data,
    )


def _units(elements: Sequence[Element]) -> tuple[str, list[Unit], list[tuple[int, TextLine]]]:
    """All lines as one text, the units over it, and where each line begins in it."""
    lines: list[tuple[int, TextLine]] = []
    units: list[Unit] = []
    at = 0
    for element in elements:
        unit = Unit(element.kind, [], gap=element.gap, row=element.row, column=element.column, markup=False)
        unit.with_marker = at
        for line in element.lines:
            lines.append((at, line))
            unit.ranges.append((at, at + len(line.text)))
            at += len(line.text) + 1
        if not unit.ranges:
            continue
        unit.ranges[0] = (min(unit.with_marker + element.with_marker, unit.ranges[0][1]), unit.ranges[0][1])
        if element.kind is BlockKind.HEADING:
            unit.hashes = element.level
        unit.marker, unit.number = element.marker, element.number
        unit.indent = _INDENT * element.level if element.kind is BlockKind.LIST_ITEM else 0
        units.append(unit)
    return "\n".join(line.text for _, line in lines), units, lines


class _Way:
    """From the lines' characters to those of the canonical text."""

    def __init__(self, pieces: Iterable[Piece]) -> None:
        self._starts: list[int] = []
        self._pieces: list[tuple[Piece, int]] = []
        at = 0
        for piece in pieces:
            if piece.end > piece.start and piece.text.strip("\n"):  # what parts two blocks stands for no character
                self._starts.append(piece.start)
                self._pieces.append((piece, at))
            at += len(piece.text)
        self.end = at
        """Length of the canonical text."""

    def to(self, offset: int) -> int:
        """The first canonical character at or after ``offset``."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self._pieces[place][0].end:
            piece, at = self._pieces[place]
            return at + offset - piece.start if piece.verbatim else at
        return self._pieces[place + 1][1] if place + 1 < len(self._pieces) else self.end

    def past(self, offset: int) -> int:
        """The end of the last canonical character that came from before ``offset``."""
        place = bisect_right(self._starts, offset - 1) - 1
        if place < 0:
            return 0
        piece, at = self._pieces[place]
        return at + min(offset - piece.start, len(piece.text)) if piece.verbatim else at + len(piece.text)


def _pages(found: Sequence[FoundPage], lines: Sequence[tuple[int, TextLine]], way: _Way) -> tuple[Page, ...]:
    """Stretches of the text by page; together they cover it, and every page of the file has at least one."""
    if not found:
        return ()
    known = {page.number: page for page in found}
    stretches: list[tuple[int, int]] = []
    """Page and first canonical character."""
    for at, line in lines:
        start = way.to(at)
        if start >= way.past(at + len(line.text)):
            continue  # nothing of the line was kept
        if not stretches or stretches[-1][0] != line.page:
            stretches.append((line.page, start if stretches else 0))
    pages: list[Page] = []

    def add(number: int, start: int, end: int) -> None:
        page = known[number]
        pages.append(Page(number, start, end, page.label, page.unread, page.recognised))

    empty = sorted(known.keys() - {number for number, _ in stretches})
    for index, (number, start) in enumerate(stretches):
        while empty and empty[0] < number:
            add(empty.pop(0), start, start)
        add(number, start, stretches[index + 1][1] if index + 1 < len(stretches) else way.end)
    for number in empty:
        add(number, way.end, way.end)
    return tuple(pages)


def _places(lines: Sequence[tuple[int, TextLine]], way: _Way) -> Places:
    """Where the words stand; what was left out of the text has no place."""
    places: list[Place] = []
    for at, line in lines:
        for start, end, left, top, right, bottom in line.boxes:
            begin, stop = way.to(at + start), way.past(at + end)
            if begin < stop:
                places.append(Place(begin, stop, line.page, left, top, right, bottom))
    return Places.of(places)


def _completed(said: Metadata, fields: Said, text: str) -> Metadata:
    """What the text says, completed by what the file's fields say where that makes sense.

    The file's title wins where the text begins with it as well: then it is the whole title and no label above it. So do
    its authors, of whom the text's first is the first.
    """
    title = " ".join((fields.title or "").split())
    if title and not _NONSENSE.fullmatch(title) and (not said.title or _attested(title, text)):
        said = replace(said, title=title)
    authors = tuple(author for author in fields.authors if bylines.is_person(author))
    date = fields.date if (fields.date or "").startswith(said.date or "") else said.date
    fuller = authors[:1] == said.authors[:1] and len(authors) >= len(said.authors)
    return replace(
        said,
        authors=authors if fuller else said.authors or authors,
        publisher=said.publisher or fields.publisher,
        date=date,
        url=said.url or web_address(fields.url),
    )


def _attested(title: str, text: str) -> bool:
    """The words of ``title`` stand at the beginning of ``text``, whatever parts them."""
    wanted = _NOT_WORD.sub("", title.lower())
    return phrases.words(title) > 1 and wanted in _NOT_WORD.sub("", text[:_ATTESTED_WITHIN].lower())
