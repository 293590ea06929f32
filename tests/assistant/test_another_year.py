"""A figure for one year answers no question about another."""

import pytest

from assistant.another_year import names_another_year
from index.documents.document import BlockKind, Metadata
from tests.web.fake import make_document, quote_of

FIGURE = "I 2015 døde 289 av overdose."
NO_YEAR = "Overdosene tar flere liv enn trafikken."
DOCUMENT = make_document("tall.txt", Metadata(title="Tall"), [(BlockKind.PARAGRAPH, f"{FIGURE} {NO_YEAR}")])


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
    ],
)
def test_only_a_quote_of_other_years_is_of_another_year(
    question: str, words: str, surroundings: str, another: bool
) -> None:
    assert names_another_year(question, quote_of(DOCUMENT, words), surroundings) is another
