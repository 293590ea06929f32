"""Tables in text: Markdown's pipes, tabs, and columns aligned with spaces (only where they are sure)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from index.documents.inline import Range
from index.documents.lines import Line

_DELIMITER = re.compile(r"\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
_CELL_GAP = re.compile(r"\s{2,}")
_PARAGRAPH_TAG = re.compile(r"</?(?:p|br|li|ul|ol|div)\b[^<>]{0,300}>", re.I)
_BULLET = re.compile(r"(?:^|\s)[•▪◦]\s")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its row (0 is the head), its column, and the ranges of its paragraphs."""

    row: int
    column: int
    parts: tuple[Range, ...]
    """Ranges of characters of the decoded file; empty for an empty cell."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells and the number of lines that they took."""

    rows: tuple[tuple[Cell, ...], ...]
    lines: int


def table_at(lines: Sequence[Line], first: int) -> Table | None:
    """The table that begins at ``lines[first]``, if one does."""
    return _piped(lines, first) or _tabbed(lines, first) or _aligned(lines, first)


def _piped(lines: Sequence[Line], first: int) -> Table | None:
    if first + 1 >= len(lines) or "|" not in lines[first].text:
        return None
    rule = lines[first + 1]
    if rule.gap or "|" not in rule.text or "-" not in rule.text or not _DELIMITER.fullmatch(rule.text[:2000]):
        return None
    rows = [_pipe_row(lines[first], 0)]
    last = first + 2
    while last < len(lines) and not lines[last].gap and "|" in lines[last].text:
        rows.append(_pipe_row(lines[last], len(rows)))
        last += 1
    return Table(tuple(rows), last - first) if len(rows) > 1 else None


def _pipe_row(line: Line, row: int) -> tuple[Cell, ...]:
    cuts = [match.start() for match in re.finditer(r"(?<!\\)\|", line.text)]
    begins = [0, *(cut + 1 for cut in cuts)]
    ends = [*cuts, len(line.text)]
    spans = list(zip(begins, ends, strict=True))
    if spans and spans[0][0] == spans[0][1]:
        spans = spans[1:]
    if spans and not line.text[spans[-1][0] : spans[-1][1]].strip():
        spans = spans[:-1]
    return tuple(Cell(row, column, _parts(line, begin, end)) for column, (begin, end) in enumerate(spans))


def _tabbed(lines: Sequence[Line], first: int) -> Table | None:
    width = _tabs(lines[first])
    if width < 2:
        return None
    last = first + 1
    while last < len(lines) and not lines[last].gap and 2 <= _tabs(lines[last]) <= width:
        last += 1
    if last - first < 2:
        return None
    rows = []
    for row, line in enumerate(lines[first:last]):
        cells = [Cell(row, 0, ())] if line.leading_tab else []
        at = 0
        for text in line.text.split("\t"):
            cells.append(Cell(row, len(cells), _parts(line, at, at + len(text))))
            at += len(text) + 1
        rows.append(tuple(cells))
    return Table(tuple(rows), last - first)


def _tabs(line: Line) -> int:
    return line.text.count("\t") + line.leading_tab


def _aligned(lines: Sequence[Line], first: int) -> Table | None:
    """A head, then at least two rows with figures, whose cells stand below the head's."""
    if not lines[first].gap or not _CELL_GAP.search(lines[first].text[:400]):
        return None
    last = first + 1
    while last < len(lines) and not lines[last].gap and len(lines[last].text) <= 400:
        last += 1
    head = _columns(lines[first])
    body = [_columns(line) for line in lines[first + 1 : last]]
    full = [cells for cells in body if len(cells) == len(head)]
    figures = [cells for cells in full if any(any(map(str.isdigit, text)) for _, _, text in cells[1:])]
    if len(head) < 2 or len(figures) < 2 or len(full) < 0.6 * len(body) or any(c[2].endswith(":") for c in head):
        return None
    rows: list[tuple[Cell, ...]] = []
    for line, cells in zip(lines[first:last], [head, *body], strict=True):
        offset = line.indent
        if len(cells) == len(head) - 1 and cells[0][0] + offset > head[1][0] + lines[first].indent - 12 and rows:
            # The row's name had no room and stands alone on the line above.
            made = tuple(Cell(len(rows) - 1, c + 1, _parts(line, b, e)) for c, (b, e, _) in enumerate(cells))
            rows[-1] = (*rows[-1][:1], *made)
            continue
        rows.append(tuple(Cell(len(rows), c, _parts(line, b, e)) for c, (b, e, _) in enumerate(cells)))
    return Table(tuple(rows), last - first)


def _columns(line: Line) -> list[tuple[int, int, str]]:
    cells = []
    at = 0
    for mark in [*_CELL_GAP.finditer(line.text), None]:
        end = len(line.text) if mark is None else mark.start()
        cells.append((at, end, line.text[at:end]))
        at = end if mark is None else mark.end()
    return cells


def _parts(line: Line, begin: int, end: int) -> tuple[Range, ...]:
    """The paragraphs of a cell: what ``<p>``, ``<br>`` or bullets in it set apart."""
    text = line.text[begin:end]
    cuts = [(mark.start(), mark.end()) for mark in _PARAGRAPH_TAG.finditer(text)]
    if not cuts and len(_BULLET.findall(text)) > 1:
        cuts = [(mark.start(), mark.end()) for mark in _BULLET.finditer(text)]
    starts = [0, *(stop for _, stop in cuts)]
    ends = [*(start for start, _ in cuts), len(text)]
    found = []
    for start, stop in zip(starts, ends, strict=True):
        part = text[start:stop]
        if part.strip():
            lead = len(part) - len(part.lstrip())
            found.append((line.start + begin + start + lead, line.start + begin + start + len(part.rstrip())))
    return tuple(found)
