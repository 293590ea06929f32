import dataclasses

import pytest

from assistant.citation import copy_text, short_citation
from index.documents.document import Language, Metadata, Page
from tests.corpus import make_document, make_quote

BODY = "# Ruter\n\nFerga går hver time.\n\nPrisen er 40 kroner."


def citation(language: Language = Language.BOKMAAL, *, heading: str = "", **metadata: object) -> str:
    document = make_document(BODY, file="ruter.txt", metadata=Metadata(**metadata))  # type: ignore[arg-type]
    return short_citation(
        make_quote(document, "Prisen er 40 kroner.", headings=(heading,) if heading else ()), language
    )


@pytest.mark.parametrize(
    ("metadata", "expected"),
    [
        (
            {"title": "Ruter", "authors": ("Kari Vik",), "publisher": "Fergelaget", "date": "2017-12"},
            "«Ruter», Kari Vik, 2017, avsnitt 3",
        ),
        ({"title": "Ruter", "publisher": "Fergelaget", "date": "2017"}, "«Ruter», Fergelaget, 2017, avsnitt 3"),
        ({"title": "Ruter", "authors": ("A B", "C D", "E F")}, "«Ruter», A B, C D, E F, avsnitt 3"),
        ({"title": "Ruter", "authors": ("A", "B", "C", "D"), "publisher": "Laget"}, "«Ruter», Laget, avsnitt 3"),
        ({"title": "Ruter", "authors": ("A", "B", "C", "D")}, "«Ruter», A m.fl., avsnitt 3"),
        ({}, "ruter.txt, avsnitt 3"),
        ({"title": "Ruter", "heading": "Priser"}, "«Ruter», under «Priser», avsnitt 3"),
    ],
)
def test_a_citation_says_what_the_document_says_and_no_more(metadata: dict[str, object], expected: str) -> None:
    assert citation(**metadata) == expected


def test_a_citation_follows_the_language_of_the_question() -> None:
    assert citation(Language.NYNORSK, title="Ruter", heading="Prisar") == "«Ruter», under «Prisar», avsnitt 3"
    assert citation(Language.ENGLISH, title="Ruter", heading="Priser") == "“Ruter”, under “Priser”, paragraph 3"
    assert citation(Language.ENGLISH, title="Ruter", authors=("A", "B", "C", "D")) == "“Ruter”, A et al., paragraph 3"


def test_a_page_is_cited_by_the_number_printed_on_it() -> None:
    document = make_document(BODY, metadata=Metadata(title="Ruter"))
    quote = make_quote(document, "Prisen er 40 kroner.")
    plain = dataclasses.replace(document, pages=(Page(7, 0, len(document.text)),))
    printed = dataclasses.replace(document, pages=(Page(7, 0, len(document.text), label="v"),))
    assert short_citation(dataclasses.replace(quote, document=plain), Language.BOKMAAL).endswith("side 7, avsnitt 3")
    assert short_citation(dataclasses.replace(quote, document=printed), Language.BOKMAAL).endswith("side v, avsnitt 3")


def test_a_quote_over_a_page_break_is_cited_by_both_pages() -> None:
    document = make_document(BODY, metadata=Metadata(title="Ruter"))
    quote = make_quote(document, "Prisen er 40 kroner.")
    middle = quote.start + 5
    pages = (Page(7, 0, middle, label="5"), Page(8, middle, len(document.text), label="6"))
    over = dataclasses.replace(quote, document=dataclasses.replace(document, pages=pages))
    assert short_citation(over, Language.BOKMAAL).endswith("side 5–6, avsnitt 3")
    assert short_citation(over, Language.ENGLISH).endswith("pages 5–6, paragraph 3")


def test_copying_takes_the_quote_word_for_word_and_its_citation() -> None:
    document = make_document(BODY, metadata=Metadata(title="Ruter"))
    quote = make_quote(document, "Prisen er 40 kroner.")
    assert copy_text(quote, Language.BOKMAAL) == "«Prisen er 40 kroner.» («Ruter», avsnitt 3)"
    assert copy_text(quote, Language.ENGLISH) == "“Prisen er 40 kroner.” (“Ruter”, paragraph 3)"
