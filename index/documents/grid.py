"""Tables of formats that have them: cells that know the names of their row and column."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.document import BlockKind
from index.documents.extraction import Element, TextLine


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's paragraphs and the number of its column, from 0."""

    column: int
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it on one line."""
        return " ".join(" ".join(self.paragraphs).split())


def table_elements(rows: Sequence[Sequence[Cell]]) -> list[Element]:
    """An element for each paragraph of each cell.

    The first row holds the columns' names, which are shown and not quoted, and the first column holds the rows'. What
    has one row or one column was made a table for its looks, and is paragraphs.
    """
    rows = [row for row in rows if any(cell.text for cell in row)]
    if len(rows) < 2 or max(cell.column for row in rows for cell in row) < 1:
        texts = [text for row in rows for cell in row for text in cell.paragraphs]
        return [Element(BlockKind.PARAGRAPH, [TextLine(text)]) for text in texts if text.strip()]
    names = {cell.column: cell.text for cell in rows[0]}
    found: list[Element] = []
    for number, row in enumerate(rows):
        name = next((cell.text for cell in row if cell.column == 0), "")
        for cell in row:
            for text in cell.paragraphs:
                if not text.strip():
                    continue
                element = Element(BlockKind.TABLE_CELL if number else BlockKind.BOILERPLATE, [TextLine(text)])
                element.gap = not found
                element.column = names.get(cell.column) or None if number else None
                element.row = name or None if number and cell.column else None
                found.append(element)
    return found
