"""The guard: the seeds' test half through the real assistant must not be worse than what was recorded."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.baseline import SET, Baseline, BaselineInvalid, Outcome, baseline_of, drops, read_baseline, write_baseline
from eval.corpora.choosing import bench_of
from eval.measuring import measure
from eval.metrics.exactness import exactness


def outcomes(pattern: str) -> dict[str, Outcome]:
    """A question a letter: ``R`` right, ``3`` right among three, ``w`` wrong, ``u`` refused, ``a`` wrongly answered."""
    kinds = {
        "R": Outcome(True, True, True, 0.9),
        "3": Outcome(False, True, True, 0.7),
        "w": Outcome(False, False, True, 0.5),
        "u": Outcome(None, None, False, 0.2),
        "a": Outcome(None, None, True, 0.6),
    }
    return {f"q{place}": kinds[letter] for place, letter in enumerate(pattern)}


def baseline(pattern: str) -> Baseline:
    return Baseline("abc", "seeds", outcomes(pattern))


def test_the_same_is_no_drop_and_better_is_none() -> None:
    before = baseline("R" * 60 + "w" * 20 + "u" * 15 + "a" * 5)
    assert drops(before, before) == ()
    assert drops(before, baseline("R" * 80 + "u" * 20)) == ()


def test_one_question_lost_is_noise_and_ten_are_not() -> None:
    before = baseline("R" * 70 + "w" * 10 + "u" * 20)
    assert drops(before, baseline("R" * 69 + "w" * 11 + "u" * 20)) == ()
    lost = drops(before, baseline("R" * 60 + "w" * 20 + "u" * 20))
    assert [drop.measure for drop in lost] == ["hit@1", "hit@3"]
    assert "hit@1 lost 12.5 of 87.5 points" in str(lost[0])


def test_a_quote_that_sinks_to_the_third_place_costs_the_first_only() -> None:
    before = baseline("R" * 80 + "u" * 20)
    assert [drop.measure for drop in drops(before, baseline("R" * 68 + "3" * 12 + "u" * 20))] == ["hit@1"]


def test_lost_refusals_are_a_drop() -> None:
    before = baseline("R" * 80 + "u" * 20)
    assert [drop.measure for drop in drops(before, baseline("R" * 80 + "u" * 12 + "a" * 8))] == ["refusal_recall"]


def test_confidence_that_no_longer_tells_is_a_drop() -> None:
    before = baseline("R" * 60 + "u" * 20)
    blurred = {
        name: replace(item, confidence=0.9 if int(name[1:]) % 2 else 0.2) for name, item in before.outcomes.items()
    }
    assert [drop.measure for drop in drops(before, replace(before, outcomes=blurred))] == ["auroc_unanswerable"]


def test_another_set_cannot_be_compared() -> None:
    with pytest.raises(BaselineInvalid, match="other questions"):
        drops(baseline("RRu"), replace(baseline("RRu"), set_sha256="def"))
    with pytest.raises(BaselineInvalid, match="other questions"):
        drops(baseline("RRu"), baseline("RR"))


def test_written_and_read_is_the_same(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(baseline("R3wua"), path)
    assert read_baseline(path) == baseline("R3wua")
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(BaselineInvalid, match="--record-baseline"):
        read_baseline(path)


@pytest.mark.model
def test_the_test_half_is_answered_no_worse_than_recorded() -> None:
    run = measure(bench_of(SET), index=None, command="pytest")
    assert {exactness(row) for row in run.rows} <= {1.0, None}
    assert [str(drop) for drop in drops(read_baseline(), baseline_of(run))] == []
