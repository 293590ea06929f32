"""Questions in a passage's own words."""

import pytest

from assistant.reader.in_its_words import in_its_words
from index.bridging import Bridge
from index.language import Analyser

ANALYSER = Analyser()
BRIDGE = Bridge(ANALYSER)


def _asked_of(question: str, *passages: str) -> list[str]:
    return in_its_words(question, [frozenset(ANALYSER.terms(passage)) for passage in passages], BRIDGE)


def test_every_passage_is_asked_in_words_that_it_has() -> None:
    assert _asked_of("Hva gjorde snuten da?", "Politiet gikk.", "Snuten gikk.", "Ingen gikk.") == [
        "Hva gjorde politi da?",
        "Hva gjorde snuten da?",
        "Hva gjorde snuten da?",
    ]


def test_the_nearest_word_that_the_passage_has_is_put_in() -> None:
    assert _asked_of("Har de pusekatt?", "Dyr og katter bor her.", "Her bor det dyr.") == [
        "Har de katt?",
        "Har de dyr?",
    ]


def test_an_expression_of_several_words_goes_as_a_whole() -> None:
    assert _asked_of("kan jeg få sparken for det", "Oppsigelse skal være saklig.") == ["kan jeg oppsigelse for det"]


def test_english_questions_get_norwegian_words() -> None:
    (asked,) = _asked_of("Who pays for the housing?", "Kommunen betaler for boligen.")
    assert "bolig" in asked
    assert "housing" not in asked


@pytest.mark.parametrize("question", ["", "Når sank båten?", "(snuten"])
def test_what_has_no_other_words_stays_as_it_is(question: str) -> None:
    assert _asked_of(question, "Brannen spredte seg.", "") == [question] * 2


def test_no_passages_no_questions() -> None:
    assert _asked_of("Hva gjorde snuten da?") == []


def test_words_with_signs_in_them_are_words() -> None:
    assert _asked_of("Er snuten (purken) her?", "Politiet er her.")[0].count("politi") == 2
