"""Words of a question that no document has, as they were probably meant."""

from collections.abc import Callable, Iterator
from itertools import product

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøå"
_MIN_LETTERS = 4
_MOST_SWAPS = 5
"""Vowels that may stand for æ, ø or å at once; more would mean too many combinations."""
_WITHOUT_DOTS = {"a": "aå", "o": "oø", "e": "eæ"}


def meant(word: str, known: Callable[[str], str | None], *, most: int = 2) -> tuple[str, ...]:
    """The known terms one slip away from ``word``: first those that lack only æ, ø and å, then by kind of slip.

    ``known`` gives the term that a spelling stands for, or None if no document has it.

    >>> meant("hsakole", {"høyskole": "x", "haskole": "y"}.get)
    ('y',)
    """
    if len(word) < _MIN_LETTERS or not word.isalpha():
        return ()
    found: dict[str, None] = {}
    for spelling in (*_dotted(word), *_slips(word)):
        term = known(spelling)
        if term is not None:
            found[term] = None
            if len(found) == most:
                break
    return tuple(found)


def _dotted(word: str) -> Iterator[str]:
    """The word with vowels made Norwegian, as typed on a keyboard that lacks them: kjoring -> kjøring."""
    if sum(letter in _WITHOUT_DOTS for letter in word) <= _MOST_SWAPS:
        for letters in product(*(_WITHOUT_DOTS.get(letter, letter) for letter in word)):
            if (spelling := "".join(letters)) != word:
                yield spelling


def _slips(word: str) -> Iterator[str]:
    """Every word one slip away: letters swapped, too many, missing or wrong, the last ones first."""
    cuts = [(word[:cut], word[cut:]) for cut in range(len(word), -1, -1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + right[1:] for left, right in cuts if left and right)
    yield from (left + letter + right for left, right in cuts for letter in _LETTERS)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in _LETTERS)
