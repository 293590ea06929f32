"""What the reader makes of the development questions: searched, read, quoted, and held against the gold."""

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.quoting import quote
from assistant.reader.corpora import Corpus, Question
from assistant.reader.fitting import Doubles
from assistant.reader.seen import Seen
from assistant.reader.trained import TrainedReader
from index.encoder import Encoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from index.language import Analyser
from index.paragraph import Sentence
from index.search import search

FEW_DOCUMENTS = 20
"""Of fewer documents the questions are the groups that are kept apart when something is fitted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, what was found for it, and what is known of that."""

    set: str
    """The corpus that it was asked of."""
    question: Question
    group: str
    """No question is judged by constants that were fitted on one of its own group."""
    answerable: bool
    """Whether the searched documents answer; false in the twin of a set, where the question's own is left out."""
    hits: tuple[Hit, ...]
    seen: tuple[Seen, ...]

    def holds(self, document: str, place: Sentence) -> bool:
        """Whether a stretch of a document answers."""
        return self.answerable and self.question.answered_by(document, place)


def ask(
    corpus: Corpus, *, reader: TrainedReader, encoder: Encoder, depth: int, every: int = 1, twin: bool = False
) -> list[Asked]:
    """Search and read for the development questions of a corpus.

    Args:
        corpus: All its documents are searched.
        reader: Says what it makes of each hit.
        encoder: Searches.
        depth: Hits to read a question.
        every: Ask every so manieth question only.
        twin: Ask each once more without its own document, as one that is not answered.
    """
    found, analyser = [], Analyser()
    with TemporaryDirectory() as directory, EmbeddedEngine.open(Path(directory), encoder) as engine:
        engine.add(corpus.documents)
        ids = {document.id for document in corpus.documents}
        for question in corpus.dev[::every]:
            group = question.document if len(ids) > FEW_DOCUMENTS else question.id
            for searched in (ids, ids - {question.document}) if twin else (ids,):
                hits = search(engine, question.text, analyser=analyser, k=depth, documents=searched)
                seen = reader.look(question.text, hits)
                answerable = bool(question.gold) and searched is ids
                found.append(Asked(corpus.name, question, group, answerable, hits, seen))
    return found


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question came to."""

    asked: Asked
    inputs: Doubles
    """The confidence's features."""
    right: tuple[bool, ...]
    """Of each quote, in order."""
    precision: float
    """Share of the first quote's characters that are gold, 0 to 1."""
    marked: str | None
    """The short answer."""

    @property
    def first_right(self) -> bool:
        """Whether the first quote answers."""
        return self.right[:1] == (True,)


def outcome(one: Asked, reader: TrainedReader) -> Outcome:
    """Quote as the assistant does, and compare with the gold."""
    readings = tuple(reader.reading(*part) for part in zip(one.hits, one.seen, strict=True))
    quotes = quote(readings)
    right = tuple(one.holds(it.document.id, Sentence(it.start, it.end)) for it in quotes)
    precision, marked = 0.0, None
    if quotes:
        first = quotes[0]
        gold = one.question.gold_of(first.document.id) if right[0] else ()
        shared = sum(max(0, min(first.end, it.end) - max(first.start, it.start)) for it in gold)
        precision = min(1.0, shared / (first.end - first.start))
        marked = first.document.text[first.short.start : first.short.end] if first.short else None
    return Outcome(one, reader.calibration.features(readings), right, precision, marked)
