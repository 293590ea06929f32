"""Probabilities as logits, where evidence adds up, and back."""

from math import exp, log

_FURTHEST = 30.0
"""A logit beyond this changes nothing in a probability, and would in the end overflow."""


def logit(probability: float, *, edge: float = 1e-6) -> float:
    """The natural logarithm of the odds.

    Args:
        probability: 0 to 1.
        edge: Above 0. What lies nearer to 0 or to 1 is moved here: the logit stays finite, and nothing that was once
            held for certain outweighs all that comes after.

    >>> logit(0.5)
    0.0
    >>> round(logit(1.0, edge=1e-3), 2), round(logit(0.0, edge=1e-3), 2)
    (6.91, -6.91)
    """
    kept = min(1 - edge, max(edge, probability))
    return log(kept / (1 - kept))


def probability(logit: float) -> float:
    """The probability whose logit this is.

    >>> probability(0.0)
    0.5
    >>> round(probability(-3.0), 3), probability(-1000.0) > 0
    (0.047, True)
    """
    return 1 / (1 + exp(-max(-_FURTHEST, min(_FURTHEST, logit))))
