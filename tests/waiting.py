"""Waiting for a state, never for a time."""

import time
from collections.abc import Callable

PATIENCE = 200.0
"""Seconds; far more than anything here takes, for machines that have much else to do."""


def wait(condition: Callable[[], bool]) -> None:
    """Return as soon as the condition holds; ``AssertionError`` where it never does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.02)
