"""What is on a page for the sake of the page: running heads and feet, and its number, which is kept for citing."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from index.documents.lines import ends_sentence
from index.documents.pdf_layout import Row, Segment, rows_of
from index.documents.pdf_words import PageWords

Edges = tuple[list[Row], list[Row]]
"""Rows at a page's upper edge from the top, at its lower edge from the bottom."""
_EDGE = 0.15
"""Of the page's height, above and below, in which running heads and feet stand."""
_RUNNING = 3
"""Rows that a running head has at most."""
_DIGITS = re.compile(r"\d+")
_NUMBER_ALONE = re.compile(
    r"(?:(?:side|page|s\.|p\.)\s?)?[-–—\[(|]?\s?(\d{1,4})\s?[-–—\])|]?(?:\s?(?:av|of|/)\s?\d{1,4})?", re.I
)
_ROMAN = re.compile(r"[ivxlc]{1,7}")
_AT_END = re.compile(r"^(\d{1,4})(?=\s)|(?<=\s)(\d{1,4})$")
_LARGE = 1.2
"""Of the usual height of letters: what is larger is a heading, unless it is the same on many pages."""
_SHORT = 12
"""Words."""
_OFTEN = 3
"""Pages on which a running head stands, unless the document is shorter."""


def without_furniture(
    pages: Sequence[PageWords], segments: Mapping[int, list[Segment]]
) -> tuple[dict[int, list[Segment]], dict[int, str]]:
    """The segments that are text, by page, and the numbers printed on the pages."""
    edges = {page.number: _edges(page, segments[page.number]) for page in pages}
    heights = [row.height for page in pages for row in rows_of(segments[page.number], page.number) for _ in row.words]
    large = _LARGE * median(heights) if heights else 0.0
    often = Counter(key for sides in edges.values() for key in _keys(sides, large))
    wanted = min(_OFTEN, max(2, len(pages) - 1))
    numbers = _numbers(edges)
    kept = {}
    for page in pages:
        dropped: set[int] = set()
        rows = rows_of(segments[page.number], page.number)
        for place, side in enumerate(edges[page.number]):
            running: list[Row] = []
            for row in side:
                alone, ended = _NUMBER_ALONE.fullmatch(row.text), numbers.get(page.number) in _at_ends(row)
                numbered = bool(alone) or (ended and row.height <= large)
                numbered = numbered or (len(pages) > 2 and bool(_ROMAN.fullmatch(row.text)))
                if not numbered and often[_key(row, place, large)] < wanted:
                    break
                running.append(row)
            while running and not _is_apart(running, rows if place == 0 else rows[::-1]):
                running.pop()
            dropped |= {id(segment) for row in running for segment in row.segments}
        kept[page.number] = [one for one in segments[page.number] if id(one) not in dropped]
    return kept, numbers


def _edges(page: PageWords, segments: Sequence[Segment]) -> Edges:
    """Rows at the page's upper edge from the top, and at its lower edge from the bottom."""
    rows = rows_of(segments, page.number)
    upper = [row for row in rows[:_RUNNING] if row.bottom <= _EDGE * page.height]
    lower = [row for row in rows[: -_RUNNING - 1 : -1] if row.top >= (1 - _EDGE) * page.height and row not in upper]
    return upper, lower


def _is_apart(running: Sequence[Row], rows: Sequence[Row]) -> bool:
    """More than a line's distance, or another size, parts them from the next of ``rows``; or there are no others."""
    if len(running) >= len(rows):
        return len(running) < _RUNNING
    row, inner = running[-1], rows[len(running)]
    space = max(inner.top - row.bottom, row.top - inner.bottom)
    return space > 0.8 * row.height or abs(row.height - inner.height) > 0.07 * inner.height


def _at_ends(row: Row) -> list[str]:
    """Figures that open or end a running head: "Kapittel 3: Skole 17"; a footnote ends as a sentence does."""
    short = len(row.words) <= _SHORT and not ends_sentence(row.text)
    return [one or two for one, two in _AT_END.findall(row.text)] if short else []


def _keys(sides: Edges, large: float) -> set[tuple[str, int, int]]:
    return {_key(row, place, large) for place, side in enumerate(sides) for row in side}


def _key(row: Row, place: int, large: float) -> tuple[str, int, int]:
    """What is alike of a running head from page to page: its words, its size, whether it is above (0) or below (1).

    Where it is large, its figures count too: chapters that begin on pages of their own are headings ("Kapittel 3").
    """
    text = row.text.lower()
    return text if row.height > large else _DIGITS.sub("#", text), round(row.height / 50), place


def _numbers(edges: Mapping[int, Edges]) -> dict[int, str]:
    """The printed number of each page that has one, where they run on from page to page."""
    said: dict[int, set[int]] = {}
    for number, sides in edges.items():
        for row in (row for side in sides for row in side):
            alone = _NUMBER_ALONE.fullmatch(row.text)
            found = [alone.group(1)] if alone else _at_ends(row)
            said.setdefault(number, set()).update(map(int, found))
    offsets = Counter(value - number for number, values in said.items() for value in values)
    if not offsets:
        return {}
    offset, count = offsets.most_common(1)[0]
    holding = [number for number, values in said.items() if number + offset in values]
    if count < max(2, 0.3 * len(edges)):
        return {}
    # Between two pages that show their number, those without one (a picture, a chapter's first) count as well.
    return {number: str(number + offset) for number in edges if holding[0] <= number <= holding[-1]}
