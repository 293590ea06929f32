"""Who holds an office is not told by a sentence without anybody in it, or with the holder of another."""

import pytest

from assistant.asked_office import lacks_holder
from tests.corpus import make_document, make_quote

NAMED = "Kari Gran leder foreningen."
OFFICE = "Styret velger ny leiar i mars."
NOBODY = "Sandvika Seilforening er en frivillig organisasjon."
MAYOR = "Ordføreren i Vik er Runa Feiring."
MAYOR_NN = "Runa Feiring er ordførar i Vik."
LEADER_NN = "Runa Feiring er leiar i laget."
LED = "Laget ledes av Runa Feiring."


@pytest.mark.parametrize(
    ("question", "words", "nobody"),
    [
        ("Hvem er leder i Sandvika Seilforening?", NOBODY, True),
        ("Hvem er leder i Sandvika Seilforening?", NAMED, False),
        ("Hvem er lederen for foreningen?", OFFICE, False),
        ("Kven var leiar for laget?", NOBODY, True),
        ("Kven er leiar for laget?", "No tek Áslak Čáppa over.", False),
        ("Hvem leder Sandvika Seilforening?", NOBODY, True),
        ("Who is the leader of the association?", NOBODY, True),
        ("Kven er ordførar i Vik?", MAYOR, False),
        ("Kven er ordføraren i Vik?", MAYOR, False),
        ("Hvem er ordfører i Vik?", MAYOR_NN, False),
        ("Who is the mayor of Vik?", MAYOR, False),
        ("Who is the mayor of Vik?", MAYOR_NN, False),
        ("Who is the mayor of Vik?", NOBODY, True),
        ("Kven er ordførar i Vik?", LED, True),
        ("Kven leier laget?", LEADER_NN, False),
        ("Hvem leder laget?", LEADER_NN, False),
        ("Kven leier laget?", LED, False),
        ("Hvem er leder i laget?", LED, False),
        ("Who leads the team?", LED, False),
        ("Who is the head of the team?", LEADER_NN, False),
        ("Who leads the team?", NOBODY, True),
        ("Hvem er medlem i foreningen?", OFFICE, False),
        ("Hvem er Sandvika Seilforening?", NOBODY, False),
        ("Hva er foreningen?", NOBODY, False),
        ("Hva gjør lederen i foreningen?", NOBODY, False),
    ],
)
def test_only_a_question_for_the_holder_of_an_office_wants_a_name(question: str, words: str, nobody: bool) -> None:
    assert lacks_holder(question, make_quote(make_document(words), words)) is nobody


@pytest.mark.parametrize(
    ("question", "words", "another"),
    [
        ("Hvem er justisminister?", "Helseminister Per Dal (H) vil vente.", True),
        ("Hvem er justisministeren i Norge?", "Helseministeren, Per Dal, vil vente.", True),
        ("Hvem er justisminister?", "Justis- og beredskapsminister Kari Gran vil vente.", False),
        ("Hvem er justisminister?", "Kari Gran er minister for justis.", False),
        ("Hvem er justisminister?", "Per Dal vil vente.", False),
        ("Hvem er nestleder i laget?", "Styreleder Kari Gran åpnet møtet.", True),
        ("Hvem er leder i laget?", "Styreleder Kari Gran åpnet møtet.", False),
        ("Hva sier justisministeren?", "Helseminister Per Dal (H) vil vente.", False),
    ],
)
def test_an_office_is_not_another_of_its_sort(question: str, words: str, another: bool) -> None:
    assert lacks_holder(question, make_quote(make_document(words), words)) is another
