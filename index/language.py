"""Norwegian analysis for BM25: what text and questions are reduced to before they are compared."""

from collections.abc import Callable
from dataclasses import dataclass

import snowballstemmer

from index.compounds import Compounds, word_counts
from index.documents.languages import detect_language
from index.tokens import tokens

__all__ = ["ANALYSIS_VERSION", "Analyser", "Parts", "detect_language"]

ANALYSIS_VERSION = "1"
"""Written into the index; changes whenever the terms of some text change."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Which steps the analysis takes; all but the ablation take all of them."""

    stems: bool = True
    compounds: bool = True
    folding: bool = True
    stop_words: bool = True
    nynorsk: bool = True


_PART_WEIGHT = 0.5
_CACHE_LIMIT = 200_000
_STOP = """
hva hvor hvem hvorfor hvordan hvilken hvilket hvilke hvis hvems når kva kvifor korleis kven kvar kor åssen er og
i på av for til med som det den de en et ei ein eit at om fra frå har var ble blir vart vert dei seg å
"""
_STOP_WORDS = frozenset(_STOP.split())


class Analyser:
    """Turns text into terms. The terms of a document depend on nothing but its text and ``ANALYSIS_VERSION``."""

    def __init__(self, parts: Parts | None = None) -> None:
        self._parts = parts or Parts()
        self._cache: dict[str, tuple[str, ...]] = {}
        self._stem: Callable[[str], str] = snowballstemmer.stemmer("norwegian").stemWord
        self._compounds = Compounds(word_counts(), self._stem) if self._parts.compounds else None

    def terms(self, text: str) -> list[str]:
        """The terms to index for a text, in order; none is empty or holds white space."""
        found: list[str] = []
        for forms in tokens(text):
            for form in forms:
                found.extend(self._word(form))
        return found

    def query_terms(self, text: str) -> list[tuple[str, float]]:
        """The (term, weight) pairs to search for; each term once, weights above 0, at most 1."""
        weights: dict[str, float] = {}
        for forms in tokens(text):
            for place, form in enumerate(forms):
                if self._parts.stop_words and form in _STOP_WORDS:
                    continue
                whole, *parts = self._word(form)
                weights[whole] = max(weights.get(whole, 0.0), _PART_WEIGHT if place else 1.0)
                for part in parts:
                    weights[part] = max(weights.get(part, 0.0), _PART_WEIGHT)
        return list(weights.items())

    def _word(self, word: str) -> tuple[str, ...]:
        """The word's own term, then those of its parts."""
        known = self._cache.get(word)
        if known is None:
            if len(self._cache) >= _CACHE_LIMIT:
                self._cache.clear()
            known = self._cache[word] = self._analyse(word)
        return known

    def _analyse(self, word: str) -> tuple[str, ...]:
        stem = self._stem if self._parts.stems else str
        parts = self._compounds.split(word) if self._compounds else ()
        return (stem(word), *(stem(part) for part in parts))
