"""A question as it was probably meant: slips mended and split compounds joined, after the documents' own words.

Only what is sure is mended, since the encoder and the reader see the mended question: a word that the documents or the
word list have is left alone, and so is one that might be two different words. What is less sure is still looked for by
BM25 (``index.language``).
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from index.documents.document import Language
from index.frequency import COMMON
from index.language import LIGHT_WORDS, Analyser, detect_language
from index.nynorsk import is_nynorsk
from index.shipped import shipped_table
from index.spelling import MIN_LETTERS, Guess, Spellings, skeleton

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_MIN_JOINED = 7
"""Letters of the shortest compound that is put together."""
_MIN_PART = 3
_CLEARLY = 0.5
"""How much less than the next word a guess must cost, unless both are forms of one word."""
_OFTENER = 8
"""So many times more often a word must stand in the documents to be meant rather than one that costs as much."""
_MOST_COST = 1.6
_NAME_COST = 0.4
"""A capitalised word that the documents lack may well be a name that they lack, and a common word is not a slip."""
_BY_CHANCE = 2e-8
"""Product of two words' shares of running words from which on they meet often enough as two words …"""
_JOINED_OFTENER = 3
"""… unless they are written as one so many times more often than that."""
_MUCH_OFTENER = 100
"""So many times more common than what was written the word must be that was meant."""

_SPECIAL = frozenset("æøå")
_LETTERS = (("a", "å"), ("o", "ø"), ("aa", "å"), ("oe", "ø"), ("ae", "æ"))
_SHORT = 4
"""Letters of the longest word that is looked at for a letter that the keyboard lacks, where another lacked one."""
_LETTERED_OFTENER = 10
"""So many times more common a word must be with the letter than without."""

DIALECT = "dialect.tsv"
"""The small words that dialects write otherwise, which the models hardly know."""
_BESIDE_DIALECT = {"e": "er"}
"""What is one of them only beside another: "vitamin e" is no "vitamin er"."""
_NOT_MENDED = frozenset({Language.ENGLISH, Language.OTHER})
"""What is asked in these has other words than the documents anyway: "viele" is no "ville"."""

Frequency = Callable[[str], float]


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
        analyser: Analyser,
        vocabulary: Collection[str],
        *,
        general: Frequency,
        everyday: Collection[str] = (),
    ) -> None:
        """Mend after these words.

        Args:
            counts: Word in lower case -> how often the documents have it.
            analyser: The one that made the index's terms.
            vocabulary: The index's terms.
            general: A word's share of running words in general, 0 to 1.
            everyday: Common words that may be meant though no document has them.
        """
        self._counts = counts
        self._total = max(1, sum(counts.values()))
        self._analyser, self._vocabulary, self._general = analyser, vocabulary, general
        self._spellings = Spellings(dict.fromkeys((*LIGHT_WORDS, *everyday), 0) | dict(counts))
        self._dialect = shipped_table(DIALECT)
        self._light = {bones: word for word in sorted(LIGHT_WORDS, key=general) if (bones := skeleton(word)) != word}

    def in_bokmaal(self, question: str) -> str:
        """The question with the small words of dialects in Bokmål, where the documents do not have them.

        They are no slips: nobody has to be asked what was meant.
        """
        if not any(self._in_bokmaal(found.group()) for found in _WORD.finditer(question)):
            return question
        return _WORD.sub(lambda it: self._in_bokmaal(it[0]) or _BESIDE_DIALECT.get(it[0]) or it[0], question)

    def _in_bokmaal(self, written: str) -> str | None:
        word = written.lower()
        known = word in self._counts or word not in self._dialect
        return None if known else _cased(self._dialect[word], written)

    def correct(self, question: str) -> Correction:
        """The question as it was probably meant; itself, without changes, where nothing is surely wrong."""
        language = detect_language(question)
        if language in _NOT_MENDED:
            return Correction(question, ())
        nynorsk = language is Language.NYNORSK
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
            if (meant := self._meant(word.group(), opens=position == 0, nynorsk=nynorsk)) is not None:
                changes.append(Change(word.start(), word.end(), meant))
            position += 1
        if _is_bare(question, changes):
            changes += self._with_letters(words, changes)
            changes.sort(key=lambda change: change.start)
        return Correction(_applied(question, changes), tuple(changes))

    def _with_letters(self, words: list[re.Match[str]], changes: list[Change]) -> list[Change]:
        """The short words of a question without æ, ø and å that mostly have one: "ma" for "må", "far" for "får"."""
        left = [word for word in words if not any(it.start <= word.start() < it.end for it in changes)]
        meant = [(word, self._lettered(word.group().lower())) for word in left]
        return [Change(word.start(), word.end(), _cased(it, word.group())) for word, it in meant if it]

    def _lettered(self, word: str) -> str | None:
        """The word with å, ø or æ, where it is short and far more common so."""
        if len(word) > _SHORT:
            return None
        meant = max((word.replace(*pair, 1) for pair in _LETTERS), key=self._general)
        return meant if self._general(meant) > max(_LETTERED_OFTENER * self._general(word), COMMON) else None

    def _joined(self, question: str, words: list[re.Match[str]], position: int) -> Change | None:
        if position + 1 >= len(words):
            return None
        left, right = words[position], words[position + 1]
        first, second = left.group().lower(), right.group().lower()
        if (
            right.group()[0].isupper()
            or question[left.end() : right.start()] != " "
            or not self._may_join(first, second)
        ):
            return None
        whole = first + second
        if whole in self._counts and not self._meet_by_chance(first, second):
            return Change(left.start(), right.end(), _cased(whole, left.group()))
        if self._right(first) and self._right(second):
            return None
        meant = self._best(whole, most=_NAME_COST)
        # A part that is a word must stand in the compound: "komunen nei" is no "kommunene".
        if meant is None or any(self._right(part) and part not in meant for part in (first, second)):
            return None
        return Change(left.start(), right.end(), _cased(meant, left.group()))

    def _may_join(self, first: str, second: str) -> bool:
        if min(len(first), len(second)) < _MIN_PART or len(first) + len(second) < _MIN_JOINED:
            return False
        return first not in LIGHT_WORDS and second not in LIGHT_WORDS

    def _meet_by_chance(self, first: str, second: str) -> bool:
        """Whether both words are so common that they often stand side by side: "lang tid" is no "langtid"."""
        chance = self._general(first) * self._general(second)
        return chance > _BY_CHANCE and self._general(first + second) < _JOINED_OFTENER * chance

    def _meant(self, written: str, *, opens: bool, nynorsk: bool) -> str | None:
        word = written.lower()
        if word in self._counts or word in LIGHT_WORDS:
            return None
        if is_nynorsk(word, self._known, surely=nynorsk):
            return None
        meant = self._light.get(skeleton(word))
        if meant is None and len(word) >= MIN_LETTERS:
            name = written[0].isupper() and not opens
            meant = self._best(word, most=_NAME_COST if name or self._right(word) else _MOST_COST)
        if meant is None or _turned_around(word, meant):
            return None
        # The frequency list has few forms of Nynorsk: that it lacks a word is no evidence, that the documents have
        # what is nearest is.
        if nynorsk and meant not in self._counts and skeleton(word) != skeleton(meant):
            return None
        # How often a few documents have a word says little of a word that people do write.
        often = self._general(meant) if self._general(word) else self._frequency(meant)
        return None if self._general(word) * _MUCH_OFTENER > often else _cased(meant, written)

    def _best(self, word: str, *, most: float) -> str | None:
        """The one word that a misspelt one can be, if there is one."""
        guesses = self._spellings.near(word)
        if not guesses or guesses[0].cost > most:
            return None
        best = guesses[0]
        stem = self._analyser.stem(best.word)
        if any(self._analyser.stem(other.word) != stem and self._rivals(other, best) for other in guesses[1:]):
            return None
        return best.word

    def _rivals(self, rival: Guess, best: Guess) -> bool:
        seldom = _OFTENER * self._frequency(rival.word) < self._frequency(best.word)
        return rival.cost < best.cost + _CLEARLY and not seldom

    def _known(self, word: str) -> bool:
        return word in self._counts or self._general(word) >= COMMON

    def _right(self, word: str) -> bool:
        """Whether a word is one: the documents have it in some form, or it is common."""
        known = word in self._counts or self._analyser.stem(word) in self._vocabulary
        return known or self._general(word) >= COMMON

    def _frequency(self, word: str) -> float:
        return max(self._general(word), self._counts.get(word, 0) / self._total)


def _is_bare(question: str, changes: list[Change]) -> bool:
    """Whether a question was typed without æ, ø and å: it has none, and a word that was mended should have had one."""
    return not _SPECIAL & set(question.lower()) and any(_SPECIAL & set(change.meant.lower()) for change in changes)


def _turned_around(word: str, meant: str) -> bool:
    """Whether only a negation tells the words apart: "ubemanna" is not a slip for "bemanna"."""
    return f"u{meant}" == word or f"u{word}" == meant


def _applied(question: str, changes: list[Change]) -> str:
    parts, position = [], 0
    for change in changes:
        parts += [question[position : change.start], change.meant]
        position = change.end
    return "".join([*parts, question[position:]])


def _cased(word: str, written: str) -> str:
    return word[0].upper() + word[1:] if written[0].isupper() else word
