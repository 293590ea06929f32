"""A PDF's characters become words with their places on the page, as pdfium finds them."""

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from statistics import median_high, median_low
from typing import Any

import pypdfium2.raw as pdfium

from index.documents.pdf_rules import Dot, Rule, drawn_on

_SPACES = frozenset(" \t\r\n\f\v\xa0\u2002\u2003\u2009\u202f\u3000\x00")
_HYPHENS = dict.fromkeys((0x02, 0x2010, 0x2011), "-")
"""pdfium gives U+0002 for a hyphen that it takes to be a line's end."""
_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_LETTERS = _HYPHENS | _LIGATURES
_HUNDREDTHS = 100
_RAISED = 0.12
"""Of a character's height: how much higher a raised figure stands than the word it belongs to."""
_SMALL = 0.82
_BOLD_WEIGHT = 600
_CONTROL = 0x20
_FAR = 100_000
"""Points from a page's corner."""
_MOST_DOTS = 400
"""Of a page; more are a picture's."""
_BULLET_GAP = 3.0
"""Of a line's height: how far a bullet stands from its text, at most."""


@dataclass(frozen=True, slots=True)
class Word:
    """Characters without a space between them; all measures are hundredths of a point, from the upper left corner."""

    text: str
    left: int
    top: int
    right: int
    bottom: int
    bold: bool = False
    raised: bool = False
    """A small figure above the line, glued to the word before it: a footnote's mark or an exponent."""
    turns: int = 0
    """Quarter turns, clockwise, of its line: 1 runs down the page, 2 stands on its head, 3 runs up."""
    shown: tuple[int, int, int, int] | None = None
    """Its place on the page as it is shown, where the page is turned to be read."""

    @property
    def upright(self) -> bool:
        """Written from left to right."""
        return self.turns == 0

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom on the page as it is shown."""
        return self.shown or (self.left, self.top, self.right, self.bottom)

    @property
    def height(self) -> int:
        """Of its letters' boxes, which grows with the font's size."""
        return self.bottom - self.top


@dataclass(slots=True)
class PageWords:
    """What stands on a page."""

    number: int
    width: int
    height: int
    words: list[Word] = field(default_factory=list)
    """In the order in which the file writes them."""
    unmapped: int = 0
    """Characters whose font does not say what they are."""
    pictures: bool = False
    rules: list[Rule] = field(default_factory=list)
    """Lines that are drawn on it."""
    recognised: bool = False
    """The words are read from the page's picture, by text recognition."""


@dataclass(slots=True)
class _Letters:
    """A word in the making; boxes are in the page's own coordinates."""

    first: int
    text: str = ""
    boxes: list[tuple[float, float, float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Turn:
    """From the page's own coordinates to the page as it is shown, turned and cropped."""

    origin: tuple[float, float]
    across: tuple[float, float]
    """Where a step of one to the page's own right leads."""
    up: tuple[float, float]

    @classmethod
    def of(cls, page: Any, width: int, height: int) -> "_Turn":  # noqa: ANN401
        """As pdfium shows it; its whole numbers are read off far out, to be exact near by."""
        x0, y0 = _shown(page, width, height, 0, 0)
        x1, y1 = _shown(page, width, height, _FAR, 0)
        x2, y2 = _shown(page, width, height, 0, _FAR)
        return cls((x0, y0), ((x1 - x0) / _FAR, (y1 - y0) / _FAR), ((x2 - x0) / _FAR, (y2 - y0) / _FAR))

    def shown(self, x: float, y: float) -> tuple[int, int]:
        """The place of a point."""
        return (
            round(self.origin[0] + self.across[0] * x + self.up[0] * y),
            round(self.origin[1] + self.across[1] * x + self.up[1] * y),
        )


def _shown(page: Any, width: int, height: int, x: float, y: float) -> tuple[int, int]:  # noqa: ANN401
    across, down = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDF_PageToDevice(page.raw, 0, 0, width, height, 0, x, y, ctypes.byref(across), ctypes.byref(down))
    return across.value, down.value


def read_page(page: Any, number: int) -> PageWords:  # noqa: ANN401 - pypdfium2 is not typed
    """The words of a page of a pypdfium2 document."""
    width, height = page.get_size()
    if not 0 < width < _FAR or not 0 < height < _FAR:  # no number, or no page
        return PageWords(number, 0, 0)
    found = PageWords(number, round(width * _HUNDREDTHS), round(height * _HUNDREDTHS))
    turn = _Turn.of(page, found.width, found.height)
    textpage = page.get_textpage()
    try:
        for letters in _letters(textpage.raw, found):
            word = _word(textpage.raw, letters, found, turn)
            if word is not None:
                found.words += _parted(word, letters)
    finally:
        textpage.close()
    drawn = drawn_on(page.raw, turn, found.width, found.height) if found.words else None
    if drawn is not None:
        found.rules = drawn.rules
        found.words = _with_raised(found.words) + list(_bullets(drawn.dots, found.words))
    if not found.words:
        kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
        found.pictures = next(iter(page.get_objects(filter=kinds)), None) is not None
    return found


def _letters(textpage: Any, found: PageWords) -> Iterator[_Letters]:  # noqa: ANN401
    """Runs of characters between spaces and line ends."""
    box = pdfium.FS_RECTF()
    reference = ctypes.byref(box)
    letters: _Letters | None = None
    for index in range(pdfium.FPDFText_CountChars(textpage)):
        code = pdfium.FPDFText_GetUnicode(textpage, index)
        unmapped = pdfium.FPDFText_HasUnicodeMapError(textpage, index) == 1
        found.unmapped += unmapped or code == 0xFFFD or 0xE000 <= code <= 0xF8FF
        char = _LETTERS.get(code) or (chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd")
        if char in _SPACES or code < _CONTROL and code != 0x02:
            if letters is not None:
                yield letters
                letters = None
            continue
        if not pdfium.FPDFText_GetLooseCharBox(textpage, index, reference) or not _is_near(box):
            continue
        if letters is not None and _elsewhere(letters, box):
            yield letters
            letters = None
        letters = letters or _Letters(index)
        letters.text += char
        letters.boxes += [(box.left, box.top, box.right, box.bottom)] * len(char)
    if letters is not None:
        yield letters


def _is_near(box: Any) -> bool:  # noqa: ANN401
    """Its edges are numbers, and within what a page can be."""
    left, top, right, bottom = box.left, box.top, box.right, box.bottom
    return bool(-_FAR < left < _FAR and -_FAR < top < _FAR and -_FAR < right < _FAR and -_FAR < bottom < _FAR)


def _elsewhere(letters: _Letters, box: Any) -> bool:  # noqa: ANN401
    """The next character stands on another line: pdfium puts words together that a hyphen cut."""
    left, top, right, bottom = letters.boxes[-1]
    size = max(top - bottom, right - left)
    (x1, y1), (x2, y2) = _middle(letters.boxes[-1]), _middle((box.left, box.top, box.right, box.bottom))
    limit = 0.9 if letters.text[-1] in "-\u00ad" else 2.5
    return abs(x2 - x1) + abs(y2 - y1) > limit * max(size, 1e-6)


def _word(textpage: Any, letters: _Letters, found: PageWords, turn: _Turn) -> Word | None:  # noqa: ANN401
    boxes = letters.boxes
    corners = [turn.shown(x, y) for x, y in _corners(boxes)]
    (left, right), (top, bottom) = (sorted(values) for values in zip(*corners, strict=True))
    outside = right < 0 or bottom < 0 or left > found.width or top > found.height
    if outside or right - left < 1 or bottom - top < 1:
        return None
    turns = 0
    if len(boxes) > 1:
        (x1, y1), (x2, y2) = turn.shown(*_middle(boxes[0])), turn.shown(*_middle(boxes[-1]))
        turns = _quarters(x2 - x1, y2 - y1)
    return Word(letters.text, left, top, right, bottom, bold=_is_bold(textpage, letters.first), turns=turns)


def _quarters(across: int, down: int) -> int:
    """Turns of a line that goes so far across and down the page."""
    if abs(across) > abs(down):
        return 0 if across > 0 else 2
    return 1 if down >= 0 else 3


def _corners(boxes: Sequence[tuple[float, float, float, float]]) -> list[tuple[float, float]]:
    """Of the word, as high as most of its letters: where a font says less than how high "å" is, its box is higher."""
    left, right = min(box[0] for box in boxes), max(box[2] for box in boxes)
    (x1, y1), (x2, y2) = _middle(boxes[0]), _middle(boxes[-1])
    if abs(x2 - x1) <= abs(y2 - y1):  # it goes up or down the page
        return [(left, max(box[1] for box in boxes)), (right, min(box[3] for box in boxes))]
    return [(left, median_high(box[1] for box in boxes)), (right, median_low(box[3] for box in boxes))]


def _middle(box: tuple[float, float, float, float]) -> tuple[float, float]:
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def _is_bold(textpage: Any, index: int) -> bool:  # noqa: ANN401
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    size = pdfium.FPDFText_GetFontInfo(textpage, index, name, 128, ctypes.byref(flags))
    told = name.raw[: max(0, min(size, 128) - 1)].lower()
    if b"bold" in told or b"black" in told or b"heavy" in told:
        return True
    return pdfium.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT and b"regular" not in told


def _parted(word: Word, letters: _Letters) -> Iterator[Word]:
    """The word without the raised figures at its end, then these on their own."""
    boxes = letters.boxes
    head = len(letters.text.rstrip("0123456789"))
    # What most letters stand on: a comma, a bracket or a "g" may reach lower than any figure, raised or not.
    full = [box for char, box in zip(letters.text[:head], boxes, strict=False) if char.isalnum()] or boxes[head:][:1]
    if head == len(boxes):
        yield word
        return
    height = median_low(top - bottom for _, top, _, bottom in full)
    base = median_high(bottom for _, _, _, bottom in full)
    cut = len(boxes)
    while cut > max(head, 1):
        _, top, _, bottom = boxes[cut - 1]
        if top - bottom > _SMALL * height or bottom - base < _RAISED * height:
            break
        cut -= 1
    if cut == len(boxes) or not word.upright:
        yield word
        return
    across = [(left, right) for left, _, right, _ in boxes]
    share = (across[cut - 1][1] - across[0][0]) / max(across[-1][1] - across[0][0], 1e-6)
    middle = word.left + round((word.right - word.left) * min(max(share, 0.0), 1.0))
    if not word.left < middle < word.right:
        yield word
        return
    yield replace(word, text=word.text[:cut], right=middle)
    yield replace(word, text=word.text[cut:], left=middle, bottom=word.top + max(1, word.height // 2), raised=True)


def _with_raised(words: Sequence[Word]) -> list[Word]:
    """A small figure above the line is raised also where the file sets it as a word of its own."""
    kept = list(words)
    for at, (before, word) in enumerate(zip(words, words[1:], strict=False), 1):
        near = 0 <= word.left - before.right + 0.1 * before.height <= 0.5 * before.height
        small = word.height <= _SMALL * before.height and word.text.isdigit() and len(word.text) <= 3
        higher = before.bottom - word.bottom >= _RAISED * before.height and word.bottom > before.top
        if near and small and higher and word.upright and before.text[-1:].strip("0123456789"):
            low = before.top + max(1, before.height // 2)
            kept[at] = replace(word, top=min(word.top, low - 1), bottom=low, raised=True)
    return kept


def _bullets(dots: Sequence[Dot], words: Sequence[Word]) -> Iterator[Word]:
    """Bullets that are drawn, as browsers do, rather than written: a dot before a line's first word."""
    if len(dots) > _MOST_DOTS:
        return
    for dot in dots:
        middle = (dot.top + dot.bottom) / 2
        line = [w for w in words if w.top + 0.2 * w.height < middle < w.bottom - 0.1 * w.height and w.upright]
        after = min((w for w in line if w.left >= dot.right), key=lambda w: w.left, default=None)
        if after is None or dot.bottom - dot.top > 0.7 * after.height:
            continue
        alone = all(w.right < dot.left - 2 * after.height for w in line if w.left < dot.right)
        if alone and after.left - dot.right <= _BULLET_GAP * after.height:
            yield Word("\u2022", dot.left, after.top, dot.right, after.bottom)
