from assistant.quoting import MAX_QUOTES, cut, distinct, quote
from index.paragraph import Sentence
from tests.corpus import make_document, make_hit, make_reading

FIRST = "Prisen er 40 kroner. Den gjelder fra mai. Barn reiser gratis. Hunder betaler halv pris."
SECOND = "Ferga går hver time. Siste avgang er midnatt."
DOCUMENT = make_document(f"# Ruter\n\n{FIRST}\n\n{SECOND}\n\nPrisen er 40 kroner!")


def test_the_best_sentence_is_quoted_alone() -> None:
    (found,) = quote([make_reading(make_hit(DOCUMENT, FIRST), 0.9, 0.1, 0.2, 0.9, 0.3)])
    assert found.text == "Barn reiser gratis."
    assert DOCUMENT.text[found.start : found.end] == found.text
    assert found.score == 0.9


def test_neighbours_that_answer_nearly_as_well_join() -> None:
    (found,) = quote([make_reading(make_hit(DOCUMENT, FIRST), 0.9, 0.8, 0.9, 0.1, 0.2)])
    assert found.text == "Prisen er 40 kroner. Den gjelder fra mai."


def test_a_sentence_apart_is_a_quote_of_its_own_among_those_of_other_passages() -> None:
    several = make_reading(make_hit(DOCUMENT, FIRST), 0.8, 0.9, 0.1, 0.2, 0.54)
    other = make_reading(make_hit(DOCUMENT, SECOND, rank=2), 0.6, 0.36, 0.9)
    found = quote([several, other])
    assert [it.text for it in found] == [
        "Prisen er 40 kroner.",
        "Siste avgang er midnatt.",
        "Hunder betaler halv pris.",
    ]
    assert [round(it.score, 3) for it in found] == [0.8, 0.6, 0.48]  # 0.24, beside a better one, is not enough


def test_what_is_said_for_nothing_is_no_quote() -> None:
    hit = make_hit(DOCUMENT, FIRST)
    assert [it.text for it in quote([make_reading(hit, 0.8, 0.0, 0.0, 0.9, 0.0)])] == ["Barn reiser gratis."]
    assert cut(make_reading(hit, 0.8, 0.0, 0.0, 0.0, 0.0)).text == "Prisen er 40 kroner."


def test_a_quote_has_three_sentences_at_most() -> None:
    (found,) = quote([make_reading(make_hit(DOCUMENT, FIRST), 0.9, 0.8, 0.9, 0.85, 0.82)])
    assert found.text == "Den gjelder fra mai. Barn reiser gratis. Hunder betaler halv pris."


def test_quotes_come_best_first_and_far_weaker_ones_not_at_all() -> None:
    strong = make_reading(make_hit(DOCUMENT, SECOND, rank=2), 0.9, 0.9, 0.1)
    middling = make_reading(make_hit(DOCUMENT, FIRST), 0.5, 0.1, 0.1, 0.9, 0.1)
    weak = make_reading(make_hit(DOCUMENT, "Prisen er 40 kroner!"), 0.1, 0.9)
    assert [found.text for found in quote([middling, strong, weak])] == ["Ferga går hver time.", "Barn reiser gratis."]


def test_the_same_claim_is_quoted_once() -> None:
    readings = [
        make_reading(make_hit(DOCUMENT, FIRST), 0.9, 0.9, 0.1, 0.1, 0.1),
        make_reading(make_hit(DOCUMENT, "Prisen er 40 kroner!"), 0.8, 0.9),
    ]
    assert [found.text for found in quote(readings)] == ["Prisen er 40 kroner."]


def test_overlapping_passages_do_not_repeat_a_sentence() -> None:
    hit = make_hit(DOCUMENT, FIRST)
    assert len(quote([make_reading(hit, 0.9, 0.9, 0, 0, 0), make_reading(hit, 0.8, 0.8, 0.7, 0, 0)])) == 1


def test_of_quotes_that_repeat_each_other_the_first_is_kept_and_no_more_are_taken_than_are_wanted() -> None:
    first, again, other = (
        cut(make_reading(make_hit(DOCUMENT, FIRST), 0.2, 0.9, 0.1, 0.1, 0.1)),
        cut(make_reading(make_hit(DOCUMENT, "Prisen er 40 kroner!"), 0.9, 0.9)),
        cut(make_reading(make_hit(DOCUMENT, SECOND), 0.5, 0.9, 0.1)),
    )
    assert distinct([first, again, other], limit=3) == (first, other)
    coming = iter([first, again, other, again])
    assert distinct(coming, limit=2) == (first, other)
    assert list(coming) == [again]


def test_at_most_five_quotes() -> None:
    many = make_document("\n\n".join(f"Sak {word} ble vedtatt {word}." for word in list("abcdefgh")))
    hits = [make_hit(many, block) for block in many.text.split("\n\n")]
    assert len(quote([make_reading(hit, 0.9, 0.9) for hit in hits])) == MAX_QUOTES


def test_a_short_answer_stays_only_when_it_lies_in_the_quote() -> None:
    hit = make_hit(DOCUMENT, FIRST)
    start = DOCUMENT.text.index("40 kroner")
    short = Sentence(start, start + len("40 kroner"))
    (inside,) = quote([make_reading(hit, 0.9, 0.9, 0, 0, 0, short=short)])
    (outside,) = quote([make_reading(hit, 0.9, 0, 0, 0.9, 0, short=short)])
    assert inside.short == short
    assert outside.short is None


def test_no_readings_no_quotes() -> None:
    assert quote([]) == ()
