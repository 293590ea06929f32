"""Coverage at a given risk: which share of all questions may be answered when at most 5 % of the answers may be wrong?

The largest coverage of the risk–coverage curve whose risk is within the limit, at a place where a threshold can lie.

Range: 0 to 1; 0 where even the surest answer breaks the limit. Unanswerable questions are among those counted, so that
their complement is the most that can be reached by a perfect assistant. See ``risk_coverage``. None for an empty set.
Source: Geifman and El-Yaniv 2017 (selective classification with guaranteed risk).
"""

from eval.confidences import Confidences
from eval.metrics.risk_coverage import risk_coverage


def coverage_at_risk(questions: Confidences, *, risk: float) -> float | None:
    """The largest coverage at which at most the share ``risk`` of the answers is wrong."""
    curve = risk_coverage(questions)
    if not curve.risk.size:
        return None
    return float(curve.coverage[curve.cuts & (curve.risk <= risk + 1e-12)].max(initial=0.0))
