"""An enumerating question -> what every source says of its topic, or that it does not mention it.

Each document is searched and read by itself, so that a long or well-fitting one never crowds out the others.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from math import log
from time import perf_counter

from assistant.answer import Answer, Comparison, History, Quote, Reading, Reason, Role, Row, Timing
from assistant.enumerating import topic_of
from assistant.question import MAX_QUESTION, check
from assistant.quoting import cut_out, repeats
from assistant.reader import Reader
from index.documents.document import Document
from index.engines import Engine
from index.language import Analyser, detect_language
from index.search import search
from index.segmentation import paragraphs
from index.sources import SourceNames

Watch = Callable[[int, int], None]
"""Called with (documents looked at, documents in all)."""

DEPTH = 8
"""Passages that are read of each document."""
PASSAGES = 6
"""Passages of one document that are quoted, at most."""
MENTIONS, RELEVANT = 1.0, 0.1
"""A passage is quoted from this BM25 on (the topic's words), or from this relevance on (compare-tune)."""
_EVIDENCE = 0.5
"""A sentence is quoted when it has the topic's words, or this share of the best sentence's evidence."""
_TELLING = 0.3
"""Weight from which on a term of the topic is one of its words, not a function word or part of a compound."""
_POINTS_BACK = re.compile(r"\b(?:dette|det|this|it|that)\s*\W*$", re.IGNORECASE)
"""The topic is that of the question before: "Hvilke tall finnes på dette?"."""
_READ_AS = "Hva står det om {topic}?"
"""What the reader is asked: it was trained on questions."""


class Comparing:
    """Compares the sources. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, analyser: Analyser, names: Callable[[], SourceNames]) -> None:
        """Look at the documents of ``engine`` with ``reader``; ``names`` knows what they are called."""
        self._engine, self._reader, self._analyser, self._names = engine, reader, analyser, names

    def answer(
        self, question: str, history: History, searched: frozenset[str], watch: Watch | None = None
    ) -> Answer | None:
        """What every searched source says, or of two and more named ones; None if not so much is asked for.

        Raises ``QuestionError``, ``IndexFault``, ``EncoderError``, and what ``watch`` raises.
        """
        begun = perf_counter()
        asked = check(question)
        topic = topic_of(asked)
        if topic is None or not searched:
            return None
        if _POINTS_BACK.search(asked) and (before := [turn.content for turn in history if turn.role is Role.USER]):
            topic = f"{topic} {before[-1][:MAX_QUESTION]}"
        naming = self._names().find(topic)
        named = naming.documents & searched if naming else frozenset()
        if naming and len(named) > 1:
            topic, searched = naming.remainder, named
        comparison = self._compare(topic, searched, watch)
        total = 1000 * (perf_counter() - begun)
        quotes = tuple(quote for row in comparison.rows for quote in row.quotes)
        return Answer(
            question=question,
            standalone_question=asked,
            language=detect_language(asked),
            answered=bool(quotes),
            confidence=max((quote.score for quote in quotes), default=0.0),
            reason=None if quotes else Reason.NOT_IN_SOURCES,
            quotes=quotes,
            passages=(),
            timing=Timing(search=0.0, read=total, total=total),
            named_sources=tuple(sorted(named)) if len(named) > 1 else (),
            searched_sources=len(searched),
            all_sources=len(self._engine.sources()),
            comparison=comparison,
        )

    def _compare(self, topic: str, searched: frozenset[str], watch: Watch | None) -> Comparison:
        sources = [source for source in self._engine.sources() if source.id in searched]
        rows = []
        for number, source in enumerate(sources):
            if watch:
                watch(number, len(sources))
            document = self._engine.document(source.id)
            rows.append(Row(document.source, self._quotes(topic, document), len(paragraphs(document))))
        return Comparison(topic, tuple(rows))

    def _quotes(self, topic: str, document: Document) -> tuple[Quote, ...]:
        hits = search(self._engine, topic, analyser=self._analyser, k=DEPTH, documents=[document.id])
        readings = self._reader.read(_READ_AS.format(topic=topic), hits)
        telling = [it for it in readings if it.hit.lexical >= MENTIONS or it.relevance >= RELEVANT]
        words = frozenset(term for term, weight in self._analyser.query_terms(topic) if weight > _TELLING)
        quotes: list[Quote] = []
        for reading in sorted(telling, key=_fit, reverse=True)[:PASSAGES]:
            for quote in self._cut(reading, words):
                if not any(repeats(quote, earlier) for earlier in quotes):
                    quotes.append(quote)
        return tuple(quotes)

    def _cut(self, reading: Reading, words: frozenset[str]) -> tuple[Quote, ...]:
        """The sentences of a passage that speak of the topic; neighbours make one quote."""
        hit, needed = reading.hit, _EVIDENCE * max(reading.evidence, default=0.0)
        wanted = [
            evidence >= needed or bool(words & set(self._analyser.terms(hit.document.text[it.start : it.end])))
            for it, evidence in zip(hit.passage.sentences, reading.evidence, strict=True)
        ]
        # A topic has no short answer: what the reader marks as one would only mislead.
        return cut_out(replace(reading, short=None), wanted)


def _fit(reading: Reading) -> float:
    """How well a passage fits the topic: the reader's log-odds and the words they share."""
    relevance = min(max(reading.relevance, 1e-4), 1 - 1e-4)
    return log(relevance / (1 - relevance)) + reading.hit.lexical
