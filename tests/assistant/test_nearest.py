"""Where there is no answer, what the named source does say comes first."""

from assistant.answer import Quote
from assistant.answering import Verdict
from assistant.nearest import named_first, nearest_words
from index.documents.document import Language
from tests.web.fake import HARBOUR, SCHOOL, make_answer, quote_of

KAI = quote_of(HARBOUR, "Kaia er 140 meter lang og koster 12 millioner kroner i året.")
FERRIES = quote_of(HARBOUR, "Fergene går hver halvtime.")
PUPILS = quote_of(SCHOOL, "Skulen har 64 elevar.")


def verdict(*quotes: Quote, confidence: float = 0.1) -> Verdict:
    return Verdict(False, confidence, None, quotes, ())


def test_the_named_sources_quotes_come_first_and_none_twice() -> None:
    best = named_first([verdict(PUPILS), verdict(KAI, PUPILS, FERRIES, confidence=0.3)], {SCHOOL.id})
    assert best.quotes == (PUPILS, KAI, FERRIES)
    assert best.confidence == 0.3


def test_nothing_changes_where_no_source_is_named() -> None:
    assert named_first([verdict(KAI, PUPILS)], ()).quotes == (KAI, PUPILS)


def test_the_heading_names_the_source_that_was_asked_for() -> None:
    named = make_answer("Hvorfor river havna kaia?", [KAI], answered=False, named_sources=(HARBOUR.id,))
    assert nearest_words(named, Language.BOKMAAL)[0] == "Dette står i «Havneplan for Sandvika»"
    other = make_answer("Hvorfor river havna kaia?", [PUPILS], answered=False, named_sources=(HARBOUR.id,))
    assert nearest_words(other, Language.BOKMAAL)[0] == "Det nærmeste som står i kildene"
