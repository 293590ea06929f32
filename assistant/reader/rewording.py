"""A question's official words replaced by what people say instead, by a word list that leads from these to those."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random

from index.frequency import general_frequency
from index.shipped import telling, two_columns

MOST = 2
"""Words of one question that are replaced."""
_ENDINGS = ("ene", "ane", "en", "et", "er", "ar", "a", "e", "te", "de", "r", "t", "s", "")
"""Of nouns and verbs, in Bokmål and Nynorsk."""
_SHORTEST = 4
_COMMON = 2e-4
"""Share of all running words from which on a word means too many things to be replaced."""
_VOWELS = "aeiouyæøå"


@dataclass(frozen=True, slots=True)
class Rewording:
    """What people say instead of a document's word."""

    instead: Mapping[str, tuple[str, ...]]
    """Everyday expressions by the word that documents use, both in lower case and as a dictionary has them."""

    @classmethod
    def of(cls, lines: Iterable[str]) -> "Rewording":
        r"""From lines ``expression<tab>word; word``, of which single expressions and the first, nearest words count.

        >>> Rewording.of(["snut\tpoliti; politibetjent"]).instead
        {'politi': ('snut',)}
        """
        instead: dict[str, list[str]] = defaultdict(list)
        for expression, words in two_columns(telling(lines)):
            word = words.split("; ")[0]
            if (
                " " not in expression
                and len(word) >= _SHORTEST
                and " " not in word
                and general_frequency(word) < _COMMON
            ):
                instead[word].append(expression)
        return cls({word: tuple(found) for word, found in instead.items()})

    @classmethod
    def read(cls, file: Path) -> "Rewording":
        """From a file of such lines. Raises ``FileNotFoundError``."""
        return cls.of(file.read_text("utf-8").splitlines())

    def __call__(self, question: str, random: Random) -> str:
        r"""The question with up to ``MOST`` of its words in other words, with their endings where these may fit.

        >>> Rewording.of(["snut\tpoliti"])("Hva gjorde politiet?", Random(1))
        'Hva gjorde snut?'
        """
        parts = re.split(r"(\w+)", question)
        places = [place for place in range(1, len(parts), 2) if self._others(parts[place])]
        for place in random.sample(places, min(MOST, len(places))):
            parts[place] = random.choice(self._others(parts[place]))
        return "".join(parts)

    def _others(self, word: str) -> list[str]:
        low, found = word.lower(), list[str]()
        for ending in _ENDINGS:
            base = low.removesuffix(ending)
            if low.endswith(ending):
                for known in (base, base + "e") if ending else (low,):
                    found += [_with(it, ending, like=known) for it in self.instead.get(known, ())]
        return found


def _with(expression: str, ending: str, *, like: str) -> str:
    """The ending goes on where both words end alike, in a vowel or not, and takes an "e" away; else there is none."""
    if expression.endswith("e") and ending[:1] in tuple(_VOWELS):
        return expression.removesuffix("e") + ending
    alike = (expression[-1] in _VOWELS) == (like[-1] in _VOWELS)
    return expression + ending if alike else expression
