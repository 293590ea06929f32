"""nDCG@k: are the relevant passages at the top, discounted by the logarithm of their rank?

Range: 0 to 1, where 1 has all relevant paragraphs before all others. Applies to answerable questions. A search that
finds nothing scores 0. Relevance is yes or no.
Source: Järvelin and Kekäläinen 2002, as trec_eval's ``ndcg_cut.k``.
"""

from math import log2

from eval.relevance import relevance
from eval.row import Row


def ndcg(row: Row, *, k: int = 10) -> float | None:
    """Discounted gain of the first ``k`` passages as a share of the best that is possible."""
    if not row.answerable:
        return None
    judged = relevance(row)
    gain = sum(1 / log2(rank + 1) for rank, relevant in enumerate(judged[:k], start=1) if relevant)
    possible = min(k, max(row.paragraphs, sum(judged)))
    return gain / sum(1 / log2(rank + 1) for rank in range(1, possible + 1))
