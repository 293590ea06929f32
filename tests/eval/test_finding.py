"""What is brought to the search, with intervals worked out by hand."""

import numpy as np

from eval.finding import NOWHERE, Group, lines


def test_a_question_in_several_languages_is_drawn_as_one() -> None:
    rows = np.ones(6, dtype=np.bool_)
    before, after = np.full((6, 2), NOWHERE), np.full((6, 2), NOWHERE)
    after[:3, 0] = 0
    dense, hybrid = lines(Group("mine", rows, list("aaabbb")), before, after)
    assert dense == "| mine (6) | dense |" + 3 * " 0.0 → 50.0 [+0.0, +100.0] |"
    assert hybrid == "|  | hybrid |" + 3 * " 0.0 → 0.0 [+0.0, +0.0] |"
    apart, _ = lines(Group("mine", rows, list("abcdef")), before, after)
    assert "[+16.7, +83.3]" in apart
