import pytest

from assistant.replacing import replaced, retold


@pytest.mark.parametrize(
    ("question", "previous", "whole"),
    [
        ("Og i fjor?", "Hvor mange båter sank i år?", "Hvor mange båter sank i fjor?"),
        ("og i 2012", "Hvor mange sank i 2015?", "Hvor mange sank i 2012?"),
        ("Og året før?", "Hva kostet det i 2015?", "Hva kostet det året før?"),
        ("Enn Haraset?", "Held Eidsberg fram med det, Lund?", "Held Eidsberg fram med det, Haraset?"),
        ("Hva med på Hamar, da?", "Hvor bor folk på Gjøvik nå?", "Hvor bor folk på Hamar nå?"),
        ("Og i Øvre Årdal?", "Når stenger badet i Nedre Lia i kveld?", "Når stenger badet i Øvre Årdal i kveld?"),
        ("What about in Oslo?", "How many people live in Bergen?", "How many people live in Oslo?"),
    ],
)
def test_what_is_named_takes_its_place(question: str, previous: str, whole: str) -> None:
    assert replaced(question, previous) == whole


@pytest.mark.parametrize(
    ("question", "previous"),
    [
        ("Og hvem stemte imot?", "Hva ble vedtatt i 2015?"),
        ("Hvorfor det?", "Hva ble vedtatt i 2015?"),
        ("Og er det sant?", "Hva mener Venstre?"),
        ("Og i 2012?", "Hvem leder partiet?"),
        ("Og trafikken?", "Hvor mange døde av rus?"),
        ("Venstre?", "Hva mener Høyre?"),
        ("", ""),
    ],
)
def test_what_is_not_seen_from_the_words_is_left(question: str, previous: str) -> None:
    assert replaced(question, previous) is None


def test_along_a_conversation_the_first_question_is_kept() -> None:
    assert retold("Og i 2017?", ["Hvor mange sank i 2015?", "Og i 2016?"]) == "Hvor mange sank i 2017?"
    assert retold("Og i 2017?", []) is None
