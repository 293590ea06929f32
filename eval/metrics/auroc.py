"""AUROC: how likely is a right answer to be given more confidence than one that should not be given?

The area under the ROC curve: of all pairs of a right answer and one that should not be given, the share in which the
right one has the higher confidence; ties count half. Two of them:

- against *unanswerable*: right first quotes against questions that have no answer;
- against *all wrong*: right first quotes against unanswerable questions and wrong first quotes together.

Range: 0 to 1; 0.5 is chance. Every question counts, answered or not, by its confidence; no quote at all is confidence
0. None where one of the two sides is empty.
Source: Mann and Whitney 1947; as scikit-learn's ``roc_auc_score``.
"""

import numpy as np

from eval.confidences import Confidences, Flags, Floats


def auroc_unanswerable(questions: Confidences) -> float | None:
    """Right first quotes against unanswerable questions."""
    chosen = questions.right | ~questions.answerable
    return area(questions.confidence[chosen], questions.right[chosen])


def auroc_wrong(questions: Confidences) -> float | None:
    """Right first quotes against all else."""
    return area(questions.confidence, questions.right)


def area(scores: Floats, positive: Flags) -> float | None:
    """Area under the ROC curve of ``scores`` for telling ``positive`` from the rest; both (n,)."""
    above, below = np.sort(scores[~positive]), scores[positive]
    if not above.size or not below.size:
        return None
    lower = np.searchsorted(above, below, side="left")
    not_higher = np.searchsorted(above, below, side="right")
    return float((lower + not_higher).mean() / 2 / above.size)
