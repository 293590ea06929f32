"""Where the store lives: one protocol, so that an index may outgrow one machine without the rest noticing.

``embedded`` is the default: SQLite, tantivy and FAISS in one directory.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import numpy as np
import numpy.typing as npt

from index.documents.document import Document, Metadata, Source
from index.paragraph import Passage
from index.query import Sought

Progress = Callable[[int, int], None]
"""Called with (passages done, passages in all) while documents are added."""


class Change(StrEnum):
    """What adding a file did."""

    ADDED = "added"
    REPLACED = "replaced"
    """A document of the same file name was there; this one took its place."""
    UPDATED = "updated"
    """The same bytes were there already; what is known of the document was corrected."""
    UNCHANGED = "unchanged"
    """The same bytes were there already; nothing was encoded."""


class SameName(StrEnum):
    """What becomes of a document when another one of its file name, but with other bytes, comes in."""

    REPLACE = "replace"
    """The new one takes its place."""
    KEEP_BOTH = "keep_both"
    """The new one gets a number in its file name: ``plan (2).pdf``."""


@dataclass(frozen=True, slots=True)
class Added:
    """One added document and what became of it."""

    source: Source
    change: Change
    passages: int
    """Passages of the document that are now in the index."""


@dataclass(frozen=True, slots=True)
class Scored:
    """A passage's key and its score in one of the two searches."""

    key: int
    """The store's number of the passage."""
    score: float


@dataclass(frozen=True, slots=True)
class Verification:
    """What ``verify`` proved."""

    documents: int
    paragraphs: int
    passages: int
    vectors: int
    problems: tuple[str, ...]
    """One English line a problem; empty when all is well."""


class Engine(Protocol):
    """An index: documents go in, scored passages come out. All methods may raise ``IndexFault``."""

    @property
    def generation(self) -> int:
        """Grows by one with every change that was acknowledged."""
        ...

    def add(
        self,
        documents: Sequence[Document],
        *,
        same_name: SameName = SameName.REPLACE,
        progress: Progress | None = None,
    ) -> tuple[Added, ...]:
        """Add or replace documents: all of them or, when it raises, none."""
        ...

    def remove(self, document_id: str) -> None:
        """Remove a document and all that was derived from it. Raises ``UnknownDocument``."""
        ...

    def supersede(self, document_id: str, *, by: str, file: str) -> None:
        """Remove a document, remember which one took its place, and call that one ``file`` if nobody else is."""
        ...

    def describe(self, document_id: str, metadata: Metadata) -> bool:
        """Correct what is known of a document; true if it should then be renewed. Raises ``UnknownDocument``."""
        ...

    def renew(self, document_id: str, *, progress: Progress | None = None) -> None:
        """Let search, too, know a document by its present title and publisher. Raises ``UnknownDocument``."""
        ...

    def stale(self) -> tuple[str, ...]:
        """Ids of the documents that should be renewed."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """All documents, without their texts, in the order they were added."""
        ...

    def document(self, document_id: str) -> Document:
        """One document, whole. Raises ``UnknownDocument``, as ``DocumentRemoved`` or ``DocumentReplaced`` if known."""
        ...

    def original(self, document_id: str) -> bytes:
        """The bytes of the document's file; empty where they were not kept. Raises ``UnknownDocument``."""
        ...

    def passage_count(self, document_id: str) -> int:
        """Passages of one document. Raises ``UnknownDocument``."""
        ...

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of these keys, in the order of the keys; keys that are gone are left out."""
        ...

    def encode_query(self, question: str) -> npt.NDArray[np.float32]:
        """The question's vector, (dim,) float32, L2-normalised."""
        ...

    def dense(
        self, query: npt.NDArray[np.float32], *, k: int, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The ``k`` passages nearest by cosine, best first, among ``documents`` (ids; None is all)."""
        ...

    def lexical(
        self, terms: Sequence[Sought], *, k: int, documents: Collection[str] | None = None
    ) -> tuple[Scored, ...]:
        """The ``k`` best passages by BM25 over analysed (term, weight) pairs, best first, among ``documents``."""
        ...

    def cosines(self, query: npt.NDArray[np.float32], keys: Sequence[int]) -> npt.NDArray[np.float32]:
        """Exact cosine of the question and each of these passages, (n_keys,) float32."""
        ...

    def bm25(self, terms: Sequence[Sought], keys: Sequence[int]) -> npt.NDArray[np.float32]:
        """BM25 of the terms and each of these passages, (n_keys,) float32; 0 where no term is shared."""
        ...

    def vocabulary(self) -> Collection[str]:
        """The analysed terms that the index holds (for compounds and spelling)."""
        ...

    def verify(self) -> Verification:
        """Prove hashes, offsets and counts; report every problem rather than raise at the first."""
        ...

    def close(self) -> None:
        """Let go of the files; nothing may be asked after that."""
        ...
