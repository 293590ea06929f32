"""Norwegian analysis for BM25: what texts and questions are reduced to before they are compared.

text -> tokens (``index.tokens``) -> stems (``index.stems``) and the stems of compound parts (``index.compounds``)
"""

import threading
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from index.compounds import Compounds, word_counts
from index.documents.languages import detect_language
from index.spelling import Spellings
from index.stems import Stems
from index.tokens import tokens

__all__ = ["ANALYSIS_VERSION", "LIGHT_WORDS", "Analyser", "Parts", "detect_language"]

ANALYSIS_VERSION = "4"
"""Written into the index; changes whenever the terms of some text change."""

# Weights of a question's terms, chosen on train questions (docs/analysis.md).
_FUNCTION_WORD = 0.5
_QUESTION_WORD = 0.1
_PART = 0.4
_MEANT = 0.7
_MOST_MEANT = 2
_JOINED = 0.5
_CACHE_LIMIT = 200_000

# These hardly ever stand in the sentence that answers. "Når", "hvor" and "mange" are not here: answers have them too.
_ASKING = frozenset(
    "hva hvem hvorfor hvordan hvilken hvilket hvilke hvis hvems kva kven kvifor korfor korleis åssen koffor koss "  # noqa: SIM905
    "hvilka what who whom whose why how which when where".split()
)
# "ikke", "ingen", "aldri", "uten", "bare" and what else turns a claim around are not function words here.
_FUNCTION = frozenset(
    "hvor når kor kvar er og i på av for til med som det den de en et ei ein eit at om fra frå har var ble blir vart "  # noqa: SIM905
    "vert blei dei seg å jeg eg du vi me dere han hun ho slags skal kan vil må skulle kunne ville noe noko noen nokon "
    "the of and to in is are was were does did do a an that on by for from has have it".split()
)
LIGHT_WORDS = _ASKING | _FUNCTION
"""Words that say how something is asked, not what about."""
_DIGRAPHS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"))
_LETTERS_OF_NEIGHBOURS = str.maketrans({"ä": "æ", "ö": "ø", "đ": "d", "ð": "d", "ł": "l", "ß": "ss", "þ": "th"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Which steps the analysis takes; only the ablation leaves some out."""

    stems: bool = True
    compounds: bool = True
    folding: bool = True
    function_words: bool = True
    nynorsk: bool = True
    spelling: bool = True


class Analyser:
    """Turns text into terms. The terms of a document depend on nothing but its text and ``ANALYSIS_VERSION``.

    Safe to share between threads.
    """

    def __init__(self, parts: Parts | None = None) -> None:
        self._parts = parts or Parts()
        self._stems, self._compounds, self._lock = _words(self._parts.nynorsk)
        self._cache: dict[str, tuple[str, ...]] = {}
        self._near: tuple[Collection[str], Spellings] = ((), Spellings({}))

    def terms(self, text: str) -> list[str]:
        """The terms to index for a text, in order; none is empty or holds white space.

        >>> Analyser().terms("Skoleplassene")
        ['skoleplass', 'skol', 'plass']
        """
        found: list[str] = []
        for forms in tokens(text):
            # A hyphened compound and its parts have terms in common: once is enough.
            found.extend(dict.fromkeys(term for form in forms for term in self._word(form)))
        return found

    def stem(self, word: str) -> str:
        """The term of one word in lower case, without those of its parts."""
        return self._word(word)[0]

    def query_terms(self, text: str, vocabulary: Collection[str] = ()) -> list[tuple[str, float]]:
        """The (term, weight) pairs to search for; each term once, 0 < weight <= 1.

        Args:
            text: The question.
            vocabulary: The terms that the index holds. With it, words that no document has are also looked for as
                they were probably meant (``friist``), and words split by mistake as one (``skole plass``).
        """
        weights: dict[str, float] = {}

        def add(term: str, weight: float) -> None:
            weights[term] = max(weights.get(term, 0.0), weight)

        previous = ""
        for form, *inner in tokens(text):
            weight = self._weight(form)
            whole, *parts = self._word(form)
            add(whole, weight)
            # A compound that no document has is found by its parts or not at all.
            part_weight = 1.0 if vocabulary and whole not in vocabulary else _PART
            for part in (*parts, *(term for word in inner for term in self._word(word))):
                add(part, part_weight)
            if vocabulary and self._parts.spelling and whole not in vocabulary and not parts:
                for term in self._meant(form, vocabulary):
                    add(term, _MEANT)
            if vocabulary and weight == 1.0 and (joined := self._joined(previous, form, vocabulary)):
                add(joined, _JOINED)
            previous = form if weight == 1.0 else ""
        return list(weights.items())

    def _weight(self, word: str) -> float:
        if not self._parts.function_words:
            return 1.0
        return _QUESTION_WORD if word in _ASKING else _FUNCTION_WORD if word in _FUNCTION else 1.0

    def _meant(self, word: str, vocabulary: Collection[str]) -> list[str]:
        """The terms of the vocabulary that a word of no document may have been meant as."""
        near, spellings = self._near
        if near is not vocabulary:
            spellings = Spellings(dict.fromkeys(vocabulary, 1))
            self._near = (vocabulary, spellings)
        return [guess.word for guess in spellings.near(self._word(word)[0], most=_MOST_MEANT) if len(guess.word) > 2]

    def _joined(self, first: str, second: str, vocabulary: Collection[str]) -> str | None:
        if not (first.isalpha() and second.isalpha() and self._parts.compounds):
            return None
        term = self._word(first + second)[0]
        return term if term in vocabulary else None

    def _word(self, word: str) -> tuple[str, ...]:
        """The word's own term, then those of its parts and of its other spelling."""
        known = self._cache.get(word)
        if known is None:
            with self._lock:  # the stemmer beneath keeps state while it works
                known = self._analyse(word)
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            self._cache[word] = known
        return known

    def _analyse(self, word: str) -> tuple[str, ...]:
        spellings = self._spellings(word) if self._parts.folding else (word,)
        terms = dict.fromkeys(self._stem(spelling) for spelling in spellings)
        if self._parts.compounds:
            parts = (part for spelling in spellings for part in self._compounds.split(spelling))
            terms.update(dict.fromkeys(self._stem(part) for part in parts))
        return tuple(terms)

    def _stem(self, word: str) -> str:
        return self._stems.stem(word) if self._parts.stems else word

    def _spellings(self, word: str) -> tuple[str, ...]:
        """The word without foreign marks; with å, æ and ø for aa, ae and oe where that gives or may give a word.

        A word that is known as written ("noe", "poet") stays; one that is known only with æ, ø or å is that word; of
        one known in neither way (a name) both are kept.
        """
        word = _unmarked(word)
        folded = word
        for typed, letter in _DIGRAPHS:
            folded = folded.replace(typed, letter)
        if folded == word or self._compounds.knows(word):
            return (word,)
        return (folded,) if self._compounds.knows(folded) else (word, folded)


@lru_cache(maxsize=2)
def _words(nynorsk: bool) -> tuple[Stems, Compounds, threading.Lock]:
    """What all analysers share, since it takes a third of a second to make; the lock guards the stemmer."""
    stems = Stems(nynorsk=nynorsk)
    return stems, Compounds(word_counts(), stems.stem), threading.Lock()


def _unmarked(word: str) -> str:
    """Without accents that Norwegian keyboards lack; å, æ and ø are letters and stay: idé -> ide, Köln -> køln."""
    if word.isascii():
        return word
    word = word.translate(_LETTERS_OF_NEIGHBOURS)
    if all(letter.isascii() or letter in "æøå" for letter in word):
        return word
    bare = "".join(letter if letter in "æøå" else unicodedata.normalize("NFD", letter) for letter in word)
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept) or word
