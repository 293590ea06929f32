"""An enumerating question -> what every source says of its topic, or that it does not mention it.

Each document is searched and read by itself (``assistant.cells``), so that a long or well-fitting one never crowds out
the others.
"""

import re
from collections.abc import Callable
from time import perf_counter

from assistant.answer import Answer, Comparison, History, Reason, Role, Row, Timing, Turn
from assistant.antecedent import ABOUT
from assistant.asked_speaker import asked_words
from assistant.brackets import in_brackets, with_brackets
from assistant.carried import asked_before, last_answer
from assistant.cells import Cells, Sought
from assistant.enumerating import Enumeration, enumeration_of, topic_of
from assistant.going_on import holds_any
from assistant.kinds import Enumerated, enumerated
from assistant.other_words import other_words
from assistant.question import MAX_QUESTION, check, understand
from assistant.question_words import ASKS, VERBS_FIRST
from assistant.reader import Reader
from index.documents.document import Language
from index.engines import Engine
from index.errors import UnknownDocument
from index.language import Analyser, detect_language
from index.segmentation import paragraphs
from index.sources import SourceNames

Watch = Callable[[int, int], None]
"""Called with (documents looked at, documents in all)."""

READ = 400
"""Passages that are read for one question, over all documents, within these limits for one document."""
LEAST_READ, MOST_READ = 8, 24
_READ_AS = {
    Language.ENGLISH: "What is said about {topic}?",
    Language.NYNORSK: "Kva står det om {topic}?",
}
"""What the reader is asked: it was trained on questions."""
_READ_ELSE = "Hva står det om {topic}?"
_ASKS = re.compile(rf"{ASKS.pattern}|{VERBS_FIRST}\s+\w", re.IGNORECASE)
"""How a topic begins that is a question itself."""


class Comparing:
    """Compares the sources. Safe to use from several threads."""

    def __init__(self, engine: Engine, reader: Reader, analyser: Analyser, names: Callable[[], SourceNames]) -> None:
        """Look at the documents of ``engine`` with ``reader``; ``names`` knows what they are called."""
        self._engine, self._analyser, self._names = engine, analyser, names
        self._cells = Cells(engine, reader, analyser)

    def answer(
        self, question: str, history: History, searched: frozenset[str], watch: Watch | None = None
    ) -> Answer | None:
        """What every searched source says, or of two and more named ones; None if not so much is asked for.

        Raises ``QuestionError``, ``IndexFault``, ``EncoderError``, and what ``watch`` raises.
        """
        begun = perf_counter()
        asked = whole = check(question)
        if written := in_brackets(asked):  # asked again as it was shown
            asked, history = written.asked, (Turn(Role.USER, written.followed),)
        enumeration = enumeration_of(asked)
        topic = self._topic(enumeration, history) if enumeration and searched else ""
        if not topic:
            return None
        if enumeration and enumeration.others:
            before = next(iter(asked_before(history)), "")
            whole = with_brackets(asked, [before]) if before and enumeration.points_back else asked
            about = ABOUT.search(before) if enumeration.points_back else None
            topic = about["topic"] if about else topic
            searched = self._others(before, last_answer(history), searched)
        naming = self._names().find(topic)
        named = naming.documents & searched if naming else frozenset()
        if naming and len(named) > 1:
            topic, searched = naming.remainder, named
        language = detect_language(asked)
        comparison = self._compare(topic, language, searched, watch)
        total = 1000 * (perf_counter() - begun)
        quotes = tuple(quote for row in comparison.rows for quote in row.quotes)
        return Answer(
            question=question,
            standalone_question=whole,
            language=language,
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
            other_words=other_words(self._engine, self._analyser, sought(topic, language).query, language),
        )

    def _topic(self, enumeration: Enumeration, history: History) -> str:
        """What the question is about, taken from the one before where it points back; empty if nothing was asked."""
        if not enumeration.points_back:
            return enumeration.topic
        places = [place for place, turn in enumerate(history) if turn.role is Role.USER and turn.content.strip()]
        if not places:
            return enumeration.topic
        asked = history[places[-1]]
        before = asked.content[:MAX_QUESTION]
        earlier = topic_of(before) or asked.understood
        earlier = earlier or understand(before, history[: places[-1]], analyser=self._analyser).text
        return f"{enumeration.topic} om {earlier}" if enumeration.topic else earlier

    def _others(self, before: str, quoted: str, searched: frozenset[str]) -> frozenset[str]:
        """The documents that the question before neither asked nor quoted; all, where there are no others.

        Where it asked for a person's words, others may speak in the same document, and none is left out.
        """
        naming = self._names().find(before)
        had = naming.documents & searched if naming else frozenset[str]()
        if not had and not asked_words(before):
            said = " ".join(quoted.split())
            had = frozenset(it for it in searched if holds_any(self._engine.document(it), said))
        return searched - had or searched

    def _compare(self, topic: str, language: Language, searched: frozenset[str], watch: Watch | None) -> Comparison:
        sources = [source for source in self._engine.sources() if source.id in searched]
        depth = max(LEAST_READ, min(MOST_READ, READ // max(1, len(sources))))
        looked_for = sought(topic, language)
        rows = []
        for number, source in enumerate(sources):
            if watch:
                watch(number, len(sources))
            try:
                document = self._engine.document(source.id)
            except UnknownDocument:  # removed by somebody meanwhile: what the others say still stands
                continue
            cell = self._cells.of(document, looked_for, depth=depth)
            rows.append(Row(document.source, cell.quotes, len(paragraphs(document)), cell.near))
        return Comparison(topic, tuple(rows))


def sought(topic: str, language: Language) -> Sought:
    """What to look for: a topic that is a question is read as that question, and of a kind of thing the subject.

    >>> sought("tall på dødsfall", Language.BOKMAAL).query, sought("Når går fergene", Language.BOKMAAL).question
    ('dødsfall', 'Når går fergene?')
    """
    bare = topic.rstrip("?!. ")
    if _ASKS.match(bare):
        return Sought(bare, f"{bare}?", Enumerated(None, bare), language)
    wanted = enumerated(bare)
    named = bare if wanted.kind else wanted.subject
    return Sought(wanted.subject or bare, _READ_AS.get(language, _READ_ELSE).format(topic=named), wanted, language)
