"""Table cells in reading order -> a table: which blocks head its columns and rows, and which stand in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.documents.document import Block, BlockKind, Document


@dataclass(slots=True)
class Row:
    """One row of a table."""

    name: str | None
    head: Block | None = None
    """The block that names the row, where the document has one."""
    cells: dict[str | None, list[Block]] = field(default_factory=dict)
    """By the column's name; a cell may hold several blocks."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose every block is in exactly one place."""

    columns: dict[str | None, Block | None]
    """The columns' names in their order, each with the block that names it, where the document has one."""
    rows: tuple[Row, ...]


def names_columns(document: Document, heads: Sequence[Block], cells: Sequence[Block]) -> int:
    """How many of the last ``heads`` before a table are its columns' names."""
    columns = {cell.column for cell in cells if cell.column}
    count = 0
    for block in reversed(heads):
        if block.kind is not BlockKind.BOILERPLATE or document.text[block.start : block.end] not in columns:
            break
        count += 1
    return count


def read_table(document: Document, heads: Sequence[Block], cells: Sequence[Block]) -> Table:
    """The table of these cells, with the blocks that name its columns."""
    columns: dict[str | None, Block | None] = {document.text[head.start : head.end]: head for head in heads}
    rows: list[Row] = []
    last: str | None = None
    for cell in cells:
        if cell.row is None and cell.column is None:
            rows.append(Row(document.text[cell.start : cell.end], cell))
            last = None
            continue
        # A column that was left and comes again begins a new row, also where rows have no names.
        again = rows and cell.column in rows[-1].cells and cell.column != last
        if not rows or rows[-1].name != cell.row or again:
            rows.append(Row(cell.row))
        rows[-1].cells.setdefault(cell.column, []).append(cell)
        columns.setdefault(cell.column)
        last = cell.column
    return Table(columns, tuple(rows))
