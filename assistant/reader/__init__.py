"""A reader decides: it takes a question and the hits of a search, and says which sentences answer, and how surely."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from assistant.answer import Reading
from assistant.strictness import Strictness
from index.hit import Hit

__all__ = ["Reader", "Strictness"]


class Reader(Protocol):
    """Reads a question against each hit."""

    @property
    def name(self) -> str:
        """Name and version, for signatures."""
        ...

    @property
    def depth(self) -> int:
        """How many hits it is worth reading: more cost time and bring nothing."""
        ...

    @property
    def thresholds(self) -> Mapping[Strictness, float]:
        """The confidence from which on an answer is given, 0 to 1, chosen on tuning data."""
        ...

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        """One reading a hit, in the order of the hits. ``question`` stands alone and is not empty."""
        ...

    def confidence(self, readings: Sequence[Reading]) -> float:
        """Calibrated probability, 0 to 1, that the best quote of these readings answers; 0 when there are none."""
        ...
