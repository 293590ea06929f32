from html import unescape

import pytest

from assistant.answer import Understood
from assistant.web.meaning_view import render_meaning
from index.documents.document import Language
from tests.web.fake import HARBOUR, HOSTILE, make_answer, quote_of

QUAY = quote_of(HARBOUR, "Havna fikk ny kai i 2019.")


def told(question: str, language: Language = Language.BOKMAAL, **changes: object) -> str:
    return unescape(render_meaning(make_answer(question, [QUAY], **changes), language))


def test_nothing_is_told_of_a_question_that_was_taken_as_asked() -> None:
    assert told("Når kom kaia?") == told("nar kom kaia", standalone_question="når kom kaia") == ""
    assert told("nar kom kaia", understood=Understood.MENDED, standalone_question="når kom kaia") == ""


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.BOKMAAL, "Forstått som: «Og i fjor? (Hva koster kaia?)»"),
        (Language.NYNORSK, "Forstått som: «Og i fjor? (Hva koster kaia?)»"),
        (Language.ENGLISH, "Understood as: “Og i fjor? (Hva koster kaia?)”"),
    ],
)
def test_a_follow_up_is_told_and_can_be_asked_as_it_stood_or_edited(language: Language, words: str) -> None:
    meaning = told(
        "Og  i fjor?",
        language,
        understood=Understood.FOLLOW_UP,
        standalone_question="Og i fjor? (Hva koster kaia?)",
        otherwise="Og i fjor?",
    )
    assert words in meaning
    assert 'class="kv-heller" value="«Og i fjor?»"' in meaning
    assert 'class="kv-endre" value="Og i fjor? (Hva koster kaia?)"' in meaning


def test_mended_slips_are_told_where_they_matter() -> None:
    meaning = told(
        "nar kom kaia", understood=Understood.MENDED, standalone_question="når kom kaia", otherwise="nar kom kaia"
    )
    assert "Mente du «når kom kaia»?" in meaning
    assert 'value="«nar kom kaia»"' in meaning
    meant = told("nar kom kaia", otherwise="når kom kaia")
    assert "Mente du «når kom kaia»?" in meant
    assert 'value="«når kom kaia»"' in meant


def test_a_hostile_question_stays_text_and_its_quotation_marks_stay_out_of_ours() -> None:
    answer = make_answer(HOSTILE, [QUAY], understood=Understood.FOLLOW_UP, standalone_question=HOSTILE)
    raw = render_meaning(answer, Language.BOKMAAL)
    assert "<img" not in raw
    assert "\n" not in raw
    assert 'value="«a b»"' in told('a «"b', understood=Understood.FOLLOW_UP)
