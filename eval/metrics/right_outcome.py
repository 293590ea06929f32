"""Right outcome: did the user get what there was to get?

Of an answerable question: answered, and the first quote is right (``quote_hit``). Of an unanswerable one: refused.

Range: 0 or 1. Applies to every question. A refusal of an answerable question scores 0.
Source: own; accuracy of the whole.
"""

from eval.metrics.quote_hit import quote_hit
from eval.row import Row


def right_outcome(row: Row) -> float:
    """1 if the outcome is the right one."""
    if not row.answerable:
        return float(not row.answered)
    return float(row.answered and bool(quote_hit(row, k=1)))
