"""Refusal precision: of the questions that were refused, which share has indeed no answer?

Range: 0 or 1. Applies to refused questions; what was answered is not scored here. If nothing was refused there is no
value at all.
Source: own; precision with "unanswerable" as the class.
"""

from eval.row import Row


def refusal_precision(row: Row) -> float | None:
    """1 if the refused question is unanswerable."""
    return None if row.answered else float(not row.answerable)
