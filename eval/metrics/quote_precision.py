"""Quote precision: which share of the words of a right first quote does the gold need?

Range: 0 to 1; a quote that holds the gold sentence and nothing else scores 1, a whole paragraph around it little.
Applies to answerable questions whose first quote is right (``quote_hit``), so a missing or wrong answer is not scored
here; it costs a hit instead. The words of all gold quotes in the quote count.
Source: own; precision at the level of words.
"""

from eval.covering import WORD
from eval.metrics.quote_hit import quote_hit
from eval.row import Given, Row


def quote_precision(row: Row) -> float | None:
    """Words of the first quote that lie in a gold quote, as a share of its words."""
    if not quote_hit(row, k=1):
        return None
    first = row.given[0]
    words = [(first.start + word.start(), first.start + word.end()) for word in WORD.finditer(first.text)]
    needed = _needed(row, first)
    return sum(any(start < end_ and start_ < end for start_, end_ in needed) for start, end in words) / len(words)


def _needed(row: Row, quote: Given) -> list[tuple[int, int]]:
    return [span for wanted in row.wanted if wanted.document == quote.document for span in wanted.spans]
