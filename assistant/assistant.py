"""The whole flow on one screen: question -> hits -> readings -> quotes -> answer."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from time import perf_counter

from assistant.answer import Answer, History, Reading, Reason, Timing
from assistant.answering import Verdict, judge
from assistant.asked_speaker import Asked, find_asked, own_words
from assistant.carried import last_answer
from assistant.cells import Cells
from assistant.comparing import Comparing, Watch
from assistant.doubting import doubted
from assistant.follow_up import Forms, read_in
from assistant.known_speakers import KnownSpeakers
from assistant.nearest import named_first
from assistant.reader import Reader, Strictness
from assistant.source_topic import on_topic, topic_asked
from assistant.talk import without_talk
from assistant.talking import Talking
from assistant.understanding import choose, understandings
from index.closing import Closing
from index.correction import Corrector
from index.documents.document import Document, Language, Source
from index.engines import Engine
from index.errors import UnknownDocument
from index.frequency import everyday_words, general_frequency
from index.language import Analyser, detect_language
from index.search import search
from index.sources import SourceNames

MIN_PASSAGES = 10
"""An answer carries at least this many passages, where the corpus has them."""


@dataclass(frozen=True, slots=True)
class _Tried:
    """What came of searching and reading for one way to understand a question."""

    verdict: Verdict
    named: tuple[str, ...]
    """Ids of the sources that the question names."""
    asked: Asked | None
    """Whose words the question asks for."""
    search_ms: float
    read_ms: float


@dataclass(frozen=True, slots=True)
class _Learnt:
    """What is learnt of the texts of one generation of the index."""

    generation: int
    names: SourceNames
    """The names of the sources."""
    corrector: Corrector
    """What mends slips after the sources' words."""
    speakers: KnownSpeakers


class Assistant(Closing):
    """Answers questions from the documents of one index. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, *, strictness: Strictness = Strictness.NORMAL) -> None:
        """Ask the documents of ``engine``, with ``reader`` to decide."""
        self._engine, self._reader, self._strictness = engine, reader, strictness
        self._analyser = Analyser()
        self._known: _Learnt | None = None
        self._talking = Talking(engine, self._source_names, self.ask)
        self._cells = Cells(engine, reader, self._analyser)
        self._comparing = Comparing(engine, reader, self._analyser, self._source_names)

    def close(self) -> None:
        """Close the index; nothing may be asked after that."""
        self._engine.close()

    @property
    def engine(self) -> Engine:
        """The index that it asks."""
        return self._engine

    @property
    def reader(self) -> Reader:
        """The reader that decides."""
        return self._reader

    def ask(
        self,
        question: str,
        history: History = (),
        *,
        sources: Collection[str] | None = None,
        strictness: Strictness | None = None,
        watch: Watch | None = None,
    ) -> Answer:
        """Answer a question with quotes, or say that the sources do not.

        Args:
            question: In Bokmål, Nynorsk or English, at most ``MAX_QUESTION`` characters. In quotation marks it is
                taken as it stands: nothing is mended, and nothing comes from the conversation.
            history: The conversation so far, oldest first; a follow-up takes from it what it needs.
            sources: Ids of the documents to search; None is all of them.
            strictness: How sure an answer must be; None is the assistant's own setting.
            watch: Told how many documents were looked at, where every one is; what it raises ends the search.

        Raises:
            QuestionError: The question cannot be asked.
            UnknownDocument: ``sources`` names a document that is not in the index.
            IndexFault, EncoderError: The index or the encoder cannot be used.
        """
        started = perf_counter()
        searched = self._scope(sources)
        talk = self._talking.answer(question, history, searched)
        if talk:
            return talk
        history = without_talk(history)  # nothing follows on a greeting
        compared = self._comparing.answer(question, history, searched, watch)
        if compared:
            return compared
        ways = understandings(question, history, analyser=self._analyser, corrector=self._learnt().corrector)
        forms = [Forms.of(way.text, last_answer(history)) for way in ways]
        tried = [self._best(form, searched, strictness or self._strictness) for form in forms]
        verdicts = [way.verdict for way in tried]
        chosen = choose(ways, verdicts, typed=" ".join(question.split()), history=history)
        taken = tried[chosen.place]
        verdict = taken.verdict
        language = detect_language(question)
        reason = self._reason(verdict, language, searched)
        if reason is Reason.NOT_IN_SOURCES or verdict.confidence < self._reader.thresholds[Strictness.STRICT]:
            unknown = self._talking.answer(question, history, searched, unknown_too=True)
            if unknown:
                return unknown
        return Answer(
            question=question,
            standalone_question=ways[chosen.place].text,
            language=language,
            answered=reason is None,
            confidence=verdict.confidence,
            reason=reason,
            quotes=verdict.quotes,
            passages=tuple(reading.hit for reading in verdict.readings),
            timing=Timing(
                search=sum(way.search_ms for way in tried),
                read=sum(way.read_ms for way in tried),
                total=1000 * (perf_counter() - started),
            ),
            named_sources=taken.named,
            understood=ways[chosen.place].how,
            otherwise=chosen.otherwise,
            searched_sources=len(searched),
            strictness=strictness or self._strictness,
            asked_speaker=taken.asked.full_name if taken.asked and taken.asked.tells else None,
            all_sources=len(self._engine.sources()),
        )

    def sources(self) -> tuple[Source, ...]:
        """All documents, without their texts."""
        return self._engine.sources()

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises ``UnknownDocument``."""
        return self._engine.document(document_id)

    def original(self, document_id: str) -> bytes:
        """The bytes of the document's file; empty where they were not kept. Raises ``UnknownDocument``."""
        return self._engine.original(document_id)

    def _best(self, forms: Forms, searched: frozenset[str], strictness: Strictness) -> _Tried:
        """The sources that the question names first, with the name taken out of the query; all, if they do not answer.

        Where the question asks for somebody's words, the documents that have them come first, and only they count.
        """
        everything = searched == frozenset(source.id for source in self._engine.sources())
        question = forms.question
        naming = self._source_names().find(forms.searched)
        asked = find_asked(question, self._learnt().speakers, self._engine.document, searched)
        rounds = [(forms.searched, searched)]
        named: frozenset[str] = naming.documents & searched if naming else frozenset()
        if naming and named and named != searched:
            rounds.insert(0, (naming.remainder, named))
        elif naming and named:
            rounds = [(naming.remainder, searched)]
        elif asked and asked.documents and asked.documents != searched:
            rounds.insert(0, (forms.searched, asked.documents))
        verdicts, search_ms, read_ms = [], 0.0, 0.0
        for query, documents in rounds:
            begun = perf_counter()
            hits = search(
                self._engine,
                query,
                analyser=self._analyser,
                k=max(self._reader.depth, MIN_PASSAGES),
                documents=None if everything and documents == searched else documents,
            )
            found = perf_counter()
            readings = read_in(forms, self._reader, hits)
            verdict = self._judged(readings, strictness, asked=asked, named=named)
            verdicts.append(doubted(verdict, question, threshold=self._reader.thresholds[strictness]))
            search_ms += 1000 * (found - begun)
            read_ms += 1000 * (perf_counter() - found)
            if verdicts[-1].answered:
                break
        best = next((verdict for verdict in verdicts if verdict.answered), None) or named_first(verdicts, named)
        whose = [self._engine.document(it) for it in sorted(named)]
        topic = topic_asked(naming.remainder, [it.source for it in whose]) if naming and named else None
        if topic:
            best = on_topic(
                topic,
                whose,
                verdicts[0]
                if verdicts[0].answered
                else replace(verdicts[0], quotes=named_first(verdicts, named).quotes),
                cells=self._cells,
                language=detect_language(question),
                threshold=self._reader.thresholds[strictness],
                speaker=asked.full_name if asked else "",
            )
        return _Tried(best, tuple(sorted(named)), asked, search_ms, read_ms)

    def _judged(
        self, readings: tuple[Reading, ...], strictness: Strictness, *, asked: Asked | None, named: frozenset[str]
    ) -> Verdict:
        """The verdict on the readings; of their sentences only those that the asked speaker says."""
        if asked is None:
            return judge(readings, reader=self._reader, strictness=strictness)
        verdict = judge(own_words(readings, asked, named), reader=self._reader, strictness=strictness)
        silent = not verdict.answered and asked.strict and not named
        return replace(verdict, readings=readings, reason=Reason.NOT_SAID if silent else verdict.reason)

    def _reason(self, verdict: Verdict, language: Language, searched: frozenset[str]) -> Reason | None:
        if not searched:
            return Reason.NO_SOURCES
        if language is Language.OTHER:
            return Reason.OTHER_LANGUAGE
        return verdict.reason

    def _scope(self, sources: Collection[str] | None) -> frozenset[str]:
        known = frozenset(source.id for source in self._engine.sources())
        if sources is None:
            return known
        if unknown := sorted(frozenset(sources) - known):
            raise UnknownDocument(document=unknown[0])
        return frozenset(sources)

    def _source_names(self) -> SourceNames:
        """The names of the sources, learnt anew when the index has changed."""
        return self._learnt().names

    def _learnt(self) -> _Learnt:
        """What is learnt of the texts, anew when the index has changed."""
        generation, before = self._engine.generation, self._known
        if before is not None and before.generation == generation:
            return before
        speakers = KnownSpeakers(earlier=before.speakers if before else None)
        documents = (self._engine.document(source.id) for source in self._engine.sources())
        names = SourceNames(speakers.noting(documents))
        corrector = Corrector(
            names.words,
            self._analyser,
            self._engine.vocabulary(),
            general=general_frequency,
            everyday=everyday_words(),
        )
        self._known = learnt = _Learnt(generation, names, corrector, speakers)
        return learnt
