"""A PDF's pages as pictures, with the quotes' rectangles on them -> HTML. Pure functions."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.texts import text
from assistant.web.markup import Mark, plain
from index.documents.document import Document, Language, Place
from index.documents.page_images import Size

_SAME_LINE = 0.5
"""Of the lower word's height: so much of two neighbours must lie at the same height to be one line."""
_GAP = 3.0
"""Heights between two words of one line: further apart they stand in two columns."""


def lines_of(places: Sequence[Place]) -> tuple[Place, ...]:
    """The words' rectangles with neighbours on a line put together, so that a quote is marked in whole lines."""
    lines: list[Place] = []
    for place in places:
        if lines and _same_line(lines[-1], place):
            last = lines[-1]
            lines[-1] = replace(
                last,
                end=place.end,
                left=min(last.left, place.left),
                top=min(last.top, place.top),
                right=max(last.right, place.right),
                bottom=max(last.bottom, place.bottom),
            )
        else:
            lines.append(place)
    return tuple(lines)


def _same_line(line: Place, place: Place) -> bool:
    shared = min(line.bottom, place.bottom) - max(line.top, place.top)
    height = min(line.bottom - line.top, place.bottom - place.top)
    near = line.left < place.left <= line.right + _GAP * height
    return line.page == place.page and near and shared >= _SAME_LINE * height


def box(line: Place, size: Size) -> tuple[float, float, float, float]:
    """Left, top, width and height of a rectangle, in percent of its page."""
    # Hundredths of a point by points: that is percent.
    left, top = line.left / size.width, line.top / size.height
    width, height = (line.right - line.left) / size.width, (line.bottom - line.top) / size.height
    return round(left, 2), round(top, 2), round(width, 2), round(height, 2)


def render_pages(document: Document, sizes: Sequence[Size], marks: Sequence[Mark], language: Language) -> str:
    """A frame for each page, with its marks; ``reading.js`` puts the picture in when the page is near."""
    rectangles: dict[int, list[str]] = {}
    for mark in marks:
        for number, html in _rectangles(document, sizes, mark, language):
            rectangles.setdefault(number, []).append(html)
    usual = Counter(sizes).most_common(1)[0][0]
    frames = []
    for number, size in enumerate(sizes, start=1):
        shape = f' style="aspect-ratio:{size.width:g}/{size.height:g}"' if size != usual else ""
        inside = "".join(rectangles.get(number, ()))
        frames.append(f'<figure class="kv-blad" data-side="{number}"{shape}>{inside}</figure>')
    shape = f"--kv-form:{usual.width:g}/{usual.height:g}"
    return f'<div class="kv-blader" style="{shape}">{"".join(frames)}</div>'


def _rectangles(document: Document, sizes: Sequence[Size], mark: Mark, language: Language) -> Iterator[tuple[int, str]]:
    """Page and HTML of each of the mark's lines; the opened quote's first is what the pane goes to, and is read out."""
    for number, line in enumerate(lines_of(document.places_of(mark.span.start, mark.span.end))):
        if not 1 <= line.page <= len(sizes):
            continue
        left, top, width, height = box(line, sizes[line.page - 1])
        spoken = ""
        if mark.style == "kv-her" and number == 0:
            words = text(language, "pane.quote", quote=document.text[mark.span.start : mark.span.end])
            spoken = f' id="kv-her-side" tabindex="-1" role="note" aria-label="{plain(words)}"'
        style = f"left:{left:g}%;top:{top:g}%;width:{width:g}%;height:{height:g}%"
        yield line.page, f'<div class="kv-rute {mark.style}"{spoken} style="{style}"></div>'
