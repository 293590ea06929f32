"""Which texts go through a model together."""

from collections.abc import Sequence

import numpy as np


def batches(lengths: Sequence[int], *, budget: int) -> list[list[int]]:
    """Positions in batches of like length, longest first, each of at most ``budget`` tokens once padded.

    Like lengths waste little on padding; longest first, so that memory runs out at once or never. A text that is longer
    than the budget is a batch of its own.

    >>> batches([3, 9, 4, 8], budget=18)
    [[1, 3], [2, 0]]
    """
    found: list[list[int]] = []
    for position in np.argsort(-np.asarray(lengths, dtype=np.int64), kind="stable").tolist():
        if found and lengths[found[-1][0]] * (len(found[-1]) + 1) <= budget:
            found[-1].append(position)
        else:
            found.append([position])
    return found
