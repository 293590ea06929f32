"""Table cells in reading order -> a table: which blocks head its columns and rows, and which stand in each cell."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from index.documents.document import Block, BlockKind, Document


@dataclass(slots=True)
class Row:
    """One row of a table."""

    name: str | None
    heads: list[Block] = field(default_factory=list)
    """The blocks that name the row, where the document has any."""
    cells: dict[str | None, list[Block]] = field(default_factory=dict)
    """By the column's name; a cell may hold several blocks."""


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose every block is in exactly one place."""

    columns: dict[str | None, Block | None]
    """The columns' names in their order, each with the block that names it, where the document has one."""
    rows: tuple[Row, ...]
    corner: tuple[str, Block | None] | None = None
    """The name of the column that holds the rows' names, where it has one, and the block that gives it."""


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
    runs = [list(run) for _, run in groupby(cells, key=lambda cell: (cell.row, cell.column))]
    naming = _naming_column(document, runs)
    for run, below in zip(runs, [*runs[1:], None], strict=True):
        column, name = run[0].column, run[0].row
        if name is None and column in (naming, None):
            rows += _named(document, run, below[0].row if below else None)
            last = None
            continue
        # A column that was left and comes again begins a new row, also where rows have no names.
        again = rows and column in rows[-1].cells and column != last
        if not rows or rows[-1].name != name or again:
            rows.append(Row(name))
        rows[-1].cells.setdefault(column, []).extend(run)
        columns.setdefault(column)
        last = column
    # The names stand at the head of their rows, and their column's name above them.
    empty = not any(naming in row.cells for row in rows)
    corner = (naming, columns.pop(naming, None)) if naming is not None and empty else None
    return Table(columns, tuple(rows), corner)


def _naming_column(document: Document, runs: Sequence[Sequence[Block]]) -> str | None:
    """The name of the column whose cells name the rows; none where that column has no name."""
    for run, below in pairwise(runs):
        if run[0].row is None and run[0].column and _said_last(document, run, below[0].row) is not None:
            return run[0].column
    return None


def _named(document: Document, run: Sequence[Block], name: str | None) -> list[Row]:
    """Rows headed by the cells of ``run``; the cells that together say ``name`` head the last one."""
    told = _said_last(document, run, name)
    last = len(run) - 1 if told is None else told
    rows = [Row(document.text[cell.start : cell.end], [cell]) for cell in run[:last]]
    end = run[-1]
    return [*rows, Row(document.text[end.start : end.end] if told is None else name, list(run[last:]))]


def _said_last(document: Document, run: Sequence[Block], name: str | None) -> int | None:
    """From which cell on the cells say the name; None where they do not."""
    return next((at for at in range(len(run)) if _alike(_text(document, run[at:]), name)), None)


def _text(document: Document, blocks: Sequence[Block]) -> str:
    return " ".join(document.text[block.start : block.end] for block in blocks)


def _alike(text: str, name: str | None) -> bool:
    """The same words: a name keeps the spaces and soft hyphens that the text has lost."""
    return name is not None and "".join(text.split()) == "".join(name.replace("\xad", "").split())
