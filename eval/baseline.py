"""The recorded baseline: what the assistant could do when it was last good, and whether it still can.

``eval/baseline.json`` holds the outcome of every question of the seeds' test half, so that a later run is compared with
it pair by pair. A measure has dropped when it lost more than twice the standard error of the paired difference: one
question lost and one won is noise, five lost and none won is not. Renew it, when a change is meant, with

    kildesvar eval run seeds-test --record-baseline
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from eval.aggregate import OF_SETS, draws, resampled, resampled_means, spread
from eval.confidences import Confidences, Floats
from eval.measuring import Run
from eval.metrics.quote_hit import quote_hit
from eval.row import Row
from index.errors import KildesvarError

PATH = Path(__file__).resolve().with_name("baseline.json")
SET = "seeds-test"
ERRORS = 2.0
"""Standard errors that a measure may lose."""


class BaselineInvalid(KildesvarError):
    """The recorded baseline is not there, or is of another set."""

    message = (
        "The baseline {file} cannot be used: {problem}. Record it: kildesvar eval run seeds-test --record-baseline"
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one question went."""

    hit1: bool | None
    hit3: bool | None
    """None for an unanswerable question."""
    answered: bool
    confidence: float


@dataclass(frozen=True, slots=True)
class Baseline:
    """The outcomes of a run."""

    set_sha256: str
    signature: str
    """For people to read."""
    outcomes: dict[str, Outcome]
    """By the question's id."""


@dataclass(frozen=True, slots=True)
class Drop:
    """A measure that lost more than noise."""

    measure: str
    before: float
    after: float
    allowed: float
    """What it might have lost."""

    def __str__(self) -> str:
        lost = f"{100 * (self.before - self.after):.1f} of {100 * self.before:.1f} points"
        return f"{self.measure} lost {lost}; noise is {100 * self.allowed:.1f}"


def outcome(row: Row) -> Outcome:
    """What the baseline keeps of a row."""
    first, third = quote_hit(row, k=1), quote_hit(row, k=3)
    return Outcome(
        hit1=None if first is None else bool(first),
        hit3=None if third is None else bool(third),
        answered=row.answered,
        confidence=round(row.confidence, 4),
    )


def baseline_of(run: Run) -> Baseline:
    """The baseline that a run would be."""
    outcomes = {row.id: outcome(row) for row in run.rows}
    return Baseline(run.signature.set_sha256, str(run.signature), outcomes)


def write_baseline(baseline: Baseline, path: Path = PATH) -> None:
    """Write it, one question a line, so that a change can be read."""
    lines = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps([o.hit1, o.hit3, o.answered, o.confidence])}"
        for name, o in baseline.outcomes.items()
    )
    head = {"set_sha256": baseline.set_sha256, "signature": baseline.signature}
    fields = "".join(f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},\n" for key, value in head.items())
    path.write_text(f'{{\n{fields} "outcomes": {{\n{lines}\n }}\n}}\n', encoding="utf-8")


def read_baseline(path: Path = PATH) -> Baseline:
    """Read what ``write_baseline`` wrote. Raises ``BaselineInvalid``."""
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        outcomes = {name: Outcome(*values) for name, values in record["outcomes"].items()}
        return Baseline(record["set_sha256"], record["signature"], outcomes)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise BaselineInvalid(file=path.name, problem=str(error)) from error


def drops(baseline: Baseline, now: Baseline) -> tuple[Drop, ...]:
    """The guarded measures that lost more than noise. Raises ``BaselineInvalid`` if the two did not ask the same."""
    if (now.set_sha256, now.outcomes.keys()) != (baseline.set_sha256, baseline.outcomes.keys()):
        raise BaselineInvalid(file=PATH.name, problem="it was recorded on other questions")
    before = list(baseline.outcomes.values())
    after = [now.outcomes[name] for name in baseline.outcomes]
    drawn = draws(list(baseline.outcomes))
    compared: dict[str, tuple[float, float, Floats]] = {}
    for name, ours, theirs in zip(_MEANS, _means(before), _means(after), strict=True):
        samples = resampled_means(theirs, drawn) - resampled_means(ours, drawn)
        compared[name] = float(np.nanmean(ours)), float(np.nanmean(theirs)), samples
    auroc, one, other = OF_SETS[_AUROC], _sure(before), _sure(after)
    samples = resampled(auroc, other, drawn) - resampled(auroc, one, drawn)
    compared[_AUROC] = auroc(one) or 0.0, auroc(other) or 0.0, samples
    return tuple(
        Drop(name, first, second, allowed)
        for name, (first, second, samples) in compared.items()
        if first - second > (allowed := ERRORS * spread(samples)) + 1e-9
    )


_MEANS = ("hit@1", "hit@3", "answered", "refusal_recall")
_AUROC = "auroc_unanswerable"


def _means(outcomes: Sequence[Outcome]) -> tuple[Floats, ...]:
    """The guarded means' values, (n,) each, NaN where they do not apply; in the order of ``_MEANS``."""
    columns = (
        [item.hit1 for item in outcomes],
        [item.hit3 for item in outcomes],
        [None if item.hit1 is None else item.answered for item in outcomes],
        [None if item.hit1 is not None else not item.answered for item in outcomes],
    )
    return tuple(np.array([np.nan if value is None else float(value) for value in column]) for column in columns)


def _sure(outcomes: Sequence[Outcome]) -> Confidences:
    return Confidences(
        confidence=np.array([item.confidence for item in outcomes]),
        right=np.array([bool(item.hit1) for item in outcomes]),
        answerable=np.array([item.hit1 is not None for item in outcomes]),
    )
