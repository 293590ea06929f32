"""Quote hit@k: is one of the first k quotes right?

A quote is right when it lies in the right document and holds at least half of the words of one gold quote, or its short
answer, at the place where the gold quote stands (``eval.covering``). Of a question that wants several quotes, one is
enough here; ``list_coverage`` asks for all.

Range: 0 or 1. Applies to answerable questions, whether or not the assistant answered: what it offers as the nearest
passages counts, so that this measure does not hang on a threshold. No quote at all scores 0.
Source: own; success@k over quotes.
"""

from eval.covering import covers
from eval.row import Row


def quote_hit(row: Row, *, k: int) -> float | None:
    """1 if one of the first ``k`` quotes covers a gold quote."""
    if not row.answerable:
        return None
    return float(any(covers(given, wanted) for given in row.given[:k] for wanted in row.wanted))
