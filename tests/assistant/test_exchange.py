import json
from dataclasses import replace

import pytest

from assistant.answer import Answer, OtherWords, Reason, Role, Timing, Turn
from assistant.exchange import from_json, to_json
from assistant.terminal import answer_text, printable
from index.documents.document import Language, Metadata
from index.errors import InvalidRequest
from tests.corpus import make_document, make_hit, make_quote

TEXT = "Prisen er 40 kroner."
DOCUMENT = make_document(
    f"# Ruter\n\n{TEXT}",
    file="ruter.txt",
    metadata=Metadata(
        title="Ruter", authors=("Kari Vik", "Ola Li"), date="2017", language=Language.BOKMAAL, publisher="Fergelaget"
    ),
)


def answer(*, reason: Reason | None = None) -> Answer:
    return Answer(
        question="Hva koster det?",
        standalone_question="Hva koster det?",
        language=Language.BOKMAAL,
        answered=reason is None,
        confidence=0.87654321,
        reason=reason,
        quotes=(make_quote(DOCUMENT, TEXT, headings=("Priser", "Voksne")),),
        passages=(make_hit(DOCUMENT, TEXT),),
        timing=Timing(search=1.234, read=2.0, total=3.5),
        searched_sources=1,
    )


def test_the_json_form_is_exactly_the_promised_one() -> None:
    document = {
        "id": DOCUMENT.id,
        "file": "ruter.txt",
        "title": "Ruter",
        "author": "Kari Vik; Ola Li",
        "publisher": "Fergelaget",
        "date": "2017",
        "language": "nb",
        "sha256": DOCUMENT.source.sha256,
    }
    place = {"page": None, "paragraph": 1, "start": 7, "end": 27}
    assert to_json(answer(), question_id="q1") == {
        "id": "q1",
        "question": "Hva koster det?",
        "standalone_question": "Hva koster det?",
        "answered": True,
        "confidence": 0.8765,
        "reason": None,
        "quotes": [
            {
                "rank": 1,
                "text": TEXT,
                "document": document,
                "heading": "Voksne",
                "speaker": None,
                "score": 0.9,
                "citation": "«Ruter», Kari Vik, Ola Li, 2017, under «Voksne», avsnitt 2",
                "role": None,
                "context": [],
                "reservation": None,
                **place,
            }
        ],
        "passages": [{"rank": 1, "text": TEXT, "document": document, "score": 1.0, **place}],
        "timing_ms": {"search": 1.2, "read": 2.0, "total": 3.5},
    }


def test_an_unanswered_question_says_why() -> None:
    record = to_json(answer(reason=Reason.NOT_IN_SOURCES))
    assert (record["answered"], record["reason"]) == (False, "not_in_sources")


def test_a_question_record_gives_id_question_and_history() -> None:
    line = '{"id": "7", "question": "Hva?", "history": [{"role": "user", "content": "Hei"}]}'
    assert from_json(json.loads(line)) == ("7", "Hva?", (Turn(Role.USER, "Hei"),))
    assert from_json({"question": "Hva?"}) == (None, "Hva?", ())
    assert from_json({"id": 7, "question": "Hva?", "history": None}) == ("7", "Hva?", ())


@pytest.mark.parametrize(
    "record",
    [
        [],
        "Hva?",
        {},
        {"question": 7},
        {"question": "Hva?", "id": {}},
        {"question": "Hva?", "history": "Hei"},
        {"question": "Hva?", "history": [{"role": "system", "content": "Hei"}]},
        {"question": "Hva?", "history": [{"role": "user"}]},
        {"question": "Hva?", "history": [None]},
    ],
)
def test_a_forged_record_is_refused(record: object) -> None:
    with pytest.raises(InvalidRequest):
        from_json(record)


def test_the_terminal_shows_a_lead_the_quote_and_its_citation() -> None:
    assert answer_text(answer()) == (
        "Ett sitat fra én kilde\n\n[1] Prisen er 40 kroner.\n"
        "    — «Ruter», Kari Vik, Ola Li, 2017, under «Voksne», avsnitt 2"
    )


def test_the_nearest_passages_are_marked_as_no_answer() -> None:
    shown = answer_text(answer(reason=Reason.NOT_IN_SOURCES))
    assert shown.startswith("Jeg finner ikke svar på dette i kildene.")
    assert "ikke et svar" in shown
    assert TEXT in shown


def test_a_document_cannot_steer_the_terminal() -> None:
    assert printable("a\x1b[2Jb\x07\nc") == "a�[2Jb�\nc"


def test_other_words_are_told_where_some_were_searched_for() -> None:
    told = to_json(replace(answer(), other_words=(OtherWords("snuten", ("politi", "politibetjent")),)))
    assert told["other_words"] == [{"asked": "snuten", "words": ["politi", "politibetjent"]}]
