"""What BM25 is asked for: weighted terms, and ways to say one thing of which only the best counts."""

from dataclasses import dataclass

Weighted = tuple[str, float]
"""An analysed term and its weight, above 0."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Ways to say one thing: of those that a passage has, the one that scores best counts and no other."""

    options: tuple[tuple[Weighted, ...], ...]
    """The terms of an option add up."""


Sought = Weighted | Alternatives
