import pytest

from assistant.answer import Role, Turn
from assistant.leaning import looks
from assistant.question import MAX_QUESTION, understand
from index.documents.document import Language
from index.errors import EmptyQuestion, QuestionTooLong, QuestionWithoutWords
from index.language import Analyser

ANALYSER = Analyser()


def ask(question: str, *earlier: str) -> str:
    history = [turn for text in earlier for turn in (Turn(Role.USER, text), Turn(Role.ASSISTANT, "3 sitater"))]
    return understand(question, history, analyser=ANALYSER).text


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "\u200b\x00"])
def test_nothing_is_no_question(question: str) -> None:
    with pytest.raises(EmptyQuestion):
        ask(question)


@pytest.mark.parametrize("question", ["?", "…", "!!!", "—", "«»", "🙂🙂"])
def test_punctuation_is_no_question(question: str) -> None:
    with pytest.raises(QuestionWithoutWords):
        ask(question)


def test_the_longest_question_is_asked_and_a_longer_one_is_not() -> None:
    assert len(ask("hvor " * 199 + "mange")) == MAX_QUESTION
    with pytest.raises(QuestionTooLong) as caught:
        ask("å" * 10_000)
    assert caught.value.details == {"length": 10_000, "limit": MAX_QUESTION}


def test_white_space_and_control_characters_do_not_matter() -> None:
    assert ask("  Hvor \n mange\x07 døde? ") == "Hvor mange døde?"


FIRST = "Hvor mange døde av overdose i 2015?"


@pytest.mark.parametrize(
    "question",
    ["Og året før?", "Hva med trafikken?", "Hvorfor det?", "Kvifor det?", "Hva sier de andre?", "Når ble den startet?"],
)
def test_an_elliptic_follow_up_takes_the_question_before_it_along(question: str) -> None:
    assert ask(question, FIRST) == f"{question} ({FIRST})"


@pytest.mark.parametrize(
    "question",
    [
        "Hva mener politiet om bortvisninger i Oslo sentrum?",
        "Hvorfor ble rusreformen nedstemt i Stortinget?",
        "Hvem er Kari Gran?",
        "hvor mange narkotikarelaterte dødsfall var det i 2015",
    ],
)
def test_a_question_that_stands_alone_is_left_alone(question: str) -> None:
    assert ask(question, FIRST) == question


def test_a_chain_of_follow_ups_reaches_back_to_its_beginning() -> None:
    assert ask("Hvorfor det?", FIRST, "Hvem sa det?") == f"Hvorfor det? (Hvem sa det? {FIRST})"


def test_what_lies_between_the_last_question_and_the_topic_is_not_dragged_along() -> None:
    assert ask("Hvorfor det?", FIRST, "Hva gjorde de?", "Hvem sa det?") == f"Hvorfor det? (Hvem sa det? {FIRST})"


def test_an_elliptic_first_question_is_asked_as_it_is() -> None:
    assert ask("Og året før?") == "Og året før?"


def test_a_chain_never_grows_beyond_what_may_be_asked() -> None:
    assert len(ask("Hvorfor det?", "hvor " * 199 + "mange")) <= MAX_QUESTION


def test_the_language_is_that_of_the_question_asked() -> None:
    nynorsk = understand("Kor mange døydde i fjor, og kvifor?", [], analyser=ANALYSER)
    english = understand("How many people died of an overdose?", [], analyser=ANALYSER)
    assert (nynorsk.language, english.language) == (Language.NYNORSK, Language.ENGLISH)


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("Hva foreslås i stedet?", True),
        ("Kva kjem i staden?", True),
        ("Hva foreslås i stedet for straff?", False),
        ("Kva skjedde førre gongen?", True),
        ("What happened last time?", True),
        ("Hva skjedde forrige gang badet stengte?", False),
        ("Er det langt dit?", True),
    ],
)
def test_instead_and_last_time_point_back_unless_it_is_said_of_what(question: str, points: bool) -> None:
    _, pointing, *_ = looks(question, analyser=ANALYSER)
    assert pointing is points


@pytest.mark.parametrize(
    ("question", "points"),
    [
        ("Gis det tilskudd til lønn?", False),
        ("Hva kreves det kvittering for?", False),
        ("Når ytes det støtte til leker?", False),
        ("Gis det til barn?", True),
        ("Når selges det?", True),
        ("Hva om det selges, og hvis det brenner?", True),
    ],
)
def test_det_before_what_a_passive_is_about_points_back_to_nothing(question: str, points: bool) -> None:
    _, pointing, *_ = looks(question, analyser=ANALYSER)
    assert pointing is points
