"""Passage success@k: is one relevant passage among the first k?

Range: 0 or 1. Applies to answerable questions. A search that finds nothing scores 0.
Source: trec_eval's ``success.k``. What many call "recall@k" where one passage is enough to answer.
"""

from eval.relevance import relevance
from eval.row import Row


def passage_success(row: Row, *, k: int) -> float | None:
    """1 if one of the first ``k`` passages covers a gold quote."""
    if not row.answerable:
        return None
    return float(any(relevance(row)[:k]))
