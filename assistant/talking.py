"""What is said to Kildesvar itself -> its answer, out of the index's own facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import perf_counter

from assistant.about_documents import AboutDocuments, Told
from assistant.answer import Answer, History, Quote, Reason, Role, Talk, Timing, Topic
from assistant.beginning import of_several
from assistant.question import check
from assistant.talk import Said, asked_of_source, asks_who_says, said_to_self
from index.documents.document import Source
from index.engines import Engine
from index.sources import SourceNames

MAX_SUMMARISED = 8
"""Documents whose beginnings are shown, at most."""
_OF_SOURCES = frozenset({Topic.SOURCES, Topic.DATES, Topic.DATED, Topic.SUMMARY})


@dataclass(frozen=True, slots=True)
class _Recognised:
    said: Said
    named: frozenset[str] = frozenset()
    """Ids of the sources that are named."""


class Talking:
    """Answers what is asked of Kildesvar itself. Safe to use from several threads."""

    def __init__(self, engine: Engine, names: Callable[[], SourceNames], ask: Callable[[str, History], Answer]) -> None:
        """Know the sources of ``engine`` by ``names``; ``ask`` answers an earlier question again."""
        self._engine, self._names, self._ask = engine, names, ask
        self._documents = AboutDocuments(engine, names, self._quoted_last)

    def answer(
        self, question: str, history: History, searched: frozenset[str], *, unknown_too: bool = False
    ) -> Answer | None:
        """The answer, if it is Kildesvar that is asked; None if the sources are.

        Args:
            question: As it was asked.
            history: The conversation so far, oldest first.
            searched: Ids of the documents that may be searched.
            unknown_too: The sources were asked and do not tell: say of a document also what the index does not know.

        Raises:
            QuestionError: The question cannot be asked.
            IndexFault: The index cannot be read.
        """
        started = perf_counter()
        asked = check(question)
        sources = {source.id: source for source in self._engine.sources() if source.id in searched}
        told = self._about(asked, history, sources, unknown_too=unknown_too)
        if told is None or (told.said.topic is Topic.SUMMARY and not told.quotes):
            return None
        quoted = bool(told.quotes)
        total = 1000 * (perf_counter() - started)
        return Answer(
            question=question,
            standalone_question=asked,
            language=told.said.language,
            answered=quoted,
            confidence=1.0 if quoted else 0.0,
            reason=None if quoted else Reason.NOT_ASKED_OF_SOURCES,
            quotes=told.quotes,
            passages=(),
            timing=Timing(search=0.0, read=0.0, total=total),
            searched_sources=len(searched),
            talk=told.talk,
        )

    def _about(self, asked: str, history: History, sources: Mapping[str, Source], *, unknown_too: bool) -> Told | None:
        """What is said to it; None if it must be asked of the sources."""
        recognised = self._recognise(asked, sources)
        if recognised is None and (said := asks_who_says(asked)) and (quote := self._said_last(history, sources)):
            return Told(said, Talk(Topic.SAYS, (quote.document.source,), wanted=_speaker(quote)), (quote,))
        if recognised is None:
            return self._documents.told(asked, history, sources, unknown_too=unknown_too)
        of, quotes = self._told(recognised, history, sources)
        return Told(recognised.said, Talk(recognised.said.topic, of), quotes)

    def _recognise(self, asked: str, sources: Mapping[str, Source]) -> _Recognised | None:
        said = said_to_self(asked)
        if said:
            return _Recognised(said)
        if len(sources) == 1 and (only := asked_of_source(asked, sources.values())):
            return _Recognised(only, frozenset(sources))
        naming = self._names().find(asked)
        named = naming.documents & frozenset(sources) if naming else frozenset()
        if naming is None or not named:
            return None
        of_source = asked_of_source(naming.remainder, [sources[it] for it in named])
        # That a source does not say when it is from is no answer, if its text may tell.
        undated = all(sources[it].metadata.date is None for it in named)
        if of_source is None or (of_source.topic is Topic.DATED and undated):
            return None
        return _Recognised(of_source, named)

    def _told(
        self, recognised: _Recognised, history: History, sources: Mapping[str, Source]
    ) -> tuple[tuple[Source, ...], tuple[Quote, ...]]:
        """The sources that are spoken of, and quotes from them."""
        said, named = recognised.said, recognised.named
        if said.topic not in _OF_SOURCES:
            return (), ()
        chosen = [source for source in sources.values() if source.id in named] or list(sources.values())
        if said.topic is Topic.DATES and not named:
            return self._quoted_last(history, sources) or tuple(chosen), ()
        if said.topic is Topic.SUMMARY:
            chosen = chosen[:MAX_SUMMARISED]
            return tuple(chosen), of_several([self._engine.document(source.id) for source in chosen])
        return tuple(chosen), ()

    def _quoted_last(self, history: History, sources: Mapping[str, Source]) -> tuple[Source, ...]:
        """The sources of the last answer that was quoted."""
        again = self._last(history)
        ids = dict.fromkeys(quote.document.id for quote in again.quotes) if again else {}
        return tuple(sources[it] for it in ids if it in sources)

    def _said_last(self, history: History, sources: Mapping[str, Source]) -> Quote | None:
        """What was quoted first in the last answer; None where nothing was, or not from these sources."""
        again = self._last(history)
        quotes = again.quotes if again else ()
        return quotes[0] if quotes and quotes[0].document.id in sources else None

    def _last(self, history: History) -> Answer | None:
        """The last answer, if it was one: the conversation holds its question, which is asked again."""
        for place in reversed(range(len(history))):
            turn = history[place]
            if turn.role is not Role.USER or said_to_self(turn.content) or asks_who_says(turn.content):
                continue
            again = self._ask(turn.content, tuple(history[:place]))
            return again if again.answered else None
        return None


def _speaker(quote: Quote) -> str:
    """Who says it, in the middle of a sentence; empty where it is the document's own voice."""
    return ", ".join(part for part in (quote.speaker, quote.role) if part) if quote.speaker else ""
