"""Passage recall@k: which share of the relevant paragraphs is among the first k?

Range: 0 to 1. Applies to answerable questions. A search that finds nothing scores 0.
Source: trec_eval's ``recall.k``. Gold quotes that are alternatives of one another are all relevant, so that a question
with many of them can't reach 1 at a small k; ``passage_success`` asks for one only.
"""

from eval.relevance import relevance
from eval.row import Row


def passage_recall(row: Row, *, k: int) -> float | None:
    """Share of the relevant paragraphs among the first ``k`` passages."""
    if not row.answerable:
        return None
    judged = relevance(row)
    return sum(judged[:k]) / max(row.paragraphs, sum(judged))
