import pytest

from index.correction import Corrector
from index.frequency import everyday_words, general_frequency
from index.language import Analyser
from index.nynorsk import is_nynorsk

_KNOWN = """
    dømte kommunene vanlig vanlige hvit ordføreren regjeringen turer unger åpner dyrere stoler godkjent merket leier
    mester skyld døde beholde bygge utested pårørende måneden
"""
_ALSO_SLIPS = """
    turar ungar opnar dyrare stolar godkjend merkte leigar meister skuld daude behalde byggje utestad pårørande månaden
"""
BOKMAAL = frozenset(_KNOWN.split())


@pytest.mark.parametrize("word", ["dømde", "kommunane", "vanleg", "vanlege", "kvit", "ordføraren", "regjeringa"])
def test_what_no_slip_looks_like_is_a_word_in_any_question(word: str) -> None:
    assert is_nynorsk(word, BOKMAAL.__contains__, surely=False)


@pytest.mark.parametrize("word", _ALSO_SLIPS.split())
def test_other_forms_are_words_only_where_nynorsk_is_written(word: str) -> None:
    assert is_nynorsk(word, BOKMAAL.__contains__, surely=True)
    assert not is_nynorsk(word, BOKMAAL.__contains__, surely=False)


@pytest.mark.parametrize("word", ["rappårten", "kommnuane", "regjerimga", "xane", "de", ""])
def test_a_slip_is_no_form_of_anything(word: str) -> None:
    assert not is_nynorsk(word, BOKMAAL.__contains__, surely=True)


def test_a_common_word_of_nynorsk_is_a_word_whatever_is_known() -> None:
    assert is_nynorsk("ikkje", frozenset[str]().__contains__, surely=False)


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    counts = {"døde": 9, "leiren": 5, "oppnår": 3, "unngår": 2, "rapporten": 4, "kommunen": 3, "innsatte": 2}
    analyser = Analyser()
    terms = frozenset(term for word in counts for term in analyser.terms(word))
    return Corrector(counts, analyser, terms, general=general_frequency, everyday=everyday_words())


@pytest.mark.parametrize(
    "question",
    [
        "Kor stor del av dei er dømde for det?",
        "Hvor mange ble dømde?",
        "Kva heiter leiaren?",
        "Kva ungar er ikkje med når dei opnar?",
        "Kva skipar dei til?",  # no form of a word that is known, but neither has any document what it looks like
        "Vart det dyrare eller byrja dei for seint?",
    ],
)
def test_nynorsk_is_not_mended_away(corrector: Corrector, question: str) -> None:
    assert corrector.correct(question).changes == ()


def test_a_slip_in_a_nynorsk_question_is_mended(corrector: Corrector) -> None:
    assert corrector.correct("Kva seier kommnuen i raporten?").text == "Kva seier kommunen i rapporten?"
