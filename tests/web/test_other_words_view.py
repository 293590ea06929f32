import pytest

from assistant.answer import OtherWords
from assistant.web.other_words_view import render_other_words
from assistant.web.render import render_answer
from index.documents.document import Language
from tests.web.fake import HARBOUR, make_answer, quote_of
from tests.web.reading import Reading

QUAY = quote_of(HARBOUR, "Havna fikk ny kai i 2019.")
OTHERS = (OtherWords("snuten", ("politi", "politibetjent")), OtherWords("<b>trygda", ("uføretrygd",)))


@pytest.mark.parametrize(
    ("language", "summary"),
    [
        (Language.BOKMAAL, "Søkte også etter andre ord"),
        (Language.NYNORSK, "Søkte også etter andre ord"),
        (Language.ENGLISH, "Also searched for other words"),
    ],
)
def test_each_expression_stands_with_its_words(language: Language, summary: str) -> None:
    reading = Reading(render_other_words(make_answer("Når?", [QUAY], other_words=OTHERS), language))
    assert reading.texts("summary") == [summary]
    assert reading.texts("dt") == ["snuten", "<b>trygda"]
    assert reading.texts("dd") == ["politi, politibetjent", "uføretrygd"]
    assert reading.texts("b") == []


def test_nothing_is_told_where_nothing_else_was_searched_for() -> None:
    assert render_other_words(make_answer("Når?", [QUAY]), Language.BOKMAAL) == ""


@pytest.mark.parametrize("answered", [True, False])
def test_it_is_a_part_of_the_answer_and_of_a_refusal(answered: bool) -> None:
    answer = make_answer("Når?", [QUAY], answered=answered, other_words=OTHERS)
    assert "kv-ordbro" in render_answer(answer, page_language=Language.BOKMAAL)
