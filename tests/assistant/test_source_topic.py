"""What a named source says of a topic is decided by what it says of it, not by how the question is put."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from assistant.answer import Reading
from assistant.assistant import Assistant
from assistant.reader import Strictness
from assistant.source_topic import SourceTopic, topic_asked
from index.documents.document import Metadata, Source
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from tests.corpus import make_document

LEAGUE = make_document(
    "# Program\n\nVi vil ha flere ferger. Skatten skal ned.\n\n– Bommene må rives, sier Kari Gran.",
    file="program.txt",
    metadata=Metadata("Program 2024", publisher="Fjordlaget", kind="program"),
)
PARTY = make_document(
    "# Vedtak\n\nKommunen må satse på skolen. Bompenger er urettferdig, og bommene må bort.",
    file="vedtak.txt",
    metadata=Metadata("Vedtak om vei", publisher="Bygdelista", kind="vedtak"),
)


@pytest.mark.parametrize(
    ("remainder", "asked"),
    [
        ("Hva mener om straff?", SourceTopic("straff", opinion=True)),
        ("Kva meiner om straff", SourceTopic("straff", opinion=True)),
        ("Hva står det i programmet om ferger og vei?", SourceTopic("ferger og vei", opinion=False)),
        ("Hva sier programmet til om skatt?", SourceTopic("skatt", opinion=False)),
        ("What does think about taxes?", SourceTopic("taxes", opinion=True)),
        ("Hva mener om at fergene er dyre?", None),
        ("Hva mener må gjøres?", None),
        ("Hvorfor mener mye om straff?", None),
        ("Hva mener om den nye loven som ble vedtatt i fjor etter lang strid?", None),
    ],
)
def test_a_question_for_a_topic_holds_nothing_else(remainder: str, asked: SourceTopic | None) -> None:
    source = Source("d1", "p.txt", "0", Metadata(kind="program"))
    assert topic_asked(remainder.replace("programmet", "program"), [source]) == asked


class ElsewhereReader:
    """Believes what the other source says, and nothing that it is asked for."""

    name, depth = "elsewhere", 10
    thresholds: Mapping[Strictness, float] = {strictness: 0.2 for strictness in Strictness}

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        sure = [0.9 if hit.document.id == PARTY.id else 0.01 for hit in hits]
        return tuple(
            Reading(hit, share, tuple(share for _ in hit.passage.sentences))
            for hit, share in zip(hits, sure, strict=True)
        )

    def confidence(self, readings: Sequence[Reading]) -> float:
        return max((reading.relevance for reading in readings), default=0.0)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    engine = EmbeddedEngine.open(tmp_path, HashingEncoder(), create=True)
    engine.add([LEAGUE, PARTY])
    with Assistant(engine, ElsewhereReader()) as opened:
        yield opened


def test_the_source_answers_though_the_reader_does_not_believe_it(assistant: Assistant) -> None:
    answer = assistant.ask("Hva mener Fjordlaget om ferger?")
    assert answer.answered
    assert [quote.text for quote in answer.quotes] == ["Vi vil ha flere ferger."]
    assert answer.confidence == answer.quotes[0].score


def test_what_another_source_says_of_it_is_no_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Hva mener Fjordlaget om skolen?")
    assert not answer.answered
    assert answer.confidence <= 0.2
    assert answer.quotes[0].document.id == LEAGUE.id


def test_what_somebody_else_says_in_it_is_not_the_sources_opinion(assistant: Assistant) -> None:
    opinion = assistant.ask("Hva mener Fjordlaget om bommene?")
    said = assistant.ask("Hva sier Fjordlaget om bommene?")
    assert not opinion.answered
    assert said.answered
    assert said.quotes[0].speaker == "Kari Gran"


def test_another_question_is_answered_as_before(assistant: Assistant) -> None:
    assert assistant.ask("Hvorfor vil ikke Fjordlaget satse på skolen?").quotes[0].document.id == PARTY.id
