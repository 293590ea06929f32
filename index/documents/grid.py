"""Tables of formats that have them: cells that know the names of their row and column."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.document import BlockKind
from index.documents.extraction import Element, TextLine

_MOST_COLUMNS = 100
"""That one cell may stand over, whatever its file says."""


def span(told: str) -> int:
    """How many columns or rows a file says that a cell stands over; one where it gives no number."""
    return min(int(told), _MOST_COLUMNS) if told.isdecimal() else 1


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's paragraphs and the number of its column, from 0."""

    column: int
    paragraphs: tuple[str, ...]
    columns: int = 1
    """How many it stands over."""
    continued: bool = False
    """It is the lower part of the cell above it, whose text is there."""

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(" ".join(self.paragraphs).split())


def table_elements(rows: Sequence[Sequence[Cell]]) -> list[Element]:
    """An element for each paragraph of each cell.

    The first row holds the columns' names, which are shown and not quoted, and so do those that a cell of it reaches
    down to or that part it further; the first column holds the rows'. A cell above all columns is the table's caption.
    What has one row or one column was made a table for its looks, and is paragraphs.
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    width = max((cell.column + cell.columns for row in rows for cell in row), default=0)
    above = []
    while len(rows) > 2 and rows[0][0].columns == width > 1:
        above += [Element(BlockKind.CAPTION, [TextLine(text)]) for text in rows.pop(0)[0].paragraphs if text.strip()]
    if len(rows) < 2 or max(cell.column for row in rows for cell in row) < 1:
        texts = [text for row in rows for cell in row for text in cell.paragraphs]
        return above + [Element(BlockKind.PARAGRAPH, [TextLine(text)]) for text in texts if text.strip()]
    head = _head(rows)
    names: dict[int, str] = {}
    for cell in (cell for row in rows[:head] for cell in row):
        for column in range(cell.column, cell.column + cell.columns):
            names[column] = f"{names.get(column, '')} {cell.text}".strip()
    found: list[Element] = []
    name = ""
    for number, row in enumerate(rows):
        first = next((cell for cell in row if cell.column == 0), None)
        if first is None or not first.continued:
            name = first.text if first else ""
        for cell in row:
            for text in cell.paragraphs:
                if not text.strip():
                    continue
                body = number >= head
                element = Element(BlockKind.TABLE_CELL if body else BlockKind.BOILERPLATE, [TextLine(text)])
                element.gap = not found
                element.column = names.get(cell.column) or None if body else None
                element.row = name or None if body and cell.column else None
                found.append(element)
    return above + found


def _head(rows: Sequence[Sequence[Cell]]) -> int:
    """How many rows hold the columns' names."""
    head = 1
    while head < len(rows) - 1:
        first = next((cell for cell in rows[head] if cell.column == 0), None)
        parted = any(cell.columns > 1 for cell in rows[head - 1]) and (first is None or not first.text)
        if not parted and not (first is not None and first.continued):
            break
        head += 1
    return head
