"""One way to understand a question -> what comes of searching and reading for it, in one round or two.

The sources that the question names are searched first, with the name taken out of the query; all of them, if they do
not answer. Where the question asks for somebody's words, the documents that have them come first, and only they count.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from time import perf_counter

from assistant.answer import Reading, Reason
from assistant.answering import Verdict, judge
from assistant.cells import Cells
from assistant.doubting import doubted
from assistant.echoing import telling
from assistant.follow_up import Forms, read_in
from assistant.learnt import Learning
from assistant.nearest import named_first
from assistant.reader import Reader, Strictness
from assistant.said_by import Asked, find_asked, own_words
from assistant.source_topic import SourceTopic, on_topic, topic_asked
from index.documents.document import Language
from index.engines import Engine
from index.hit import Hit
from index.language import Analyser, detect_language
from index.search import search

MIN_PASSAGES = 10
"""A search gives at least this many passages, where the corpus has them."""


@dataclass(frozen=True, slots=True)
class Tried:
    """What came of searching and reading for one way to understand a question."""

    verdict: Verdict
    named: tuple[str, ...]
    """Ids of the sources that the question names."""
    asked: Asked | None
    """Whose words the question asks for."""
    search_ms: float
    read_ms: float


@dataclass(frozen=True, slots=True)
class _Aim:
    """What is searched for, and where."""

    rounds: tuple[tuple[str, frozenset[str]], ...]
    """Query and ids of the documents to search; a round is only gone if the one before it does not answer."""
    named: frozenset[str]
    """Ids of the sources that the question names."""
    asked: Asked | None
    """Whose words the question asks for."""
    topic: SourceTopic | None
    """What the named sources are asked for, where the question holds nothing but a topic."""


class Rounds:
    """Searches and reads. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, analyser: Analyser, learning: Learning) -> None:
        """Search ``engine`` and read with ``reader``; ``learning`` knows the sources' names and speakers."""
        self._engine, self._reader, self._analyser, self._learning = engine, reader, analyser, learning
        self._cells = Cells(engine, reader, analyser)

    def go(self, forms: Forms, searched: frozenset[str], strictness: Strictness) -> Tried:
        """The verdict of the first round that answers, or, where none does, of them all.

        Args:
            forms: The question as it is understood, searched for and read.
            searched: Ids of the documents that may be searched.
            strictness: How sure an answer must be.

        Raises ``IndexFault``, ``EncoderError``.
        """
        aim = self._aim(forms, searched)
        verdicts: list[Verdict] = []
        search_ms = read_ms = 0.0
        for query, documents in aim.rounds:
            begun = perf_counter()
            hits = self._search(query, documents, detect_language(forms.question))
            found = perf_counter()
            verdicts.append(self._read(forms, hits, aim, strictness))
            search_ms += 1000 * (found - begun)
            read_ms += 1000 * (perf_counter() - found)
            if verdicts[-1].answered:
                break
        best = verdicts[-1] if verdicts[-1].answered else named_first(verdicts, aim.named)
        if aim.topic:
            best = self._on_topic(aim.topic, aim, verdicts, forms.question, strictness)
        return Tried(best, tuple(sorted(aim.named)), aim.asked, search_ms, read_ms)

    def _aim(self, forms: Forms, searched: frozenset[str]) -> _Aim:
        naming = self._learning.names().find(forms.searched)
        asked = find_asked(forms.question, self._learning.now().speakers, self._engine.document, searched)
        everywhere = (forms.searched, searched)
        named = naming.documents & searched if naming else frozenset[str]()
        if naming is None or not named:
            heard = asked.documents if asked else frozenset[str]()
            rounds = ((forms.searched, heard), everywhere) if heard and heard != searched else (everywhere,)
            return _Aim(rounds, named, asked, None)
        rest = naming.remainder
        topic = None  # of a topic the best is told, whether it was shown or not
        if not forms.more:
            topic = topic_asked(rest, [self._engine.document(it).source for it in sorted(named)])
        rounds = ((rest, named), everywhere) if named != searched else ((rest, searched),)
        return _Aim(rounds, named, asked, topic)

    def _search(self, query: str, documents: frozenset[str], language: Language) -> tuple[Hit, ...]:
        everything = documents == frozenset(source.id for source in self._engine.sources())
        return search(
            self._engine,
            query,
            analyser=self._analyser,
            k=max(self._reader.depth, MIN_PASSAGES),
            documents=None if everything else documents,
            language=language,
        )

    def _read(self, forms: Forms, hits: Sequence[Hit], aim: _Aim, strictness: Strictness) -> Verdict:
        verdict = self._judged(read_in(forms, self._reader, hits), forms.question, aim, strictness)
        return doubted(verdict, forms.question, threshold=self._reader.thresholds[strictness])

    def _judged(self, readings: tuple[Reading, ...], question: str, aim: _Aim, strictness: Strictness) -> Verdict:
        """The verdict on the readings that tell anything; of their sentences only those that the asked speaker says."""
        own = telling(readings, question, self._analyser)
        if aim.asked:
            own = own_words(own, aim.asked, aim.named)
        verdict = judge(own, reader=self._reader, strictness=strictness)
        silent = not verdict.answered and aim.asked is not None and aim.asked.strict and not aim.named
        return replace(verdict, readings=readings, reason=Reason.NOT_SAID if silent else verdict.reason)

    def _on_topic(
        self, topic: SourceTopic, aim: _Aim, verdicts: Sequence[Verdict], question: str, strictness: Strictness
    ) -> Verdict:
        """What the named sources say of the topic, beside what the reader made of the question."""
        first = verdicts[0]
        return on_topic(
            topic,
            [self._engine.document(it) for it in sorted(aim.named)],
            first if first.answered else replace(first, quotes=named_first(verdicts, aim.named).quotes),
            cells=self._cells,
            language=detect_language(question),
            threshold=self._reader.thresholds[strictness],
            speaker=aim.asked.full_name if aim.asked else "",
        )
