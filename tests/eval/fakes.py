"""An assistant over real documents that needs no model: the engine, the hashing encoder and the matching reader."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.assistant import Assistant
from assistant.reader.matching import MatchingReader
from eval.corpora import Bench, Case
from eval.goldset import GoldQuestion, GoldQuote, QuestionType, Split
from index.documents import read_bytes
from index.documents.document import Document, Language
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.language import Analyser

POOL = "# Badet\n\nBadet åpner klokka sju om morgenen. En billett koster femti kroner.\n\nBarn slipper gratis inn.\n"
LIBRARY = "# Biblioteket\n\nBiblioteket låner ut bøker i fire uker. Gebyret er ti kroner dagen.\n"


def documents() -> tuple[Document, ...]:
    return tuple(read_bytes(name, text.encode()) for name, text in (("bad.md", POOL), ("bibliotek.md", LIBRARY)))


def question(number: int, text: str, quote: str | None, *, document: str = "bad.md") -> GoldQuestion:
    return GoldQuestion(
        id=f"q-{number}",
        question=text,
        language=Language.BOKMAAL,
        type=QuestionType.FACTOID if quote else QuestionType.UNANSWERABLE,
        answerable=bool(quote),
        quotes=(GoldQuote(document, quote),) if quote else (),
    )


def bench() -> Bench:
    asked = (
        question(1, "Når åpner badet om morgenen?", "Badet åpner klokka sju om morgenen."),
        question(
            2,
            "Hvor lenge låner biblioteket ut bøker?",
            "Biblioteket låner ut bøker i fire uker.",
            document="bibliotek.md",
        ),
        question(3, "Hvem er ordfører?", None),
    )
    return Bench("prøve", Split.TUNE, "abc", tuple(Case(item, item.id) for item in asked), documents())


@contextmanager
def assistant(directory: Path) -> Iterator[Assistant]:
    encoder = HashingEncoder()
    with EmbeddedEngine.open(directory, encoder, create=True) as engine:
        engine.add(documents())
        yield Assistant(engine, MatchingReader(encoder, Analyser()))
