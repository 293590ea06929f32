"""Pages whose text lies on its side, as that of wide tables does, are read as if one had turned the page."""

from collections import Counter
from dataclasses import dataclass, replace

from index.documents.pdf_words import PageWords, Word

_UPRIGHT = 0.3
"""Of a page's letters: where fewer are upright, the page is turned to be read."""

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
    way = _Way(turns, page.width, page.height)
    width, height = (page.width, page.height) if turns == 2 else (page.height, page.width)
    rules = [type(rule)(*way.read((rule.left, rule.top, rule.right, rule.bottom))) for rule in page.rules]
    return replace(page, width=width, height=height, words=[_turned(word, way) for word in page.words], rules=rules)


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
    left, top, right, bottom = way.read(word.box)
    turns = (word.turns - way.turns) % 4 if len(word.text) > 1 else 0
    return replace(word, left=left, top=top, right=right, bottom=bottom, turns=turns, shown=word.box)
