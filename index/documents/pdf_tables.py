"""Tables on a PDF's page: what rules, or rows and columns of white space, part into cells, each with all of its lines.

A table is found before columns are looked for, and goes on through the page as one thing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from index.documents.lines import ends_sentence
from index.documents.pdf_frames import NEAR, Line, distinct, frames, slot
from index.documents.pdf_rules import Rule
from index.documents.pdf_words import Word

_LONG_CELL = 1_600
"""Characters: what has more is a frame around text."""
_MOST_CELLS = 4_000
_FILLED = 0.4
"""Of the cells: fewer with text are a form or a diagram."""
_COLUMN_GAP = 0.6
"""Of a word's height: less white space parts no columns."""
_ROWS = 3
_BOTH_SIDES = 0.6
"""Of a column's cells: so many have words on both sides of white space that parts it in two."""
_HEAD = 90
"""Characters of a column's name, at most."""


Span = tuple[int, int]


@dataclass(slots=True)
class Cell:
    """Rows and columns from 0, half-open, and the words in it in the file's order."""

    row: int
    column: int
    last_row: int
    last_column: int
    words: list[Word] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its words, for comparing."""
        return " ".join(word.text for word in self.words)

    @property
    def bold(self) -> bool:
        """All of it."""
        said = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(said) and all(word.bold for word in said)


@dataclass(slots=True)
class Table:
    """Cells with text, row by row from left to right."""

    xs: list[int]
    """Edges of the columns."""
    ys: list[int]
    """Edges of the rows."""
    cells: list[Cell]
    heads: int = 0
    """Rows that hold the columns' names."""
    carried: list[str] = field(default_factory=list)
    """The columns' names, if they hold for what goes on on the next page."""
    gaps: list[tuple[int, int]] = field(default_factory=list)
    """The white space left of each column, where that is what parts them."""

    @property
    def columns(self) -> int:
        """How many."""
        return len(self.xs) - 1

    def names(self) -> list[str]:
        """Of each column: what its heads say, from above."""
        said: list[list[str]] = [[] for _ in range(self.columns)]
        for cell in self.cells:
            if cell.last_row <= self.heads and cell.last_column - cell.column < self.columns:
                for column in range(cell.column, cell.last_column):
                    said[column].append(cell.text)
        return [" ".join(parts) for parts in said]

    def holds(self, word: Word) -> bool:
        """The word stands within it."""
        x, y = (word.left + word.right) // 2, (word.top + word.bottom) // 2
        return self.xs[0] <= x < self.xs[-1] and self.ys[0] <= y < self.ys[-1]


def tables_of(words: Sequence[Word], rules: Sequence[Rule]) -> list[Table]:
    """The tables that rules show, from top to bottom."""
    found: list[Table] = []
    for level, upright in frames(words, rules):
        table = _ruled(level, upright, words)
        if table is not None and not any(_within(table, other) for other in found):
            found.append(table)
    return sorted(found, key=lambda table: table.ys[0])


def _ruled(across: Sequence[Line], down: Sequence[Line], words: Sequence[Word]) -> Table | None:
    if not across or not down:
        return None
    ys = distinct([*(line.at for line in across), min(d.start for d in down), max(d.end for d in down)])
    xs = distinct([*(line.at for line in down), min(a.start for a in across), max(a.end for a in across)])
    if len(xs) < 3 or len(ys) < 3 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    table = Table(xs, ys, _cells(xs, ys, across, down))
    return _filled(table, words)


def _cells(xs: Sequence[int], ys: Sequence[int], across: Sequence[Line], down: Sequence[Line]) -> list[Cell]:
    """The grid's squares, put together where no rule parts them."""
    columns, rows = len(xs) - 1, len(ys) - 1
    owner = [[-1] * columns for _ in range(rows)]
    cells: list[Cell] = []
    for row in range(rows):
        for column in range(columns):
            if owner[row][column] >= 0:
                continue
            right = column + 1
            while right < columns and owner[row][right] < 0 and not _parted(down, xs[right], ys[row], ys[row + 1]):
                right += 1
            low = row + 1
            while low < rows and not any(
                _parted(across, ys[low], xs[at], xs[at + 1]) or owner[low][at] >= 0 for at in range(column, right)
            ):
                low += 1
            for y in range(row, low):
                for x in range(column, right):
                    owner[y][x] = len(cells)
            cells.append(Cell(row, column, low, right))
    return cells


def _parted(lines: Sequence[Line], at: int, start: int, end: int) -> bool:
    """A rule stands at ``at`` for most of the way from ``start`` to ``end``."""
    covered = sum(max(0, min(line.end, end) - max(line.start, start)) for line in lines if abs(line.at - at) <= NEAR)
    return covered > 0.5 * (end - start)


def joined(spans: Sequence[Span]) -> list[Span]:
    """Spans that touch put together, in order."""
    found: list[list[int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1][1] = max(found[-1][1], end)
        else:
            found.append([start, end])
    return [(start, end) for start, end in found]


def _filled(table: Table, words: Sequence[Word]) -> Table | None:
    """The table with its words; None if it is none: a frame, a form, a diagram."""
    places: dict[tuple[int, int], Cell] = {}
    for cell in table.cells:
        for row in range(cell.row, cell.last_row):
            places.update({(row, column): cell for column in range(cell.column, cell.last_column)})
    for word in words:
        if word.upright and table.holds(word):
            row = slot(table.ys, (word.top + word.bottom) // 2)
            places[row, slot(table.xs, (word.left + word.right) // 2)].words.append(word)
    filled = [cell for cell in table.cells if cell.words]
    if len(filled) < max(3, _FILLED * len(table.cells)) or max(len(cell.text) for cell in filled) > _LONG_CELL:
        return None
    if len({cell.row for cell in filled}) < 2 or len({cell.column for cell in filled}) < 2:
        return None
    table.cells = filled
    _add_columns(table)
    table.cells = [part for cell in table.cells for part in _parts(cell, table.xs)]
    table.heads = _heads(table)
    return table


def _add_columns(table: Table) -> None:
    """Part columns that no rule parts (only rows are shaded, say) where white space goes down through most rows."""
    for column in range(table.columns - 1, -1, -1):
        own = [cell for cell in table.cells if cell.column == column and cell.last_column == column + 1]
        words = [word for cell in own for word in cell.words]
        if len(own) < _ROWS:
            continue
        least = _COLUMN_GAP * median(word.height for word in words)
        covered = joined([(word.left, word.right) for word in words])
        for one, two in reversed(list(pairwise(covered))):
            middle = (one[1] + two[0]) // 2
            sides = [{word.left > middle for word in cell.words} for cell in own]
            if two[0] - one[1] >= least and sum(len(side) == 2 for side in sides) >= _BOTH_SIDES * len(own):
                _split(table, column, middle)


def _split(table: Table, column: int, x: int) -> None:
    table.xs.insert(column + 1, x)
    for cell in table.cells:
        cell.column += cell.column > column
        cell.last_column += cell.last_column > column


def _parts(cell: Cell, xs: Sequence[int]) -> Iterator[Cell]:
    """The cell; or several, where it has no rule between columns but white space on all of its lines."""
    height = median(word.height for word in cell.words)
    start = cell.column
    words = cell.words
    for column in range(cell.column + 1, cell.last_column):
        x = xs[column]
        left, right = [w for w in words if w.left < x], [w for w in words if w.left >= x]
        if left and right and min(w.left for w in right) - max(w.right for w in left) >= _COLUMN_GAP * height:
            yield Cell(cell.row, start, cell.last_row, column, left)
            start, words = column, right
    yield Cell(cell.row, start, cell.last_row, cell.last_column, words)


def _within(table: Table, other: Table) -> bool:
    return (
        other.xs[0] - NEAR <= table.xs[0]
        and table.xs[-1] <= other.xs[-1] + NEAR
        and other.ys[0] - NEAR <= table.ys[0]
        and table.ys[-1] <= other.ys[-1] + NEAR
    )


def _heads(table: Table) -> int:
    """How many rows hold the columns' names: the first, and those that a name beside goes down to.

    A title over all columns comes before them. What has a sentence, or is as bold as the first column and no bolder, is
    no name.
    """
    first = min(cell.row for cell in table.cells)
    titled = [cell for cell in table.cells if cell.row == first]
    while len(titled) == 1 and titled[0].last_column - titled[0].column == table.columns:
        first = titled[0].last_row
        titled = [cell for cell in table.cells if cell.row == first]
    if not titled or any(len(cell.text) > _HEAD or ends_sentence(cell.text) for cell in titled):
        return 0
    side = [cell for cell in table.cells if cell.column == 0 and cell.row >= first]
    if all(cell.bold for cell in side) and not any(cell.bold for cell in titled if cell.column):
        return 0  # the names stand at the side
    last = max(cell.last_row for cell in titled)
    rest = any(cell.row >= last for cell in table.cells)
    return last if rest else 0
