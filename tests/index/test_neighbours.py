import pytest

from index.neighbours import after, before, points_back
from index.segmentation import paragraphs
from tests.corpus import make_document


@pytest.mark.parametrize(
    "sentence",
    [
        "Dette gjør at flere får hjelp.",
        "Det gjør at flere får hjelp.",
        "Slike forslag støtter vi ikke.",
        "De må vente.",
        "Han har ikke svart.",
        "Den bør avvikles.",
        "Derfor sier vi nei.",
        "Difor seier vi nei.",
        "– Nei, det tror jeg ikke.",
        "Det er derfor vi sier nei.",
        "i tillegg til dette",
        "This means that it closes.",
        "Av dem kom 81 med ferge.",
        "Metallene i dem er verdifulle.",
        "Kari Gran (V): Ja, det tror jeg.",
    ],
)
def test_needs_the_sentence_before(sentence: str) -> None:
    assert points_back(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "Det er viktig at flere får hjelp.",
        "Det finnes to skoler.",
        "De fleste elevene går til skolen.",
        "Den nye skolen åpner i mai.",
        "Da saken kom opp, var det stille.",
        "Venstre mener at straff ikke virker.",
        "Hver time går det en buss.",
        "Blant dem som svarte, var 40 unge.",
    ],
)
def test_stands_alone(sentence: str) -> None:
    assert not points_back(sentence)


def test_addresses_are_the_documents_own_words() -> None:
    document = make_document("Skolen er solgt. Derfor øver korpset ute. Dette gjelder likevel ikke om vinteren.")
    units = paragraphs(document)
    quoted = units[0].sentences[1]
    (context,) = before(document, units, quoted.start)
    reservation = after(document, units, quoted.end)
    assert reservation is not None
    assert document.text[context.start : context.end] == "Skolen er solgt."
    assert document.text[reservation.start : reservation.end] == "Dette gjelder likevel ikke om vinteren."


def test_an_answer_in_a_transcript_has_its_question() -> None:
    document = make_document("– Hva var vanskeligst?\n\nMoe: Banken. Den sa nei.")
    context = before(document, paragraphs(document), document.text.index("Moe"))
    assert [document.text[span.start : span.end] for span in context] == ["– Hva var vanskeligst?"]


def test_what_somebody_is_not_takes_nothing_out_of_the_sentence_before() -> None:
    document = make_document("De ansatte ble ikke spurt. «Vi er ikke imot kameraer», sier han. Vi er ikke enige.")
    units = paragraphs(document)
    first, second, third = units[0].sentences
    assert after(document, units, first.end) is None
    assert after(document, units, second.end) == third


def test_a_paragraphs_first_sentence_looks_to_the_paragraph_before_but_not_over_a_heading() -> None:
    near = make_document("Skolen er solgt.\n\nDerfor øver korpset ute.")
    far = make_document("Skolen er solgt.\n\n## Korpset\n\nDerfor øver korpset ute.")
    assert before(near, paragraphs(near), near.text.index("Derfor"))
    assert not before(far, paragraphs(far), far.text.index("Derfor"))


def test_an_item_of_a_list_in_a_list_has_both_lead_ins() -> None:
    document = make_document("Vi vil ikke:\n\n* selge\n\n* bygge")
    context = before(document, paragraphs(document), document.text.index("bygge"))
    assert [document.text[span.start : span.end] for span in context] == ["Vi vil ikke:"]
