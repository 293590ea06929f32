"""Norwegian compounds taken apart: rusmiddelanalysetjeneste -> rus, middel, analyse, tjeneste."""

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.resources import files

MIN_PART = 3
"""Letters; shorter parts ("by", "ti") are found inside too many simple words."""
MIN_COMPOUND = 7
_MAX_PARTS = 4


class Compounds:
    """Splits words into words of a frequency list, with the linking letters -s- and -e- between them."""

    def __init__(self, counts: Mapping[str, int], stem: Callable[[str], str]) -> None:
        """``counts``: word as written, in lower case -> how often it occurs."""
        self._stem = stem
        self._words = {word: count for word, count in counts.items() if len(word) >= MIN_PART}
        self._stems: dict[str, int] = {}
        for word, count in self._words.items():
            key = stem(word)
            self._stems[key] = self._stems.get(key, 0) + count

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, as written but for linking letters; empty if it is not seen to be one."""
        if len(word) < MIN_COMPOUND or not word.isalpha():
            return ()
        best = self._best(word, _MAX_PARTS)
        if best is None or len(best[1]) < 2:
            return ()
        return best[1]

    def _best(self, word: str, room: int) -> tuple[float, tuple[str, ...]] | None:
        """The cheapest way to write ``word`` as words; cost is the sum of their negative log frequencies."""
        count = self._stems.get(self._stem(word), 0)
        found: tuple[float, tuple[str, ...]] | None = (_cost(count), (word,)) if count else None
        if room == 1:
            return found
        for cut in range(MIN_PART, len(word) - MIN_PART + 1):
            left = self._left(word[:cut])
            if left is None:
                continue
            rest = self._best(word[cut:], room - 1)
            if rest is None:
                continue
            cost = left[0] + rest[0]
            if found is None or cost < found[0]:
                found = (cost, (left[1], *rest[1]))
        return found

    def _left(self, part: str) -> tuple[float, str] | None:
        """The word that ``part`` is in front of another: itself, or itself without the linking letter."""
        if part in self._words:
            return _cost(self._words[part]), part
        if part[-1] in "se" and len(part) > MIN_PART and part[:-1] in self._words:
            return _cost(self._words[part[:-1]]), part[:-1]
        return None


def _cost(count: int) -> float:
    return 12.0 - math.log(count + 1)


@lru_cache(maxsize=1)
def word_counts() -> dict[str, int]:
    """The shipped frequency list (``compounds.tsv``): word -> count."""
    lines = files("index").joinpath("compounds.tsv").read_text("utf-8").splitlines()
    rows = (line.split("\t") for line in lines if line and not line.startswith("#"))
    return {word: int(count) for word, count in rows}
