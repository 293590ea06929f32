"""Intervals and differences, by hand and by their properties."""

from dataclasses import replace

import numpy as np
import pytest

from eval.aggregate import draws, estimates, interval, means, resampled_means, spread, values
from eval.compare import RunsDiffer, changed, differences, mcnemar, paired
from eval.measuring import Run
from eval.metrics.quote_hit import quote_hit
from eval.table import difference_table
from eval.texts import told
from index.documents.document import Language
from tests.eval.rows import rows_of
from tests.eval.signed import SIGNATURE


def test_a_mean_is_of_the_questions_it_applies_to() -> None:
    found = estimates(rows_of("RRRwuu"))
    assert (found["hit@1"].value, found["hit@1"].count) == (0.75, 4)
    assert (found["refusal_recall"].value, found["refusal_recall"].count) == (0.0, 2)
    assert found["auroc_unanswerable"].value == 1.0
    assert means(rows_of("RRRwuu"))["hit@1"] == (0.75, 4)
    assert "list_coverage" not in found
    assert set(estimates(rows_of("Rw"), measures=("hit@1", "aurc"))) == {"hit@1", "aurc"}


def test_an_interval_holds_its_value_and_is_the_same_every_time() -> None:
    rows = rows_of("RRwRuwRRwu" * 5)
    first, second = estimates(rows), estimates(rows)
    assert first == second
    for name, found in first.items():
        assert found.low - 1e-9 <= found.value <= found.high + 1e-9, name


def test_the_interval_of_a_share_is_about_what_theory_says() -> None:
    found = estimates(rows_of("R" * 200 + "w" * 200))["hit@1"]
    assert found.high - found.low == pytest.approx(2 * 1.96 * np.sqrt(0.25 / 400), rel=0.1)


def test_clusters_are_drawn_whole() -> None:
    for places in draws(["a", "b", "a", "c"], resamples=20):
        assert (places == 0).sum() == (places == 2).sum()
    assert draws([]) == ()


def test_resamples_without_a_value_are_no_numbers() -> None:
    samples = resampled_means(np.array([np.nan, 1.0]), (np.array([0, 0]), np.array([0, 1])))
    assert np.isnan(samples[0])
    assert samples[1] == 1.0
    assert interval(samples) == (1.0, 1.0)
    assert interval(samples[:1]) == (-np.inf, np.inf)
    assert spread(samples[:1]) == 0.0


@pytest.mark.parametrize(
    ("won", "lost", "p"), [(0, 0, None), (0, 1, 1.0), (1, 5, 0.21875), (0, 6, 0.03125), (3, 3, 1.0)]
)
def test_mcnemar_by_hand(won: int, lost: int, p: float | None) -> None:
    assert mcnemar(won, lost) == p


def test_differences_are_paired() -> None:
    before, after = rows_of("RRRRwwu"), rows_of("RRRwRRu")
    found = differences(before, after)["hit@1"]
    assert (found.before, found.after, found.won, found.lost) == (4 / 6, 5 / 6, 2, 1)
    assert found.value == pytest.approx(1 / 6)
    assert found.low <= found.value <= found.high
    same = differences(before, before)
    assert {difference.value for difference in same.values()} == {0.0}
    assert {difference.error for difference in same.values()} == {0.0}


def test_the_paired_error_is_that_of_the_differences() -> None:
    before, after = rows_of("R" * 90 + "w" * 10), rows_of("R" * 80 + "w" * 20)
    gains = values(lambda row: quote_hit(row, k=1), after) - values(lambda row: quote_hit(row, k=1), before)
    assert differences(before, after)["hit@1"].error == pytest.approx(gains.std() / 10, rel=0.1)


def test_what_changed_comes_lost_first() -> None:
    before, after = rows_of("Rwu"), list(rows_of("wRu"))
    after[2] = replace(after[2], answered=False)
    assert [(item.before.id, item.outcome) for item in changed(before, tuple(after))] == [
        ("q0", -1.0),
        ("q1", 1.0),
        ("q2", 1.0),
    ]


def test_runs_of_different_questions_are_not_compared() -> None:
    one = Run(SIGNATURE, rows_of("Rwu"))
    assert paired(one, Run(SIGNATURE, one.rows[::-1])) == (one.rows, one.rows)
    with pytest.raises(RunsDiffer, match="3 and 2 questions"):
        paired(one, Run(SIGNATURE, one.rows[:2]))
    with pytest.raises(RunsDiffer, match="the other of prøve def") as error:
        paired(one, Run(replace(SIGNATURE, set_sha256="def"), one.rows))
    assert "den ene er av prøve abc, den andre av prøve def" in told(Language.BOKMAAL, error.value)


def test_a_table_of_differences_writes_numbers_as_its_language_does() -> None:
    found = differences(rows_of("RRRRRw"), rows_of("wwwwwR"))
    for language, told_so in ((Language.BOKMAAL, "1/5  0,219"), (Language.ENGLISH, "1/5  0.219")):
        [line] = [line for line in difference_table(found, language).splitlines() if line.startswith("hit@1")]
        assert line.endswith(told_so)
