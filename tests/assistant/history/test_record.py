"""An answer that was kept is, shown again, what it was; and only what was shown of a document is kept of it."""

import json
from dataclasses import fields

import pytest
from hypothesis import HealthCheck, given, settings

from assistant.answer import Answer, Comparison, Quote, Row, Talk
from assistant.exchange import to_json
from assistant.export.transcript import entry_of
from assistant.history.record import VERSION, from_record, to_record
from assistant.history.standin import FILLER
from assistant.ratings import rateable
from assistant.terminal import answer_text
from assistant.texts import LANGUAGES
from assistant.web.render import render_answer, said
from index.documents.document import Metadata
from tests.assistant.history.made import answers
from tests.web.fake import HARBOUR, SCHOOL, make_answer, quote_of

QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")


def public(answer: Answer) -> dict[str, object]:
    """The public form without the passages, of which a record keeps only what is shown."""
    return {**to_json(answer), "passages": []}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(answers())
def test_a_kept_answer_is_shown_as_the_one_that_was_given(answer: Answer) -> None:
    again = from_record(to_record(answer))
    for language in LANGUAGES:
        assert render_answer(again, page_language=language) == render_answer(answer, page_language=language)
        assert entry_of(again, page_language=language) == entry_of(answer, page_language=language)
    assert public(again) == public(answer)
    assert answer_text(again) == answer_text(answer)
    assert said(again) == said(answer)
    assert rateable(again, ()) == rateable(answer, ())
    assert to_record(again) == to_record(answer), "kept a second time it is the same"


def test_a_record_knows_every_field_that_there_is() -> None:
    """A field that is added to an answer must be added to its record too, and to the answers made above."""
    known = {
        Answer: "question standalone_question language answered confidence reason quotes passages timing named_sources "
        "understood otherwise searched_sources talk asked_speaker all_sources strictness comparison other_words",
        Quote: "document paragraph start end score short speaker role context reservation since",
        Comparison: "topic rows",
        Row: "source quotes paragraphs near",
        Talk: "topic sources wanted sizes",
        Metadata: "title authors publisher date kind language url given",
    }
    for kind, names in known.items():
        assert {field.name for field in fields(kind)} == set(names.split()), kind.__name__


def test_of_a_document_no_more_is_kept_than_was_shown() -> None:
    record = to_record(make_answer("Hvor lang er kaia?", [QUAY]))
    [kept] = json.loads(record)["documents"].values()
    assert kept["text"] == [[QUAY.start, QUAY.text]]
    document = from_record(record).quotes[0].document
    assert set(document.text[: QUAY.start]) == {FILLER} and len(document.text) == QUAY.end


def test_equal_sentences_of_two_documents_stay_two() -> None:
    ferry = "Dei fleste elevane tek ferge til skulen kvar dag."
    again = from_record(to_record(make_answer("ferge", [QUAY, quote_of(SCHOOL, ferry)])))
    assert [quote.document.source for quote in again.quotes] == [HARBOUR.source, SCHOOL.source]


@pytest.mark.parametrize(
    "change",
    [
        {"version": VERSION + 1},
        {"quotes": [{}]},
        {"quotes": 7},
        {"documents": {}},
        {"language": "klingon"},
        {"documents": {HARBOUR.id: {"file": "a", "sha256": "b", "metadata": {}, "text": [[10**12, "x"]]}}},
        {"timing": [1]},
        {"comparison": {"topic": "x", "rows": [["d0", 1, 1]]}},
    ],
)
def test_what_is_no_record_is_told_as_that(change: dict[str, object]) -> None:
    record = json.loads(to_record(make_answer("Hvor lang er kaia?", [QUAY])))
    with pytest.raises(ValueError):
        from_record(json.dumps(record | change))


@pytest.mark.parametrize("text", ["", "null", "[]", "{", "[" * 100_000])
def test_damaged_text_is_told_as_that(text: str) -> None:
    with pytest.raises(ValueError):
        from_record(text)
