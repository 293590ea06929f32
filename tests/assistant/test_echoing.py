"""A row's name that the question says is no answer."""

import pytest

from assistant.answer import Reading
from assistant.echoing import telling
from index.documents import read_bytes
from index.hit import Hit
from index.language import Analyser
from index.paragraph import Passage
from index.segmentation import paragraphs

TABLE = b"""# Ruter

| Rute | Pris | Varer |
|---|---|---|
| Ferge | 40 | post |
| Buss | 30 | Ferge |
"""


def _readings() -> list[Reading]:
    document = read_bytes("ruter.md", TABLE)
    passages = [Passage(unit, unit.start, unit.end, "") for unit in paragraphs(document)]
    hits = [Hit(rank, it, document, 1.0, 0.5, 0.5) for rank, it in enumerate(passages, start=1)]
    return [Reading(hit, 0.5, (0.5,)) for hit in hits]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("Hva koster fergen?", ["40", "post", "Buss", "30", "Ferge"]),
        ("Hvilken rute er dyrest?", ["Ferge", "40", "post", "Buss", "30", "Ferge"]),
        ("Er fergen eller bussen dyrest?", ["Ferge", "40", "post", "Buss", "30", "Ferge"]),
    ],
)
def test_only_a_name_of_a_row_that_the_question_says_goes(question: str, left: list[str]) -> None:
    assert [reading.hit.text for reading in telling(_readings(), question, Analyser())] == left


def test_something_is_always_left() -> None:
    names = [reading for reading in _readings() if reading.hit.text in ("Ferge", "Buss") and not _of_row(reading)]
    assert list(telling(names, "Går ferge og buss?", Analyser())) == names


def _of_row(reading: Reading) -> bool:
    return reading.hit.passage.paragraph.row is not None
