"""Latency: how long does an answer take?

Wall-clock milliseconds from question to answer, as the assistant measures it, on a warm assistant (the runner asks the
first ``runner.WARM_UP`` questions before it counts). p50 and p95 are quantiles over questions, linearly interpolated.

Range: 0 and up, lower is better. Every question counts, refused ones too. None for an empty set.
Source: own.
"""

from collections.abc import Sequence

import numpy as np

from eval.row import Row


def latency(rows: Sequence[Row], *, quantile: float) -> float | None:
    """Milliseconds within which the share ``quantile`` of the questions was answered."""
    return float(np.quantile([row.total_ms for row in rows], quantile)) if rows else None
