"""Pages whose text lies on its side, as that of wide tables does, are read as if one had turned the page.

Where only some of a page's text lies so, it is read by itself, after the rest, if it says something.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from index.documents.lines import ends_sentence
from index.documents.pdf_layout import Row, in_reading_order, segments_of, with_tables
from index.documents.pdf_words import PageWords, Word

_UPRIGHT = 0.3
"""Of a page's letters: where fewer are upright, the page is turned to be read."""
_GAP = 0.9
"""Of a letter's height: how far it stands from the word before it, at most."""
_SENTENCE = 5
"""Words of a sentence; fewer are a stamp, the name of an axis, or who took a picture."""
_MUCH, _LONG_ROW = 20, 4
"""Words, and words a row, that need not be sentences: a table."""
_NOT_LETTERS = re.compile(r"[\W\d_]+")

Box = tuple[int, int, int, int]
"""Left, top, right and bottom in hundredths of a point, from the upper left corner."""


@dataclass(frozen=True, slots=True)
class _Way:
    """From the page as it is shown to how it is read."""

    turns: int
    """Quarter turns, clockwise, of the text: 1 runs down the page, 2 stands on its head, 3 runs up."""
    width: int
    height: int
    """Of the page as it is shown."""

    def read(self, box: Box) -> Box:
        """Where a box of the page stands when the page is held so that its text is upright."""
        left, top, right, bottom = box
        if self.turns == 1:
            return top, self.width - right, bottom, self.width - left
        if self.turns == 2:
            return self.width - right, self.height - bottom, self.width - left, self.height - top
        return self.height - bottom, left, self.height - top, right


def turned_to_read(page: PageWords) -> PageWords:
    """The page, turned so that most of its text is upright; its words keep their places on the page as it is shown."""
    turns = _turns(page)
    if not turns:
        return page
    return _page_turned(page, _Way(turns, page.width, page.height), page.words)


def without_turned(page: PageWords) -> PageWords:
    """The page's upright words: without those that lie on their side, and the single letters between these."""
    turned = {id(word) for words in _by_turns(page).values() for word in words}
    return replace(page, words=[word for word in page.words if id(word) not in turned])


def turned_rows(pages: Sequence[PageWords]) -> list[Row]:
    """What lies on its side on pages whose text is upright, turned to be read; without what only decorates a page.

    Decoration is what stands on several pages (a watermark), and what is no sentence and no table (a stamp, the name of
    an axis, a picture's origin).
    """
    found = []
    for page in pages:
        for turns, words in _by_turns(page).items():
            turned = _page_turned(page, _Way(turns, page.width, page.height), words)
            segments = with_tables(segments_of(turned), turned.rules)
            found.append(in_reading_order(segments, page.number, first_band=turns * len(page.words)))
    often = Counter(key for rows in found for key in {_key(row) for row in rows})
    kept = [[row for row in rows if often[_key(row)] == 1] for rows in found]
    return [row for rows in kept if _says_something(rows) for row in rows]


def _key(row: Row) -> str:
    return _NOT_LETTERS.sub("", row.text.lower())


def _says_something(rows: Sequence[Row]) -> bool:
    words = sum(len(row.words) for row in rows)
    if words >= _MUCH and words >= _LONG_ROW * len(rows):
        return True
    return words >= _SENTENCE and ends_sentence(rows[-1].text)


def _by_turns(page: PageWords) -> dict[int, list[Word]]:
    """The words that lie on their side, by how they are turned; a single letter goes with the word before it."""
    found: dict[int, list[Word]] = {}
    before: Word | None = None
    for word in page.words:
        alone = len(word.text) == 1  # which way it lies nobody can tell
        turns = before.turns if alone and before is not None and _beside(before, word, page) else word.turns
        if turns:
            found.setdefault(turns, []).append(word)
        before = replace(word, turns=turns)
    return found


def _beside(before: Word, letter: Word, page: PageWords) -> bool:
    """The letter comes next on the line of a word that lies on its side."""
    if not before.turns:
        return False
    way = _Way(before.turns, page.width, page.height)
    _, top, right, bottom = way.read(_here(before))
    left, letter_top, _, letter_bottom = way.read(_here(letter))
    height = bottom - top
    return top < (letter_top + letter_bottom) / 2 < bottom and -0.3 * height <= left - right <= _GAP * height


def _page_turned(page: PageWords, way: _Way, words: Sequence[Word]) -> PageWords:
    """Some of the page's words, and its rules, with the page held so that they are upright."""
    width, height = (page.width, page.height) if way.turns == 2 else (page.height, page.width)
    rules = [type(rule)(*way.read((rule.left, rule.top, rule.right, rule.bottom))) for rule in page.rules]
    return replace(page, width=width, height=height, words=[_turned(word, way) for word in words], rules=rules)


def _turns(page: PageWords) -> int:
    """How the text of a page lies of which hardly any is upright; 0 where enough is."""
    letters: Counter[int] = Counter()
    for word in page.words:
        if len(word.text) > 1:  # of a single letter nobody can tell
            letters[word.turns] += len(word.text)
    if not letters or letters[0] >= _UPRIGHT * letters.total():
        return 0
    return letters.most_common(1)[0][0]


def _turned(word: Word, way: _Way) -> Word:
    left, top, right, bottom = way.read(_here(word))
    turns = (word.turns - way.turns) % 4 if len(word.text) > 1 else 0
    return replace(word, left=left, top=top, right=right, bottom=bottom, turns=turns, shown=word.box)


def _here(word: Word) -> Box:
    """Its place on the page as the page is held now."""
    return word.left, word.top, word.right, word.bottom
