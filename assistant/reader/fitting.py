"""Logistic regression, of single cases and over lists, and what is measured of a confidence: small arithmetic."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

PENALTY = 1.0
"""Of the squared weights."""
_LEAST_SPREAD = 0.2
"""A feature that hardly ever stands out is scaled by this, so that a few cases give it no great weight."""
_SMALLEST = 1e-6
"""Step at which a fit has arrived."""

Doubles = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def logistic(inputs: Doubles, right: Flags, *, weights: Doubles | None = None) -> Doubles:
    """Logistic regression by Newton's method: (features + 1,), the constant last."""
    design = np.column_stack([inputs, np.ones(len(inputs))])
    sizes = np.ones(len(inputs)) if weights is None else weights
    found = np.zeros(design.shape[1])
    ridge = np.diag([PENALTY] * inputs.shape[1] + [1e-6])
    for _ in range(30):
        probability = 1 / (1 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (sizes * (probability - right)) + ridge @ found
        bend = (design * (sizes * probability * (1 - probability))[:, None]).T @ design + ridge
        step = np.linalg.solve(bend, slope)
        found = found - step
        if np.abs(step).max() < 1e-8:
            break
    return found


def listwise(inputs: Sequence[Doubles], right: Sequence[Flags], *, weights: Doubles) -> Doubles:
    """Weights of a softmax over each list that lets those that are right win, by a Gauss-Newton method: (features,).

    Args:
        inputs: Each (candidates, features).
        right: Each (candidates,), at least one true.
        weights: (lists,): how much each counts.
    """
    spread = np.maximum(_LEAST_SPREAD, np.concatenate(inputs).std(axis=0))
    scaled = [its / spread for its in inputs]
    found = np.zeros(len(spread))
    loss = _loss(scaled, right, weights, found)
    for _ in range(100):
        slope, bend = PENALTY * found, PENALTY * np.eye(len(found))
        for its, answers, weight in zip(scaled, right, weights, strict=True):
            share = _softmax(its @ found)
            mean = share @ its
            slope = slope + weight * (mean - _softmax((its @ found)[answers]) @ its[answers])
            bend = bend + weight * ((its * share[:, None]).T @ its - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        while (moved := _loss(scaled, right, weights, found - step)) > loss and np.abs(step).max() > _SMALLEST:
            step = step / 2
        found, loss = found - step, moved
        if np.abs(step).max() < _SMALLEST:
            break
    return np.asarray(found / spread)


def _loss(inputs: Sequence[Doubles], right: Sequence[Flags], weights: Doubles, found: Doubles) -> float:
    shares = [_softmax(its @ found)[answers].sum() for its, answers in zip(inputs, right, strict=True)]
    return float(PENALTY / 2 * found @ found - weights @ np.log(shares))


def _softmax(scores: Doubles) -> Doubles:
    shares = np.exp(scores - scores.max())
    return np.asarray(shares / shares.sum())


def probabilities(inputs: Doubles, weights: Doubles) -> Doubles:
    """The fitted probabilities, (n,)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(inputs @ weights[:-1] + weights[-1], -30, 30))))


def auroc(confidence: Doubles, right: Flags) -> float:
    """Chance that a right answer is held for surer than a wrong one, 0 to 1; ties count half."""
    above = np.sign(confidence[right][:, None] - confidence[~right][None, :])
    return float((above + 1).mean() / 2)


def coverage_at(confidence: Doubles, right: Flags, *, risk: float) -> tuple[float, float]:
    """Largest share of questions that can be answered with at most this share of wrong answers, and its threshold."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    held = np.flatnonzero(wrong <= risk)
    if not len(held):
        return 0.0, 1.0
    return float((held[-1] + 1) / len(order)), float(confidence[order[held[-1]]])
