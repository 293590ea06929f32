"""Ratings become a gold set: what each verdict says is gold, and what is left out."""

from dataclasses import replace
from pathlib import Path

import pytest

from assistant.answer import Role, Turn
from assistant.ratings import Manner, Rateable, Rating, Shown, UserVerdict
from eval.corpora.choosing import bench_of
from eval.goldset import GoldQuestion, load_gold
from eval.rated import Made, NothingRated, make_rated_set
from eval.runner import Truth
from index.documents.document import Language
from tests.eval import fakes

TRUTH = Truth(fakes.documents())
OPENING, TICKET, LOAN = (
    "Badet åpner klokka sju om morgenen.",
    "En billett koster femti kroner.",
    "Biblioteket låner ut bøker i fire uker.",
)
SHOWN = (Shown("bad.md", "x", 0, 9, "Badet åpner klokka\nsju om morgenen."), Shown("bad.md", "x", 0, 9, TICKET))
ANSWER = Rateable("Når åpner badet?", "Når åpner badet?", Language.BOKMAAL, (), True, 0.9, SHOWN)
REFUSAL = replace(ANSWER, answered=False)


def rating(verdict: UserVerdict, *, answer: Rateable = ANSWER, sentence: str = "", rated: str = "1") -> Rating:
    return Rating(id=f"{verdict}{rated}", rated=rated, verdict=verdict, comment="", sentence=sentence, answer=answer)


def made(folder: Path, *ratings: Rating) -> tuple[Made, tuple[GoldQuestion, ...]]:
    output = folder / "mine.jsonl"
    result = make_rated_set(ratings, output, truth=TRUTH, author="Kari")
    return result, load_gold(output).questions


@pytest.mark.parametrize(
    ("given", "kind", "quotes"),
    [
        (rating(UserVerdict.RIGHT), "factoid", [OPENING]),
        (rating(UserVerdict.RIGHT, answer=REFUSAL), "unanswerable", []),
        (rating(UserVerdict.SHOULD_REFUSE), "unanswerable", []),
        (rating(UserVerdict.WRONG_PLACE, sentence=LOAN), "factoid", [LOAN]),
        (rating(UserVerdict.SHOULD_ANSWER, answer=REFUSAL, sentence=TICKET), "factoid", [TICKET]),
        (rating(UserVerdict.INCOMPLETE, sentence=TICKET), "list", [OPENING, TICKET]),
        (rating(UserVerdict.INCOMPLETE, sentence=OPENING), "list", [OPENING]),
    ],
)
def test_what_a_verdict_makes_gold(tmp_path: Path, given: Rating, kind: str, quotes: list[str]) -> None:
    result, [question] = made(tmp_path, given)
    assert result == Made(questions=1, left_out=0)
    assert (question.type.value, question.answerable, question.complete) == (kind, bool(quotes), kind == "list")
    assert [quote.text for quote in question.quotes] == quotes
    assert question.tags == ("rated", given.verdict.value)
    assert all(TRUTH.stands(quote.document, quote.text) for quote in question.quotes)
    assert bench_of(str(tmp_path / "mine.jsonl")).cases[0].question == question


@pytest.mark.parametrize(
    "given",
    [
        rating(UserVerdict.WRONG_PLACE),
        rating(UserVerdict.WRONG_PLACE, sentence="Badet åpner klokka seks."),
        rating(UserVerdict.INCOMPLETE),
        rating(UserVerdict.SHOULD_ANSWER, answer=REFUSAL),
        rating(UserVerdict.RIGHT, answer=replace(ANSWER, quotes=(Shown("sjø.md", "x", 0, 1, OPENING),))),
        rating(UserVerdict.RIGHT, answer=replace(ANSWER, quotes=(Shown("bad.md", "x", 0, 1, "Badet åpner seks."),))),
    ],
)
def test_what_does_not_tell_the_right_answer_is_left_out_and_counted(tmp_path: Path, given: Rating) -> None:
    with pytest.raises(NothingRated, match="of 1 ratings"):
        made(tmp_path, given)
    assert not list(tmp_path.iterdir())
    other = rating(UserVerdict.RIGHT, answer=replace(ANSWER, question="Når åpner svømmehallen?"))
    result, questions = made(tmp_path, given, other)
    assert result == Made(questions=1, left_out=1)
    assert [question.question for question in questions] == ["Når åpner svømmehallen?"]


def test_the_latest_rating_of_a_question_counts(tmp_path: Path) -> None:
    later = rating(UserVerdict.SHOULD_REFUSE, answer=replace(ANSWER, question="når åpner badet?"), rated="2")
    result, [question] = made(tmp_path, rating(UserVerdict.RIGHT), later)
    assert result == Made(questions=1, left_out=0)
    assert not question.answerable


def test_a_follow_up_takes_its_conversation_along(tmp_path: Path) -> None:
    history = (Turn(Role.USER, "Hva er badet?"), Turn(Role.ASSISTANT, "Et bad."))
    followed = replace(ANSWER, question="Og når åpner det?", history=history)
    _, questions = made(tmp_path, rating(UserVerdict.RIGHT), rating(UserVerdict.RIGHT, answer=followed))
    assert [question.type.value for question in questions] == ["factoid", "followup"]
    assert questions[1].history == history


def test_nothing_rated(tmp_path: Path) -> None:
    with pytest.raises(NothingRated, match="of 0 ratings"):
        made(tmp_path)


def test_a_comparison_is_gold_as_a_whole_with_what_it_lacked(tmp_path: Path) -> None:
    compared = replace(ANSWER, manner=Manner.COMPARISON)
    _, (right,) = made(tmp_path, rating(UserVerdict.RIGHT, answer=compared))
    assert (right.type, right.complete) == ("list", True)
    assert [quote.text for quote in right.quotes] == [OPENING, TICKET]
    assert "every-source" in right.tags
    _, (lacking,) = made(tmp_path, rating(UserVerdict.INCOMPLETE, answer=compared, sentence=LOAN))
    assert [quote.text for quote in lacking.quotes] == [OPENING, TICKET, LOAN]


def test_a_comparison_that_found_nothing_is_gold_with_what_it_lacked(tmp_path: Path) -> None:
    empty = replace(REFUSAL, manner=Manner.COMPARISON, quotes=())
    _, (lacking,) = made(tmp_path, rating(UserVerdict.INCOMPLETE, answer=empty, sentence=LOAN))
    assert (lacking.type, lacking.complete) == ("list", True)
    assert [quote.text for quote in lacking.quotes] == [LOAN]
    assert "every-source" in lacking.tags
    _, (right,) = made(tmp_path, rating(UserVerdict.RIGHT, answer=empty))
    assert not right.answerable
    with pytest.raises(NothingRated):
        made(tmp_path, rating(UserVerdict.INCOMPLETE, answer=empty))


@pytest.mark.parametrize("verdict", [UserVerdict.WRONG_PLACE, UserVerdict.INCOMPLETE])
def test_a_comparison_of_which_nobody_says_what_is_wrong_is_no_gold(tmp_path: Path, verdict: UserVerdict) -> None:
    with pytest.raises(NothingRated):
        made(tmp_path, rating(verdict, answer=replace(ANSWER, manner=Manner.COMPARISON)))


def test_own_words_are_no_gold_but_the_sentence_in_their_place_is(tmp_path: Path) -> None:
    talk = replace(REFUSAL, manner=Manner.TALK)
    with pytest.raises(NothingRated):
        made(tmp_path, rating(UserVerdict.RIGHT, answer=talk))
    _, (pointed,) = made(tmp_path, rating(UserVerdict.SHOULD_ANSWER, answer=talk, sentence=LOAN))
    assert [quote.text for quote in pointed.quotes] == [LOAN]
