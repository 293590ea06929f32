"""How sure the assistant was of each question, and whether it was right: what the measures of confidence share."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from eval.metrics.quote_hit import quote_hit
from eval.row import Row

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Confidences:
    """Arrays of one length, a place a question."""

    confidence: Floats
    """(n,) 0 to 1."""
    right: Flags
    """(n,) The first quote is right; an unanswerable question is never right."""
    answerable: Flags
    """(n,)"""

    def take(self, places: npt.NDArray[np.int64]) -> "Confidences":
        """The questions at ``places``, as often as they are named."""
        return Confidences(self.confidence[places], self.right[places], self.answerable[places])


def confidences(rows: Sequence[Row]) -> Confidences:
    """Of all questions, answered or not: a threshold is what these measures do without."""
    return Confidences(
        confidence=np.array([row.confidence for row in rows], dtype=np.float64),
        right=np.array([bool(quote_hit(row, k=1)) for row in rows], dtype=np.bool_),
        answerable=np.array([row.answerable for row in rows], dtype=np.bool_),
    )
