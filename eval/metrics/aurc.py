"""AURC: the area under the risk–coverage curve; the risk at every coverage, averaged.

Range: 0 to 1, lower is better; confidences that say nothing give the overall share of wrong answers. See
``risk_coverage`` for what is counted: every question, and no quote at all is wrong at confidence 0. None for an empty
set.
Source: Geifman, Uziel and El-Yaniv 2019.
"""

from eval.confidences import Confidences
from eval.metrics.risk_coverage import risk_coverage


def aurc(questions: Confidences) -> float | None:
    """Mean risk over all coverages."""
    risk = risk_coverage(questions).risk
    return float(risk.mean()) if risk.size else None
