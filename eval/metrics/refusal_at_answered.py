"""Refusal at a given share answered: if 85 % of the answerable questions are answered, how many others are refused?

The share of the unanswerable questions that is refused at the threshold that answers so many. The threshold is the
highest that lets at least that share of the answerable questions through, right or wrong.

Range: 0 to 1. Says what refusal costs without the chosen threshold; the specificity at a fixed sensitivity. No quote
at all is confidence 0. None where one of the two kinds is missing.
Source: own; a point of the ROC curve of answerable against unanswerable.
"""

from math import ceil

import numpy as np

from eval.confidences import Confidences


def refusal_at_answered(questions: Confidences, *, answered: float) -> float | None:
    """Share of the unanswerable questions refused when the share ``answered`` of the others is answered."""
    kept = np.sort(questions.confidence[questions.answerable])[::-1]
    others = questions.confidence[~questions.answerable]
    if not kept.size or not others.size:
        return None
    threshold = kept[max(1, ceil(answered * kept.size - 1e-9)) - 1]
    return float((others < threshold).mean())
