"""Logistic regression, and what is measured of a confidence: small arithmetic that the tuning rests on."""

import numpy as np
import numpy.typing as npt

PENALTY = 1.0
"""Of the squared weights."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


def logistic(inputs: Floats, right: Flags, *, weights: Floats | None = None) -> Floats:
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


def probabilities(inputs: Floats, weights: Floats) -> Floats:
    """The fitted probabilities, (n,)."""
    return np.asarray(1 / (1 + np.exp(-np.clip(inputs @ weights[:-1] + weights[-1], -30, 30))))


def auroc(confidence: Floats, right: Flags) -> float:
    """Chance that a right answer is held for surer than a wrong one, 0 to 1; ties count half."""
    above = np.sign(confidence[right][:, None] - confidence[~right][None, :])
    return float((above + 1).mean() / 2)


def coverage_at(confidence: Floats, right: Flags, *, risk: float) -> tuple[float, float]:
    """Largest share of questions that can be answered with at most this share of wrong answers, and its threshold."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    held = np.flatnonzero(wrong <= risk)
    if not len(held):
        return 0.0, 1.0
    return float((held[-1] + 1) / len(order)), float(confidence[order[held[-1]]])
