"""Words that nobody wrote in the documents, and the words of the documents that they were probably meant to be.

Norwegian slips are mostly of a few kinds: æ, ø and å typed otherwise (aa, oe, ae, a, o, e), single consonants for
double ones and the reverse, and a silent h. Words that differ in nothing else have the same *skeleton*. Other slips
(letters swapped, missing, wrong or too many) are counted as edits between skeletons.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import log1p

from rapidfuzz.distance import OSA
from rapidfuzz.process import extract

MIN_LETTERS = 4
"""Letters of the shortest word that is looked at: among shorter ones, every slip makes another word."""
_TWO_EDITS = 9
"""Letters of the shortest word that may be two edits off."""
_MOST_FOUND = 30
_NEVER_FIRST = 0.5
"""What a wrong first letter costs beside the edit: people seldom miss it."""
_DIGRAPHS = 0.1
"""What it costs to be typed with aa, oe and ae."""
_EASY = 0.5
"""What the commonest slips cost: letters swapped, the key beside the right one."""
_SAME_BONES = 0.3
"""What it costs to differ in nothing but the skeleton's flesh."""
_FREQUENCY = 0.06
"""How much a word's logarithmic count speaks for it, in edits."""

_FLESH = (("hv", "v"), ("aa", "a"), ("å", "a"), ("oe", "o"), ("ø", "o"), ("ae", "e"), ("æ", "e"))
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_BESIDE = frozenset(
    pair for row in _ROWS for i in range(len(row) - 1) for pair in (row[i : i + 2], row[i : i + 2][::-1])
)
_DOUBLE = re.compile(r"([a-z])\1+")


@dataclass(frozen=True, slots=True)
class Guess:
    """A word that may have been meant."""

    word: str
    cost: float
    """About the number of slips; 0.3 where only the letters' dress differs."""


def skeleton(word: str) -> str:
    """What is left of a word in lower case without the things that are most often typed otherwise.

    >>> skeleton("råflott"), skeleton("raaflot"), skeleton("hvor"), skeleton("vor")
    ('raflot', 'raflot', 'vor', 'vor')
    """
    for letters, bone in _FLESH:
        word = word.replace(letters, bone)
    return _DOUBLE.sub(r"\1", word)


class Spellings:
    """The words of a vocabulary, by what they look like. Safe to share between threads."""

    def __init__(self, counts: Mapping[str, int]) -> None:
        """``counts``: word in lower case -> how often the documents have it; about 2 µs a word."""
        self._counts = counts
        self._words: dict[str, list[str]] = {}
        for word in counts:
            if len(word) >= MIN_LETTERS and word.isalpha():
                self._words.setdefault(skeleton(word), []).append(word)
        self._by_length: dict[int, list[str]] = {}
        for bones in self._words:
            self._by_length.setdefault(len(bones), []).append(bones)

    def near(self, word: str, *, most: int = 5) -> tuple[Guess, ...]:
        """The likeliest words for a misspelt one in lower case, best first; none for a word that is too short.

        >>> Spellings({"høyskole": 3, "skolen": 9}).near("hoyskolle")
        (Guess(word='høyskole', cost=0.3),)
        """
        if len(word) < MIN_LETTERS or not word.isalpha():
            return ()
        meant = _undigraphed(word)
        if meant != word and meant in self._counts:  # then no other word with its skeleton is: "vaere" is no "vere"
            return (Guess(meant, _DIGRAPHS),)
        bones = skeleton(word)
        guesses = [Guess(found, _SAME_BONES) for found in self._words.get(bones, ()) if found != word]
        if not guesses:
            guesses = self._edited(word, bones)
        guesses.sort(key=lambda guess: (guess.cost - _FREQUENCY * log1p(self._counts[guess.word]), guess.word))
        return tuple(guesses[:most])

    def _edited(self, word: str, bones: str) -> list[Guess]:
        most = 2 if len(bones) >= _TWO_EDITS else 1
        found: list[Guess] = []
        for length in range(len(bones) - most, len(bones) + most + 1):
            choices = self._by_length.get(length, ())
            for other, edits, _ in extract(
                bones, choices, scorer=OSA.distance, score_cutoff=most, limit=_MOST_FOUND, processor=None
            ):
                cost = (_EASY if edits == 1 and _is_easy(bones, other) else edits) + (
                    _NEVER_FIRST if other[:1] != bones[:1] else 0.0
                )
                found += [Guess(meant, cost) for meant in self._words[other] if meant != word]
        return found


def _is_easy(typed: str, meant: str) -> bool:
    """Whether one slip of the fingers makes the one of the other: two letters swapped, or the key beside.

    >>> _is_easy("magne", "mange"), _is_easy("betalet", "betaler"), _is_easy("betalek", "betaler")
    (True, True, False)
    """
    if len(typed) != len(meant):
        return False
    differing = [(a, b) for a, b in zip(typed, meant, strict=True) if a != b]
    return len(differing) == 2 or f"{differing[0][0]}{differing[0][1]}" in _BESIDE


def _undigraphed(word: str) -> str:
    return word.replace("aa", "å").replace("oe", "ø").replace("ae", "æ")
