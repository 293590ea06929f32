"""One document and what is to be found in it -> the quotes of its cell in a grid, or what comes near.

Every sentence is weighed by the words it shares with the subject, by what the reader says of it and of its passage, and
by how well the search liked the passage. Where a kind of thing is asked for (``assistant.kinds``), only sentences that
hold one count. The first quote of a document must be likely; once there is one, the document is about it, and less
likely ones follow. Where none is likely, the likeliest one is *near*: better shown as unsure than as "not mentioned".
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from assistant.answer import Quote, Reading
from assistant.kinds import Enumerated, Marks
from assistant.odds import logit, probability
from assistant.quoting import cut_out, distinct
from assistant.reader import Reader
from index.bridging import Bridge
from index.documents.document import Document, Language
from index.engines import Engine
from index.language import LIGHT_WORDS, Analyser
from index.search import search

SEARCHED = 100
"""Passages of one document that are looked at, at most."""
MOST = 12
"""Quotes of one document, at most."""
LIKELY, NEAR = -3.0, -4.5
"""The least log-odds of a document's first quote, and of its further ones or of what is near (compare-tune)."""

_WORDS, _RELEVANCE, _EVIDENCE, _SEARCH, _OF_KIND, _ONLY_KIND, _CONSTANT = 4.44, 0.13, 0.19, 0.5, 2.8, 0.92, -4.72
"""Weights of a sentence's log-odds, a logistic regression on compare-tune (docs/compare.md)."""
_TELLING = 0.3
"""Weight from which on a term of the subject is one of its words, not a function word or part of a compound."""
_RELATED = 0.8
"""What a word of the same root counts beside the word itself: "forebygge" for "forebygging"."""
_LEAST_ROOT = 5
_ENDINGS = re.compile(
    r"(?:ingene|ingane|ingen|inga|ing|ende|ande|elsen|else|asjonen|asjon|ere|ene|ane|et|en|er|ar|e|a)$"
)
_WORD = re.compile(r"\w+")
_EDGE = 1e-3


@dataclass(frozen=True, slots=True)
class Cell:
    """What one document says."""

    quotes: tuple[Quote, ...]
    """Best first."""
    near: tuple[Quote, ...] = ()
    """Where there are no quotes: the likeliest one, which may well say nothing of it."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in every document."""

    query: str
    """For the search."""
    question: str
    """For the reader, which was trained on questions."""
    wanted: Enumerated
    language: Language | None = None
    """Of what is looked for; None is what it looks like."""


class Cells:
    """Fills cells. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, analyser: Analyser) -> None:
        """Look into the documents of ``engine`` with ``reader``."""
        self._engine, self._reader, self._analyser = engine, reader, analyser

    def of(self, document: Document, sought: Sought, *, depth: int) -> Cell:
        """The document's cell; ``depth`` passages are read at most.

        Raises ``IndexFault``, ``EncoderError``.
        """
        hits = search(
            self._engine,
            sought.query,
            analyser=self._analyser,
            k=SEARCHED,
            documents=[document.id],
            language=sought.language,
        )
        marks = Marks(sought.wanted.kind, document) if sought.wanted.kind else None
        if marks:
            hits = tuple(
                hit for hit in hits if any(marks.on(it, hit.passage.paragraph) for it in hit.passage.sentences)
            )
        words = _Words(sought, self._analyser, self._engine.vocabulary())
        found: list[Quote] = []
        for reading in self._reader.read(sought.question, hits[:depth]):
            found += _quotes(reading, self._weighed(reading, words, marks))
        found.sort(key=lambda quote: -quote.score)
        return _cell(found)

    def _weighed(self, reading: Reading, words: "_Words", marks: Marks | None) -> list[float]:
        """The log-odds of each sentence; far below all where it is not of the kind."""
        hit, weighed = reading.hit, []
        given = _RELEVANCE * logit(reading.relevance, edge=_EDGE) + _SEARCH * hit.score + _CONSTANT
        if marks:
            given += _OF_KIND + (0.0 if words else _ONLY_KIND)
        for sentence, evidence in zip(hit.passage.sentences, reading.evidence, strict=True):
            of_kind = marks is None or marks.on(sentence, hit.passage.paragraph)
            share = words.share(hit.document.text[sentence.start : sentence.end])
            weighed.append(given + _WORDS * share + _EVIDENCE * logit(evidence, edge=_EDGE) if of_kind else NEAR - 1)
        return weighed


class _Words:
    """The words of a subject, and how many of them a sentence has, in these words or in others that stand for them."""

    def __init__(self, sought: Sought, analyser: Analyser, vocabulary: Collection[str]) -> None:
        subject, self._analyser = sought.wanted.subject, analyser
        self._terms = {term: weight for term, weight in analyser.query_terms(subject) if weight > _TELLING}
        # Only for words that no document has: for others, more would be shown and next to nothing found (compare-tune).
        bridged = Bridge(analyser).bridged(subject, vocabulary, sought.language)
        self._others = [(it.own, it.terms) for it in bridged if not any(term in vocabulary for term in it.own)]
        own = [word for word in _WORD.findall(subject.lower()) if word not in LIGHT_WORDS]
        self._roots = [root for word in own if len(root := _ENDINGS.sub("", word)) >= _LEAST_ROOT]

    def __bool__(self) -> bool:
        return bool(self._terms)

    def share(self, text: str) -> float:
        """0 to 1."""
        if not self._terms:
            return 0.0
        held = set(self._analyser.terms(text))
        said = held & self._terms.keys()
        for own, others in self._others:
            if any(held.issuperset(terms) for terms in others):
                said.update(own)
        same = sum(self._terms.get(term, 0.0) for term in said) / sum(self._terms.values())
        small = text.lower()
        related = sum(root in small for root in self._roots) / max(1, len(self._roots))
        return max(same, _RELATED * related)


def _quotes(reading: Reading, weighed: Sequence[float]) -> list[Quote]:
    """The passage's quotes that may be shown, each with the probability of its best sentence as its score."""
    wanted = [weight >= NEAR for weight in weighed]
    found = []
    # A topic has no short answer: what the reader marks as one would only mislead.
    for quote in cut_out(replace(reading, short=None), wanted):
        inside = [
            weight
            for sentence, weight, kept in zip(reading.hit.passage.sentences, weighed, wanted, strict=True)
            if kept and quote.start <= sentence.start < quote.end
        ]
        found.append(replace(quote, score=probability(max(inside))))
    return found


def _cell(found: Sequence[Quote]) -> Cell:
    """Of the likeliest first: those that belong together, or the one that comes near."""
    chosen = distinct(found, limit=MOST)
    if not chosen or chosen[0].score >= SURE:
        return Cell(chosen)
    return Cell((), chosen[:1])


SURE = probability(LIKELY)
"""The least probability of a document's first quote."""
