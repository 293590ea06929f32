"""A cell holds what is likely; what is unsure is shown as near, and nothing else is."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from assistant.answer import Reading
from assistant.assistant import Assistant
from assistant.cells import MOST, SURE
from assistant.exchange import to_json
from assistant.reader import Strictness
from assistant.terminal import answer_text
from assistant.web.render import render_answer
from index.documents.document import Language
from index.encoder import HashingEncoder
from index.engines.embedded import EmbeddedEngine
from index.hit import Hit
from tests.corpus import make_document

SAYS = make_document("Fergene er nye.\n\nKaia er gammel. Fergene er dyre.\n\nMåken skriker.", file="sier.txt")
HINTS = make_document("Farkostene krysser fjorden hver time.\n\nTrærne er høye.", file="antyder.txt")
SILENT = make_document("Skogen er gammel.", file="tier.txt")
LONG = make_document("\n\n".join(f"Ferge {word} går." for word in "abcdefghijklmnopqrst"), file="lang.txt")


class HintingReader:
    """Finds that vessels have to do with ferries, and nothing else."""

    name, depth = "hinting", 10
    thresholds: Mapping[Strictness, float] = {strictness: 0.5 for strictness in Strictness}

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        sure = [0.99 if "Farkostene" in hit.text else 0.001 for hit in hits]
        return tuple(
            Reading(hit, share, tuple(share for _ in hit.passage.sentences))
            for hit, share in zip(hits, sure, strict=True)
        )

    def confidence(self, readings: Sequence[Reading]) -> float:
        return max((reading.relevance for reading in readings), default=0.0)


@pytest.fixture
def assistant(tmp_path: Path) -> Iterator[Assistant]:
    engine = EmbeddedEngine.open(tmp_path, HashingEncoder(), create=True)
    engine.add([SAYS, HINTS, SILENT, LONG])
    with Assistant(engine, HintingReader()) as opened:
        yield opened


def test_said_near_and_not_mentioned_are_three_things(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier de ulike kildene om ferger?")
    assert answer.comparison is not None
    says, hints, silent, _ = answer.comparison.rows
    assert {quote.text for quote in says.quotes} == {"Fergene er nye.", "Fergene er dyre."}
    assert not says.near
    assert [quote.text for quote in hints.near] == ["Farkostene krysser fjorden hver time."]
    assert hints.near[0].score < SURE <= says.quotes[0].score
    assert not hints.quotes
    assert not silent.quotes
    assert not silent.near


def test_a_long_document_has_a_limit(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier de ulike kildene om ferger?", sources=[LONG.id, SAYS.id])
    assert answer.comparison is not None
    assert len(answer.comparison.rows[1].quotes) == MOST


def test_what_is_near_is_shown_as_unsure_and_is_no_quote_of_the_answer(assistant: Assistant) -> None:
    answer = assistant.ask("Hva sier de ulike kildene om ferger?", sources=[HINTS.id, SILENT.id])
    assert not answer.answered
    assert not answer.quotes
    row = to_json(answer)["comparison"]["rows"][0]
    assert (row["quotes"], row["near"][0]["text"]) == ([], "Farkostene krysser fjorden hver time.")
    page = render_answer(answer, page_language=Language.BOKMAAL)
    assert 'class="kv-usikkert"' in page
    assert "I én kilde til er det nærmeste vist" in page
    assert page.count("kv-ikke-omtalt") == 1
    assert "kv-nr" not in page
    shown = answer_text(answer)
    assert "Nær, men usikkert:\n    Farkostene krysser fjorden hver time." in shown
