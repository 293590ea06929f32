"""An answer as the conversation shows it."""

import pytest

from assistant.answer import Answer, Reason, Understood
from assistant.citation import copy_text, short_citation
from assistant.lead import lead
from assistant.web.address import quote_link
from assistant.web.render import NEAREST, render_answer, render_question, render_waiting, said
from index.documents.document import Language
from tests.web.fake import HARBOUR, HOSTILE, SCHOOL, make_answer, quote_of
from tests.web.reading import Reading

QUAY = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.", short="140 meter")
NIGHT = quote_of(HARBOUR, "Om natten går det ingen ferge, fordi mannskapet må hvile.")
PUPILS = quote_of(SCHOOL, "Skulen har 64 elevar.")
STRANGE = quote_of(SCHOOL, f"Prøvetekst med teikn: {HOSTILE}")


def shown(answer: Answer, page_language: Language = Language.BOKMAAL) -> Reading:
    html = render_answer(answer, page_language=page_language)
    assert "\n" not in html, "a line break would let Markdown in"
    return Reading(html)


def test_quotes_are_the_documents_own_characters_with_citation_link_and_copy() -> None:
    reading = shown(make_answer("Hvor lang er kaia?", [QUAY, PUPILS]))
    assert reading.texts("blockquote") == [QUAY.text, PUPILS.text]
    assert reading.texts("mark", "kv-kort") == ["140 meter"]
    assert reading.texts("span", "kv-nr") == ["1", "2"]
    assert reading.texts("span", "kv-henvisning") == [short_citation(it, Language.BOKMAAL) for it in (QUAY, PUPILS)]
    assert [it["href"] for it in reading.attributes("a", "kv-kilde")] == [quote_link(QUAY), quote_link(PUPILS)]
    copied = [it["value"] for it in reading.attributes("button", "kv-kopier")]
    assert copied == [copy_text(it, Language.BOKMAAL) for it in (QUAY, PUPILS)]
    assert [it["lang"] for it in reading.attributes("blockquote")] == ["nb", "nn"]


@pytest.mark.parametrize(
    ("quotes", "language", "expected"),
    [
        ([QUAY], Language.BOKMAAL, "Ett sitat fra én kilde"),
        ([QUAY, NIGHT], Language.BOKMAAL, "2 sitater fra én kilde"),
        ([QUAY, NIGHT, PUPILS], Language.BOKMAAL, "3 sitater fra 2 kilder"),
        ([QUAY, NIGHT, PUPILS], Language.NYNORSK, "3 sitat frå 2 kjelder"),
        ([QUAY, PUPILS], Language.ENGLISH, "2 quotes from 2 sources"),
    ],
)
def test_the_lead_counts_and_claims_nothing(quotes: list[object], language: Language, expected: str) -> None:
    assert lead(make_answer("?", quotes), language) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("asked_in", "page", "spoken"),
    [
        (Language.NYNORSK, Language.BOKMAAL, "nn"),
        (Language.ENGLISH, Language.NYNORSK, "en"),
        (Language.OTHER, Language.NYNORSK, "nn"),
        (Language.OTHER, Language.BOKMAAL, "nb"),
    ],
)
def test_our_words_follow_the_question_and_else_the_page(asked_in: Language, page: Language, spoken: str) -> None:
    reading = shown(make_answer("Kva?", [QUAY], language=asked_in), page)
    assert reading.attributes("div", "kv-svar")[0]["lang"] == spoken


@pytest.mark.parametrize(("confidence", "word"), [(0.95, "sikkert"), (0.6, "ganske sikkert"), (0.4, "usikkert")])
def test_sureness_is_said_in_words(confidence: float, word: str) -> None:
    reading = shown(make_answer("?", [QUAY], confidence=confidence))
    assert reading.texts("span", "kv-treff") == [f"Treffet er {word}"]


def test_no_answer_says_so_and_marks_the_nearest_as_none() -> None:
    many = [QUAY, NIGHT, PUPILS, STRANGE]
    reading = shown(make_answer("Er månen en ost?", many, answered=False))
    assert reading.texts("p", "kv-nei") == ["Jeg finner ikke svar på dette i kildene."]
    [nearest] = reading.texts("section", "kv-likner")
    assert "Dette er ikke et svar" in nearest
    assert reading.texts("blockquote") == [it.text for it in many[:NEAREST]]
    assert not reading.texts("span", "kv-treff")


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_is_told_even_with_nothing_to_offer(reason: Reason) -> None:
    reading = shown(make_answer("?", [], answered=False, reason=reason))
    assert len(reading.texts("p", "kv-nei")[0]) > 20
    assert not reading.texts("section")


def test_how_a_follow_up_was_understood_and_which_source_came_first() -> None:
    answer = make_answer(
        "Og hvor lang?",
        [QUAY],
        standalone_question="Og hvor lang? (Hva koster kaia?)",
        understood=Understood.FOLLOW_UP,
        named_sources=(HARBOUR.id,),
    )
    reading = shown(answer)
    assert reading.texts("p", "kv-lest") == [
        "Forstått som: «Og hvor lang? (Hva koster kaia?)»",
        "Lette først i «Havneplan for Sandvika», som spørsmålet nevner.",
    ]
    assert "Hva%20koster%20kaia" in reading.attributes("button", "kv-del")[0]["value"]
    plain = shown(make_answer("  Hvor lang  er kaia?", [QUAY], standalone_question="Hvor lang er kaia?"))
    assert not plain.texts("p", "kv-lest")


def test_hostile_text_stays_text_everywhere() -> None:
    reading = shown(make_answer(HOSTILE, [STRANGE], standalone_question=HOSTILE + "!"))
    assert reading.texts("blockquote") == [STRANGE.text]
    assert {tag for tag, _, _ in reading.elements} <= set(
        ["div", "p", "span", "ol", "li", "figure", "blockquote", "figcaption", "a", "button", "mark", "section", "h3"]
        + ["details", "summary", "b", "i", "br"]
    )
    question = Reading(render_question(HOSTILE))
    assert question.all_text == HOSTILE and len(question.elements) == 1


def test_waiting_and_history() -> None:
    assert Reading(render_waiting(Language.NYNORSK)).all_text == "Leitar i kjeldene …"
    assert said(make_answer("?", [QUAY, PUPILS])) == f"{QUAY.text}\n{PUPILS.text}"
    assert said(make_answer("?", [QUAY], answered=False)) == ""


def test_a_long_question_is_a_heading_all_the_same_but_no_headline() -> None:
    for question, long in (("Hvor lang er kaia?", False), ("Hvor lang er kaia, " * 20, True)):
        [heading] = Reading(render_question(question)).attributes("h2", "kv-spurt")
        assert ("kv-lang" in heading["class"].split()) is long
