import pytest

from index.spelling import Spellings

WORDS = Spellings({"høyskole": 3, "skolen": 9, "regjeringen": 40, "gran": 2, "grann": 1, "ansvar": 5, "hvorfor": 7})


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("hoyskole", "høyskole"),
        ("hoeyskole", "høyskole"),
        ("høysskole", "høyskole"),
        ("skoeln", "skolen"),
        ("skoln", "skolen"),
        ("regjerringen", "regjeringen"),
        ("regjernigen", "regjeringen"),
        ("annsvar", "ansvar"),
        ("vorfor", "hvorfor"),
    ],
)
def test_a_slip_is_seen_through(written: str, meant: str) -> None:
    assert WORDS.near(written)[0].word == meant


@pytest.mark.parametrize("written", ["ski", "2019", "skolen2", "sykehuset", ""])
def test_what_is_short_no_word_or_far_away_is_not_guessed_at(written: str) -> None:
    assert WORDS.near(written) == ()


def test_the_dress_of_letters_costs_less_than_an_edit() -> None:
    dressed, mistaken = (WORDS.near(word)[0].cost for word in ("hoyskole", "høyskoke"))
    assert dressed < mistaken


def test_letters_typed_as_two_cost_least() -> None:
    near = Spellings({"når": 1, "narr": 9, "nåra": 1, "målet": 1, "mallet": 50}).near("maalet")
    assert near[0].word == "målet"


def test_letters_typed_as_two_leave_no_choice_where_they_give_a_word() -> None:
    assert [it.word for it in Spellings({"være": 1, "vere": 90}).near("vaere")] == ["være"]


def test_the_commonest_slips_of_the_fingers_cost_less_than_others() -> None:
    costs = {typed: Spellings({"mange": 1}).near(typed)[0].cost for typed in ("mnage", "mamge", "matge", "mang")}
    assert costs == {"mnage": 0.5, "mamge": 0.5, "matge": 1.0, "mang": 1.0}
