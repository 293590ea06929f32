import pytest

from assistant.interjections import without_interjection


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Ok. Hva med biblioteket?", "Hva med biblioteket?"),
        ("Takk! Og i fjor?", "Og i fjor?"),
        ("ja, men hvorfor?", "men hvorfor?"),
        ("Ok – hva med biblioteket?", "Hva med biblioteket?"),
        ("Skjøner – og då?", "Og då?"),
        ("Nei - hva med biblioteket?", "Hva med biblioteket?"),
        ("Ok –kva med biblioteket?", "Kva med biblioteket?"),
        ("Ok– kva med biblioteket?", "Kva med biblioteket?"),
        ("Yes—what about the library?", "What about the library?"),
        ("Javel ... Og i fjor?", "Og i fjor?"),
        ("Ok, takk - og i fjor?", "Og i fjor?"),
    ],
)
def test_what_only_answers_is_left_out(question: str, asked: str) -> None:
    assert without_interjection(question) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Nei-siden, hva mener den?",
        "Nei-sida, kva meiner ho?",
        "Ja- og nei-siden, hva mener de?",
        "Ja–nei-spørsmålet, hva handlet det om?",
        "Right-wing parties want what?",
        "No-one answered, why?",
        "Bra?",
        "Ok.",
    ],
)
def test_a_word_with_a_hyphen_is_a_word(question: str) -> None:
    assert without_interjection(question) == question
