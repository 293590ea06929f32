"""Measures of a question, each against numbers worked out by hand."""

from dataclasses import replace

import pytest

from eval.covering import covered
from eval.metrics.answered import answered
from eval.metrics.exactness import exactness
from eval.metrics.latency import latency
from eval.metrics.list_coverage import list_coverage
from eval.metrics.quote_hit import quote_hit
from eval.metrics.quote_precision import quote_precision
from eval.metrics.refusal_precision import refusal_precision
from eval.metrics.refusal_recall import refusal_recall
from eval.metrics.right_outcome import right_outcome
from eval.metrics.short_exact import short_exact
from eval.metrics.short_f1 import short_f1
from eval.metrics.speaker_accuracy import speaker_accuracy
from eval.normalisation import normalise
from eval.row import Row, Wanted
from tests.eval.rows import BASE, REFUSABLE, given, wanted

OPENING = "Badet åpner klokka sju."
FREE = "Barn slipper gratis inn hver søndag."


@pytest.mark.parametrize(
    ("quote", "share"),
    [
        (OPENING, 1.0),
        (f"{OPENING} Det koster femti kroner.", 1.0),
        ("åpner klokka sju. Det koster", 3 / 4),
        ("klokka sju.", 2 / 4),
        ("sju. Det koster femti kroner.", 1 / 4),
        ("Det koster femti kroner.", 0.0),
    ],
)
def test_how_much_of_the_gold_a_quote_holds(quote: str, share: float) -> None:
    assert covered(wanted(OPENING), given(quote)) == share
    assert quote_hit(replace(BASE, given=(given(quote),)), k=1) == float(share >= 0.5)


def test_a_part_that_holds_the_short_answer_is_enough() -> None:
    row = replace(BASE, wanted=(replace(wanted(OPENING), short="sju"),))
    assert quote_hit(replace(row, given=(given("sju. Det koster femti kroner."),)), k=1) == 1.0
    assert quote_hit(replace(row, given=(given("Badet"),)), k=1) == 0.0
    assert quote_hit(replace(row, wanted=(replace(wanted(OPENING), short="ju"),), given=(given("sju."),)), k=1) == 0.0


def test_a_quote_of_another_document_is_wrong() -> None:
    assert quote_hit(replace(BASE, given=(given(OPENING, document="bibliotek.txt"),)), k=1) == 0.0


def test_the_same_words_at_another_place_are_wrong() -> None:
    elsewhere = Wanted("bad.txt", OPENING, ((500, 523),))
    assert quote_hit(replace(BASE, wanted=(elsewhere,), given=(given(OPENING),)), k=1) == 0.0


def test_any_place_of_a_repeated_gold_quote_is_right() -> None:
    twice = Wanted("bad.txt", OPENING, ((500, 523), (0, 23)))
    assert quote_hit(replace(BASE, wanted=(twice,), given=(given(OPENING),)), k=1) == 1.0


def test_a_gold_quote_without_a_place_cannot_be_hit() -> None:
    assert quote_hit(replace(BASE, wanted=(Wanted("bad.txt", OPENING, ()),), given=(given(OPENING),)), k=3) == 0.0


def test_hit_counts_the_first_k_quotes_and_does_not_hang_on_the_threshold() -> None:
    row = replace(BASE, answered=False, given=(given("Vi stenger i juli."), given(FREE), given(OPENING)))
    assert [quote_hit(row, k=k) for k in (1, 2, 3)] == [0.0, 0.0, 1.0]


def test_no_quote_is_a_miss_and_an_unanswerable_question_has_no_hit() -> None:
    assert quote_hit(BASE, k=3) == 0.0
    assert quote_hit(replace(REFUSABLE, given=(given(OPENING),)), k=1) is None


@pytest.mark.parametrize(
    ("quote", "precision"),
    [
        (OPENING, 1.0),
        (f"{OPENING} Det koster femti kroner.", 4 / 8),
        ("klokka sju. Det koster femti kroner.", 2 / 6),
        ("Det koster femti kroner.", None),
    ],
)
def test_quote_precision(quote: str, precision: float | None) -> None:
    assert quote_precision(replace(BASE, given=(given(quote),))) == precision


def test_quote_precision_counts_the_words_of_all_gold_quotes() -> None:
    row = replace(
        BASE,
        wanted=(wanted(OPENING), wanted("Det koster femti kroner.")),
        given=(given(f"{OPENING} Det koster femti kroner. {FREE}"),),
    )
    assert quote_precision(row) == 8 / 14


def test_one_quote_that_is_not_exact_breaks_the_gate() -> None:
    good, bad = given(OPENING), given(FREE, exact=False)
    assert exactness(replace(BASE, given=(good, good))) == 1.0
    assert exactness(replace(BASE, given=(good, bad))) == 0.0
    assert exactness(BASE) is None


@pytest.mark.parametrize(
    ("marked", "exact", "f1"),
    [
        ("klokka sju", 1.0, 1.0),
        ("«Klokka  sju.»", 1.0, 1.0),
        ("sju", 0.0, 2 / 3),
        ("åpner klokka sju", 0.0, 4 / 5),
        ("klokka klokka", 0.0, 2 / 4),
        ("juli", 0.0, 0.0),
        ("…", 0.0, 0.0),
        (None, 0.0, 0.0),
    ],
)
def test_short_answers(marked: str | None, exact: float, f1: float) -> None:
    row = replace(BASE, given=(given(OPENING, short=marked),))
    assert short_exact(row) == exact
    assert short_f1(row) == pytest.approx(f1)


def test_short_answers_are_asked_for_only_where_there_is_one() -> None:
    assert short_exact(BASE) == short_f1(BASE) == 0.0
    for row in (replace(BASE, short=None), REFUSABLE):
        assert short_exact(row) is None
        assert short_f1(row) is None


def test_normalisation_keeps_articles() -> None:
    assert normalise("A-laget, «The Wall» – kl. 7!") == "alaget the wall kl 7"
    assert normalise("50 %") == "50"


def test_list_coverage() -> None:
    row = replace(BASE, complete=True, wanted=(wanted(OPENING), wanted(FREE), wanted("Vi stenger i juli.")))
    assert list_coverage(row) == 0.0
    assert list_coverage(replace(row, given=(given(FREE), given("Det koster femti kroner.")))) == 1 / 3
    assert list_coverage(replace(row, given=(given(f"{FREE} Vi stenger i juli."), given(OPENING)))) == 1.0
    assert list_coverage(replace(row, complete=False)) is None


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("Arild Knutsen", 1.0),
        ("Knutsen", 1.0),
        ("ARILD  KNUTSEN,", 1.0),
        ("Arild Knutsen i Foreningen for human narkotikapolitikk", 1.0),
        ("Kari Knutsen", 0.0),
        ("politiet", 0.0),
        ("…", 0.0),
        (None, 0.0),
    ],
)
def test_a_right_quote_in_the_right_mouth(said: str | None, score: float) -> None:
    named = replace(wanted(OPENING), speaker="Arild Knutsen")
    row = replace(BASE, wanted=(named,), given=(replace(given(OPENING), speaker=said),))
    assert speaker_accuracy(row) == score


def test_a_speaker_is_asked_for_only_of_a_right_quote_whose_speaker_the_gold_names() -> None:
    named, other = replace(wanted(OPENING), speaker="Knutsen"), replace(wanted(FREE), speaker="politiet")
    said = replace(given(OPENING), speaker="Knutsen")
    assert speaker_accuracy(replace(BASE, wanted=(wanted(OPENING),), given=(said,))) is None
    assert speaker_accuracy(replace(BASE, wanted=(other,), given=(said,))) is None, "a wrong quote costs a hit instead"
    assert speaker_accuracy(replace(BASE, wanted=(named,))) is None
    assert speaker_accuracy(replace(REFUSABLE, given=(said,))) is None
    assert speaker_accuracy(replace(BASE, wanted=(named, other), given=(said,))) == 1.0
    swapped = (replace(given(OPENING), speaker="politiet"),)
    assert speaker_accuracy(replace(BASE, wanted=(named, other), given=swapped)) == 0.0, "the speaker of another quote"


@pytest.mark.parametrize(
    ("row", "expected"),
    [  # answered, refusal recall, refusal precision, right outcome
        (replace(BASE, given=(given(OPENING),)), (1.0, None, None, 1.0)),
        (replace(BASE, given=(given(FREE),)), (1.0, None, None, 0.0)),
        (replace(BASE, answered=False, given=(given(OPENING),)), (0.0, None, 0.0, 0.0)),
        (REFUSABLE, (None, 0.0, None, 0.0)),
        (replace(REFUSABLE, answered=False), (None, 1.0, 1.0, 1.0)),
    ],
)
def test_refusal(row: Row, expected: tuple[float | None, ...]) -> None:
    assert (answered(row), refusal_recall(row), refusal_precision(row), right_outcome(row)) == expected


def test_latency_interpolates_between_questions() -> None:
    rows = [replace(BASE, total_ms=float(ms)) for ms in (40, 10, 30, 20)]
    assert latency(rows, quantile=0.5) == 25.0
    assert latency(rows, quantile=1.0) == 40.0
    assert latency([], quantile=0.5) is None
