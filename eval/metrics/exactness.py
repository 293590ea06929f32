"""Exactness: is every quote, character for character, what stands in the document between its offsets?

The runner compares each quote with the document that it read from the file itself, not with the copy that the index
handed out, and compares the hashes of the two.

Range: 0 or 1. Applies to every question for which a quote was given; a question without quotes is not scored. A gate:
anything but 1 on every question is a defect, not a result.
Source: the first promise of DESIGN ("Every quote is exact").
"""

from eval.row import Row


def exactness(row: Row) -> float | None:
    """1 if all quotes are exact."""
    if not row.given:
        return None
    return float(all(given.exact for given in row.given))
