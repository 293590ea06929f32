"""What a format's own parser finds in a file, before the text is given its structure, which is the same for all."""

from dataclasses import dataclass, field

from index.documents.document import BlockKind, Unread

Box = tuple[int, int, int, int, int, int]
"""A word: start and end in its line (code points, half-open); left, top, right, bottom as in ``Place``."""


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line as the file has it; formats that know no lines have one for each element."""

    text: str
    page: int = 0
    """Physical page, from 1; 0 where the format has no pages."""
    boxes: tuple[Box, ...] = ()


@dataclass(slots=True)
class Element:
    """A heading, a paragraph, a list's item or a table's cell, as the format tells them apart."""

    kind: BlockKind
    """``HEADING``, ``PARAGRAPH``, ``LIST_ITEM``, ``TABLE_CELL``, ``CAPTION``, ``BYLINE`` or ``BOILERPLATE``; what the
    format does not tell, the text does later."""
    lines: list[TextLine]
    level: int = 0
    """Of a heading, from 1; of a list's item, its depth from 0."""
    marker: str = ""
    """Of a list's item: ``•`` or ``-`` or, for numbers and letters, ``1`` and ``a``."""
    number: int = 0
    """Of a numbered item."""
    with_marker: int = 0
    """Characters that the marker takes at the beginning of the first line."""
    gap: bool = True
    """Set apart from what stands before it."""
    row: str | None = None
    column: str | None = None

    @property
    def text(self) -> str:
        """The lines as they stand, without the marker."""
        return "\n".join(line.text for line in self.lines)[self.with_marker :]


@dataclass(frozen=True, slots=True)
class FoundPage:
    """A page of the file, with or without text."""

    number: int
    label: str | None = None
    unread: Unread | None = None
    recognised: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the file's own fields say; not all of it is true ("Microsoft Word - dok1")."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    date: str | None = None
    """As in ``Metadata``."""
    url: str | None = None


@dataclass(slots=True)
class Extraction:
    """All of a file."""

    elements: list[Element] = field(default_factory=list)
    pages: tuple[FoundPage, ...] = ()
    said: Said = field(default_factory=Said)
