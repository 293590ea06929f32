"""Risk at a given coverage: if the surest 80 % of all questions are answered, which share of the answers is wrong?

Range: 0 to 1, lower is better. Coverage counts all questions, unanswerable ones too: where a fifth of the questions
has no answer, a perfect assistant has risk 0 at 80 %. Within equal confidences the expected risk is taken. See
``risk_coverage``. None for an empty set.
Source: Geifman and El-Yaniv 2017.
"""

from math import ceil

from eval.confidences import Confidences
from eval.metrics.risk_coverage import risk_coverage


def risk_at_coverage(questions: Confidences, *, coverage: float) -> float | None:
    """Risk when the share ``coverage`` of the questions, the surest, is answered."""
    risk = risk_coverage(questions).risk
    if not risk.size:
        return None
    return float(risk[max(1, ceil(coverage * risk.size - 1e-9)) - 1])
