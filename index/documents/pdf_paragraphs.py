"""Rows of pages become elements: paragraphs by spacing, indents and what a line holds; headings by size and weight."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from index.documents.document import BlockKind
from index.documents.extraction import Box, Element, TextLine
from index.documents.lines import begins_lower, ends_sentence
from index.documents.pdf_blocks import BULLET, LEADERS, Block
from index.documents.pdf_cells import cells_of_rows, cells_of_table, is_cut, table_rows, whole, words_of
from index.documents.pdf_layout import Row
from index.documents.pdf_words import Word

_NUMBERED = re.compile(r"\(?(\d{1,3}|[a-zæøå])[.)]\s+(?=\S)")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2}){1,3}\.?\s+[^\W\d_]")
"""The number of a section within a chapter: "2.1.3 Særlig om barn"."""
_FOOTNOTE = re.compile(r"(\d{1,3})\s?(?=[^\W\d])")
_CLOSING = frozenset(".,;:!?)»”")
_WORDS_APART = re.compile(r"[\W_]+")
_SOFT_HYPHEN = "\u00ad"
_LARGER, _MUCH_LARGER = 1.13, 1.3
_SMALLER = 0.93
_SAME_SIZE = 0.07
_SPACED = 1.4
"""Of the usual distance between lines: more is a new paragraph."""
_INDENT = 0.6
"""Of a row's height."""
_MAX_HEADING = 200
_SENTENCE, _SHORT_SENTENCE = 7, 3
"""Spaces in the shortest sentence that is no heading, however large; and not very large."""
_ALIGNED = 400


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in the document."""

    height: float
    """Of body text."""
    pitch: float
    """From one line of body text to the next."""
    right: Mapping[tuple[int, int], int]
    """Where lines end, by page and band."""
    left: Mapping[tuple[int, int], int]


def elements_of(
    rows: Sequence[Row], outline: Mapping[int, Sequence[tuple[str, int]]], asides: Sequence[Row] = ()
) -> list[Element]:
    """Elements of a document's rows in reading order.

    ``outline`` holds, by page, the titles of the file's own outline and their depths, from 0. ``asides`` are rows that
    do not belong to the text that runs through the pages: they come after what begins on their page.
    """
    if not rows:
        return []
    measures = _measures(rows)
    blocks = _blocks(rows, measures)
    _mark_footnotes(blocks, measures)
    _mark_headings(blocks, measures, outline)
    blocks = _with_asides(_rejoined(blocks, measures), _blocks(asides, _measures(asides)) if asides else [])
    notes = {(block.rows[0].page, block.footnote) for block in blocks if block.footnote} | _notes_in_text(
        blocks, measures
    )
    known = words_of(blocks)
    return [element for block in blocks if (element := _element(block, notes, known)) is not None]


def _measures(rows: Sequence[Row]) -> _Measures:
    sizes: Counter[int] = Counter()
    rows = [row for row in rows if row.table is None] or rows
    for row in rows:
        sizes[round(row.height / 10)] += len(row.text)
    height = 10.0 * sizes.most_common(1)[0][0]
    steps = [
        two.top - one.top
        for one, two in zip(rows, rows[1:], strict=False)
        if (one.page, one.band) == (two.page, two.band) and 0.6 * height < two.top - one.top < 2.6 * height
    ]
    steps.sort()
    # Line distances are the most common ones and the smaller: distances between paragraphs come on top.
    pitch = steps[len(steps) // 3] if steps else 1.2 * height
    bands: dict[tuple[int, int], list[Row]] = {}
    for row in rows:
        bands.setdefault((row.page, row.band), []).append(row)
    return _Measures(
        height,
        pitch,
        # The widest lines of a band with many rows may be strays; of few rows they are the text.
        right={key: sorted(row.right for row in band)[-(-9 * (len(band) - 1) // 10)] for key, band in bands.items()},
        left={key: sorted(row.left for row in band)[len(band) // 10] for key, band in bands.items()},
    )


def _blocks(rows: Sequence[Row], measures: _Measures) -> list[Block]:
    blocks: list[Block] = []
    at = 0
    while at < len(rows):
        row = rows[at]
        table = table_rows(rows, at)
        if row.table is not None:
            blocks += cells_of_table(row, rows[at - 1] if at else None, blocks)
            table = 1
        elif table:
            blocks += cells_of_rows(rows[at : at + table])
        if table:
            at += table
            continue
        last = blocks[-1] if blocks else None
        item = last if last is not None and last.kind is BlockKind.LIST_ITEM else None
        opens = item is not None and at + 1 < len(rows) and _opens(item, row, rows[at + 1], measures)
        if last is not None and not last.cell and not opens and _continues(last, row, measures):
            last.rows.append(row)
        else:
            blocks.append(_block(row))
            blocks[-1].gap = last is None or last.cell or _set_apart(last.rows[-1], row, measures)
        at += 1
    return blocks


def _set_apart(before: Row, row: Row, measures: _Measures) -> bool:
    if (before.page, before.band) != (row.page, row.band):
        return True
    return row.top - before.top > _SPACED * measures.pitch * max(1.0, row.height / measures.height)


def _block(row: Row) -> Block:
    block = Block([row])
    text = row.text
    bullet, number = BULLET.match(text), _NUMBERED.match(text)
    if LEADERS.search(text):
        block.kind = BlockKind.BOILERPLATE
    elif bullet:
        dash = bullet.group(1) in "-–—"
        block.kind, block.marker = BlockKind.LIST_ITEM, bullet.group(1) if dash else "•"
        block.with_marker = bullet.end()
    elif number:
        told = number.group(1)
        block.kind, block.marker = BlockKind.LIST_ITEM, "1" if told.isdigit() else "a"
        block.number = int(told) if told.isdigit() else "abcdefghijklmnopqrstuvwxyzæøå".index(told) + 1
        block.with_marker = number.end()
    return block


def _continues(block: Block, row: Row, measures: _Measures) -> bool:
    """``row`` is the next line of the paragraph."""
    before = block.rows[-1]
    if _set_apart(before, row, measures) or block.kind is BlockKind.BOILERPLATE or LEADERS.search(row.text):
        return False
    if abs(row.height - before.height) > _SAME_SIZE * before.height or row.bold != before.bold:
        return _same_sentence(before, row, measures)
    if _block(row).kind is BlockKind.LIST_ITEM and (block.marker or ends_sentence(before.text) or _deeper(block, row)):
        return False
    indent = row.left - before.left
    if block.kind is BlockKind.LIST_ITEM:
        hanging = row.left >= block.rows[0].left - _ALIGNED // 4
        return hanging and not (ends_sentence(before.text) and row.left <= block.rows[0].left + _ALIGNED // 4)
    if indent > _INDENT * row.height and (ends_sentence(before.text) or len(block.rows) > 1):
        return False
    if -indent > _INDENT * row.height and len(block.rows) > 1:
        return False
    return not _ends_early(before, row, measures)


def _opens(item: Block, row: Row, following: Row, measures: _Measures) -> bool:
    """``row`` is the first line of a paragraph below a list: it is indented, though not as the item is."""
    lefts = (item.rows[-1].left, *(word.left for word in item.rows[0].words[:2]))
    aligned = any(abs(row.left - left) <= _ALIGNED // 4 for left in lefts)
    outdented = row.left - following.left > _INDENT * row.height
    return outdented and not aligned and not ends_sentence(row.text) and _continues(_block(row), following, measures)


def _deeper(block: Block, row: Row) -> bool:
    return row.text[0] in "•‣◦▪●○■" or block.text.endswith(":")


def _same_sentence(before: Row, row: Row, measures: _Measures) -> bool:
    """A line that is bold or tall only by chance (one word on it, an exponent) goes on with the sentence."""
    close = abs(row.height - before.height) <= 2 * _SAME_SIZE * before.height
    return (
        close and begins_lower(row.text) and not ends_sentence(before.text) and not _ends_early(before, row, measures)
    )


def _ends_early(before: Row, row: Row, measures: _Measures) -> bool:
    """The line before ends where the next word would have fitted: its end is meant."""
    width = max(measures.right[before.page, before.band] - before.left, 1)
    slack = _slack(before, row, measures)
    if slack <= 0:
        return False
    if ends_sentence(before.text):
        return slack > 0.06 * width
    if _SECTION.match(before.text):
        return not begins_lower(row.text)
    return slack > (0.5 if begins_lower(row.text) else 0.25) * width


def _slack(before: Row, row: Row, measures: _Measures) -> float:
    """What the line before leaves empty, less the room that the next word takes."""
    right = measures.right[before.page, before.band]
    return right - before.right - (row.words[0].right - row.words[0].left) - 0.3 * before.height


def _mark_footnotes(blocks: Sequence[Block], measures: _Measures) -> None:
    """Small print with a number at the foot of a page or of a column, up to its end."""
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        below = blocks[index + 1] if index + 1 < len(blocks) else None
        last = below is None or bool(below.footnote) or _begins_higher(below, block)
        number = _FOOTNOTE.match(block.text)
        if last and not block.cell and number and block.height < _SMALLER * measures.height:
            block.footnote, block.kind = number.group(1), BlockKind.PARAGRAPH


def _begins_higher(below: Block, block: Block) -> bool:
    """On the next page, or at the top of the next column."""
    last, first = block.rows[-1], below.rows[0]
    return first.page != last.page or (first.band != last.band and first.bottom < block.rows[0].top)


def _notes_in_text(blocks: Sequence[Block], measures: _Measures) -> set[tuple[int, str]]:
    """Pages and numbers of notes that stand below their section rather than at the page's foot: no mark stays."""
    marks = {(row.page, word.text) for block in blocks for row in block.rows for word in row.words[1:] if word.raised}
    small = (block for block in blocks if not block.cell and block.height < _SMALLER * measures.height)
    found = ((block.rows[0].page, number.group(1)) for block in small if (number := _FOOTNOTE.match(block.text)))
    return {note for note in found if note in marks}


def _mark_headings(
    blocks: Sequence[Block], measures: _Measures, outline: Mapping[int, Sequence[tuple[str, int]]]
) -> None:
    """By size and weight; where the file has an outline, it has the last word on depths."""
    found: list[Block] = []
    for block in blocks:
        short = len(block.rows) <= 4 and len(block.text) <= _MAX_HEADING and not block.cell and not block.footnote
        if not short or block.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            continue
        # A lead in larger type is a text, and may be quoted.
        spaces = _SENTENCE if block.height > _MUCH_LARGER * measures.height or block.rows[0].bold else _SHORT_SENTENCE
        told = ends_sentence(block.text) and block.text[-1:] not in "?!" and block.text.count(" ") >= spaces
        large = block.height > _LARGER * measures.height and not told
        bold = (
            all(row.bold for row in block.rows) and len(block.rows) <= 2 and not ends_sentence(block.text.rstrip("?!"))
        )
        if (large or bold) and any(map(str.isalpha, block.text)) and not BULLET.match(block.text):
            block.kind, block.with_marker, block.marker = BlockKind.HEADING, 0, ""
            found.append(block)
    sizes = sorted({_size(block) for block in found}, reverse=True)
    for block in found:
        block.level = min(1 + sizes.index(_size(block)), 6)
    for page, entries in outline.items():
        here = [block for block in blocks if block.rows[0].page == page and not block.cell]
        for title, depth in entries:
            wanted = _letters(title)
            match = next((b for b in here if len(b.text) <= _MAX_HEADING and wanted == _letters(b.text)), None)
            if wanted and match is not None and not (match.level == 1 and match.kind is BlockKind.HEADING):
                match.kind, match.with_marker, match.marker = BlockKind.HEADING, 0, ""
                match.level = min(depth + 2, 6)


def _size(block: Block) -> tuple[int, bool]:
    return round(block.height / 60), block.rows[0].bold


def _letters(text: str) -> str:
    return _WORDS_APART.sub("", text.lower())


def _rejoined(blocks: Sequence[Block], measures: _Measures) -> list[Block]:
    """Put together paragraphs that go on in the next column or on the next page, and move footnotes behind them."""
    found: list[Block] = []
    waiting: list[Block] = []
    for block in blocks:
        if block.footnote:
            waiting.append(block)
            continue
        last = found[-1] if found else None
        if last is not None and _goes_on(last, block, measures):
            last.rows += block.rows
            continue
        if waiting and last is not None and block.rows[0].page != waiting[-1].rows[0].page:
            found += waiting
            waiting = []
        found.append(block)
    return found + waiting


def _with_asides(blocks: Sequence[Block], asides: Sequence[Block]) -> list[Block]:
    """Each aside after the last block that begins on its page or before."""
    found = list(blocks)
    for aside in asides:
        page = aside.rows[0].page
        before = [at for at, block in enumerate(found) if block.rows[0].page <= page]
        found.insert(before[-1] + 1 if before else 0, aside)
    return found


def _goes_on(last: Block, block: Block, measures: _Measures) -> bool:
    before, row = last.rows[-1], block.rows[0]
    if (before.page, before.band) == (row.page, row.band) or block.kind is not BlockKind.PARAGRAPH:
        return False
    if last.kind not in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) or last.cell or block.cell:
        return False
    if abs(row.height - before.height) > _SAME_SIZE * before.height or row.bold != before.bold:
        return False
    if ends_sentence(before.text):
        return False
    right = measures.right[before.page, before.band]
    full = before.right + row.words[0].right - row.words[0].left + 0.3 * before.height > right
    cut = before.text.endswith(("-", _SOFT_HYPHEN))
    return cut or begins_lower(row.text) or (full and len(before.text) > 30)


def _element(block: Block, notes: set[tuple[int, str]], known: Collection[str]) -> Element | None:
    lines = _lines(block, notes, known)
    if not lines:
        return None
    beside = [line.text for one in block.beside for line in _lines(one, notes, known)]
    return Element(
        block.kind,
        lines,
        level=block.level,
        marker=block.marker,
        number=block.number,
        with_marker=min(block.with_marker, len(lines[0].text)),
        gap=block.gap,
        row=whole(" ".join(beside)) or block.row_name,
        column=block.column,
    )


def _lines(block: Block, notes: set[tuple[int, str]], known: Collection[str]) -> list[TextLine]:
    lines: list[TextLine] = []
    glued = False
    for row, following in zip(block.rows, [*block.rows[1:], None], strict=True):
        line = _line(row.words, row.page, notes)
        if not line.text:
            continue
        if block.cell and following is not None and is_cut(row, following, block, known):
            line = replace(line, text=line.text + _SOFT_HYPHEN)
        if glued:
            line = _after(lines.pop(), line) if lines[-1].page == line.page else line
        lines.append(line)
        glued = line.text.endswith(_SOFT_HYPHEN)
    return lines


def _line(words: Sequence[Word], page: int, notes: set[tuple[int, str]]) -> TextLine:
    """The words with spaces between them; footnotes' marks are left out, other raised figures are glued."""
    text = ""
    boxes: list[Box] = []
    for before, word in zip([None, *words], words, strict=False):
        after_mark = before is not None and before.raised
        if word.raised and (page, word.text) in notes and text:
            continue
        closing = bool(boxes) and after_mark and word.text[0] in _CLOSING
        text += ("" if word.raised or not text or closing else " ") + word.text
        boxes.append((len(text) - len(word.text), len(text), *word.box))
    return TextLine(text, page, tuple(boxes))


def _after(first: TextLine, second: TextLine) -> TextLine:
    """Two lines as one: a soft hyphen at the first's end says that the word goes on."""
    shift = len(first.text)
    moved = [(start + shift, end + shift, x1, y1, x2, y2) for start, end, x1, y1, x2, y2 in second.boxes]
    return TextLine(first.text + second.text, first.page, (*first.boxes, *moved))
