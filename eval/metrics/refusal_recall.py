"""Refusal recall: of the questions that the sources do not answer, which share was refused?

Range: 0 or 1. Applies to unanswerable questions; an answer scores 0.
Source: own; recall with "unanswerable" as the class.
"""

from eval.row import Row


def refusal_recall(row: Row) -> float | None:
    """1 if the question was refused."""
    return None if row.answerable else float(not row.answered)
