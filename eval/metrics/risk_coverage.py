"""The risk–coverage curve: if only the surest questions were answered, how many of the answers would be wrong?

Questions go by falling confidence. At coverage c the surest share c of *all* questions is answered, the unanswerable
ones too; the risk is the share of wrong ones among them: a first quote that is not right, or any answer to a question
that has none. Among equal confidences the order is chance, so that the curve takes the expected risk there, and
``cuts`` marks the places where a threshold can really lie.

Range: coverage 1/n to 1, risk 0 to 1. No quote at all is confidence 0 and wrong.
Source: El-Yaniv and Wiener 2010; Geifman and El-Yaniv 2017.
"""

from dataclasses import dataclass

import numpy as np

from eval.confidences import Confidences, Flags, Floats


@dataclass(frozen=True, slots=True, eq=False)
class RiskCoverage:
    """The curve, (n,) each, by rising coverage."""

    coverage: Floats
    risk: Floats
    threshold: Floats
    """The confidence from which on this share is answered."""
    cuts: Flags
    """No equal confidences are torn apart here."""


def risk_coverage(questions: Confidences) -> RiskCoverage:
    """The curve over all questions."""
    order = np.argsort(-questions.confidence, kind="stable")
    confidence = questions.confidence[order]
    wrong = (~questions.right[order]).astype(np.float64)
    _, first, counts = np.unique(-confidence, return_index=True, return_counts=True)
    if len(first):  # equal confidences share their wrongs
        wrong = np.repeat(np.add.reduceat(wrong, first) / counts, counts)
    answered = np.arange(1, len(wrong) + 1)
    cuts = np.zeros(len(wrong), dtype=np.bool_)
    cuts[first + counts - 1] = True
    return RiskCoverage(
        coverage=answered / max(1, len(wrong)), risk=np.cumsum(wrong) / answered, threshold=confidence, cuts=cuts
    )
