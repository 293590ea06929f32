"""List coverage: of the quotes that are all wanted, which share was given?

Range: 0 to 1. Applies to questions that want all of their gold quotes (``complete``), whether or not the assistant
answered. Every quote given counts (at most five); a gold quote counts when a quote covers it (``eval.covering``). No
quote at all scores 0.
Source: own; recall over gold quotes.
"""

from eval.covering import covers
from eval.row import Row


def list_coverage(row: Row) -> float | None:
    """Share of the gold quotes that are covered by a quote."""
    if not row.complete:
        return None
    return sum(any(covers(given, wanted) for given in row.given) for wanted in row.wanted) / len(row.wanted)
