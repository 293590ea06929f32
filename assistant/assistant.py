"""The whole flow on one screen: question -> hits -> readings -> quotes -> answer."""

from collections.abc import Collection
from functools import cache, partial
from time import perf_counter

from assistant.answer import Answer, History, Reason, Timing
from assistant.answering import Verdict
from assistant.asking_more import asks_more
from assistant.carried import clean, cleaned, told
from assistant.comparing import Comparing, Watch
from assistant.follow_up import Forms
from assistant.introduced import with_items
from assistant.learnt import Learning
from assistant.other_words import other_words
from assistant.reader import Reader, Strictness
from assistant.rounds import Rounds
from assistant.talk import without_talk
from assistant.talking import Talking
from assistant.understanding import choose, understandings
from index.closing import Closing
from index.documents.document import Document, Language, Source
from index.engines import Engine
from index.errors import UnknownDocument
from index.language import Analyser, detect_language


class Assistant(Closing):
    """Answers questions from the documents of one index. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, *, strictness: Strictness = Strictness.NORMAL) -> None:
        """Ask the documents of ``engine``, with ``reader`` to decide."""
        self._engine, self._reader, self._strictness = engine, reader, strictness
        self._analyser = Analyser()
        self._learning = Learning(engine, self._analyser)
        self._talking = Talking(engine, self._learning.names)
        self._comparing = Comparing(engine, reader, self._analyser, self._learning.names)
        self._rounds = Rounds(engine, reader, self._analyser, self._learning)

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
        searched, strictness = self._scope(sources), strictness or self._strictness
        asked, history = clean(question), cleaned(history)
        again = cache(partial(self.ask, sources=searched, strictness=strictness))
        talk = self._talking.answer(question, history, searched, ask=again)
        if talk:
            return talk
        history = without_talk(history)  # nothing follows on a greeting
        compared = self._comparing.answer(question, history, searched, watch)
        if compared:
            return compared
        learnt = self._learning.now()
        ways = understandings(asked, history, analyser=self._analyser, corrector=learnt.corrector, names=learnt.names)
        forms = [Forms.of(way.text, told(history)) for way in ways]
        tried = [self._rounds.go(form, searched, strictness) for form in forms]
        verdicts = [way.verdict for way in tried]
        chosen = choose(ways, verdicts, typed=asked, history=history)
        taken = tried[chosen.place]
        verdict = taken.verdict
        language = detect_language(asked)
        reason = self._reason(verdict, language, searched)
        unsure = verdict.confidence < self._reader.thresholds[Strictness.STRICT]
        if reason is Reason.NOT_IN_SOURCES or (unsure and not asks_more(asked)):
            unknown = self._talking.answer(question, history, searched, ask=again, unknown_too=True)
            if unknown:
                return unknown
        return Answer(
            question=question,
            standalone_question=ways[chosen.place].text,
            language=language,
            answered=reason is None,
            confidence=verdict.confidence,
            reason=reason,
            quotes=verdict.quotes if reason else with_items(verdict.quotes),
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
            strictness=strictness,
            asked_speaker=taken.asked.full_name if taken.asked and taken.asked.tells else None,
            all_sources=len(self._engine.sources()),
            other_words=other_words(self._engine, self._analyser, forms[chosen.place].searched, language),
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
