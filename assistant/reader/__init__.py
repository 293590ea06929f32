"""A reader decides: it takes a question and the hits of a search, and says which sentences answer, and how surely."""

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Reading
from index.hit import Hit


class Reader(Protocol):
    """Reads a question against each hit.

    ``relevance`` of its readings is the reader's own score; ``answering`` calibrates it with ``calibration``.
    """

    @property
    def name(self) -> str:
        """Name and version, for signatures."""
        ...

    def read(self, question: str, hits: Sequence[Hit]) -> tuple[Reading, ...]:
        """One reading a hit, in the order of the hits. ``question`` stands alone and is not empty."""
        ...
