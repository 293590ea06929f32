"""Tables without rules, as white space shows them: rows stand apart from each other, and columns do in all of them.

Text in columns has white space between these too, but not between rows of both at the same height, time and again.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.documents.pdf_rules import Rule
from index.documents.pdf_tables import Cell, Span, Table, joined
from index.documents.pdf_words import Word

_ROW_GAP = 0.42
"""Of a word's height: more white space than this across all columns parts rows."""
_COLUMN_GAP = 0.7
_FEWEST = 3
"""Rows."""
_MOST_LINES = 12
"""Of a row."""
_NARROW = 0.6
"""Of two columns, the first is at most so wide, measured by the second."""
_LONGEST = 320
"""Characters in a cell on average."""
_LARGER = 1.15
_OUTDENT = 600
"""Hundredths of a point."""
_FAR = 1 << 30


@dataclass(slots=True)
class _Band:
    """Words between two stretches of white space across the page."""

    words: list[Word]
    top: int
    bottom: int

    def gaps(self, least: float) -> list[Span]:
        """White space that goes down through all of it, the margins' first and last."""
        covered = joined([(word.left, word.right) for word in self.words])
        inner = [(one[1], two[0]) for one, two in pairwise(covered) if two[0] - one[1] >= least]
        return [(-_FAR, covered[0][0]), *inner, (covered[-1][1], _FAR)]

    @property
    def bold(self) -> bool:
        """All of it."""
        return all(word.bold for word in self.words if any(map(str.isalnum, word.text)))

    @property
    def height(self) -> float:
        """Of a word."""
        return median(word.height for word in self.words)

    @property
    def lines(self) -> int:
        """How many, at most."""
        return round((self.bottom - self.top) / max(1.0, self.height))


def white_tables(words: Sequence[Word], rules: Sequence[Rule], before: Table | None = None) -> list[Table]:
    """The tables that white space shows among words that stand in no other table.

    ``before`` is the last table of the page before, which may go on at the top of this one with as little as one row.
    """
    upright = [word for word in words if word.upright]
    if not upright:
        return []
    height = median(word.height for word in upright)
    bands = _bands(upright, [rule for rule in rules if rule.level], _ROW_GAP * height)
    first = _continued(bands, before.gaps, _COLUMN_GAP * height) if before is not None and before.gaps else 0
    found = [_made(bands[:first], before.gaps)] if first and before is not None else []
    while first + _FEWEST <= len(bands):
        last, columns = _reach(bands, first, _COLUMN_GAP * height)
        table = _table(bands[first:last], columns, rules) if last - first >= _FEWEST else None
        if table is not None:
            found.append(table)
        first = last if table is not None else first + 1
    return found


def _bands(words: Sequence[Word], rules: Sequence[Rule], gap: float) -> list[_Band]:
    spans: list[list[int]] = []
    for start, end in joined([(word.top, word.bottom) for word in words]):
        ruled = any(spans and spans[-1][1] - 100 <= rule.top <= start + 100 for rule in rules)
        if spans and start - spans[-1][1] < gap and not ruled:
            spans[-1][1] = end
        else:
            spans.append([start, end])
    bands = [_Band([], start, end) for start, end in spans]
    ends = [band.bottom for band in bands]
    for word in words:
        bands[bisect_left(ends, word.bottom)].words.append(word)
    return bands


def _reach(bands: Sequence[_Band], first: int, least: float) -> tuple[int, list[Span]]:
    """How far the columns of ``bands[first]`` go on, and the white space to the left of each of them."""
    columns = bands[first].gaps(least)[:-1]
    last = first + 1
    while last < len(bands) and len(columns) > 1:
        band = bands[last]
        common = _common(columns, band.gaps(least), least)
        other = band.height > _LARGER * bands[first].height or band.lines > _MOST_LINES
        if other or len(common) < max(2, len(columns) - 1):
            break
        columns = common
        last += 1
    while last > first + 1 and _filled(bands[last - 1], columns) < 2:
        last -= 1
    return last, columns


def _common(some: Sequence[Span], others: Sequence[Span], least: float) -> list[Span]:
    """White space that is in both; the margin, which is the first of each, stays."""
    margin = min(some[0][1], others[0][1])
    found = [(some[0][0], margin)]
    for start, end in some[1:]:
        for other_start, other_end in others[1:]:
            if min(end, other_end) - max(start, other_start) >= least:
                found.append((max(start, other_start), min(end, other_end)))
                break
    return found


def _column(word: Word, columns: Sequence[Span]) -> int:
    return max(place for place, (_, end) in enumerate(columns) if not place or word.left >= end - 50)


def _filled(band: _Band, columns: Sequence[Span]) -> int:
    return len({_column(word, columns) for word in band.words})


def _continued(bands: Sequence[_Band], columns: Sequence[Span], least: float) -> int:
    """How many rows at the top of a page stand in the columns of the table on the page before."""
    last = 0
    for band in bands:
        common = _common(columns, band.gaps(least), least)
        if len(common) < len(columns) or _filled(band, columns) < 2 or band.words[0].left < columns[0][1] - _OUTDENT:
            break
        last += 1
    return last


def _table(bands: Sequence[_Band], columns: list[Span], rules: Sequence[Rule]) -> Table | None:
    table = _made(bands, columns)
    if not _is_table(table.cells, bands, columns):
        return None
    edge = (bands[0].bottom, bands[1].top)
    ruled = any(rule.level and edge[0] - 100 <= rule.top <= edge[1] + 100 for rule in rules)
    others_bold = any(band.bold for band in bands[1:])
    short = all(len(cell.text) <= 60 for cell in table.cells if cell.row == 0)
    table.heads = int(short and (ruled or (bands[0].bold and not others_bold)))
    return table


def _made(bands: Sequence[_Band], columns: list[Span]) -> Table:
    cells: list[Cell] = []
    for row, band in enumerate(bands):
        here: dict[int, Cell] = {}
        for word in band.words:
            column = _column(word, columns)
            here.setdefault(column, Cell(row, column, row + 1, column + 1)).words.append(word)
        cells += [here[column] for column in sorted(here)]
    xs = [end for _, end in columns] + [max(word.right for band in bands for word in band.words) + 1]
    ys = [band.top for band in bands] + [bands[-1].bottom + 1]
    return Table(xs, ys, cells, gaps=columns)


def _is_table(cells: Sequence[Cell], bands: Sequence[_Band], columns: Sequence[Span]) -> bool:
    """Cells of several lines, most rows filled, and the columns not those of a text, nor a list's markers."""
    filled = [_filled(band, columns) for band in bands]
    if sum(count > 1 for count in filled) < 0.67 * len(bands) or max(band.lines for band in bands) < 2:
        return False
    firsts = [cell.text for cell in cells if cell.column == 0]
    if len(firsts) < 0.8 * len(bands) or sum(len(cell.text) for cell in cells) > _LONGEST * len(cells):
        return False
    if len(columns) > 2:
        return not all(_is_marker(text) for text in firsts) or len(columns) > 3
    widths = [_width(cells, column) for column in (0, 1)]
    return widths[0] <= _NARROW * widths[1] and sum(map(_is_marker, firsts)) < 0.5 * len(firsts)


def _is_marker(text: str) -> bool:
    """A number, a letter or a bullet: what stands before an item of a list or a numbered paragraph."""
    return sum(map(str.isalpha, text)) < 3


def _width(cells: Sequence[Cell], column: int) -> int:
    words = [word for cell in cells if cell.column == column for word in cell.words]
    return max(word.right for word in words) - min(word.left for word in words)
