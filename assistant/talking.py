"""What is said to Kildesvar itself -> its answer, out of the index's own facts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from time import perf_counter

from assistant.about_documents import AboutDocuments, Told
from assistant.answer import Answer, History, Quote, Reason, Role, Talk, Timing, Topic
from assistant.around import around
from assistant.asking_more import asks_more
from assistant.beginning import of_several
from assistant.question import check
from assistant.talk import Said, asked_of_quote, asked_of_source, asks_to_explain, language_of, said_to_self
from index.documents.document import Source
from index.engines import Engine
from index.sources import SourceNames

MAX_SUMMARISED = 8
"""Documents whose beginnings are shown, at most."""
_OF_SOURCES = frozenset({Topic.SOURCES, Topic.DATES, Topic.DATED, Topic.SUMMARY})

_Last = Callable[[], Answer | None]
"""The last answer, where there was one."""


@dataclass(frozen=True, slots=True)
class _Recognised:
    said: Said
    named: frozenset[str] = frozenset()
    """Ids of the sources that are named."""


class Talking:
    """Answers what is asked of Kildesvar itself. Safe to use from several threads."""

    def __init__(self, engine: Engine, names: Callable[[], SourceNames]) -> None:
        """Know the sources of ``engine`` by ``names``."""
        self._engine, self._names = engine, names
        self._documents = AboutDocuments(engine, names)

    def answer(
        self,
        question: str,
        history: History,
        searched: frozenset[str],
        *,
        ask: Callable[[str, History], Answer],
        unknown_too: bool = False,
    ) -> Answer | None:
        """The answer, if it is Kildesvar that is asked; None if the sources are.

        Args:
            question: As it was asked.
            history: The conversation so far, oldest first.
            searched: Ids of the documents that may be searched.
            ask: Answers an earlier question again, out of the same documents and as strictly.
            unknown_too: The sources were asked and do not tell: say of a document also what the index does not know,
                and show what stands around the last quote to whoever asks for more of it.

        Raises:
            QuestionError: The question cannot be asked.
            IndexFault: The index cannot be read.
        """
        started = perf_counter()
        asked = check(question)
        sources = {source.id: source for source in self._engine.sources() if source.id in searched}
        last = partial(_last, history, ask)
        told = self._about(asked, last, sources, unknown_too=unknown_too)
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

    def _about(self, asked: str, last: _Last, sources: Mapping[str, Source], *, unknown_too: bool) -> Told | None:
        """What is said to it; None if it must be asked of the sources."""
        recognised = self._recognise(asked, sources)
        of_quote = asked_of_quote(asked)
        if unknown_too and (asks_more(asked) or asks_to_explain(asked)):
            of_quote = Said(Topic.AROUND, language_of(asked))
        if recognised is None and of_quote and (quote := _said_last(last, sources)):
            return _of_quote(of_quote, quote)
        if recognised is None:
            quoted = partial(_quoted_last, last, sources)
            return self._documents.told(asked, quoted, sources, unknown_too=unknown_too)
        of, quotes = self._told(recognised, last, sources)
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
        self, recognised: _Recognised, last: _Last, sources: Mapping[str, Source]
    ) -> tuple[tuple[Source, ...], tuple[Quote, ...]]:
        """The sources that are spoken of, and quotes from them."""
        said, named = recognised.said, recognised.named
        if said.topic not in _OF_SOURCES:
            return (), ()
        chosen = [source for source in sources.values() if source.id in named] or list(sources.values())
        if said.topic is Topic.DATES and not named:
            return _quoted_last(last, sources) or tuple(chosen), ()
        if said.topic is Topic.SUMMARY:
            chosen = chosen[:MAX_SUMMARISED]
            return tuple(chosen), of_several([self._engine.document(source.id) for source in chosen])
        return tuple(chosen), ()


def _quoted_last(last: _Last, sources: Mapping[str, Source]) -> tuple[Source, ...]:
    """The sources of the last answer that was quoted."""
    again = last()
    ids = dict.fromkeys(quote.document.id for quote in again.quotes) if again else {}
    return tuple(sources[it] for it in ids if it in sources)


def _of_quote(said: Said, quote: Quote) -> Told:
    """Who says it, or what stands around it."""
    source = (quote.document.source,)
    if said.topic is Topic.AROUND:
        return Told(said, Talk(said.topic, source), around(quote))
    return Told(said, Talk(said.topic, source, wanted=_speaker(quote)), (quote,))


def _said_last(last: _Last, sources: Mapping[str, Source]) -> Quote | None:
    """What was quoted first in the last answer; None where nothing was, or not from these sources."""
    again = last()
    quotes = again.quotes if again else ()
    return quotes[0] if quotes and quotes[0].document.id in sources else None


def _last(history: History, ask: Callable[[str, History], Answer]) -> Answer | None:
    """The last answer, if it was one: the conversation holds its question, which is asked again."""
    for place in reversed(range(len(history))):
        turn = history[place]
        if turn.role is not Role.USER or said_to_self(turn.content) or asked_of_quote(turn.content):
            continue
        again = ask(turn.content, tuple(history[:place]))
        return _as_said(again, history[place + 1 :]) if again.answered else None
    return None


def _as_said(again: Answer, after: History) -> Answer | None:
    """The answer with those of its quotes that were shown then: other sources may have been chosen since."""
    said = " ".join(after[0].content.split()) if after and after[0].role is Role.ASSISTANT else ""
    if not said:
        return again
    words = [(quote, " ".join(quote.text.split())) for quote in again.quotes]
    shown = tuple(quote for quote, text in words if text in said or said in text)
    return replace(again, quotes=shown) if shown else None


def _speaker(quote: Quote) -> str:
    """Who says it, in the middle of a sentence; empty where it is the document's own voice."""
    return ", ".join(part for part in (quote.speaker, quote.role) if part) if quote.speaker else ""
