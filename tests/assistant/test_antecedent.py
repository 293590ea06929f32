import pytest

from assistant.antecedent import with_name


@pytest.mark.parametrize(
    ("question", "earlier", "quoted", "named"),
    [
        ("Hva tror hun er realistisk?", ["Hvem er Kari Gran?"], "", "Hva tror Kari Gran er realistisk?"),
        ("Hvem er enig med ham?", ["Hva mener Knutsen om det?"], "", "Hvem er enig med Knutsen?"),
        ("Hva sier han til det?", ["Hvem leder laget?"], "Laget ledes av Arild Moe.", "Hva sier Arild Moe til det?"),
        ("Kva seier ho?", ["Kven leier laget?"], "– Vi er klare, seier Moe.", "Kva seier Moe?"),
    ],
)
def test_a_pronoun_is_the_person_who_was_named(question: str, earlier: list[str], quoted: str, named: str) -> None:
    assert with_name(question, earlier, quoted) == named


@pytest.mark.parametrize(
    ("question", "earlier", "quoted"),
    [
        ("Hva er målet med den?", ["Hvem er Kari Gran?"], ""),  # no person
        ("Hva mener han?", ["Hvem er Kari Gran?"], ""),  # another gender
        ("Kan eg få ho litt til?", ["Kor lenge kan eg ha symaskina?"], "Ho er i Ytste Moen."),  # a place
        ("Hva mener han?", ["Hvem er uenige?"], "Arild Moe og Per Lund er uenige."),  # which of them?
        ("Hva sier hun til Knutsen?", ["Hvem er Kari Gran?"], ""),  # names somebody itself
    ],
)
def test_a_pronoun_stays_where_it_is_not_sure_who_is_meant(question: str, earlier: list[str], quoted: str) -> None:
    assert with_name(question, earlier, quoted) == question


def test_the_last_question_that_names_somebody_counts() -> None:
    assert with_name("Hva mener han?", ["Hvorfor det?", "Hvem er Per Dal?", "Hvem er Jon Lie?"], "") == (
        "Hva mener Per Dal?"
    )
