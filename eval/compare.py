"""Two runs of one set: by how much do they differ, is that more than chance, and which questions changed?

Differences are paired: both runs are resampled with the same questions, so that what is hard for both cancels out.
McNemar's exact test (for measures that are 0 or 1) asks whether the questions won and lost are as many as a coin would
have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb

import numpy as np

from eval.aggregate import MEANS, OF_SETS, Draws, OfSet, draws, interval, resampled, resampled_means, spread, values
from eval.confidences import Floats, confidences
from eval.measuring import Run
from eval.metrics.quote_hit import quote_hit
from eval.metrics.right_outcome import right_outcome
from eval.row import Row
from eval.texts import Part
from index.errors import KildesvarError


class RunsDiffer(KildesvarError):
    """Two runs that did not ask the same."""

    message = "The runs cannot be compared: {problem}. Run both on the same set, with the same --limit."


@dataclass(frozen=True, slots=True)
class Difference:
    """What a measure gained from the first run to the second."""

    before: float
    after: float
    low: float
    high: float
    """Ends of the 95 % interval of ``after - before``."""
    error: float
    """Its standard error."""
    won: int | None
    lost: int | None
    """Questions on which the measure went from 0 to 1 and from 1 to 0; None for measures that are not 0 or 1."""
    p: float | None
    """McNemar's exact two-sided p of these; None where there are none."""

    @property
    def value(self) -> float:
        """The gain."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Changed:
    """A question that went otherwise."""

    before: Row
    after: Row

    @property
    def outcome(self) -> float:
        """1 won, -1 lost, 0 the outcome is the same but not the way there."""
        return right_outcome(self.after) - right_outcome(self.before)


def paired(before: Run, after: Run) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """The rows of both runs in one order. Raises ``RunsDiffer`` if they did not ask the same."""
    if before.signature.set_sha256 != after.signature.set_sha256:
        first, second = (f"{run.signature.set} {run.signature.set_sha256[:12]}" for run in (before, after))
        raise RunsDiffer(problem=Part("differ.sets", first=first, second=second))
    others = {row.id: row for row in after.rows}
    if others.keys() != {row.id for row in before.rows}:
        raise RunsDiffer(problem=Part("differ.questions", first=len(before.rows), second=len(after.rows)))
    return before.rows, tuple(others[row.id] for row in before.rows)


def differences(before: Sequence[Row], after: Sequence[Row]) -> dict[str, Difference]:
    """Every measure that both have; the rows are paired."""
    drawn = draws([row.cluster for row in before])
    found: dict[str, Difference | None] = {
        name: _of_means(values(measure, before), values(measure, after), drawn) for name, measure in MEANS.items()
    }
    found |= {name: _of_sets(measure, before, after, drawn) for name, measure in OF_SETS.items()}
    return {name: difference for name, difference in found.items() if difference is not None}


def changed(before: Sequence[Row], after: Sequence[Row]) -> tuple[Changed, ...]:
    """Questions whose first quote became right or wrong, or that were answered once and refused once; lost first."""
    pairs = [Changed(one, other) for one, other in zip(before, after, strict=True)]
    return tuple(
        sorted(
            (
                pair
                for pair in pairs
                if pair.before.answered != pair.after.answered
                or quote_hit(pair.before, k=1) != quote_hit(pair.after, k=1)
            ),
            key=lambda pair: pair.outcome,
        )
    )


def mcnemar(won: int, lost: int) -> float | None:
    """Exact two-sided p that ``won`` and ``lost`` are a coin's work; None if nothing changed.

    >>> mcnemar(1, 5)
    0.21875
    """
    total = won + lost
    if not total:
        return None
    tail: int = sum(comb(total, number) for number in range(min(won, lost) + 1))
    return min(1.0, 2.0 * tail / 2.0**total)


def paired_means(before: Floats, after: Floats, drawn: Draws) -> Floats:
    """Differences of the means in each resample, (n_draws,), where both have one; NaN marks rows without a value."""
    return resampled_means(after, drawn) - resampled_means(before, drawn)


def _of_means(before: Floats, after: Floats, drawn: Draws) -> Difference | None:
    if np.isnan(before).all() or np.isnan(after).all():
        return None
    samples = paired_means(before, after, drawn)
    both = ~np.isnan(before) & ~np.isnan(after)
    yes_or_no = bool(np.isin(before[both], (0, 1)).all() and np.isin(after[both], (0, 1)).all())
    won = int((after[both] > before[both]).sum()) if yes_or_no else None
    lost = int((after[both] < before[both]).sum()) if yes_or_no else None
    return Difference(
        float(np.nanmean(before)),
        float(np.nanmean(after)),
        *interval(samples),
        error=spread(samples),
        won=won,
        lost=lost,
        p=None if won is None or lost is None else mcnemar(won, lost),
    )


def _of_sets(measure: OfSet, before: Sequence[Row], after: Sequence[Row], drawn: Draws) -> Difference | None:
    ours, theirs = confidences(before), confidences(after)
    first, second = measure(ours), measure(theirs)
    if first is None or second is None:
        return None
    samples = resampled(measure, theirs, drawn) - resampled(measure, ours, drawn)
    return Difference(first, second, *interval(samples), error=spread(samples), won=None, lost=None, p=None)
