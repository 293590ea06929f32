"""Reciprocal rank: how far up is the first relevant passage? Its mean over questions is the MRR.

Range: 0 to 1. Applies to answerable questions. No relevant passage among those found scores 0.
Source: trec_eval's ``recip_rank``.
"""

from eval.relevance import relevance
from eval.row import Row


def reciprocal_rank(row: Row) -> float | None:
    """One divided by the rank of the first relevant passage."""
    if not row.answerable:
        return None
    judged = relevance(row)
    return 1 / (judged.index(True) + 1) if True in judged else 0.0
