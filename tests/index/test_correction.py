from collections.abc import Mapping

import pytest

from index.correction import Corrector
from index.frequency import COMMON, everyday_words, general_frequency
from index.language import Analyser

TEXT = """
    Regjeringen vil ha flere skoleplasser og mer penger til ruspolitikken. Rapporten kom i fjor, og høringen varer ut
    året. Kari Gran leder Møtestedet i Skippergata. En dagsplan gjelder for kort tid, en korttid for lang. Fylkene gir
    støtte til barnevernet, og kommunestyret mottok en skoleplass.
"""
COUNTS: Mapping[str, int] = {word: TEXT.lower().split().count(word) for word in TEXT.lower().replace(".", "").split()}


@pytest.fixture(scope="module")
def corrector() -> Corrector:
    analyser = Analyser()
    terms = frozenset(analyser.terms(TEXT))
    return Corrector(COUNTS, analyser, terms, general=general_frequency, everyday=everyday_words())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hva vil regjerringen", "hva vil regjeringen"),
        ("Nar kom raporten?", "Når kom rapporten?"),
        ("naar kom rapporten", "når kom rapporten"),
        ("hvem gir stotte", "hvem gir støtte"),
        ("hva maa det vaere for aa faa stoette i aar", "hva må det være for å få støtte i år"),
        ("penger til rus politikken", "penger til ruspolitikken"),
        ("penger til rus polittikken", "penger til ruspolitikken"),
        ("vorfor en skole plass?", "hvorfor en skoleplass?"),
        ("hvem leder møtestdet", "hvem leder møtestedet"),
        ("hvem leder møtesetdet", "hvem leder møtestedet"),  # letters swapped
        ("kva vil regjerimgen", "kva vil regjeringen"),  # the key beside
        ("hva ma de ga for a fa stotte", "hva må de ga for å få støtte"),  # no æ, ø and å: "ga" may be right
    ],
)
def test_slips_are_mended_and_split_compounds_joined(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.correct(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "Hva vil regjeringen med skoleplassene?",  # a form that the documents lack of a word that they have
        "Hvor mange fotballag får støtte?",  # a word that they lack
        "Gjelder det for kort tid?",  # two words that meet by chance
        "Hva mener Ola Grahn?",  # a name that may well be another
        "Er ris og ost dyrt i 2019?",
        "Hvor bor Kari Gran?",  # "bør" is as common, and nothing tells that the letters are lacking
        "What did the report say about the government?",
        "Wie viele Menschen waren im Jahr 2016 ohne Wohnung?",  # neither "ville" nor "vare" in any language
        "",
    ],
)
def test_what_may_be_right_is_left_alone(corrector: Corrector, question: str) -> None:
    assert corrector.correct(question).changes == ()


def test_a_negation_is_never_mended_away() -> None:
    counts = {"bemanna": 5, "stasjonen": 3, "kommunene": 9}
    analyser = Analyser()
    terms = frozenset(term for word in counts for term in analyser.terms(word))
    corrector = Corrector(counts, analyser, terms, general=general_frequency, everyday=everyday_words())
    assert corrector.correct("Er stasjonen ubemanna?").changes == ()
    assert corrector.correct("Hvorfor sa komunen nei til det?").text == "Hvorfor sa kommunen nei til det?"


def test_a_change_says_what_was_read_otherwise(corrector: Corrector) -> None:
    typed = "Hva med Rus politikken, og raporten?"
    correction = corrector.correct(typed)
    assert [(typed[change.start : change.end], change.meant) for change in correction.changes] == [
        ("Rus politikken", "Ruspolitikken"),
        ("raporten", "rapporten"),
    ]
    assert correction.text == "Hva med Ruspolitikken, og rapporten?"


def test_common_words_are_common() -> None:
    assert general_frequency("skole") > COMMON > general_frequency("skoel")
    assert {"kanskje", "penger"} <= set(everyday_words())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Ka va prisen, og koffor ska dokker ha den?", "Hva var prisen, og hvorfor skal dere ha den?"),
        ("kem e med i laget", "hvem er med i laget"),
        ("hva er vitamin e", "hva er vitamin e"),
        ("Kva er det, og kvifor?", "Kva er det, og kvifor?"),
    ],
)
def test_the_small_words_of_dialects_are_read_in_bokmaal(corrector: Corrector, typed: str, meant: str) -> None:
    assert corrector.in_bokmaal(typed) == meant


def test_a_word_that_the_documents_have_is_no_dialect() -> None:
    music = Corrector({"ska": 1, "sang": 2}, Analyser(), {"ska", "sang"}, general=general_frequency)
    assert music.in_bokmaal("Hvem spilte ska i fjor?") == "Hvem spilte ska i fjor?"
