"""Where questions and their documents come from; one file a corpus.

A corpus is read into a ``Bench``: the documents to index and the cases to ask. ``seeds`` lies in the repository;
``norquad`` and ``saksprosa`` are read from a folder that the user has (``--data DIR``); ``own`` is a user's set,
asked of the user's own index.
"""

from dataclasses import dataclass

from eval.goldset import GoldQuestion, Split
from index.documents.document import Document


@dataclass(frozen=True, slots=True)
class Case:
    """A question to ask, and what to leave out of the search."""

    question: GoldQuestion
    cluster: str
    """Cases that stand or fall together share it."""
    without: frozenset[str] = frozenset()
    """File names of documents that are not searched."""


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a run asks."""

    name: str
    split: Split
    sha256: str
    """Of what the questions were read from."""
    cases: tuple[Case, ...]
    documents: tuple[Document, ...]
    """The whole corpus; empty where the user's own index is asked as it stands."""

    def limited(self, limit: int | None) -> "Bench":
        """At most ``limit`` cases, spread evenly over the set; a cluster's cases stay together as far as they fit."""
        if limit is None or limit >= len(self.cases):
            return self
        clusters: dict[str, list[Case]] = {}
        for case in self.cases:
            clusters.setdefault(case.cluster, []).append(case)
        wanted = max(1, limit * len(clusters) // len(self.cases))
        groups = list(clusters.values())
        chosen = [case for place in range(wanted) for case in groups[place * len(groups) // wanted]]
        return Bench(self.name, self.split, self.sha256, tuple(chosen[:limit]), self.documents)
