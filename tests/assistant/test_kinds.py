"""The kind of thing that is asked for is known by its name in the question and by its marks in a sentence."""

import pytest

from assistant.kinds import Kind, Marks, enumerated
from index.segmentation import paragraphs
from tests.corpus import make_document


@pytest.mark.parametrize(
    ("topic", "kind", "subject"),
    [
        ("tall på dødsfall", Kind.NUMBER, "dødsfall"),
        ("tall", Kind.NUMBER, ""),
        ("prosenttall og andeler", Kind.SHARE, ""),
        ("konkrete tiltak mot støy", Kind.MEASURE, "støy"),
        ("framlegg om fjorden", Kind.MEASURE, "fjorden"),
        ("målsettinger for skolen", Kind.GOAL, "skolen"),
        ("politiske partier", Kind.PARTY, ""),
        ("numbers on deaths", Kind.NUMBER, "deaths"),
        ("påstander om at skolen er dårlig", None, "skolen er dårlig"),
        ("synet på politiet", None, "politiet"),
        ("og syn på straff", None, "straff"),
        ("landbruk", None, "landbruk"),
        ("målrettet arbeid", None, "målrettet arbeid"),
        ("partiet Venstre", None, "partiet Venstre"),
    ],
)
def test_what_is_asked_for(topic: str, kind: Kind | None, subject: str) -> None:
    asked = enumerated(topic)
    assert (asked.kind, asked.subject) == (kind, subject)


@pytest.mark.parametrize(
    ("kind", "sentence", "marked"),
    [
        (Kind.NUMBER, "Kaia er 140 meter lang.", True),
        (Kind.NUMBER, "Antallet er doblet.", True),
        (Kind.NUMBER, "To tredjedeler er imot.", True),
        (Kind.NUMBER, "Kaia ble bygd i 1956.", False),
        (Kind.NUMBER, "De to politimennene var der.", False),
        (Kind.NUMBER, "Flere bydeler trenger kai.", False),
        (Kind.SHARE, "Fire av ti går ikke.", True),
        (Kind.SHARE, "30 prosent av dem.", True),
        (Kind.SHARE, "Han er 40 år.", False),
        (Kind.YEAR, "Kaia ble bygd i 1956.", True),
        (Kind.MONEY, "Det koster 2,4 milliarder kroner.", True),
        (Kind.MEASURE, "Kommunen bør rive kaia.", True),
        (Kind.MEASURE, "Innføre gratis ferge.", True),
        (Kind.MEASURE, "Kaia er gammel.", False),
        (Kind.GOAL, "Målet er en ny kai.", True),
        (Kind.PARTY, "Høyre stemte imot.", True),
        (Kind.PARTY, "Ta til høyre ved kaia.", False),
        (Kind.COUNTRY, "Slik er det i Sveits.", True),
        (Kind.COUNTRY, "Landet er stort.", False),
        (Kind.PERSON, "Kari Gran er leder.", True),
        (Kind.PERSON, "Lederen er ny.", False),
    ],
)
def test_a_sentence_is_told_by_its_marks(kind: Kind, sentence: str, marked: bool) -> None:
    document = make_document(sentence)
    paragraph = paragraphs(document)[0]
    assert Marks(kind, document).on(paragraph.sentences[0], paragraph) is marked
