"""The weights that ship: they load, they fit the limits, and they read Norwegian."""

from pathlib import Path

import pytest

from assistant.reader import Strictness
from assistant.reader.confidence import CALIBRATION, load_calibration, save_calibration
from assistant.reader.trained import TrainedReader
from assistant.reader.weights import WEIGHTS
from index.documents import read_bytes
from index.hit import Hit
from index.segmentation import paragraphs, passages

TEXT = """# Nattoget blir innstilt

Nattoget mellom Hovedby og Nordvika ble innstilt 61 ganger i fjor. Det er mer enn én gang i uka.

Statsråd Lund beklager forsinkelsen. Årsaken er at halvparten av sovevognene har sprekker i understellet.

Partiet Vei og Bane vil leie åtte vogner fra nabolandet. Leia koster 34 millioner kroner i året.

Ferjeturen til øyene tar 40 minutter. Kafeteriaen om bord er åpen hele døgnet.
"""


@pytest.fixture(scope="module")
def reader() -> TrainedReader:
    return TrainedReader.load()


@pytest.fixture(scope="module")
def hits() -> tuple[Hit, ...]:
    document = read_bytes("nattog.md", TEXT.encode())
    found = passages(document, paragraphs(document), count_tokens=lambda text: len(text.split()), limit=300)
    return tuple(Hit(place, passage, document, 1.0, 0.85, 1.0) for place, passage in enumerate(found, start=1))


def test_what_ships_is_small_and_its_thresholds_are_in_order() -> None:
    assert WEIGHTS.stat().st_size < 22_000_000
    thresholds = load_calibration().thresholds
    assert 0 <= thresholds[Strictness.OPEN] <= thresholds[Strictness.NORMAL] <= thresholds[Strictness.STRICT] <= 1


def test_the_calibration_survives_its_file(tmp_path: Path) -> None:
    calibration = load_calibration(CALIBRATION)
    save_calibration(calibration, tmp_path / "c.json")
    assert load_calibration(tmp_path / "c.json") == calibration


@pytest.mark.model
@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Hvor mange ganger ble nattoget innstilt i fjor?", "61"),
        ("Hva er grunnen til at nattoget blir innstilt?", "sprekker"),
        ("Kva kostar det å leige vogner?", "34 millioner"),
        ("hvor lang tid tar ferja", "40 minutter"),
    ],
)
def test_it_finds_the_sentence(reader: TrainedReader, hits: tuple[Hit, ...], question: str, answer: str) -> None:
    best = max(reader.read(question, hits), key=lambda reading: reading.relevance)
    sentence = best.hit.passage.sentences[best.evidence.index(max(best.evidence))]
    assert answer in best.hit.document.text[sentence.start : sentence.end]


@pytest.mark.model
def test_it_is_surer_of_what_the_text_answers(reader: TrainedReader, hits: tuple[Hit, ...]) -> None:
    answered = reader.confidence(reader.read("Hvor mange ganger ble nattoget innstilt i fjor?", hits))
    refused = reader.confidence(reader.read("Hvem vant VM i skihopp i 2011?", hits))
    assert answered > refused + 0.2


@pytest.mark.model
def test_what_was_read_is_not_read_again(
    reader: TrainedReader, hits: tuple[Hit, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = reader.read("Hva koster det å leie vogner?", hits)
    monkeypatch.setattr(reader, "_session", None)
    assert reader.read("Hva koster det å leie vogner?", hits) == first
    with pytest.raises(AttributeError):
        reader.read("Hva kostet det å leie vogner?", hits)
