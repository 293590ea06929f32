import pytest

from assistant.asking_why import asks_why, why_so


@pytest.mark.parametrize(
    "question",
    ["Hvorfor det?", "Og kvifor er det slik?", "Why?", "Hvorfor mener hun det?", "Why do they think so?"],
)
def test_what_only_asks_why(question: str) -> None:
    assert asks_why(question)


@pytest.mark.parametrize("question", ["Hvorfor stengte badet?", "Hvorfor mener Kari Gran det?", "Hva mener hun?"])
def test_what_asks_why_something_is_so(question: str) -> None:
    assert not asks_why(question)


@pytest.mark.parametrize(
    ("question", "previous", "whole"),
    [
        ("Hvorfor det?", "Er havna stengt?", "Hvorfor er havna stengt?"),
        ("Hvorfor det?", "Når stenger havna?", "Hvorfor stenger havna?"),
        ("Kvifor det?", "Kor mange gonger har politiet stengt havna?", "Kvifor har politiet stengt havna?"),
        ("Why is that?", "When did the harbour close?", "Why did the harbour close?"),
        ("Hvorfor det?", "Hvem synes havna er stygg?", "Hvorfor synes noen havna er stygg?"),
        ("Hvorfor mener hun det?", "Hva sier Kari Gran om havna?", "Hvorfor sier Kari Gran det om havna?"),
    ],
)
def test_why_is_asked_of_what_is_so(question: str, previous: str, whole: str) -> None:
    assert why_so(question, previous) == whole


@pytest.mark.parametrize(
    "previous",
    [
        "Hvor er havna?",
        "Når er møtet i havna?",
        "Hvor gammel er havna?",
        "Hvor mange båter sank?",
        "Hvem er Kari Gran?",
        "Hvem skrev rapporten?",
        "Når stenger havna, og hvem sier det?",
        "Når stengte?",
    ],
)
def test_why_is_not_asked_where_it_is_not_seen_what_is_so(previous: str) -> None:
    assert why_so("Hvorfor det?", previous) is None
