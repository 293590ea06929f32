"""Words that people use -> words that documents use: "snuten" is "politi", an English "housing" is "bolig".

Two word lists, written for Kildesvar (CC0), are shipped: ``everyday.tsv`` leads from everyday Norwegian to the words of
documents, ``english.tsv`` from English. Each line is an expression, a tab, and what may stand for it, nearest first,
with semicolons between. Expressions are compared by their stems, so that inflected forms meet.
"""

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import snowballstemmer

from index.documents.document import Language
from index.frequency import general_frequency
from index.language import LIGHT_WORDS, Analyser, Parts, detect_language
from index.query import Alternatives, Sought
from index.shipped import shipped_table
from index.tokens import tokens

EVERYDAY, ENGLISH, STRONG_VERBS = "everyday.tsv", "english.tsv", "strong_verbs.tsv"
LISTS = {Language.BOKMAAL: EVERYDAY, Language.NYNORSK: EVERYDAY, Language.ENGLISH: ENGLISH}
"""By the language of the question."""
_COMMON = 3e-4
"""Share of running words from which on a single word is too common to mean something else ("ta", "før", "folk")."""
_OFTENER = 3
"""A word so many times more common than what is listed is no form of it, but another word ("langs" of "langer") …"""
_RARE = 3e-6
"""… unless it is hardly common itself: what is listed is then often just in a form that few write ("forsinka")."""
_LEAST_STEM = 4
"""Letters; shorter stems belong to other words too ("bør" is no form of "børs"): they go as written only."""
_LIGHT = 0.5
"""Weight of a function word: having that is not to have the expression."""
_STANDING_IN = 0.7
"""Weight of a word that stands for one that the index has too (Saksprosa's train questions)."""


@dataclass(frozen=True, slots=True)
class Bridged:
    """An expression of a question, and the documents' words for it."""

    asked: str
    """In lower case."""
    words: tuple[str, ...]
    """Only such as the index has, nearest first; at least one."""
    own: tuple[str, ...]
    """The expression's own terms."""
    terms: tuple[tuple[str, ...], ...]
    """Those of each of the words, without function words."""


class Bridge:
    """Knows other words for what is asked. Safe to share between threads."""

    def __init__(self, analyser: Analyser, *, lists: Mapping[Language, str] = LISTS) -> None:
        """Look up in lists.

        Args:
            analyser: The one that made the index's terms.
            lists: Which shipped list the questions in a language take; those in others take none.
        """
        self._analyser, self._lists = analyser, lists

    def sought(self, question: str, vocabulary: Collection[str], language: Language | None = None) -> list[Sought]:
        """What to search for: the question's terms, those that are bridged together with the words that stand for them.

        An expression never counts for more than what a passage says in one way: in its own words, or in one of those
        that stand for it. An expression of which the index has no word gives them its full weight.
        """
        weights = dict(self._analyser.query_terms(question, vocabulary))
        groups: dict[tuple[tuple[str, ...], ...], Alternatives] = {}
        for bridged in self.bridged(question, vocabulary, language):
            if bridged.terms in groups:  # "snuten" and "purken": their own terms still count, one for each
                continue
            own = tuple((term, weights.pop(term)) for term in bridged.own if term in weights)
            known = any(term in vocabulary and weight > _LIGHT for term, weight in own)
            weight = _STANDING_IN if known else 1.0
            others = [tuple((term, weight / len(terms)) for term in terms) for terms in bridged.terms]
            groups[bridged.terms] = Alternatives(tuple([own, *others] if own else others))
        return [*weights.items(), *groups.values()]

    def bridged(
        self, question: str, vocabulary: Collection[str], language: Language | None = None
    ) -> tuple[Bridged, ...]:
        """What in a question has other words in the index, in the question's order.

        Args:
            question: In Norwegian or English; other languages have no list.
            vocabulary: The terms that the index holds.
            language: Of the question; None is what it looks like. What is left of a question may be too short to tell.

        >>> Bridge(Analyser()).bridged("Når kom snuten?", {"politi"})[0].words
        ('politi',)
        """
        name = self._lists.get(language or detect_language(question))
        if name is None:
            return ()
        table, found = _table(name), []
        for expression, words in table.find([form for form, *_ in tokens(question)]):
            own = tuple(dict.fromkeys(map(self._analyser.stem, expression)))
            known = self._known(own, words, vocabulary)
            if known:
                found.append(Bridged(" ".join(expression), tuple(known.values()), own, tuple(known)))
        return tuple(found)

    def _known(
        self, own: Sequence[str], words: Sequence[str], vocabulary: Collection[str]
    ) -> dict[tuple[str, ...], str]:
        """The words that the index has and the expression does not say itself, by their terms."""
        known: dict[tuple[str, ...], str] = {}
        for word in words:
            telling = [form for form, *_ in tokens(word) if form not in LIGHT_WORDS]
            terms = tuple(dict.fromkeys(map(self._analyser.stem, telling)))
            if terms and not set(own).issuperset(terms) and all(term in vocabulary for term in terms):
                known.setdefault(terms, word)
        return known


class _Table:
    """Expressions of a list, by their words' stems."""

    def __init__(
        self,
        lines: Mapping[str, Sequence[str]],
        stem: Callable[[str], str],
        *,
        frequency: Callable[[str], float],
        verbs: Mapping[str, str],
    ) -> None:
        """Take the lines of a list.

        Args:
            lines: Expression -> words that may stand for it.
            stem: Of a word; the word itself where that would belong to others too.
            frequency: A word's share of running words; too common ones are only looked up within expressions.
            verbs: Form -> the infinitive's stem, for verbs whose forms have none in common.
        """
        self._stem, self._frequency, self._verbs = stem, frequency, verbs
        self._as_written: dict[tuple[str, ...], Sequence[str]] = {}
        self._by_stems: dict[tuple[str, ...], list[tuple[tuple[str, ...], Sequence[str]]]] = {}
        for expression, words in lines.items():
            written = tuple(form for form, *_ in tokens(expression))
            self._as_written[written] = words
            # A verb is listed alone in the infinitive: "vann" is water there, and no form of "vinne".
            stems = tuple(map(self._reduced, written)) if len(written) > 1 else (stem(written[0]),)
            self._by_stems.setdefault(stems, []).append((written, words))
        self._longest = max(map(len, self._as_written))

    def find(self, words: Sequence[str]) -> list[tuple[tuple[str, ...], Sequence[str]]]:
        """The expressions among the words of a question, in order, none within or across another.

        Of those that overlap, the one with the most words that say something goes first ("får sparken" before "hvem
        får"); one that is listed as it is written goes before those that only share its stems.
        """
        stems = [self._reduced(word) for word in words]
        found: dict[tuple[int, int], Sequence[str]] = {}
        for start, end in _stretches(len(words), self._longest):
            listed = self._listed(tuple(words[start:end]), tuple(stems[start:end]))
            if listed:
                found[start, end] = listed
        taken: list[tuple[int, int]] = []
        for start, end in sorted(found, key=lambda it: (-_telling(words[slice(*it)]), it[0] - it[1], it)):
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
        return [(tuple(words[start:end]), found[start, end]) for start, end in sorted(taken)]

    def _listed(self, words: tuple[str, ...], stems: tuple[str, ...]) -> Sequence[str]:
        if len(words) == 1 and (words[0] in LIGHT_WORDS or self._frequency(words[0]) > _COMMON):
            return ()
        as_written = self._as_written.get(words)
        if as_written is not None:
            return as_written
        return [
            word for listed, others in self._by_stems.get(stems, ()) if self._may_be(words, listed) for word in others
        ]

    def _may_be(self, words: tuple[str, ...], listed: tuple[str, ...]) -> bool:
        """Whether words of the same stems are forms of those that are listed, by how common they are."""
        most = _OFTENER * max(self._frequency(listed[0]), _RARE)
        return len(words) > 1 or self._frequency(words[0]) <= most

    def _reduced(self, word: str) -> str:
        return self._verbs.get(word) or self._stem(word)


def _stretches(count: int, longest: int) -> list[tuple[int, int]]:
    return [(start, end) for start in range(count) for end in range(start + 1, min(count, start + longest) + 1)]


def _telling(words: Sequence[str]) -> int:
    return sum(word not in LIGHT_WORDS for word in words)


@lru_cache(maxsize=2)
def _table(name: str) -> _Table:
    """A shipped list; made when first asked for, which takes a third of a second."""
    if name == ENGLISH:  # every word has to be led over, however common
        return _Table(word_list(name), _english_stem(), frequency=lambda _: 0.0, verbs={})
    stem = _norwegian_stem()
    # "fikk sparken" is "få sparken", though the index holds the forms of such verbs apart.
    verbs = {
        form: stem(infinitive) for infinitive, forms in shipped_table(STRONG_VERBS).items() for form in forms.split()
    }
    return _Table(word_list(name), stem, frequency=general_frequency, verbs=verbs)


@cache
def word_list(name: str) -> Mapping[str, Sequence[str]]:
    """A shipped list: expression -> words that may stand for it, nearest first."""
    return {expression: words.split("; ") for expression, words in shipped_table(name).items()}


def _norwegian_stem() -> Callable[[str], str]:
    stem = Analyser(Parts(compounds=False)).stem

    def long_enough(word: str) -> str:
        known = stem(word)
        return known if len(known) >= _LEAST_STEM else word

    return long_enough


def _english_stem() -> Callable[[str], str]:
    stemmer, lock = snowballstemmer.stemmer("english"), threading.Lock()

    def stem(word: str) -> str:
        with lock:  # the stemmer keeps state while it works
            return str(stemmer.stemWord(word))

    return stem
