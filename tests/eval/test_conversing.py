"""Conversations are held with the assistant's own answers, and told beside the same questions in full."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from assistant.answer import Role, Turn
from assistant.assistant import Assistant
from eval.conversing import in_full, table, talked, turns
from eval.corpora import Bench, Case
from eval.corpora.seeds import CONVERSATIONS, seeds
from eval.goldset import GoldQuestion, Split
from eval.row import Row
from eval.runner import Truth
from tests.eval import fakes
from tests.eval.rows import REFUSABLE, rows_of

HOURS = "Badet åpner klokka sju om morgenen."


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    with fakes.assistant(tmp_path_factory.mktemp("index")) as assistant:
        yield assistant


def turn(number: int, text: str, quote: str | None, *said: str, plain: str | None = None) -> GoldQuestion:
    """A question after what was ``said``, by the user and to them in turn."""
    history = tuple(Turn((Role.USER, Role.ASSISTANT)[place % 2], it) for place, it in enumerate(said))
    return replace(fakes.question(number, text, quote), history=history, plain=plain)


def bench(*questions: GoldQuestion, cluster: str = "a") -> Bench:
    return Bench("prøve", Split.TUNE, "abc", tuple(Case(it, cluster) for it in questions), fakes.documents())


def held(of: Bench, assistant: Assistant) -> tuple[Row, ...]:
    return talked(of, assistant, truth=Truth(of.documents))


def test_what_the_assistant_said_is_the_history_and_what_the_set_says_is_not(asked: Assistant) -> None:
    first = turn(1, "Når åpner badet om morgenen?", HOURS)
    second = turn(2, "Og hva koster en billett?", "En billett koster femti kroner.", first.question, "Noe helt annet.")
    rows = held(bench(first, second), asked)
    assert rows[0].history == ()
    (user, said), (assistant, answered) = rows[1].history
    assert (user, said, assistant) == ("user", first.question, "assistant")
    assert HOURS in answered
    assert "Noe helt annet." not in answered


def test_what_is_said_between_is_said_at_its_place(asked: Assistant) -> None:
    first = turn(1, "Når åpner badet om morgenen?", HOURS, "Hei!", "Hei.")
    second = turn(2, "Og billetten?", None, "Hei!", "Hei.", first.question, HOURS, "Takk!", "Bare hyggelig.")
    rows = held(bench(first, second), asked)
    assert [text for role, text in rows[0].history if role == "user"] == ["Hei!"]
    assert [text for role, text in rows[1].history if role == "user"] == ["Hei!", first.question, "Takk!"]


def test_a_conversation_ends_with_its_cluster(asked: Assistant) -> None:
    one, other = (bench(turn(1, "Når åpner badet om morgenen?", HOURS), cluster=it) for it in "ab")
    rows = held(replace(one, cases=one.cases + other.cases), asked)
    assert [row.history for row in rows] == [(), ()]


def test_a_question_that_cannot_be_asked_is_a_turn_too(asked: Assistant) -> None:
    endless = turn(1, "Når åpner badet? " * 1000, None)
    rows = held(bench(endless, turn(2, "Hva koster det?", None, endless.question, "Nei.")), asked)
    assert (rows[0].answered, rows[0].reason) == (False, "QuestionTooLong")
    assert [role for role, _ in rows[1].history] == ["user", "assistant"]


def test_in_full_nothing_comes_from_the_conversation() -> None:
    full = in_full(
        bench(
            turn(1, "Når åpner badet om morgenen?", HOURS),
            turn(2, "Og biblioteket?", None, "Hei", "Hei", plain="Når åpner biblioteket?"),
        )
    )
    assert [case.question.question for case in full.cases] == ["Når åpner badet om morgenen?", "Når åpner biblioteket?"]
    assert all(case.question.history == () for case in full.cases)


def test_a_table_by_hand() -> None:
    right, wrong = rows_of("Rw")
    conversed = [
        replace(right, id="1", cluster="a", tags=("opening",)),
        replace(wrong, id="2", cluster="a", tags=("asks-why",)),
        replace(REFUSABLE, id="3", cluster="b", tags=("opening",), answered=False),
    ]
    full = [replace(row, answered=row.answerable, given=right.given) for row in conversed]
    lines = {line[:36].strip(): line[36:].split()[:3] for line in table(conversed, full).splitlines()}
    assert lines["right"] == ["3", "66.7", "100.0"]
    assert lines["right quote first"] == ["2", "50.0", "100.0"]
    assert lines["refused where there is no answer"] == ["1", "100.0", "100.0"]
    assert lines["right, asks-why"] == ["1", "0.0", "100.0"]
    assert "right, back" not in lines
    assert table(conversed, full).splitlines()[-1] == "conversations without a wrong turn: 1 of 2"
    told = [line.splitlines()[0] for line in turns(conversed, full)]
    assert [line.split()[:2] for line in told] == [["1", "xx"], ["2", "-x"], ["3", "xx"]]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_the_turns_of_a_conversation_are_a_cluster(name: str) -> None:
    assert len({case.cluster for case in seeds(name).cases}) == 14
