"""Answered: of the questions that the sources answer, which share was answered?

Range: 0 or 1. Applies to answerable questions; a refusal scores 0. Right or wrong does not matter here. The other side
of ``refusal_recall``: refusing everything is perfect there and 0 here.
Source: own.
"""

from eval.row import Row


def answered(row: Row) -> float | None:
    """1 if the assistant answered."""
    return float(row.answered) if row.answerable else None
