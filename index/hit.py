"""What a search finds."""

from dataclasses import dataclass

from index.documents.document import Document, Source
from index.paragraph import Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that a search found, bound to the document it lies in."""

    rank: int
    """1 is the best."""
    passage: Passage
    document: Document
    score: float
    """Fused score, higher is better; comparable only within one search."""
    dense: float
    """Cosine of question and passage, -1 to 1."""
    lexical: float
    """BM25 of question and passage, 0 or more; 0 where no term is shared."""

    @property
    def source(self) -> Source:
        """The document's metadata."""
        return self.document.source

    @property
    def text(self) -> str:
        """The passage's own words, ``document.text[start:end]``."""
        return self.document.text[self.passage.start : self.passage.end]
