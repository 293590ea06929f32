"""A quote that only introduces a list is answered with the list's items."""

from typing import Any

import pytest

from assistant.answer import Quote
from assistant.introduced import MAX_LISTED, with_items
from assistant.quoting import placed
from index.documents import read_bytes
from index.documents.document import Document
from index.paragraph import Sentence
from index.surroundings import surroundings_of

PLAN = b"""# Plan for badet

Badet koster 800 kroner i aret. Vi vil prioritere:

- varmt vann
- lengre apningstid
  - ogsa i ferien
- ny sauna. Den skal ha vindu.

Planen gjelder til 2030.

Avgiften er 40 kroner og dekker:

- garderobe
- stupetarn
"""


def _document() -> Document:
    return read_bytes("plan.md", PLAN)


def _quote(document: Document, words: str, *, short: str | None = None) -> Quote:
    start = document.text.index(words)
    holding = [p for p in surroundings_of(document).paragraphs if p.start <= start < p.end]
    mark = None
    if short is not None:
        place = document.text.index(short, start)
        mark = Sentence(place, place + len(short))
    return Quote(document=document, paragraph=holding[0], start=start, end=start + len(words), score=0.7, short=mark)


def _texts(quotes: tuple[Quote, ...]) -> list[str]:
    return [" ".join(quote.text.split()) for quote in quotes]


def test_the_items_stand_for_the_line_that_introduces_them() -> None:
    document = _document()
    told = with_items([_quote(document, "Vi vil prioritere:")])
    assert _texts(told) == ["varmt vann", "lengre apningstid", "ny sauna. Den skal ha vindu."]
    for quote in told:
        assert document.text[quote.start : quote.end] == quote.text
        (line,) = quote.context
        assert document.text[line.start : line.end] == "Vi vil prioritere:"
        assert quote.score == 0.7


@pytest.mark.parametrize(
    ("words", "short"),
    [("Badet koster 800 kroner i aret. Vi vil prioritere:", None), ("Avgiften er 40 kroner og dekker:", "40 kroner")],
)
def test_a_quote_that_tells_something_itself_stays_before_the_items(words: str, short: str | None) -> None:
    told = with_items([_quote(_document(), words, short=short)])
    assert _texts(told)[0] == words
    assert len(told) > 2


def test_a_mark_over_the_whole_line_tells_nothing() -> None:
    told = with_items([_quote(_document(), "Vi vil prioritere:", short="Vi vil prioritere")])
    assert _texts(told)[0] == "varmt vann"


def test_other_quotes_are_left_alone_and_an_item_that_was_quoted_comes_once() -> None:
    document = _document()
    quotes = [_quote(document, "Planen gjelder til 2030."), _quote(document, "varmt vann")]
    assert with_items(quotes) == tuple(quotes)
    told = with_items([quotes[1], _quote(document, "Vi vil prioritere:")])
    assert _texts(told) == ["varmt vann", "lengre apningstid", "ny sauna. Den skal ha vindu."]


def test_a_line_that_already_stands_before_a_better_item_comes_no_more() -> None:
    document = _document()
    item = with_items([_quote(document, "Avgiften er 40 kroner og dekker:")])[0]
    told = with_items([item, _quote(document, "Avgiften er 40 kroner og dekker:", short="40 kroner")])
    assert _texts(told) == ["garderobe", "stupetarn"]


def test_a_long_list_is_told_up_to_a_limit_and_made_no_further(monkeypatch: pytest.MonkeyPatch) -> None:
    made = []

    def counted(*given: Any, **settings: Any) -> Quote:  # noqa: ANN401  what placed takes
        made.append(placed(*given, **settings))
        return made[-1]

    monkeypatch.setattr("assistant.introduced.placed", counted)
    items = "".join(f"- punkt nummer {number} om tema {number}\n" for number in range(30))
    document = read_bytes("lang.md", f"# Lang\n\nVi vil:\n\n{items}".encode())
    told = with_items([_quote(document, "Vi vil:")])
    assert len(told) == len(made) == MAX_LISTED
    assert told[0].text == "punkt nummer 0 om tema 0"
