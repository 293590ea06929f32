"""A document cut into parts and pages: a long one is sent part by part, as it is read."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from index.documents.document import Block, BlockKind, Document, Page

PART = 6_000
"""Characters from which on a part is full: some two printed pages."""
_MUCH_TABLE = 4 * PART
"""Characters from which on even a table is cut, between two rows."""

Run = tuple[Block, ...]
"""Neighbours of one kind, that are shown together: the items of a list, the cells of a table."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document that is sent as a whole."""

    number: int
    """From 0."""
    start: int
    end: int
    """Code points in the canonical text, half-open; parts lie side by side and cover the whole text."""
    first: int
    last: int
    """Its runs, as a half-open range of the document's."""


def runs_of(document: Document) -> tuple[Run, ...]:
    """The document's blocks in their order; runs end where the kind changes, and, but for tables, at a new page."""
    pages = Pages(document)

    def alike(block: Block) -> tuple[BlockKind, int]:
        page = pages.at(block.start)
        return block.kind, page.number if page and block.kind is not BlockKind.TABLE_CELL else 0

    return tuple(run for _, blocks in groupby(document.blocks, key=alike) for run in _short(tuple(blocks)))


def parts_of(document: Document, runs: tuple[Run, ...]) -> tuple[Part, ...]:
    """The document in parts, each of whole runs; never empty."""
    parts: list[Part] = []
    first = start = 0
    for number in range(1, len(runs) + 1):
        end = runs[number][0].start if number < len(runs) else len(document.text)
        if end - start >= PART or number == len(runs):
            parts.append(Part(len(parts), start, end, first, number))
            first, start = number, end
    return tuple(parts) or (Part(0, 0, len(document.text), 0, 0),)


def part_at(parts: tuple[Part, ...], offset: int) -> Part:
    """The part that holds the character at ``offset``; the last where it is beyond the text."""
    return parts[max(0, bisect_right(parts, offset, key=lambda part: part.start) - 1)]


def _short(blocks: Run) -> Iterator[Run]:
    """The run, cut where it is too long for one part; a table only between rows."""
    table = blocks[0].kind is BlockKind.TABLE_CELL
    room = _MUCH_TABLE if table else PART
    begin = 0
    for number in range(1, len(blocks)):
        before = blocks[number - 1].row
        whole_row = not table or (before is not None and blocks[number].row != before)
        if whole_row and blocks[number].end - blocks[begin].start > room:
            yield blocks[begin:number]
            begin = number
    yield blocks[begin:]


class Pages:
    """Which page stands where in the text, found quickly."""

    def __init__(self, document: Document) -> None:
        """Learn the document's pages; those without text stand nowhere."""
        self._pages = sorted((page for page in document.pages if page.start < page.end), key=lambda page: page.start)
        self._starts = [page.start for page in self._pages]

    def at(self, offset: int) -> Page | None:
        """The page on which the character at ``offset`` stands."""
        place = bisect_right(self._starts, offset) - 1
        return self._pages[place] if place >= 0 and offset < self._pages[place].end else None

    def beginning_within(self, start: int, end: int) -> tuple[Page, ...]:
        """The pages that begin inside the range, not at its start: those that a paragraph goes on over."""
        return tuple(self._pages[bisect_right(self._starts, start) : bisect_right(self._starts, end - 1)])
