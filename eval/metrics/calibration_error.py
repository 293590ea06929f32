"""Calibration error (ECE): when the assistant says 80 %, is it right 80 times in 100?

Questions are put into ten bins of equal width by their confidence; the distance between a bin's mean confidence and
its share of right first quotes is averaged, each bin weighing as much as it holds questions.

Range: 0 to 1, lower is better. Every question counts, answered or not; an unanswerable one is never right; no quote
at all is confidence 0. None for an empty set.
Source: Guo et al. 2017.
"""

from dataclasses import dataclass

import numpy as np

from eval.confidences import Confidences

BINS = 10


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions of one range of confidence."""

    low: float
    high: float
    count: int
    confidence: float
    """Mean, 0 to 1."""
    right: float
    """Share, 0 to 1."""


def calibration_error(questions: Confidences) -> float | None:
    """Mean distance between confidence and share right."""
    total = len(questions.confidence)
    if not total:
        return None
    return sum(part.count * abs(part.confidence - part.right) for part in bins(questions)) / total


def bins(questions: Confidences) -> tuple[Bin, ...]:
    """The bins that are not empty, by rising confidence; a confidence on a border belongs to the bin above."""
    places = np.minimum((questions.confidence * BINS).astype(np.int64), BINS - 1)
    return tuple(
        Bin(
            low=place / BINS,
            high=(place + 1) / BINS,
            count=int((places == place).sum()),
            confidence=float(questions.confidence[places == place].mean()),
            right=float(questions.right[places == place].mean()),
        )
        for place in range(BINS)
        if (places == place).any()
    )
