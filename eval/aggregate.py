"""From one value a question to one number a set, with an interval.

Intervals are 95 % percentile bootstrap intervals over questions, seeded; questions of one cluster (a question and its
unanswerable twin) are drawn together.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt

from eval.confidences import Confidences, Floats, confidences
from eval.metrics.answered import answered
from eval.metrics.aurc import aurc
from eval.metrics.auroc import auroc_unanswerable, auroc_wrong
from eval.metrics.calibration_error import calibration_error
from eval.metrics.coverage_at_risk import coverage_at_risk
from eval.metrics.exactness import exactness
from eval.metrics.list_coverage import list_coverage
from eval.metrics.ndcg import ndcg
from eval.metrics.passage_recall import passage_recall
from eval.metrics.passage_success import passage_success
from eval.metrics.quote_hit import quote_hit
from eval.metrics.quote_precision import quote_precision
from eval.metrics.reciprocal_rank import reciprocal_rank
from eval.metrics.refusal_at_answered import refusal_at_answered
from eval.metrics.refusal_precision import refusal_precision
from eval.metrics.refusal_recall import refusal_recall
from eval.metrics.right_outcome import right_outcome
from eval.metrics.risk_at_coverage import risk_at_coverage
from eval.metrics.short_exact import short_exact
from eval.metrics.short_f1 import short_f1
from eval.metrics.speaker_accuracy import speaker_accuracy
from eval.row import Row

SEED = 20_170
RESAMPLES = 1_000
LEVEL = 0.95

OfRow = Callable[[Row], float | None]
OfSet = Callable[[Confidences], float | None]

MEANS: dict[str, OfRow] = {
    "hit@1": partial(quote_hit, k=1),
    "hit@3": partial(quote_hit, k=3),
    "quote_precision": quote_precision,
    "exactness": exactness,
    "short_exact": short_exact,
    "short_f1": short_f1,
    "list_coverage": list_coverage,
    "speaker_accuracy": speaker_accuracy,
    "answered": answered,
    "refusal_recall": refusal_recall,
    "refusal_precision": refusal_precision,
    "right_outcome": right_outcome,
    "passage_success@1": partial(passage_success, k=1),
    "passage_success@10": partial(passage_success, k=10),
    "passage_recall@10": partial(passage_recall, k=10),
    "mrr": reciprocal_rank,
    "ndcg@10": partial(ndcg, k=10),
}
"""Measures of a question; the number of a set is their mean over the questions they apply to."""

OF_SETS: dict[str, OfSet] = {
    "auroc_unanswerable": auroc_unanswerable,
    "auroc_wrong": auroc_wrong,
    "aurc": aurc,
    "coverage@5%risk": partial(coverage_at_risk, risk=0.05),
    "risk@80%coverage": partial(risk_at_coverage, coverage=0.80),
    "refusal@85%answered": partial(refusal_at_answered, answered=0.85),
    "calibration_error": calibration_error,
}
"""Measures of confidence, which only a set has."""

MEASURES = (*MEANS, *OF_SETS)


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and how far it can be trusted."""

    value: float
    low: float
    high: float
    """Ends of the 95 % interval."""
    count: int
    """Questions that it is made of."""


Draws = tuple[npt.NDArray[np.int64], ...]
"""The rows of each resample."""


def draws(clusters: Sequence[str], *, resamples: int = RESAMPLES, seed: int = SEED) -> Draws:
    """Resamples of rows, with replacement, whole clusters at a time; the same for the same clusters and seed."""
    members: dict[str, list[int]] = {}
    for place, cluster in enumerate(clusters):
        members.setdefault(cluster, []).append(place)
    groups = [np.array(places, dtype=np.int64) for places in members.values()]
    generator = np.random.default_rng(seed)
    if not groups:
        return ()
    chosen = generator.integers(0, len(groups), (resamples, len(groups)))
    return tuple(np.concatenate([groups[group] for group in sample]) for sample in chosen)


def estimates(
    rows: Sequence[Row], *, measures: Collection[str] = MEASURES, resamples: int = RESAMPLES, seed: int = SEED
) -> dict[str, Estimate]:
    """Those of ``measures`` that apply to at least one of the rows."""
    drawn = draws([row.cluster for row in rows], resamples=resamples, seed=seed)
    found = {name: _mean(values(measure, rows), drawn) for name, measure in MEANS.items() if name in measures}
    sure = confidences(rows)
    found |= {name: _of_set(measure, sure, drawn) for name, measure in OF_SETS.items() if name in measures}
    return {name: estimate for name, estimate in found.items() if estimate is not None}


def means(rows: Sequence[Row]) -> dict[str, tuple[float, int]]:
    """Every mean that applies and the number of questions it is made of, without intervals."""
    found = {name: values(measure, rows) for name, measure in MEANS.items()}
    known = {name: numbers[~np.isnan(numbers)] for name, numbers in found.items()}
    return {name: (float(numbers.mean()), numbers.size) for name, numbers in known.items() if numbers.size}


def values(measure: OfRow, rows: Sequence[Row]) -> Floats:
    """The measure of each row, (n_rows,); NaN where it does not apply."""
    return np.array([np.nan if (value := measure(row)) is None else value for row in rows], dtype=np.float64)


def resampled_means(values: Floats, drawn: Draws) -> Floats:
    """Mean of each resample over the values that are not NaN, NaN where there are none, (n_draws,)."""
    known = ~np.isnan(values)
    sums = np.array([values[places][known[places]].sum() for places in drawn], dtype=np.float64)
    counts = np.array([known[places].sum() for places in drawn], dtype=np.float64)
    return np.divide(sums, counts, out=np.full_like(sums, np.nan), where=counts > 0)


def resampled(measure: OfSet, sure: Confidences, drawn: Draws) -> Floats:
    """The measure of each resample, NaN where it has none, (n_draws,)."""
    found = (measure(sure.take(places)) for places in drawn)
    return np.array([np.nan if value is None else value for value in found], dtype=np.float64)


def interval(samples: Floats) -> tuple[float, float]:
    """Ends of the middle 95 % of the samples that are numbers."""
    samples = samples[~np.isnan(samples)]
    if not samples.size:  # so few questions that every resample lost one of two sides
        return -np.inf, np.inf
    low, high = np.quantile(samples, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)


def spread(samples: Floats) -> float:
    """Standard deviation of the samples that are numbers: the standard error; 0 where there are none."""
    samples = samples[~np.isnan(samples)]
    return float(samples.std()) if samples.size else 0.0


def _mean(values: Floats, drawn: Draws) -> Estimate | None:
    count = int((~np.isnan(values)).sum())
    if not count:
        return None
    return Estimate(float(np.nanmean(values)), *interval(resampled_means(values, drawn)), count)


def _of_set(measure: OfSet, sure: Confidences, drawn: Draws) -> Estimate | None:
    value = measure(sure)
    return None if value is None else Estimate(value, *interval(resampled(measure, sure, drawn)), len(sure.confidence))
