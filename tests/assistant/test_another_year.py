"""A figure for one year answers no question about another."""

import pytest

from assistant.another_year import names_another_year
from tests.corpus import make_document, make_quote

FIGURE = "I 2015 døde 289 av overdose."
NO_YEAR = "Overdosene tar flere liv enn trafikken."
FERRY = "Ferja kom i 1932."
PUPILS = "Skolen hadde 1650 elever."
SINCE = "Fra 2019 kan elever tjene mer."
PRICED = "Kaia kostet 1800 kroner og ble åpnet kl. 1930."
CASES = "Det skjedde i 1650 tilfelle på 1990-talet."
COMPARED = "Det døde 300, mot 280 personer i 2013, og flere enn i 2012."


@pytest.mark.parametrize(
    ("question", "words", "surroundings", "another"),
    [
        ("Hvor mange døde i 2014?", FIGURE, "", True),
        ("Hvor mange døde i 2015?", FIGURE, "", False),
        ("Hvor mange døde?", FIGURE, "", False),
        ("Hvor mange døde i 2014?", NO_YEAR, "", False),
        ("Hvor mange døde i 2014?", FIGURE, "Årsmelding 2014", False),
        ("Hvor mange har dødd etter 2014?", FIGURE, "", False),
        ("Hvor mange døde i perioden 2014–2016?", FIGURE, "", False),
        ("Og i 2020? (Hvor mange døde i 2015?)", FIGURE, "", True),
        ("Og i trafikken? (Hvor mange døde i 2014?)", FIGURE, "", False),
        ("Hva var målet på 2014 kroner?", NO_YEAR, "", False),
        ("Når på 1900-tallet kom ferja?", FERRY, "", False),
        ("Kva kom på 1950-talet?", FERRY, "", False),
        ("Kva kom i 1950-åra?", FERRY, "", False),
        ("Which ferry came in the 1950s?", FERRY, "", False),
        ("Kom ferja i 1933?", FERRY, "", True),
        ("Did the ferry come in 1933?", FERRY, "", True),
        ("Ferja 1933?", FERRY, "", True),
        ("Hvor mange elever i 2014?", PUPILS, "", False),
        ("Får jeg tjene 2000 kroner i uka?", SINCE, "", False),
        ("Can I earn 2000 kroner a week?", SINCE, "", False),
        ("Kan eg tene meir i 2018?", SINCE, "", True),
        ("Hva kostet kaia i 2014?", PRICED, "", False),
        ("Kor ofte skjedde det i 2014?", CASES, "", False),
        ("Hvor mange dødsfall er meldt for 2014 så langt?", FIGURE, "", True),
    ],
)
def test_only_a_quote_of_other_years_is_of_another_year(
    question: str, words: str, surroundings: str, another: bool
) -> None:
    assert names_another_year(question, make_quote(make_document(words), words), surroundings) is another


@pytest.mark.parametrize(("words", "another"), [(COMPARED, False), (FIGURE, True)])
def test_the_document_s_year_is_that_of_a_quote_that_only_compares_with_others(words: str, another: bool) -> None:
    assert (
        names_another_year("Hvor mange døde i 2014?", make_quote(make_document(words), words), "", date="2014-03")
        is another
    )
