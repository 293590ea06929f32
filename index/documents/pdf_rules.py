"""What is drawn on a PDF's page beside its letters: rules that part a table's cells, and bullets that are no letters.

A rule may be a line, a thin filled box, an edge of a box, or one of many such parts of one path: programs differ.
"""

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

import pypdfium2.raw as pdfium

_MOST_PATHS = 8_000
"""Of a page: more are a drawing or a map, which has lines without end and no cells."""
_MOST_SEGMENTS = 2_000
"""Of a path."""
_THIN = 250
"""Hundredths of a point; what is thicker is an area."""
_SHORTEST = 500
_STRAIGHT = 40
_DOT = (120, 900)
"""Least and greatest breadth of a bullet."""
_ROUND = 1.3
_WHOLE_PAGE = 0.9


@dataclass(frozen=True, slots=True)
class Rule:
    """A line across or down the page; hundredths of a point, from the upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def level(self) -> bool:
        """It goes across."""
        return self.right - self.left >= self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Dot:
    """A small square or round thing that is drawn."""

    left: int
    top: int
    right: int
    bottom: int


@dataclass(slots=True)
class Drawn:
    """What is drawn on a page."""

    rules: list[Rule] = field(default_factory=list)
    dots: list[Dot] = field(default_factory=list)


class Turn(Protocol):
    """The way from the page's own coordinates to the page as it is shown."""

    def shown(self, x: float, y: float) -> tuple[int, int]:
        """The place of a point."""
        ...


def drawn_on(page: Any, turn: Turn, width: int, height: int) -> Drawn:  # noqa: ANN401 - pypdfium2 is not typed
    """The rules and dots of a page of so many hundredths of a point; nothing of a page that is one drawing."""
    found = Drawn()
    count = pdfium.FPDFPage_CountObjects(page)
    paths = 0
    for index in range(count):
        path = pdfium.FPDFPage_GetObject(page, index)
        if pdfium.FPDFPageObj_GetType(path) != pdfium.FPDF_PAGEOBJ_PATH or not _is_painted(path):
            continue
        paths += 1
        if paths > _MOST_PATHS:
            return Drawn()
        _take(path, turn, (width, height), found)
    return found


def _is_painted(path: Any) -> bool:  # noqa: ANN401
    filled, stroked = ctypes.c_int(), pdfium.FPDF_BOOL()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(filled), ctypes.byref(stroked))
    return bool(filled.value or stroked.value)


def _take(path: Any, turn: Turn, page: tuple[int, int], found: Drawn) -> None:  # noqa: ANN401
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *map(ctypes.byref, edges)):
        return
    x1, y1, x2, y2 = (edge.value for edge in edges)
    if not all(-1e5 < value < 1e5 for value in (x1, y1, x2, y2)):
        return
    left, top, right, bottom = _box(turn, (x1, y1), (x2, y2))
    across, down = right - left, bottom - top
    if min(across, down) <= _THIN:
        if max(across, down) >= _SHORTEST:
            found.rules.append(Rule(left, top, right, bottom))
        elif _is_dot(across, down):
            found.dots.append(Dot(left, top, right, bottom))
    elif _is_dot(across, down):
        found.dots.append(Dot(left, top, right, bottom))
    elif across < _WHOLE_PAGE * page[0] or down < _WHOLE_PAGE * page[1]:
        found.rules += _edges(path, turn)


def _is_dot(across: int, down: int) -> bool:
    return all(_DOT[0] <= side <= _DOT[1] for side in (across, down)) and max(across, down) <= _ROUND * min(
        across, down
    )


def _edges(path: Any, turn: Turn) -> Iterator[Rule]:  # noqa: ANN401
    """The straight parts of a path that go across or down."""
    matrix = pdfium.FS_MATRIX()
    count = pdfium.FPDFPath_CountSegments(path)
    if not 0 < count <= _MOST_SEGMENTS or not pdfium.FPDFPageObj_GetMatrix(path, ctypes.byref(matrix)):
        return
    begun = last = (0, 0)
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(count):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        if not pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            continue
        here_x = matrix.a * x.value + matrix.c * y.value + matrix.e
        here_y = matrix.b * x.value + matrix.d * y.value + matrix.f
        if not (-1e5 < here_x < 1e5 and -1e5 < here_y < 1e5):
            return
        here = turn.shown(here_x, here_y)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            begun = here
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here)
        last = here
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _straight(last, begun)
            last = begun


def _straight(one: tuple[int, int], two: tuple[int, int]) -> Iterator[Rule]:
    (left, right), (top, bottom) = sorted((one[0], two[0])), sorted((one[1], two[1]))
    if min(right - left, bottom - top) <= _STRAIGHT and max(right - left, bottom - top) >= _SHORTEST:
        yield Rule(left, top, right, bottom)


def _box(turn: Turn, one: tuple[float, float], two: tuple[float, float]) -> tuple[int, int, int, int]:
    (x1, y1), (x2, y2) = turn.shown(*one), turn.shown(*two)
    (left, right), (top, bottom) = sorted((x1, x2)), sorted((y1, y2))
    return left, top, right, bottom
