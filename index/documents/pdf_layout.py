"""Words on a page become rows in reading order: one column after the other, cells of a table side by side."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median

from index.documents.pdf_rules import Rule
from index.documents.pdf_tables import Table, tables_of
from index.documents.pdf_white_tables import white_tables
from index.documents.pdf_words import PageWords, Word

_SAME_ROW = 0.5
"""Of the lower height: how much two words on one row overlap."""
_WORD_GAP = 0.9
"""Of a row's height: wider gaps part cells or columns."""
_ALIGNED = 250
"""Hundredths of a point within which edges are one edge."""
_MIN_COLUMN = 4
"""Rows on each side of a gutter."""
_MIN_WIDTH = 0.25
"""Of the text's width: narrower stretches are cells, not columns of text."""
_NEXT_LINE = 1.6
"""Of a line's height: from its top to that of the next, at most."""
_LINE_NUMBERS = 5
"""Figures in the margin that make a numbering."""


@dataclass(slots=True)
class Segment:
    """Words of one row without a wide gap between them; or a whole table, which stands in the page as one thing."""

    words: list[Word]
    table: Table | None = None

    @property
    def left(self) -> int:
        """Of the first word."""
        return min(word.left for word in self.words)

    @property
    def right(self) -> int:
        """Of the last word."""
        return max(word.right for word in self.words)

    @property
    def top(self) -> int:
        """Of the tallest word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> int:
        """Of the lowest word."""
        return max(word.bottom for word in self.words)


@dataclass(slots=True)
class Row:
    """A line of text, or the cells of a table's row."""

    segments: list[Segment]
    page: int
    band: int = 0
    """Rows of one column have one number; it rises in reading order."""
    words: list[Word] = field(default_factory=list)
    left: int = 0
    right: int = 0
    top: int = 0
    bottom: int = 0
    height: float = 0.0
    """Of its words, by their number of characters the most common."""
    bold: bool = False
    """All of it."""

    def __post_init__(self) -> None:
        self.words = [word for segment in self.segments for word in segment.words]
        self.left, self.right = min(w.left for w in self.words), max(w.right for w in self.words)
        self.top, self.bottom = min(w.top for w in self.words), max(w.bottom for w in self.words)
        self.height = median(word.height for word in self.words for _ in word.text)
        said = [word for word in self.words if any(map(str.isalpha, word.text))] or self.words
        self.bold = all(word.bold for word in said) and any(map(str.isalnum, self.text))

    @property
    def table(self) -> Table | None:
        """The table that it is, if it is one."""
        return self.segments[0].table

    @property
    def text(self) -> str:
        """The words with spaces between them; a raised figure is glued."""
        return "".join(("" if word.raised or not at else " ") + word.text for at, word in enumerate(self.words))


def segments_of(page: PageWords) -> list[Segment]:
    """The page's words as segments, upright ones only."""
    words = [word for word in page.words if word.upright]
    found: list[Segment] = []
    for word in words:
        last = found[-1].words[-1] if found else None
        if last is not None and (word.raised or _follows(last, word)):
            found[-1].words.append(word)
        else:
            found.append(Segment([word]))
    return _merged(found)


def _follows(before: Word, word: Word) -> bool:
    height = min(before.height, word.height)
    return _overlap(
        before.top, before.bottom, word.top, word.bottom
    ) >= _SAME_ROW * height and -0.3 * height <= word.left - before.right <= _WORD_GAP * max(before.height, word.height)


def _overlap(top: int, bottom: int, other_top: int, other_bottom: int) -> int:
    return min(bottom, other_bottom) - max(top, other_top)


def _merged(segments: list[Segment]) -> list[Segment]:
    """Put together what stands close on one row although the file writes it at different times."""
    found: list[Segment] = []
    for cluster in _clusters(segments):
        for segment in cluster:
            last = found[-1] if found and segment is not cluster[0] else None
            if last is not None and _follows(last.words[-1], segment.words[0]):
                last.words += segment.words
            else:
                found.append(segment)
    return found


def _clusters(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Segments of one row each, from left to right; rows from top to bottom."""
    rows: list[tuple[int, int, list[Segment]]] = []
    """Top and bottom of a row's first segment, and all its segments."""
    placed = [(one.top, one.bottom, one.left, index, one) for index, one in enumerate(segments)]
    for top, bottom, _, _, segment in sorted(placed, key=lambda one: (one[0] + one[1], one[2], one[3])):
        if segment.table is not None:
            rows.append((top, top, [segment]))  # nothing stands on its row
            continue
        for row_top, row_bottom, row in rows[-3:][::-1]:
            height = min(bottom - top, row_bottom - row_top)
            if _overlap(row_top, row_bottom, top, bottom) >= _SAME_ROW * height:
                row.append(segment)
                break
        else:
            rows.append((top, bottom, [segment]))
    return [sorted(row, key=lambda one: one.left) for _, _, row in rows]


def with_tables(segments: Sequence[Segment], rules: Sequence[Rule], before: Sequence[Segment] = ()) -> list[Segment]:
    """The segments, with those that stand in a table put together as one; ``before`` are those of the page before."""
    last = max((one for one in before if one.table), key=lambda one: one.bottom, default=None)
    words = [word for segment in segments for word in segment.words]
    tables = tables_of(words, rules)
    taken = {id(word) for table in tables for cell in table.cells for word in cell.words}
    tables += white_tables([word for word in words if id(word) not in taken], rules, last.table if last else None)
    if not tables:
        return list(segments)
    inside = {id(word) for table in tables for cell in table.cells for word in cell.words}
    found = [Segment([word for cell in table.cells for word in cell.words], table) for table in tables]
    for segment in segments:
        rest = [word for word in segment.words if id(word) not in inside]
        if rest:
            found.append(Segment(rest))
    return found


def rows_of(segments: Sequence[Segment], page: int) -> list[Row]:
    """Rows across the whole page, from top to bottom."""
    return [Row(cluster, page) for cluster in _clusters(segments)]


def without_line_numbers(segments: list[Segment]) -> list[Segment]:
    """Drop figures that count lines in the margin: each stands left of all text and counts up evenly."""
    heads = [s for s in segments if s.words[0].text.isdigit() and len(s.words[0].text) <= 4]
    heads.sort(key=lambda one: one.top)
    numbers = {id(segment.words[0]) for segment in heads}
    others = [word.left for segment in segments for word in segment.words if id(word) not in numbers]
    margin = sorted(others)[len(others) // 50] if others else 0
    heads = [segment for segment in heads if segment.words[0].right <= margin]
    values = [int(segment.words[0].text) for segment in heads]
    steps = [two - one for one, two in zip(values, values[1:], strict=False)]
    even = steps and steps.count(max(set(steps), key=steps.count)) >= 0.8 * len(steps) and min(steps) > 0
    if len(heads) < _LINE_NUMBERS or not even:
        return segments
    for segment in heads:
        segment.words = segment.words[1:]
    return [segment for segment in segments if segment.words]


def in_reading_order(segments: Sequence[Segment], page: int, *, first_band: int = 0) -> list[Row]:
    """The page's rows, column by column, with the columns numbered from ``first_band``."""
    rows: list[Row] = []
    for band, stretch in enumerate(_bands(list(segments)), first_band):
        for cluster in _clusters(stretch):
            rows.append(Row(cluster, page, band))
    return rows


def _bands(segments: list[Segment]) -> list[list[Segment]]:
    """Stretches that are read from top to bottom, in order."""
    gutter = _gutter(segments)
    if gutter is None:
        return [segments] if segments else []
    crossing = _crossing(segments, gutter)
    found: list[list[Segment]] = []
    across = {id(one) for one in crossing}
    rest = [one for one in segments if id(one) not in across]
    above = -1
    for wide in [*crossing, None]:
        limit = wide.top + wide.bottom if wide else 1 << 60
        between = [one for one in rest if above <= one.top + one.bottom < limit]
        for side in ([s for s in between if s.right <= gutter], [s for s in between if s.right > gutter]):
            found += _bands(side) if len(side) < len(segments) else [side] * bool(side)
        if wide is not None:
            if found and found[-1] and id(found[-1][-1]) in across:
                found[-1].append(wide)
            else:
                found.append([wide])
            above = limit
    return found


def _crossing(segments: Sequence[Segment], gutter: int) -> list[Segment]:
    """What stands across the gutter, from top to bottom, with the last lines of it, which may be too short to cross."""
    found: list[Segment] = []
    for one in sorted(segments, key=lambda one: (one.top, one.left)):
        if _crosses(one, gutter) or (found and _ends(found[-1], one, segments)):
            found.append(one)
    return found


def _ends(wide: Segment, short: Segment, segments: Sequence[Segment]) -> bool:
    """``short`` is the next line of ``wide``, and nothing stands beside it."""
    if wide.table is not None or short.table is not None:
        return False
    height, step = wide.bottom - wide.top, short.top - wide.top
    alike = abs(short.bottom - short.top - height) <= 0.1 * height and 0.5 * height < step < _NEXT_LINE * height
    sides = abs(short.left - wide.left), abs(short.left + short.right - wide.left - wide.right) // 2
    if not alike or min(sides) > _ALIGNED:
        return False
    return not any(
        other is not short
        and other is not wide
        and _overlap(other.top, other.bottom, short.top, short.bottom) > 0.3 * height
        for other in segments
    )


def _crosses(segment: Segment, gutter: int) -> bool:
    return segment.left < gutter - _ALIGNED and segment.right > gutter


def _gutter(segments: Sequence[Segment]) -> int | None:
    """Where a page's second column begins, if there is one: many rows begin there and few cross it."""
    if len(segments) < 2 * _MIN_COLUMN:
        return None
    width = max(one.right for one in segments) - min(one.left for one in segments)
    best, gain = None, 0
    for candidate in {one.left for one in segments}:
        right = [one for one in segments if candidate - _ALIGNED <= one.left]
        begin = sum(one.left <= candidate + _ALIGNED for one in right)
        left = [one for one in segments if one.right <= candidate]
        if min(len(left), begin) < _MIN_COLUMN:
            continue
        if min(map(_mean_width, (left, right))) < _MIN_WIDTH * width:
            continue
        shared = _overlap(
            min(s.top for s in left),
            max(s.bottom for s in left),
            min(s.top for s in right),
            max(s.bottom for s in right),
        )
        crossing = len(segments) - len(left) - len(right)
        value = min(len(left), begin) - crossing // 2
        if shared > 0 and value > gain:
            best, gain = candidate, value
    return best


def _mean_width(segments: Sequence[Segment]) -> float:
    """What is written on a row, on average; lines set to one width may be cut into words by wide spaces."""
    rows = {round((one.top + one.bottom) / (2 * _ALIGNED)) for one in segments}
    return sum(one.right - one.left for one in segments) / len(rows)
