from dataclasses import replace
from random import Random

import numpy as np
import pytest

from eval.corpora import Bench, Case
from eval.corpora.seeds import seeds
from eval.goldset import Split, parse_gold
from eval.measuring import Run
from eval.pairs import difference, plainly, table, typed
from eval.typing_ways import WAYS
from tests.eval.rows import REFUSABLE, rows_of
from tests.eval.signed import SIGNATURE
from tests.eval.test_goldset import LINE, jsonl


def bench(*changes: dict[str, object]) -> Bench:
    lines = [LINE | {"id": f"a-{number}"} | change for number, change in enumerate(changes)]
    cases = tuple(Case(question, question.id) for question in parse_gold(jsonl(*lines), "mine.jsonl"))
    return Bench("mine", Split.TUNE, "0" * 64, cases, ())


def test_a_difference_by_hand() -> None:
    found = difference(np.array([1.0, 0.0, 0.0, 1.0]), np.array([1.0, 1.0, 0.0, 1.0]), "abcd")
    assert (found.questions, found.asked, found.plain) == (4, 0.5, 0.75)
    assert found.low == -0.75
    assert found.high == 0.0


def test_a_question_in_several_languages_says_no_more_than_one() -> None:
    asked, plain = np.ones(6), np.array([0.0, 0.0, 0.0, 1.0, 1.0, 1.0])
    apart, together = difference(asked, plain, "abcdef"), difference(asked, plain, "aaabbb")
    assert apart.asked - apart.plain == together.asked - together.plain == 0.5
    assert (apart.low, apart.high) == pytest.approx((1 / 6, 5 / 6))
    assert (together.low, together.high) == (0.0, 1.0)


def test_the_plain_question_has_no_history_and_the_same_answer() -> None:
    history = [{"role": "user", "content": "Fins det et bad?"}]
    asked, plain = plainly(
        bench({"question": "Og når åpner det?", "type": "followup", "history": history}, {}),
        {"a-0": "Når åpner badet?"},
    )
    assert [case.question.question for case in asked.cases] == ["Og når åpner det?"]
    assert [(case.question.question, case.question.history) for case in plain.cases] == [("Når åpner badet?", ())]
    assert asked.cases[0].question.quotes == plain.cases[0].question.quotes


def test_only_questions_that_change_are_typed_again() -> None:
    halves = typed(bench({"question": "Hva koster det?"}, {"question": "Når åpner badet på Ås?"}), WAYS["bare"])
    assert [[case.question.question for case in half.cases] for half in halves] == [
        ["Nar apner badet pa As?"],
        ["Når åpner badet på Ås?"],
    ]


@pytest.mark.parametrize("way", WAYS)
def test_a_way_of_typing_is_the_same_every_time(way: str) -> None:
    question = "Når kommer budsjettforslaget og planene fra kommunen på høring?"
    assert WAYS[way](question, Random(3)) == WAYS[way](question, Random(3)) != question


def test_a_table_tells_languages_apart_and_counts_refusals_apart_from_answers() -> None:
    right, wrong = rows_of("Rw")
    missed, answered = (replace(row, language="en") for row in (replace(wrong, id="b"), replace(REFUSABLE, id="c")))
    asked = (replace(right, language="nn"), missed, answered)
    plain = (right, replace(right, id="b"), replace(REFUSABLE, id="c", answered=False))
    printed = table(Run(SIGNATURE, asked), Run(SIGNATURE, plain)).splitlines()
    lines = {tuple(line.split()[:2]): line.split()[2:5] for line in printed}
    assert lines["hit@1", "nn"] == ["1", "100.0", "100.0"]
    assert lines["hit@1", "en"] == ["1", "0.0", "100.0"]
    assert lines["refusal_recall", "en"] == ["1", "0.0", "100.0"]
    assert ("refusal_recall", "nn") not in lines
    assert ("hit@1", "nb") not in lines


def test_the_talk_sets_have_a_plain_wording_for_all_but_new_topics() -> None:
    for name in ("talk-tune", "talk-test"):
        for case in seeds(name).cases:
            assert case.cluster == case.question.id
            assert bool(case.question.plain) is ("new-topic" not in case.question.tags)


def test_the_languages_of_a_question_stand_or_fall_together() -> None:
    cases = seeds("language-tune").cases
    assert 3 * len({case.cluster for case in cases}) == len(cases)
