"""Token F1 of the short answer: how far do the words marked in the first quote agree with those wanted?

The harmonic mean of precision and recall over the words of the normalised answers (``eval.normalisation``), counted
as often as they occur.

Range: 0 to 1. Applies to answerable questions that have a short answer, whether or not the assistant answered. No
quote, or none marked in it, scores 0.
Source: SQuAD (Rajpurkar et al. 2016), without the removal of English articles.
"""

from collections import Counter

from eval.normalisation import tokens
from eval.row import Row


def short_f1(row: Row) -> float | None:
    """F1 of the words of the first quote's short answer."""
    if not row.answerable or row.short is None:
        return None
    marked = tokens((row.given[0].short if row.given else None) or "")
    wanted = tokens(row.short)
    shared = (Counter(marked) & Counter(wanted)).total()
    return 2 * shared / (len(marked) + len(wanted)) if shared else 0.0
