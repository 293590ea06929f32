"""A question as it was probably meant: slips mended and split compounds joined, after the documents' own words.

Only what is sure is mended, since the encoder and the reader see the mended question: a word that the documents or the
word list have is left alone, and so is one that might be two different words. What is less sure is still looked for by
BM25 (``index.language``).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from index.spelling import MIN_LETTERS, Guess, Spellings

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MIN_JOINED = 7
"""Letters of the shortest compound that is put together."""
_MIN_PART = 3
_CLEARLY = 0.5
"""How much less than the next word a guess must cost, unless both are forms of one word."""
_OFTENER = 8
"""So many times more often a word must stand in the documents to be meant rather than one that costs as much."""
_MOST_COST = 1.6
_NAME_COST = 0.5
"""A capitalised word that the documents lack may well be a name that they lack."""


@dataclass(frozen=True, slots=True)
class Change:
    """A stretch of the question that was read otherwise."""

    start: int
    end: int
    """In the question as it was typed."""
    meant: str


@dataclass(frozen=True, slots=True)
class Correction:
    """A question and what was changed in it."""

    text: str
    changes: tuple[Change, ...]


class Corrector:
    """Mends questions after the words of an index. Safe to share between threads."""

    def __init__(
        self,
        counts: Mapping[str, int],
        *,
        known: Callable[[str], bool],
        stem: Callable[[str], str],
        light: Callable[[str], bool],
    ) -> None:
        """Mend after these words.

        Args:
            counts: Word in lower case -> how often the documents have it.
            known: Whether a word in lower case is right as it is, in the documents or at all.
            stem: A word's stem: words of one stem are forms of one word.
            light: Whether a word is a function word, which never is a part of a split compound.
        """
        self._counts, self._known, self._stem, self._light = counts, known, stem, light
        self._spellings = Spellings(counts)

    def correct(self, question: str) -> Correction:
        """The question as it was probably meant; itself, without changes, where nothing is surely wrong."""
        words = list(_WORD.finditer(question))
        changes: list[Change] = []
        position = 0
        while position < len(words):
            joined = self._joined(question, words, position)
            if joined is not None:
                changes.append(joined)
                position += 2
                continue
            word = words[position]
            if (meant := self._meant(word.group(), opens=position == 0)) is not None:
                changes.append(Change(word.start(), word.end(), meant))
            position += 1
        return Correction(_applied(question, changes), tuple(changes))

    def _joined(self, question: str, words: list[re.Match[str]], position: int) -> Change | None:
        if position + 1 >= len(words):
            return None
        left, right = words[position], words[position + 1]
        first, second = left.group().lower(), right.group().lower()
        if question[left.end() : right.start()] != " " or not self._may_join(first, second):
            return None
        whole = first + second
        if whole in self._counts:
            return Change(left.start(), right.end(), _cased(whole, left.group()))
        if self._known(first) and self._known(second):
            return None
        meant = self._best(whole, most=1.0)
        # The compound may not be what one of its parts was meant to be anyway.
        if meant is None or len(meant) < len(whole) - 2:
            return None
        return Change(left.start(), right.end(), _cased(meant, left.group()))

    def _may_join(self, first: str, second: str) -> bool:
        if min(len(first), len(second)) < _MIN_PART or len(first) + len(second) < _MIN_JOINED:
            return False
        return not self._light(first) and not self._light(second)

    def _meant(self, written: str, *, opens: bool) -> str | None:
        word = written.lower()
        if len(word) < MIN_LETTERS or self._known(word):
            return None
        name = written[0].isupper() and not opens
        meant = self._best(word, most=_NAME_COST if name else _MOST_COST)
        return None if meant is None else _cased(meant, written)

    def _best(self, word: str, *, most: float) -> str | None:
        """The one word that a misspelt one can be, if there is one."""
        guesses = self._spellings.near(word)
        if not guesses or guesses[0].cost > most:
            return None
        best = guesses[0]
        rivals = [guess for guess in guesses[1:] if self._stem(guess.word) != self._stem(best.word)]
        if any(self._rivals(rival, best) for rival in rivals):
            return None
        return best.word

    def _rivals(self, rival: Guess, best: Guess) -> bool:
        seldom = _OFTENER * self._counts[rival.word] < self._counts[best.word]
        return rival.cost < best.cost + _CLEARLY and not seldom


def _applied(question: str, changes: list[Change]) -> str:
    parts, position = [], 0
    for change in changes:
        parts += [question[position : change.start], change.meant]
        position = change.end
    return "".join([*parts, question[position:]])


def _cased(word: str, written: str) -> str:
    return word[0].upper() + word[1:] if written[0].isupper() else word
