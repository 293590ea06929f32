"""Norwegian compounds taken apart: rusmiddelanalysetjeneste -> rusmiddel, analyse, tjeneste.

What the words are is shipped (``compounds.tsv``, counted in CC0 texts, and ``simple_words.txt``), not learned from the
documents in the index: a document's terms must not depend on what else is there.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from index.shipped import shipped_lines

MIN_COMPOUND = 7
"""Letters in the shortest word that is looked into."""
_MIN_PART = 3
_MAX_PARTS = 4
_SIMPLE_COUNT = 30
"""What a listed simple word counts for beyond its occurrences: such words are known to be parts, however rare."""

# "for", "til" and "under" begin thousands of words that are no compounds of theirs (forstand, tilbud).
_NEVER_PARTS = frozenset(
    "for til over under opp ned inn ut etter med fra mot ved hos uten mellom før per ikke men som den det der her han "  # noqa: SIM905
    "hun vil kan skal bli ble var har seg sin sitt sine din min man når alle noe noen nye enn kun ett hver".split()
)
# Endings that happen to be words too: "medlemmene" is not "medlem" + "mene", "stortinget" not "stort" + "inget".
_NEVER_LAST = frozenset(
    "mene inget ende ene inger else elser ing inga menes sen lig lige ligere isk iske skal ere ers ens ets tene ner "  # noqa: SIM905
    "nere rer rene lene let tet ter ten heter heten het leg ling linger linga dom dommer land stad vik sund tinget "
    "ting".split()
)


class Compounds:
    """Splits words into words of a frequency list, with the linking letters -s- and -e- between them."""

    def __init__(self, counts: Mapping[str, int], stem: Callable[[str], str]) -> None:
        """``counts``: word as written, in lower case -> how often it occurs."""
        self._stem = stem
        self._logs = {
            word: math.log(count + 1)
            for word, count in counts.items()
            if len(word) >= _MIN_PART and word not in _NEVER_PARTS
        }
        self._longest = max(map(len, self._logs), default=0)
        stems: dict[str, int] = {}
        for word in self._logs:
            key = stem(word)
            stems[key] = stems.get(key, 0) + counts[word]
        self._stem_logs = {key: math.log(count + 1) for key, count in stems.items()}

    def knows(self, word: str) -> bool:
        """Whether the list has the word in some inflection."""
        return word in self._logs or self._stem(word) in self._stem_logs

    def split(self, word: str) -> tuple[str, ...]:
        """The parts of a compound, as written but for linking letters; empty if it is not seen to be one.

        Of all ways to write the word as listed words, the one whose parts are the most frequent (geometric mean) is
        taken, if they are more frequent than the word as a whole (Koehn and Knight 2003).
        """
        if len(word) < MIN_COMPOUND or not word.isalpha():
            return ()
        whole = self._stem_logs.get(self._stem(word), 0.0)
        best, parts = max(self._splits(word, _MAX_PARTS), key=lambda found: found[0] / len(found[1]), default=(0.0, ()))
        return parts if parts and best / len(parts) >= whole else ()

    def _splits(self, word: str, most: int) -> Iterator[tuple[float, tuple[str, ...]]]:
        """Sum of log counts and the parts, of each split into two to ``most`` parts."""
        last = min(len(word) - _MIN_PART, self._longest + 1)  # the longest listed word and a linking letter
        for cut in range(_MIN_PART, last + 1):
            for left in self._lefts(word[:cut]):
                for score, rest in self._rests(word[cut:], most - 1):
                    yield self._logs[left] + score, (left, *rest)

    def _rests(self, word: str, most: int) -> Iterator[tuple[float, tuple[str, ...]]]:
        score = self._stem_logs.get(self._stem(word))
        if score is not None and word not in _NEVER_LAST:
            yield score, (word,)
        if most > 1:
            yield from self._splits(word, most)

    def _lefts(self, part: str) -> Iterator[str]:
        """The word that ``part`` is in front of another: itself, or itself without the linking letter."""
        if part in self._logs:
            yield part
        elif part[-1] in "se" and part[:-1] in self._logs:
            yield part[:-1]


@lru_cache(maxsize=1)
def word_counts() -> Mapping[str, int]:
    """The shipped words: word -> count."""
    counts: dict[str, int] = {}
    for line in shipped_lines("compounds.tsv"):
        word, count = line.split("\t")
        counts[word] = int(count)
    for line in shipped_lines("simple_words.txt"):
        for word in line.split():
            counts[word] = counts.get(word, 0) + _SIMPLE_COUNT
    return counts
