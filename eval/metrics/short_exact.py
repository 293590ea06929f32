"""Exact match of the short answer: is what the first quote marks the short answer that is wanted?

Both are normalised (``eval.normalisation``) before they are compared.

Range: 0 or 1. Applies to answerable questions that have a short answer, whether or not the assistant answered. No
quote, or none marked in it, scores 0.
Source: SQuAD (Rajpurkar et al. 2016), without the removal of English articles.
"""

from eval.normalisation import normalise
from eval.row import Row


def short_exact(row: Row) -> float | None:
    """1 if the first quote's short answer is the one that is wanted."""
    if not row.answerable or row.short is None:
        return None
    marked = row.given[0].short if row.given else None
    return float(marked is not None and normalise(marked) == normalise(row.short))
