"""Tables become blocks, one or more a cell, that know the names of their row and column."""

import re
from collections.abc import Collection, Iterator, Sequence
from itertools import takewhile

from index.documents.document import BlockKind
from index.documents.lines import begins_lower, ends_sentence
from index.documents.pdf_blocks import BULLET, LEADERS, MARKER, Block
from index.documents.pdf_layout import Row, Segment, rows_of
from index.documents.pdf_tables import Cell, Table
from index.documents.pdf_words import Word

_ALIGNED = 400
"""Hundredths of a point within which edges are one edge."""
_SHIFTED = 1_200
"""The same for a table's columns from page to page, which rules part on one page and white space on the next."""
_SPACED = 1.4
"""Of the distance between a cell's lines: more is a new paragraph."""
_LETTERS = re.compile(r"[^\w-]+")
_LONG_WORD = 8
"""Letters of the shortest word that a cell may have no room for."""
_CUT = re.compile(r"(?<=[^\W\d_])-\s(?!(?:og|eller|and|or)\b)(?=[a-zæøå])")
"""A word that a line's end cut."""


def table_rows(rows: Sequence[Row], first: int) -> int:
    """Rows of the table without rules that begins at ``rows[first]``, each with one line; 0 if none does."""
    columns = len(rows[first].segments)
    if columns < 2 or _is_no_table(rows[first]):
        return 0
    edges = [segment.left for segment in rows[first].segments], [segment.right for segment in rows[first].segments]
    last = first + 1
    while last < len(rows) and len(rows[last].segments) == columns and _one_band(rows[first], rows[last]):
        if _is_no_table(rows[last]):
            break
        here = [s.left for s in rows[last].segments], [s.right for s in rows[last].segments]
        aligned = [
            any(abs(own[at] - other[at]) <= _ALIGNED for own, other in zip(here, edges, strict=True))
            or _inside(rows[first].segments[at].left, rows[first].segments[at].right, here[0][at], here[1][at])
            for at in range(columns)
        ]
        if not all(aligned):
            break
        last += 1
    return last - first if last - first > 2 else 0


def _is_no_table(row: Row) -> bool:
    """A list's item with its marker far from its text, or a line of a table of contents."""
    return bool(LEADERS.search(row.text) or MARKER.fullmatch(_said(row.segments[0].words)))


def _inside(left: int, right: int, other_left: int, other_right: int) -> bool:
    """One stands wholly above the other, as centred cells do."""
    return (left <= other_left and other_right <= right) or (other_left <= left and right <= other_right)


def _one_band(one: Row, two: Row) -> bool:
    return (one.page, one.band) == (two.page, two.band)


def cells_of_rows(rows: Sequence[Row]) -> list[Block]:
    """A block a cell; the first row holds the columns' names and the first column the rows'."""
    found = []
    contents = len(rows[0].segments) == 2 and all(row.segments[1].words[-1].text.isdigit() for row in rows)
    names = [_said(segment.words) for segment in rows[0].segments]
    for number, row in enumerate(rows):
        for at, segment in enumerate(row.segments):
            head = number == 0 or contents
            part = Row([segment], row.page, row.band)
            block = Block([part], BlockKind.BOILERPLATE if head else BlockKind.TABLE_CELL, cell=True)
            block.column = names[at] if not head else None
            block.row_name = _said(row.segments[0].words) if at and not head else None
            block.gap = number == at == 0
            found.append(block)
    return found


def cells_of_table(row: Row, before: Row | None, blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the table that ``row`` is.

    ``before`` is the row before it and ``blocks`` are those so far: a table on the page before may go on in this one,
    with its columns' names said again or not, and so may its last row, whose blocks are then made longer.
    """
    table = row.table
    assert table is not None
    cells, carried = _carried(table, before.table if before and before.page < row.page else None)
    names = carried or table.names()
    table.carried = names
    if carried:
        cells = _without_rest(cells, row, blocks)
    found: list[Block] = []
    for cell in cells:
        head = not carried and cell.last_row <= table.heads
        for part in _parts(cell, row):
            block = Block(part, BlockKind.BOILERPLATE if head else BlockKind.TABLE_CELL, cell=True)
            block.at = (cell.row, cell.column)
            block.with_marker = _marker(part[0])
            if not head:
                block.column = whole(names[cell.column]) or None if _is_one_column(cell, names) else None
                named = _beside(cell, cells, table)
                block.beside = [one for one in found if named and one.at == (named.row, named.column)]
            block.gap = not found
            found.append(block)
    return found


def _carried(table: Table, before: Table | None) -> tuple[list[Cell], list[str] | None]:
    """The cells that are new, and the columns' names if they were said on the page before."""
    if before is None or before.columns != table.columns or not before.carried:
        return table.cells, None
    widths = zip(before.xs, table.xs, strict=True)
    shift = table.xs[0] - before.xs[0]
    if any(abs(two - one - shift) > _SHIFTED for one, two in widths):
        return table.cells, None
    heads = [cell for cell in table.cells if cell.last_row <= table.heads]
    if heads and table.names() == before.carried:
        return [cell for cell in table.cells if cell not in heads], before.carried
    if any(cell.bold for cell in heads):
        return table.cells, None  # another table
    return table.cells, before.carried


def _without_rest(cells: Sequence[Cell], row: Row, blocks: Sequence[Block]) -> list[Cell]:
    """The cells without those that are the rest of the page before's last row; these go to their blocks."""
    first = min((cell.row for cell in cells), default=0)
    rest = [cell for cell in cells if cell.row == first]
    last = takewhile(lambda block: block.cell and block.at[0] == blocks[-1].at[0], reversed(blocks))
    open_blocks = {block.at[1]: block for block in reversed(list(last))}
    fits = all(cell.column in open_blocks for cell in rest)
    named = any(cell.column == 0 and not begins_lower(cell.text) for cell in rest)
    cut = [c for c in rest if fits and begins_lower(c.text) and not ends_sentence(open_blocks[c.column].text)]
    if not cut or named:
        return list(cells)
    for cell in rest:
        open_blocks[cell.column].rows += _lines(cell.words, row)
    return [cell for cell in cells if cell not in rest]


def _parts(cell: Cell, row: Row) -> Iterator[list[Row]]:
    """The cell's lines, paragraph by paragraph."""
    lines = _lines(cell.words, row)
    steps = sorted(two.top - one.top for one, two in zip(lines, lines[1:], strict=False))
    pitch = min(steps[0], 1.7 * lines[0].height) if steps else 0
    part: list[Row] = []
    for line in lines:
        if part and (line.top - part[-1].top > _SPACED * pitch or _marker(line)):
            yield part
            part = []
        part.append(line)
    yield part


def _marker(line: Row) -> int:
    """Characters of a bullet before the line's text."""
    found = BULLET.match(line.text)
    return found.end() if found and found.group(1) not in "-–—+*" else 0


def _lines(words: Sequence[Word], row: Row) -> list[Row]:
    return [Row(line.segments, row.page, row.band) for line in rows_of([Segment([word]) for word in words], row.page)]


def _is_one_column(cell: Cell, names: Sequence[str]) -> bool:
    """A cell over several columns stands in none of them, unless one name stands over all of these."""
    return len(set(names[cell.column : cell.last_column])) == 1


def _beside(cell: Cell, cells: Sequence[Cell], table: Table) -> Cell | None:
    """The cell of the first column that names the row."""
    if cell.column == 0 or cell.last_column - cell.column == table.columns:
        return None
    return next((one for one in cells if one.column == 0 and one.row <= cell.row < one.last_row), None)


def _said(words: Sequence[Word]) -> str:
    return " ".join(word.text for word in words)


def whole(name: str) -> str:
    """The name with the words put together that line ends cut."""
    return _CUT.sub("", name.replace("\u00ad", ""))


def is_cut(line: Row, following: Row, block: Block, known: Collection[str]) -> bool:
    """A word that was too long for its cell goes on in the next line, without a hyphen.

    It stands alone on its line and fills it, and what the two lines make is a word, of the document or of the language,
    that is not just two words side by side.
    """
    word, rest = line.words[-1].text, following.words[0].text
    first, second = _LETTERS.sub("", word.lower()), _LETTERS.sub("", rest.lower())
    if len(line.words) > 1 or not word.isalpha() or not begins_lower(rest) or len(first + second) < _LONG_WORD:
        return False
    if line.right < max(row.right for row in block.rows) - 0.6 * line.height:
        return False  # the next letter would have fitted
    from index.frequency import COMMON, general_frequency  # only now: it takes a while to load, and few need it

    if min(general_frequency(first), general_frequency(second)) >= COMMON:
        return False
    return first + second in known or general_frequency(first + second) > 0


def words_of(blocks: Sequence[Block]) -> frozenset[str]:
    """The words of a document in lower case, without those at line ends in cells, which may be cut."""
    found: set[str] = set()
    for block in blocks:
        for row in block.rows:
            words = row.words[1:-1] if block.cell else row.words
            found.update(_LETTERS.sub("", word.text.lower()) for word in words)
    return frozenset(found)
